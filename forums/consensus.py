"""What positions come to: counted by constituency, and drawn as bars whose lengths are figures of an SVG."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from forums.choices import Stance
from network.constituency import Constituency

WIDE = 1000  # units of a whole bar


@dataclass(frozen=True)
class Segment:
    """One part of a bar: where it begins, how long it is, how many positions it stands for."""

    stance: str
    label: str
    number: int
    x: int
    width: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Line:
    """One constituency, or all of them: figures in the order of the stances, and the bar that shows them."""

    code: str
    label: str
    numbers: tuple[int, ...]
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def is_empty(self) -> bool:
        return not self.total


@dataclass(frozen=True)
class Result:
    """The result by constituency. Nobody's weight is summed up: the line of all counts positions, not votes."""

    lines: tuple[Line, ...]
    whole: Line

    @property
    def stances(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in Stance.choices]


def result_of(rows: Iterable[tuple[str, str, int]], asked: Iterable[str] = ()) -> Result:
    """The result of (constituency, stance, how many); `asked` are the constituencies that may take a position, none means all.

    A constituency that nobody spoke for has a line of zeros, so that silence is seen; the others have none unless they spoke.
    """
    counted: Counter = Counter()
    for constituency, stance, number in rows:
        counted[constituency, stance] += number
    spoke = {constituency for (constituency, _stance), number in counted.items() if number}
    shown = set(asked) or set(Constituency.values) - {Constituency.OTHERS}
    codes = [code for code in Constituency.values if code in shown | spoke]
    lines = tuple(
        _line(code, str(Constituency(code).label), [counted[code, stance] for stance in Stance.values])
        for code in codes
    )
    together = [sum(line.numbers[place] for line in lines) for place in range(len(Stance.values))]
    return Result(lines, _line("", "", together))


def _line(code: str, label: str, numbers: list[int]) -> Line:
    return Line(code, label, tuple(numbers), tuple(segments(numbers)))


def segments(numbers: list[int]) -> list[Segment]:
    """The parts of one bar, in the order of the stances: together they are exactly as long as the bar."""
    total, done, parts = sum(numbers), 0, []
    for (stance, label), number in zip(Stance.choices, numbers, strict=True):
        if not number:
            continue
        start, done = done, done + number
        x, end = round(WIDE * start / total), round(WIDE * done / total)
        parts.append(Segment(stance, str(label), number, x, end - x))
    return parts
