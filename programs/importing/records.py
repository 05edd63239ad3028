"""What is read: raw records as they stand in the file, and rows as they were understood."""

from dataclasses import dataclass, field


class TypedYear(int):
    """A year in a cell that shows dates: whoever typed 2004 there sees a day of 1905."""


@dataclass(frozen=True)
class Formula:
    """A formula whose result was never saved: nobody knows what its cell says."""

    def __str__(self) -> str:
        return "=…"


Value = str | int | float | Formula


@dataclass
class Raw:
    """A record of the file before it is judged: values by field, and by heading as written."""

    fields: dict[str, Value] = field(default_factory=dict)
    written: dict[str, Value] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)  # field -> heading over it
    extra: dict[str, Value] = field(default_factory=dict)
    row: int | None = None
    line: int | None = None
    sheet: str | None = None
    block: int | None = None
    hidden: bool = False
    fault: str = ""
    ignored: bool = False


@dataclass(frozen=True)
class Understood:
    """A cell: the heading over it, what was written, what was understood."""

    heading: str
    written: str
    understood: str


@dataclass
class ReadRow:
    """A record of the file as it was understood, and what will become of it.

    `action` is import, import_with_warning, skip_duplicate, reject or ignore; it judges the file alone.
    """

    action: str
    row: int | None = None
    line: int | None = None
    sheet: str | None = None
    block: int | None = None
    hidden: bool = False  # on a sheet that Excel does not show
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    normalised: dict = field(default_factory=dict)  # empty unless the row is imported
    title_seen: str = ""
    repeats: "ReadRow | None" = None  # where the record stands first: a row without values
    values: dict = field(default_factory=dict)
    extra: dict[str, Value] = field(default_factory=dict)  # columns that mean nothing to us, by heading
    written: dict[str, Value] = field(default_factory=dict)  # every column, by heading, untouched
    cells: dict[str, Understood] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)  # headings over formulas without a saved result
    lengths: dict[str, int] = field(default_factory=dict)  # field -> length of a text that is too long

    @property
    def imports(self) -> bool:
        return self.action in ("import", "import_with_warning")

    @property
    def duplicate_of_row(self) -> int | None:
        return self.repeats.row if self.repeats else None

    @property
    def place(self) -> dict:
        """The keys that tell where it stands: `row` (and `line`), or `sheet` and `block`."""
        keys = {"row": self.row, "line": self.line, "sheet": self.sheet, "block": self.block}
        return {key: value for key, value in keys.items() if value is not None}

    def as_dict(self) -> dict:
        """The row as the command prints it."""
        told = {**self.place, "action": self.action, "reasons": self.reasons, "warnings": self.warnings}
        told |= {"normalised": self.normalised} if self.normalised else {"title_seen": self.title_seen}
        if self.repeats:
            told |= {f"duplicate_of_{key}": value for key, value in self.repeats.place.items() if key != "line"}
        return told | ({"lengths": self.lengths} if self.lengths else {})
