"""Downloads of the Portfolio: CSV, XLSX and JSON of what the list's filters leave."""

from portfolio.exporting.formats import FORMATS

__all__ = ["FORMATS"]
