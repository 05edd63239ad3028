"""Countries and institutions from the project's own files. What an administrator changed stays, unless told to refresh."""

from pathlib import Path

from django.db import transaction

from network.models import Country, Institution, Participation
from taxonomy.loading import put, read, spread

DATA = Path(__file__).resolve().parent / "data"
FIELDS = ("name", "name_en", "short_name", "kind", "website", "languages", "verified", "source", "note")


@transaction.atomic
def load(*, refresh: bool = False) -> int:
    """Load both lists; answers how many rows were written."""
    return _countries(refresh) + load_institutions(read(DATA, "institutions"), refresh=refresh)


def _countries(refresh: bool) -> int:
    written = 0
    for row in read(DATA, "countries"):
        values = {name: row[name] for name in ("number", "subregion", "languages", "timezone")}
        values.update(spread("label", row["labels"]))
        country, wrote = put(Country, refresh=refresh, iso2=row["iso2"], values=values)
        written += wrote + sum(_participation(country, fact, refresh) for fact in row["participation"])
    return written


def _participation(country: Country, fact: dict, refresh: bool) -> bool:
    values = {"to_date": fact["to"] or "", "source": fact["source"], **spread("note", fact["note"])}
    return put(
        Participation,
        refresh=refresh,
        country=country,
        kind=fact["kind"],
        from_date=fact["from"],
        values=values,
    )[1]


def load_institutions(rows: list[dict], *, refresh: bool = False, is_demo: bool = False) -> int:
    """Institutions first, then who endorses whom, since a row may name a later one."""
    written = []
    for row in rows:
        values = {name: row[name] for name in FIELDS if name in row}
        values.update(country_id=row["country"], is_demo=is_demo)
        if "requires_endorsement" in row:
            values["requires_endorsement"] = row["requires_endorsement"]
        if put(Institution, refresh=refresh, key=row["key"], values=values)[1]:
            written.append(row)
    for row in written:
        if row.get("endorsed_by"):
            endorser = Institution.objects.get(key=row["endorsed_by"])
            Institution.objects.filter(key=row["key"]).update(endorsed_by=endorser)
    return len(written)
