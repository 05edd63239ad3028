"""An import as others read it: rows for the command, counts for the pages."""

from collections.abc import Iterator

from django.db.models import Count

from programs.models import ImportBatch, ImportRow
from programs.services.imports.holding_against import CONFLICT, IMPORTS, NONE, UPDATE

KEYS = ("row", "line", "sheet", "block")


def rows_told(batch: ImportBatch) -> Iterator[dict]:
    """Every row in the keys of the expected outcome."""
    for row in batch.rows.order_by("position").iterator(500):
        yield told(row)


def told(row: ImportRow) -> dict:
    """One row."""
    said = {key: row.where[key] for key in KEYS if key in row.where}
    said |= {"action": row.action, "existing": row.existing or NONE, "reasons": row.reasons, "warnings": row.warnings}
    said["normalised"] = row.normalised
    if not row.normalised:
        said["title_seen"] = row.title
    repeats = row.details.get("repeats", {})
    said |= {f"duplicate_of_{key}": value for key, value in repeats.items() if key != "line"}
    if row.project_id:
        said["record"] = f"T-{row.project_id:06d}"
    for name in ("lengths", "formulas", "wrong", "left", "language"):
        if name in row.details:
            said[name] = row.details[name]
    return said


def counts(batch: ImportBatch) -> dict[tuple[str, str, bool], int]:
    """(action, existing, ticked) -> rows. One statement."""
    found = batch.rows.order_by().values_list("action", "existing", "ticked").annotate(Count("pk"))
    return {(action, existing, ticked): number for action, existing, ticked, number in found}


def applied_by(tally: dict[tuple[str, str, bool], int]) -> tuple[int, int, int]:
    """How many rows become new records, how many a new text, and how many conflicts wait for a tick."""
    importable = {key: number for key, number in tally.items() if key[0] in IMPORTS}
    new = sum(number for (_action, existing, _ticked), number in importable.items() if existing == NONE)
    changed = sum(
        n for (_a, existing, ticked), n in importable.items() if existing == UPDATE or (existing == CONFLICT and ticked)
    )
    waiting = sum(n for (_a, existing, ticked), n in importable.items() if existing == CONFLICT and not ticked)
    return new, changed, waiting
