"""The text of a profile as values by database column: read, compared, checked."""

from experts.models import ProfileRevision
from experts.parts import PARTS
from experts.questions import QUESTIONS, Question

COLUMNS = tuple(column for question in QUESTIONS.values() for column in question.columns)
QUESTION_OF = {column: question for question in QUESTIONS.values() for column in question.columns}
UNORDERED = frozenset(("countries", "languages", "modalities"))


def values_of(revision) -> dict:
    """The whole text of a version."""
    return {column: normal(column, getattr(revision, column)) for column in COLUMNS}


def normal(column: str, value):
    """One shape for one meaning: line ends, outer blanks, order of codes, known keys of lines."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
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
        raise TypeError(f"A profile has no {', '.join(sorted(unknown))}.")
    return {column: normal(column, value) for column, value in values.items()}


def changed(before, after: dict) -> list[str]:
    """The columns in which values differ from a version."""
    return [column for column, value in after.items() if normal(column, getattr(before, column)) != value]


def missing(values: dict) -> list[Question]:
    """Required questions without an answer. A theme counts with its level."""
    given = {column: bool(values.get(column)) for column in COLUMNS}
    given["theme_lines"] = any(row.get("theme") and row.get("level") for row in values.get("theme_lines") or [])
    return [one for one in QUESTIONS.values() if one.required and not any(given[column] for column in one.columns)]


def next_number(expert_id: int) -> int:
    """The number of the next version of a profile."""
    numbers = ProfileRevision.objects.filter(expert=expert_id).order_by("-number").values_list("number", flat=True)
    return (numbers.first() or 0) + 1
