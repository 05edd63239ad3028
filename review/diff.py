"""What changed between two texts, word by word. Answers plain pieces; the page escapes them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCE = re.compile(r".+?(?:[.!?]+\s+|\n+|\Z)", re.DOTALL)
MOST_TOKENS = 4000
SAME, CHANGED = "same", "changed"


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, or that is in one text only."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Difference:
    """Both texts in pieces, and how many places differ."""

    old: list[Piece]
    new: list[Piece]
    places: int


def compare(old: str, new: str) -> Difference:
    """Word by word where texts are alike; sentence by sentence first, so that long texts stay quick."""
    before: list[Piece] = []
    after: list[Piece] = []
    places = 0
    for part_old, part_new, same in _sentences(_split(old), _split(new)):
        if same:
            _add(before, part_old, False)
            _add(after, part_new, False)
        else:
            places += _words(before, after, part_old, part_new)
    return Difference(before, after, places)


def _split(text: str) -> list[str]:
    return _SENTENCE.findall(text.replace("\r\n", "\n"))


def _sentences(old: list[str], new: list[str]):
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d]), what == "equal"


def _words(before: list[Piece], after: list[Piece], old: str, new: str) -> int:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if not a or not b or max(len(a), len(b)) > MOST_TOKENS:
        _add(before, old, True)
        _add(after, new, True)
        return 1
    places = 0
    matcher = SequenceMatcher(str.isspace, a, b, autojunk=True)
    if matcher.quick_ratio() < 0.3:  # two different texts: a mosaic of shared little words helps nobody
        _add(before, old, True)
        _add(after, new, True)
        return 1
    for what, i, j, k, m in matcher.get_opcodes():
        _add(before, "".join(a[i:j]), what != "equal")
        _add(after, "".join(b[k:m]), what != "equal")
        places += what != "equal"
    return places


def _add(pieces: list[Piece], text: str, changed: bool) -> None:
    """Append a run; white space alone is never marked, and runs of one kind are joined."""
    if not text:
        return
    if pieces and pieces[-1].changed == changed:
        pieces[-1] = Piece(pieces[-1].text + text, changed)
    else:
        pieces.append(Piece(text, changed))
