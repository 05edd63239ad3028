"""Dates as people write them, day first, as exact as they are: `2004`, `2004-03`, `2004-03-15`; never completed, never guessed."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from core.dates import OLDEST_YEAR, latest_year
from programs.importing.date_words import (
    BEFORE,
    BEFORE_END,
    BEFORE_START,
    MONTHS,
    NO_DATE,
    NOTHING,
    ONGOING,
    PARTS_OF_YEAR,
    WEEKDAYS,
)
from programs.importing.folding import fold, tidy

KNOWN_NOTHING = NOTHING - NO_DATE
_SERIALS = range(18264, 73416)  # 1 January 1950 to the end of 2100, counted as Excel counts
_LONGEST = 120
_YEAR = r"(?P<y>\d{4})"
_TWO = r"(?P<y>\d{4}|['’´`]?\d{2})"
_MONTH = r"(?P<m>\d{1,2})"
_DAY = r"(?P<d>\d{1,2})"
_NAME = r"(?P<n>[a-z]+)\.?"
_OF = r"(?:\s+(?:de|del|d|do|of)\s+|\s*,\s*|\s*[-/.]\s*|\s+|)(?:ano\s+)?"
_CLOCK = (
    r"(?:(?:[ t]|,\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:a\.?m\.?|p\.?m\.?|hrs?\.?|h)?(?:z|[+-]\d{2}:?\d{2})?)?"
)
_SHAPES = [
    re.compile(shape)
    for shape in (
        rf"{_YEAR}(?:\.0{{1,2}})?",
        rf"(?P<y>\d{{4}})([-/.]){_MONTH}\2{_DAY}{_CLOCK}",
        rf"{_DAY}\s*([-/.])\s*{_MONTH}\s*\2\s*{_TWO}{_CLOCK}",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        rf"{_YEAR}\s*[-/.]\s*{_MONTH}",
        rf"{_MONTH}\s*[-/.]\s*{_YEAR}",
        rf"(?:dia\s+)?{_DAY}(?:\s*(?:o|er|ro|°|º|st|nd|rd|th)(?![a-z])\.?)?{_OF}{_NAME}{_OF}{_TWO}",
        rf"{_NAME}\s*{_DAY}(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}",
        rf"(?:mes\s+de\s+)?{_NAME}{_OF}{_YEAR}",
        rf"(?:mes\s+de\s+)?{_NAME}(?:\s+(?:de|del|of)\s+(?:ano\s+)?|\s*[-/]\s*|\s*(?=['’´`]))(?P<y>['’´`]?\d{{2}})",
        rf"{_YEAR}{_OF}{_NAME}",
        r"['’´`](?P<y>\d{2})",
    )
]
_PART_OF_YEAR = re.compile(
    rf"(?:el\s+|the\s+)?(?:{'|'.join(PARTS_OF_YEAR)})(?:\s+(?:de|del|of|du|do|da))?(?:\s+ano)?[\s,/-]*(?P<y>\d{{4}})"
)
_YEAR_PART = re.compile(rf"(?P<y>\d{{4}})[\s,/-]*(?:{'|'.join(PARTS_OF_YEAR[:3])})")
_RANGE = re.compile(
    r"\s*[–—]\s*|\s+-+\s+|\s*;\s*|\s+(?:a|al|hasta|to|until|till|through|ate|au|jusqu'?a|jusqu'?en)\s+|\s*/\s*|\s*-\s*|\s*\(|\s*,\s*|\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^(?:entre|between)\s+(.+?)\s+(?:y|and|e|et)\s+(.+)$", re.IGNORECASE)


def _words_before(*lists: str) -> re.Pattern:
    words = sorted("|".join(lists).split("|"), key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(words)})(?:\s+|\s*:\s*)(?=\S))+")


_START, _END = _words_before(BEFORE, BEFORE_START), _words_before(BEFORE, BEFORE_END)


class NotADate(ValueError):
    """The text is no date that can be read with certainty."""


@dataclass(frozen=True)
class Dates:
    """A start, an end, whether it still runs."""

    start: str = ""
    end: str = ""
    ongoing: bool = False


def one(value: str | int | float, *, before: re.Pattern = _END) -> tuple[str, bool]:
    """The date of a cell and whether the cell says that the action still runs; NotADate if it says something else."""
    text = _plain(value)
    if is_nothing(text):
        return "", False
    if says_ongoing(text):
        return "", True
    return _exact(text, before), False


@lru_cache(maxsize=4096)
def span(value: str | int | float) -> Dates:
    """A cell that may hold a start and an end: `2004-2008`, `desde 2011`, `2004 a la fecha`, `marzo de 2004 hasta junio de 2006`."""
    text = _plain(value)
    if len(text) > _LONGEST:
        raise NotADate("too long for a date")
    try:
        day, ongoing = one(text, before=_START)
        return Dates(start=day, ongoing=ongoing)
    except NotADate:
        pass
    try:
        return Dates(end=_exact(text, _END))
    except NotADate:
        pass
    between = _BETWEEN.match(text)
    found = {_pair(*between.groups())} if between else {_cut(text, c) for c in _RANGE.finditer(text[:_LONGEST])}
    found.discard(None)
    if len(found) != 1:
        raise NotADate(text)
    return found.pop()


def comparable(day: str, other: str) -> tuple[str, str]:
    """Both at the exactness of the less exact one."""
    length = min(len(day), len(other))
    return day[:length], other[:length]


@lru_cache(maxsize=4096)
def is_nothing(text: str, *, is_date: bool = True) -> bool:
    """Whether a cell only says that nothing is known: `-`, `N/D`, `#N/A`, and of a date `sin fecha`."""
    folded = fold(text)
    return folded in (NOTHING if is_date else KNOWN_NOTHING) or not any(c.isalnum() for c in text)


def says_ongoing(text: str) -> bool:
    """Whether the words say that the action still runs."""
    folded = fold(text)
    return (
        folded in ONGOING
        or re.sub(r"^(?:se encuentra|esta|continua|sigue|hasta|a|al|la|el|is|still|fin)\s+", "", folded) in ONGOING
    )


def from_serial(number: float, *, since_1904: bool = False) -> str:
    """The day that Excel counts with this number."""
    base = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if number < 60 else 30)
    try:
        return (base + timedelta(days=int(number))).isoformat()
    except (OverflowError, ValueError):
        raise NotADate(number) from None


def _cut(text: str, cut: re.Match) -> Dates | None:
    """What the two sides of a cut say; a space or a comma alone does not stand between two dates."""
    first, second = text[: cut.start()], text[cut.end() :].rstrip(")")
    pair = _pair(first, second)
    return pair if pair and (pair.ongoing or cut.group(0).strip(" ,(")) else None


def _pair(first: str, second: str) -> Dates | None:
    """Two dates, or a date and a word that says it still runs."""
    try:
        start = _exact(first, _START, alone=False)
        if says_ongoing(second):
            return Dates(start, "", True)
        return Dates(start, _exact(second, _END, alone=False))
    except NotADate:
        return None


def _plain(value: str | int | float) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value)).replace("\n", " ").strip(" .,;")


def _exact(text: str, before: re.Pattern, *, alone: bool = True) -> str:
    """The date in the text; NotADate. A two-digit year stands for a year only where it is the whole cell."""
    if len(text) > _LONGEST:
        raise NotADate(text)
    words = before.sub("", _words(text))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", words) and int(float(words)) in _SERIALS:
        return _checked(*from_serial(float(words)).split("-"))
    part = _PART_OF_YEAR.fullmatch(words) or _YEAR_PART.fullmatch(words)
    if part:
        return _checked(part["y"], None, None)
    for shape in _SHAPES:
        match = shape.fullmatch(words)
        if match and (found := _from_match(match)):
            return found
    if alone and re.fullmatch(r"[5-9]\d", words):
        return _checked(words, None, None)
    raise NotADate(text)


def _words(text: str) -> str:
    """Lower case, no accents, without weekdays."""
    kept = "".join(c if c in "'’´`-/.,:+–—°º" else f" {fold(c)} " if not fold(c) else fold(c) for c in text)
    kept = re.sub(r"\s+", " ", kept).strip(" .,")
    kept = " ".join(w for w in kept.split() if w.strip(",") not in WEEKDAYS).strip(" ,")
    return kept


def _from_match(match: re.Match) -> str | None:
    """The date of a shape; None when the word in the place of the month is none; NotADate when the day does not exist."""
    parts = match.groupdict()
    month = parts.get("m")
    if parts.get("n"):
        month = MONTHS.get(parts["n"])
        if month is None:
            return None
    return _checked(parts["y"], month, parts.get("d"))


def _checked(year: str, month: str | int | None, day: str | None) -> str:
    year = year.lstrip("'’´`")
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 49 else 1900)
    month_number, day_number = int(month or 1), int(day or 1)
    if not OLDEST_YEAR <= number <= latest_year() or not 1 <= month_number <= 12:
        raise NotADate(year)
    if not 1 <= day_number <= calendar.monthrange(number, month_number)[1]:
        raise NotADate(year)
    return f"{number:04d}" + (f"-{month_number:02d}" if month else "") + (f"-{day_number:02d}" if day else "")
