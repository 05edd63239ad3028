"""What a revision says as values by database column: read, compared, copied."""

from library.fields import FIELDS, TEXT_COLUMNS
from library.models import ItemRevision
from library.parts import PARTS

COLUMNS = tuple(ItemRevision._meta.get_field(name).attname for name in TEXT_COLUMNS)
FIELD_OF = {ItemRevision._meta.get_field(name).attname: one for one in FIELDS.values() for name in one.all_columns}
UNORDERED = frozenset(("countries",))


def values_of(revision) -> dict:
    """All that a revision says."""
    return {column: normal(column, getattr(revision, column)) for column in COLUMNS}


def normal(column: str, value):
    """One shape for one meaning: line ends, outer blanks, order of codes, known keys of lines."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column in UNORDERED:
        return sorted(set(value or []))
    if column in PARTS:
        rows = [PARTS[column].from_row(row) for row in value or []]
        return [row.to_row() for row in rows if not row.is_empty()]
    return list(value) if isinstance(value, tuple) else value


def cleaned(values: dict) -> dict:
    """The given values in one shape; a name that is no column of the text is a mistake of the caller."""
    unknown = set(values) - set(COLUMNS)
    if unknown:
        raise TypeError(f"A revision has no {', '.join(sorted(unknown))}.")
    return {column: normal(column, value) for column, value in values.items()}


def changed(before, after: dict) -> list[str]:
    """The columns in which values differ from a revision."""
    return [column for column, value in after.items() if normal(column, getattr(before, column)) != value]


def carried_over(base, proposal, published) -> dict:
    """The proposal upon what is published now: a column that the proposal left as it was takes what is published."""
    mine, now = values_of(proposal), values_of(published)
    was = values_of(base) if base else {}
    return {name: now[name] if name in was and mine[name] == was[name] else mine[name] for name in COLUMNS}


def next_number(item_id: int) -> int:
    """The number of the next version of an item."""
    numbers = ItemRevision.objects.filter(item=item_id).order_by("-number").values_list("number", flat=True)
    return (numbers.first() or 0) + 1
