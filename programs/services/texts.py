"""The text of a revision as values by database column: read, compared, merged, copied."""

import hashlib
import json
from dataclasses import dataclass

from core.forms.fields import plain
from programs import annex
from programs.models import ProjectRevision
from programs.parts import PARTS

COLUMNS = tuple(ProjectRevision._meta.get_field(name).attname for name in annex.TEXT_COLUMNS)
FIELD_OF = {
    ProjectRevision._meta.get_field(name).attname: one for one in annex.FIELDS.values() for name in one.all_columns
}
UNORDERED = frozenset(("countries", "funding_sources", "populations"))


@dataclass(frozen=True)
class Conflict:
    """One column that a colleague changed since the form was shown."""

    column: str
    mine: object
    theirs: object


def values_of(revision) -> dict:
    """The whole text of a revision."""
    return {column: normal(column, getattr(revision, column)) for column in COLUMNS}


def normal(column: str, value):
    """One shape for one meaning: line ends, what cannot be seen, outer blanks, order of codes, known keys of lines."""
    if isinstance(value, str):
        return plain(value).strip()
    if column in UNORDERED:
        return sorted(value or [])
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


def digest(value) -> str:
    """A short fingerprint of a normal value."""
    return hashlib.blake2s(json.dumps(value, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()


def seen(revision) -> dict[str, str]:
    """Fingerprints of what each column holds now."""
    return {column: digest(value) for column, value in values_of(revision).items()}


def settle(stored, values: dict, before: dict[str, str]) -> tuple[dict, list[Conflict]]:
    """What to write of `values`, and what both changed, given the fingerprints of what the form was shown.

    A column that only a colleague changed keeps what the colleague wrote.
    """
    write, conflicts = {}, []
    for column, mine in values.items():
        theirs, known = normal(column, getattr(stored, column)), before.get(column)
        if mine == theirs or digest(mine) == known:
            continue
        if is_contested(mine, theirs, known):
            conflicts.append(Conflict(column, mine, theirs))
        else:
            write[column] = mine
    return write, conflicts


def is_contested(mine, theirs, known: str | None) -> bool:
    """Whether both changed what the form was shown, and differently."""
    return known is not None and mine != theirs and known not in (digest(mine), digest(theirs))


def carried_over(base, proposal, published) -> dict:
    """The proposal's text upon what is published now: a column that the proposal left as it was takes the published text."""
    mine, now = values_of(proposal), values_of(published)
    was = values_of(base) if base else {}
    return {
        column: now[column] if column in was and mine[column] == was[column] else mine[column] for column in COLUMNS
    }


def next_number(project_id: int) -> int:
    """The number of the next version of a record."""
    numbers = ProjectRevision.objects.filter(project=project_id).order_by("-number").values_list("number", flat=True)
    return (numbers.first() or 0) + 1
