"""What a section and a question of the form are."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """One question of Annex II, or one that the portal adds to it (`ours`).

    `key` names it everywhere: in "not applicable", in the reviewer's questions, in errors. It is the first column that holds
    the answer; `columns` are all of them. Columns of `on_program` live on the programme, where they may change at once.
    """

    code: str
    key: str
    label: str
    columns: tuple[str, ...] | None = None
    short: str = ""
    help: str = ""
    example: str = ""
    words: int = 0
    required: bool = False
    may_skip: bool = False  # "not applicable / not known" answers it
    missing: str = ""  # what is said when a required answer is missing
    on_program: bool = False
    lines: str = ""  # column of the repeated part, if any
    ours: bool = False

    def __post_init__(self):
        if self.columns is None:
            object.__setattr__(self, "columns", (self.key,))

    @property
    def section(self) -> str:
        return self.code.partition(".")[0]

    @property
    def letter(self) -> str:
        """`a` of `III.a`, empty where Annex II does not letter its questions."""
        rest = self.code.partition(".")[2]
        return rest if rest.isalpha() else ""

    @property
    def title(self) -> str:
        """`a. Needs addressed`."""
        return f"{self.letter}. {self.label}" if self.letter else str(self.label)

    @property
    def full_title(self) -> str:
        """`III.a Needs addressed`: for pages where no heading tells the section."""
        if self.letter:
            return f"{self.code} {self.label}"
        return str(self.label) if self.section == "criteria" else f"{self.section}. {self.label}"

    @property
    def name(self) -> str:
        """The short name, for lists and hidden words."""
        return str(self.short or self.label)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns, the repeated part first."""
        return (self.lines, *self.columns) if self.lines else self.columns

    @property
    def is_single(self) -> bool:
        """One column and no repeated part: one control under one label."""
        return len(self.columns) == 1 and not self.lines


@dataclass(frozen=True)
class Section:
    """One numbered section of the form."""

    key: str
    label: str
    summary: str
    intro: str = ""
    questions: tuple[Question, ...] = field(default_factory=tuple)

    @property
    def roman(self) -> str:
        """The numeral, empty for the statement on the criteria, which Annex II does not number."""
        return "" if self.key == "criteria" else self.key

    @property
    def title(self) -> str:
        return f"{self.roman}. {self.label}" if self.roman else str(self.label)
