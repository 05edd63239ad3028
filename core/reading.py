"""What an answer of a form or record reads like, whatever the form: pieces of text that say whose words they are."""

from dataclasses import dataclass, field

from django.utils.formats import number_format


@dataclass(frozen=True)
class Part:
    """A piece of an answer. `own` words were written by the institution, in the language of the text; others are the portal's."""

    text: str
    own: bool = False
    code: str = ""
    url: str = ""
    item: bool = False  # one of a list


@dataclass
class Answer:
    """One question with its answer."""

    question: object  # has `key` and `name`
    parts: list[Part] = field(default_factory=list)
    skipped: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.parts

    @property
    def text(self) -> str:
        """The whole answer as plain text."""
        return "\n".join(f"{part.code} {part.text}".strip() for part in self.parts)


def money(amount: str | None, currency: str) -> str:
    """An amount in the reader's way of writing numbers."""
    if not amount:
        return currency
    decimals = 2 if "." in amount else 0
    return f"{number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True)} {currency}".strip()
