"""What the dates of an entry say, for statements of our own: the year it started, and its status on a day.

A status changes by itself as days pass. Its bits are those of one day that is kept beside the version (`status_on`), and
whoever reads them on another day puts right what began or ended between the two: exact on every day, whether or not anything
ran at night.
"""

from datetime import date

from catalogue.labels import STATUS
from catalogue.models import MASKS, PART_SIZE

CODED = 64 * len(MASKS)  # places below it are bits of the masks; those of status and of years follow
STATUSES = {code: CODED + number for number, code in enumerate(STATUS)}
YEAR = 1000  # the place of year 0
LAST_YEAR = 9999

KEPT_DAY = "(SELECT status_on FROM catalogue_catalogueversion)"
# the rules of catalogue.filters.StatusFilter, as the place of the status
_STATUS = f"""CASE WHEN {{e}}begins_on > {{day}} THEN {STATUSES["planned"]} WHEN {{e}}ongoing THEN {STATUSES["active"]}
    WHEN {{e}}ends_on IS NULL THEN {STATUSES["unknown"]} WHEN {{e}}ends_on < {{day}} THEN {STATUSES["ended"]}
    ELSE {STATUSES["active"]} END"""
YEAR_PLACE = f"CASE WHEN start_year IS NOT NULL THEN {YEAR} + LEAST(start_year, {LAST_YEAR}) END"


def status_place(day: str, e: str = "") -> str:
    """SQL of the place of an entry's status on a day."""
    return _STATUS.format(day=day, e=e)


def dated(param: str, values: list[str], day: date) -> str:
    """SQL of whether an entry has one of these statuses on a day, or started within a bound of the year."""
    if param != "status":
        return f"start_year {'>=' if param == 'year_from' else '<='} {int(values[0])}"
    place = status_place(f"'{day.isoformat()}'::date")
    return f"{place} IN ({', '.join(str(STATUSES[code]) for code in values)})"


def year_places(param: str, year: str) -> str:
    """SQL of the places that a bound of the year asks for."""
    first, last = (int(year), LAST_YEAR) if param == "year_from" else (0, int(year))
    return f"BETWEEN {YEAR + first} AND {YEAR + last}"


def moved(statuses: list[str], today: date, of_kind: int) -> str:
    """SQL of the bits of entries that began or ended between the kept day and today, and of those that now have a status.

    Rows of a kind by the bit in its traits (0: of all). Where the kept day is today no entry is looked at.
    """
    day, places = f"'{today.isoformat()}'::date", ",".join(str(STATUSES[code]) for code in statuses)
    low, high = f"LEAST({KEPT_DAY}, {day})", f"GREATEST({KEPT_DAY}, {day})"
    one = f"set_bit({none()}, mod(e.object_id, {PART_SIZE})::int, 1)"
    kind = f" AND e.traits & {of_kind} <> 0" if of_kind else ""
    return (
        f"SELECT e.kind, e.object_id / {PART_SIZE} AS part, bit_or({one}) AS bits, "
        f"bit_or({one}) FILTER (WHERE {status_place(day, 'e.')} IN ({places})) AS now FROM catalogue_entry e "
        f"WHERE {KEPT_DAY} <> {day} AND ((e.begins_on > {low} AND e.begins_on <= {high}) "
        f"OR (e.ends_on >= {low} AND e.ends_on < {high})){kind} GROUP BY 1, 2"
    )


def none() -> str:
    """SQL of a part without a bit."""
    return f"repeat('0', {PART_SIZE})::bit({PART_SIZE})"
