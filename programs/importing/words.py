"""What each code of a reason or a warning says to the person who sent the file."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "missing_title": _("The title is missing. Write the name of the policy, programme or project."),
    "missing_category": _(
        "The category is missing. Write policy, programme, technical cooperation project, technical assistance project or other measure."
    ),
    "missing_country": _(
        "The country is missing. Write one or more countries of the network, with a semicolon between them."
    ),
    "missing_area": _("The area is missing. Write one of the six areas of Annex I."),
    "missing_theme": _("The theme is missing. Write one of the 26 themes of Annex I."),
    "missing_description": _("The description is missing. Write a short text that says what was done."),
    "unknown_category": _(
        "The category is not one of the list. “Project” alone does not say whether it is cooperation or assistance: write the full category."
    ),
    "unknown_theme": _("The theme is not one of the 26 themes of Annex I. Write it as the Annex does."),
    "theme_not_in_area": _("The theme does not belong to the area that is written. Correct one of the two."),
    "country_not_member": _(
        "The country is not one of the 35 countries of the network, or its name was not recognised. Check how it is written."
    ),
    "invalid_date": _(
        "A date could not be read with certainty. Write a year, a month and year, or day, month and year, for instance 15/03/2004."
    ),
    "end_before_start": _("The ending date is before the starting date. Correct one of the two."),
    "column_count": _(
        "The row has more or fewer columns than the headings. Look for a separator inside a text, and put that text in quotation marks."
    ),
    "description_too_long": _("A text is longer than the portal keeps, and nothing is cut without asking. Shorten it."),
    "invalid_value": _(
        "A cell of a workbook that was downloaded here holds something that its column cannot keep. Correct the cell."
    ),
    "formula_without_result": _(
        "A cell holds a formula whose result was never saved. Open the workbook in a spreadsheet program, save it there, and upload it again."
    ),
    "missing_heading_block": _(
        "The table has no heading above it with title, category, country, area and theme. Add the heading."
    ),
}

WARNINGS = {
    "missing_start": _("No starting date is given. The record is imported, and the date stays empty."),
    "year_as_date": _(
        "A year was typed into a cell that shows dates. It was taken for the year and not for the day that the cell shows: please check it."
    ),
    "amount_not_split": _(
        "No single amount could be read with certainty. The text on financial resources is kept as written."
    ),
    "amount_without_currency": _("An amount has no currency. The text on financial resources is kept as written."),
    "further_websites": _("A record has one web address. The first one of the cell is taken, the others are left out."),
    "unclear_website": _(
        "The web address could not be read with certainty and is left out. Write one full address and nothing beside it."
    ),
    "possible_mojibake": _(
        "Some letters came damaged. They were repaired only where the repair is certain: please read the text."
    ),
}

ACTIONS = {
    "import": _("Will be imported"),
    "import_with_warning": _("Will be imported, with a remark"),
    "skip_duplicate": _("Left out: it repeats another row of this file"),
    "reject": _("Not imported: it must be corrected"),
    "ignore": _("This sheet holds no table"),
}

EXISTING = {
    "none": _("New in the Table"),
    "unchanged": _("Already there, the same"),
    "update": _("A new text for a record that was imported before"),
    "conflict": _("The published text is not what the last import left: applied only with a tick"),
}
