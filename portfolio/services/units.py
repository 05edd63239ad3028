"""The smallest answers that two colleagues can both have written: a column, or one "not applicable" tick.

A unit is named by its column, or `na:<question>`. A form says with a short digest what each unit held when it was shown.
"""

import hashlib
import json

from portfolio import annex
from portfolio.parts import PARTS

SKIP = "na:"
ON_PROGRAM = frozenset((*annex.CONTACT, "country"))
CODES = frozenset(("categories", "themes", "coverage", "populations"))


def read(submission, unit: str):
    """What the unit holds now, in one shape whoever wrote it."""
    if unit.startswith(SKIP):
        return unit.removeprefix(SKIP) in submission.not_applicable
    if unit == "country":
        return submission.program.country_id or ""
    return normal(unit, getattr(submission.program if unit in ON_PROGRAM else submission, unit))


def write(submission, unit: str, value) -> None:
    """Put a value into the unit; the caller saves."""
    if unit.startswith(SKIP):
        key = unit.removeprefix(SKIP)
        others = [name for name in submission.not_applicable if name != key]
        submission.not_applicable = [*others, key] if value else others
    elif unit == "country":
        submission.program.country_id = value or None
    else:
        setattr(submission.program if unit in ON_PROGRAM else submission, unit, value)


def normal(unit: str, value):
    """One shape for one meaning: line ends, outer blanks, order of codes, known keys of lines."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if unit in CODES:
        return sorted(value or [])
    if unit in PARTS:
        part = PARTS[unit]
        return [part.from_row(row).to_row() for row in value or [] if not part.from_row(row).is_empty()]
    return value


def digest(value) -> str:
    """A short fingerprint of a normal value."""
    return hashlib.blake2s(json.dumps(value, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()


def seen(submission, names) -> dict[str, str]:
    """Fingerprints of what units hold now."""
    return {name: digest(read(submission, name)) for name in names}
