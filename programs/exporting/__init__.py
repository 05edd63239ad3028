"""Downloads of the Table: CSV, XLSX, JSON and IATI of what the list's filters leave."""

from catalogue.exporting.formats import FORMATS as PLAIN
from programs.exporting.columns import book
from programs.exporting.iati import Iati
from programs.exporting.workbooks import LosslessXlsx

FORMATS = {**PLAIN, "xlsx": LosslessXlsx, "xml": Iati}
__all__ = ["FORMATS", "book"]
