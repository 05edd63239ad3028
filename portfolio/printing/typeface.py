"""The fonts of the paper: what they can draw, how wide it is, and where lines break."""

import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
SANS, SERIF, SPARE = "noto", "notoserif", "dejavu"
FILES = {
    (SANS, ""): "NotoSans-Regular.ttf",
    (SANS, "B"): "NotoSans-Bold.ttf",
    (SERIF, ""): "NotoSerif-Regular.ttf",
    (SPARE, ""): "DejaVuSans.ttf",
}
# Control and direction characters have no place on paper: some would turn the line around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_PIECE = re.compile(r"[^ ]+| +")


@cache
def _glyphs() -> frozenset[int]:
    """What the fonts can draw."""
    drawn: set[int] = set()
    for name in FILES.values():
        with TTFont(FONTS / name, lazy=True) as font:
            drawn.update(font.getBestCmap())
    return frozenset(drawn)


@cache
def _unknown() -> re.Pattern[str]:
    """Runs of characters that no font of ours has, such as pictures and Chinese."""
    points = sorted(_glyphs() | {0x0A, 0x20})
    spans, first = [], points[0]
    for here, after in zip(points, [*points[1:], -1], strict=True):
        if after != here + 1:
            spans.append(f"{re.escape(chr(first))}-{re.escape(chr(here))}")
            first = after
    return re.compile(f"[^{''.join(spans)}]+")


def printable(text: str) -> str:
    """The words without what cannot be seen; a character without a glyph becomes the replacement mark."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", "    ")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return _unknown().sub("\ufffd", _UNSEEN.sub("", text))


class Widths(dict):
    """Width of each character in thousandths of the size, learnt on first use."""

    def __init__(self, own, spare):
        super().__init__()
        self.own, self.spare = own, spare

    def __missing__(self, character: str) -> float:
        point = ord(character)
        self[character] = width = self.own[point] if point in self.own else self.spare[point]
        return width


def wrapped(paragraph: str, limit: float, widths: Widths) -> list[str]:
    """A paragraph in lines no wider than the limit: broken at spaces, and within a word that is wider than a line."""
    found, line, filled = [], "", 0.0
    for piece in _PIECE.findall(paragraph):
        size = sum(map(widths.__getitem__, piece))
        if filled + size > limit and line:
            found.append(line.rstrip())
            line, filled = "", 0.0
            if piece.isspace():
                continue
        while size > limit and len(piece) > 1:
            fits = _fitting(piece, limit, widths)
            found.append(piece[:fits])
            piece = piece[fits:]
            size = sum(map(widths.__getitem__, piece))
        line, filled = line + piece, filled + size
    return [*found, line.rstrip()]


def _fitting(word: str, limit: float, widths: Widths) -> int:
    """How many characters of a word fit on a line, at least one."""
    filled = 0.0
    for place, character in enumerate(word):
        filled += widths[character]
        if filled > limit:
            return max(1, place)
    return len(word)
