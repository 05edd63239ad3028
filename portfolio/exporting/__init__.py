"""Downloads of the Portfolio: CSV, XLSX and JSON of what the list's filters leave."""

from catalogue.exporting.formats import FORMATS
from portfolio.exporting.rows import book

__all__ = ["FORMATS", "book"]
