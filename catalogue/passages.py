"""What stands in a cell of a comparison: answers that say whose words they are, long ones with a beginning and a rest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.reading import Answer, Part

LONG = 900  # characters of a text before the rest of it folds away
SHOWN = 600
_SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(frozen=True)
class Passage:
    """Part of what stands in a cell: an answer, under the name of its question where several stand together."""

    parts: tuple[Part, ...]
    label: str = ""

    @property
    def items(self) -> list["Piece"]:
        """What is one of a list, if it is more than one."""
        found = [Piece(part) for part in self.parts if part.item]
        return found if len(found) > 1 else []

    @property
    def pieces(self) -> list["Piece"]:
        """What is not in that list."""
        listed = bool(self.items)
        return [Piece(part) for part in self.parts if not (listed and part.item)]


Cells = dict[str, list[Passage]]  # by the key of the question (catalogue.comparing)


class Piece:
    """A part as the page draws it: a long text begins, and the rest unfolds."""

    def __init__(self, part: Part):
        self.own, self.code = part.own, part.code
        self.url = part.url if part.url.lower().startswith(("https://", "http://")) else ""
        self.start, self.rest = split(part.text)


def split(text: str) -> tuple[str, str]:
    """The beginning of a long text, up to the end of a sentence or a word, and what follows."""
    if len(text) <= LONG:
        return text, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, SHOWN)]
    cut = ends[-1] if ends and ends[-1] > SHOWN // 2 else text.rfind(" ", 0, SHOWN) + 1 or SHOWN
    return text[:cut].rstrip(), text[cut:].lstrip()


def passages(answers: Iterable[tuple[Answer, str]]) -> list[Passage]:
    """Of (answer, label) pairs those that say something."""
    return [Passage(tuple(answer.parts), label) for answer, label in answers if answer.parts]
