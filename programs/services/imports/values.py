"""From a row that was read to columns of a revision. A column that the file does not have is not among them."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import dates
from core.forms.fields import plain
from programs.exporting import roundtrip
from programs.importing import ReadRow
from programs.importing.folding import fold
from programs.importing.judging import LONG_TEXTS
from programs.models import TEXT_LIMIT, ProjectRevision
from programs.services.imports.known import Known
from programs.services.imports.languages import language_of

AS_READ = (*LONG_TEXTS, "title", "title_original", "language", "further_themes")
_CUT = re.compile(r"[;/|\n]+|\s+,\s+")


def of_row(row: ReadRow, known: Known) -> tuple[dict, dict]:
    """The columns of a list or a Table, and remarks by key: what was worked out, and what was not taken over."""
    said, has = row.values, row.cells.keys()
    values = {name: said[name] for name in AS_READ if name in has and (name != "language" or said[name])}
    values |= {"type_id": said["type"], "theme_id": said["theme"], "further_themes": said["further_themes"]}
    if not said["further_themes"]:
        values.pop("further_themes")
    notes = {}
    values |= _places(row, known, notes)
    values |= _span(said, has)
    values |= _who_pays(row, known, notes)
    if "website" in has or (said["website"] and "information_source" in has):
        values |= _website(said, notes)
    if "institution" in has:
        values["institution_text"] = said["institution"]
    if "language" not in values:
        place = next(iter(said["countries"]), "")
        notes["language"], notes["language_is_sure"] = language_of(
            " ".join((said["title"], said.get("description", ""), said.get("objectives", ""))),
            known.languages.get(place, "es"),
        )
    return values, notes


def _places(row: ReadRow, known: Known, notes: dict) -> dict:
    said, has = row.values, row.cells.keys()
    written = said.get("region", "")
    region = known.regions.get(fold(written), "") if written else ""
    if said["countries"]:
        if written and not region:
            notes.setdefault("left", {})["region"] = written
        return {
            "countries": said["countries"],
            "region": "",
        }  # a region stands in place of countries, never beside them
    if not region and "region" in has:
        row.action, row.reasons, row.normalised = "reject", [*row.reasons, "country_not_member"], {}
    return {"countries": [], "region": region}


def _span(said: dict, has) -> dict:
    values = {}
    for end in ("start", "end"):
        if end in has or "period" in has or said[end]:
            year, month, day = dates.parse(said[end])
            values |= {f"{end}_year": year, f"{end}_month": month, f"{end}_day": day}
    if "end" in has or "period" in has or said["ongoing"]:
        values["ongoing"] = said["ongoing"]
    if said["ongoing"]:
        values |= {"end_year": None, "end_month": None, "end_day": None}
    return values


def _who_pays(row: ReadRow, known: Known, notes: dict) -> dict:
    said, has, values = row.values, row.cells.keys(), {}
    if "amount" in has and "financial_resources" not in has:
        values["financial_resources"] = said["financial_resources"]
    if "amount" in has or "financial_resources" in has:
        values["budget"] = [_line(said["amount"], said["currency"])] if said["currency"] else []
    if "partner_or_funder" in has:
        name = said["partner_or_funder"]
        values["partners"] = [{"name": name, "role": "", "country": ""}] if name else []
    if "funding_source" in has and (written := said["funding_source"]):
        whole = known.funding.get(fold(written))
        codes = [whole] if whole else [known.funding.get(fold(part)) for part in _CUT.split(written) if part.strip()]
        if codes and all(codes):
            values["funding_sources"] = codes
        else:
            notes.setdefault("left", {})["funding_source"] = written
    return values


def _line(amount: str, currency: str) -> dict:
    return {"source": "", "budgeted": f"{Decimal(amount):.2f}", "executed": None, "currency": currency, "year": None}


def _website(said: dict, notes: dict) -> dict:
    """The address; a cell that says none with certainty leaves the record as it is."""
    if said["website_left"]:
        notes.setdefault("left", {})["website"] = said["website_left"]
    return {} if said["website_left"] and not said["website"] else {"website": said["website"]}


# --- a row of our own workbook ------------------------------------------------------------------------
def of_own_row(cells: dict, known: Known) -> tuple[dict, dict[str, str]]:
    """Every column exactly, and what is wrong with it by heading."""
    try:
        values = roundtrip.from_row(cells)
    except roundtrip.CellErrors as error:
        return {}, error.errors
    values = {column: _printable(value) for column, value in values.items()}
    return values, faults(values, known)


def _printable(value):
    """Texts as the forms keep them, and without NUL, which those refuse."""
    if isinstance(value, str):
        return plain(value.replace("\0", ""))
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return {key: _printable(one) for key, one in value.items()} if isinstance(value, dict) else value


def faults(values: dict, known: Known) -> dict[str, str]:
    """What a column cannot hold, by its name."""
    found = {}
    for column, value in values.items():
        codes = known.codes.get(column)
        if codes is not None:
            strange = [one for one in (value if isinstance(value, list) else [value]) if one not in codes]
            if strange:
                found[column] = _("“%(code)s” is not a code of the list.") % {"code": str(strange[0])[:40]}
            continue
        if isinstance(value, str) and len(value) > TEXT_LIMIT:
            found[column] = _("The text has %(length)d characters; up to %(limit)d are kept.") % {
                "length": len(value), "limit": TEXT_LIMIT,
            }  # fmt: skip
            continue
        try:
            ProjectRevision._meta.get_field(column).clean(value, None)
        except ValidationError as error:
            found[column] = " ".join(error.messages)
    return found
