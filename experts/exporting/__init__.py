"""Downloads of the directory: CSV, XLSX and JSON of whom the list's filters leave."""

from catalogue.exporting.formats import FORMATS
from experts.exporting.columns import book

__all__ = ["FORMATS", "book"]
