"""A line of a repeated part: a dataclass checks what a JSON list on a revision holds."""

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Line:
    """A line of a list. `from_row` ignores keys it does not know, so that old revisions stay readable."""

    @classmethod
    def from_row(cls, row: dict) -> "Line":
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in row.items() if key in known})

    def to_row(self) -> dict:
        return asdict(self)

    def is_empty(self) -> bool:
        return not any(asdict(self).values())
