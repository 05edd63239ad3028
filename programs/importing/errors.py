"""A file that cannot be read at all, told in one sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError

MESSAGES = {
    "empty": _("The file is empty. Choose it again, or choose another one."),
    "old_excel": _(
        "This is an Excel file of the old kind (.xls). Open it in Excel, save it as “Excel workbook (.xlsx)”, and upload that file."
    ),
    "binary_excel": _(
        "This is a binary Excel workbook (.xlsb). Save it as “Excel workbook (.xlsx)”, and upload that file."
    ),
    "encrypted": _("The file is protected with a password. Save it without a password, and upload that file."),
    "pdf": _(
        "This is a PDF, and a PDF holds no columns that can be read with certainty. Upload the table as XLSX or CSV."
    ),
    "open_document": _(
        "This is an OpenDocument file. Save it as “Excel workbook (.xlsx)” or as CSV, and upload that file."
    ),
    "other_document": _("This file is not a table. Upload an Excel workbook (.xlsx) or a CSV file."),
    "markup": _(
        "This file is a web page or XML with the name of a table. Open it in Excel, save it as .xlsx, and upload that file."
    ),
    "damaged": _(
        "The file is damaged, or it is not what its first bytes say. Open it, save it again, and upload the new copy."
    ),
    "bomb": _(
        "The file unfolds to more than the portal can read. Divide it into several files, and upload them one by one."
    ),
    "not_text": _(
        "This file is not a text that can be read. Save the table as CSV in UTF-8 or as XLSX, and upload that file."
    ),
    "line_too_long": _(
        "A line of this file is too long to be a record. Save the table as CSV or XLSX again, and upload that file."
    ),
    "too_many_rows": _("The file holds more rows than can be imported at once. Divide it into several files."),
    "too_many_empty": _(
        "The file holds millions of empty lines. Delete the empty rows below the table, save it again, and upload that file."
    ),
    "no_headings": _(
        "No row of headings was found. One of the first rows must hold the names of the columns, for instance Title, Category, Country, Area, Theme, Description."
    ),
    "too_slow": _(
        "The file could not be read in time. Divide it into several files, or save it again as an Excel workbook (.xlsx), and upload that."
    ),
    "gone": _("The file was taken down or refused by the virus scan. Upload another one."),
    "no_records": _("The file has headings but no records below them. Check that you chose the right file."),
}


class ImportUnreadable(PortalError):
    """Nothing of the file can be read; `code` is for tests and logs, `message` for people."""

    def __init__(self, code: str, **context):
        super().__init__(str(MESSAGES[code]), **context)
        self.code = code
