"""What a cell of a sheet says: text, number, a date as exact as it is shown, a share, a time of day."""

import re
from dataclasses import dataclass, field

from programs.importing.dates import NotADate, from_serial
from programs.importing.money_words import CODES, SIGNS
from programs.importing.records import Formula, TypedYear, Value
from programs.importing.sharedstrings import SharedStrings

# Formats that a workbook may use without describing them.
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "d/m/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 20), "h:mm"),
    **dict.fromkeys((19, 21), "h:mm:ss"),
    22: "d/m/yyyy h:mm",
    **dict.fromkeys(range(27, 37), "yyyy-m-d"),
    **dict.fromkeys((45, 47), "mm:ss"),
    46: "[h]:mm:ss",
    **dict.fromkeys(range(50, 59), "yyyy-m-d"),
}
_YEARS = range(1850, 2101)  # as numbers of days they are days of 1905, of which nobody tells us
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKET = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[([hms])\1*\]")
_HALF_DAY = re.compile(r"am/pm|a/p")
_CLOCK = re.compile(r"(?=.*[hs])[hms:., ]+(?:(?<=[.,])0+)?")
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]|\"([^\"]+)\"")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Formats:
    """The number format of each style."""

    codes: list[str] = field(default_factory=list)
    since_1904: bool = False

    @classmethod
    def of(cls, styles, *, since_1904: bool) -> "Formats":
        """From the part of styles; none at all is fine."""
        if styles is None:
            return cls(since_1904=since_1904)
        own, codes = {}, []
        for e in styles.iter():
            tag = e.tag.rpartition("}")[2] if isinstance(e.tag, str) else ""
            if tag == "numFmt":
                own[e.get("numFmtId", "")] = e.get("formatCode", "")
            elif tag == "cellXfs":
                codes = [x.get("numFmtId", "0") for x in e]
        return cls([own.get(i) or _BUILT_IN.get(int(i) if i.isdigit() else 0, "") for i in codes], since_1904)

    def code(self, style: str | None) -> str:
        number = int(style) if style and style.isdigit() and len(style) < 7 else 0
        return self.codes[number] if number < len(self.codes) else ""


def value_of(attributes: dict, text: str, strings: SharedStrings, formats: Formats) -> Value:
    """The value saved in a cell; a formula is never calculated, an error is nothing."""
    kind = attributes.get("t", "n")
    if "formula" in attributes and not text and not (kind == "str" and "saved" in attributes):
        return Formula()  # a text may well be empty, a number may not
    if kind == "s":
        text = strings.get(int(text)) if text.isascii() and text.isdigit() else ""
    if kind in ("s", "str", "inlineStr"):
        text = _ESCAPED.sub(_escaped, text) if "_x" in text else text
        return "" if _ERRORS.fullmatch(text.strip()) else text
    if kind == "e":
        return ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, "")
    return text if kind == "d" else _number(text, formats.code(attributes.get("s")), formats.since_1904)


def _escaped(match: re.Match) -> str:
    letter = chr(int(match[1], 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter


def _number(text: str, code: str, since_1904: bool) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    shown = _as_shown(number, code, since_1904) if code else ""
    if shown:
        return shown
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _as_shown(number: float, code: str, since_1904: bool) -> str | int:
    """The number in the words of its format, where they say more than the number."""
    is_serial = 0 < number < 2_958_466
    shown = _as_date(number, code, since_1904) if is_serial else ""
    first = _LITERAL.sub("", code.partition(";")[0]).lower()
    if shown or "%" in first:
        return shown or f"{number * 100:.8f}".rstrip("0").rstrip(".") + "%"
    if number >= 0 and (time := _as_time(number, first)):
        return time
    sign = _currency_in(code) if is_serial else ""
    return f"{sign} {number:.2f}" if sign else ""


def _as_time(number: float, code: str) -> str:
    """The time of day, or how many hours went by where the format counts on beyond a day."""
    parts = _BRACKET.sub("", _HALF_DAY.sub("", _ELAPSED.sub(r"\1", code))).strip()
    if not _CLOCK.fullmatch(parts):
        return ""
    seconds = round(number * 86_400) if _ELAPSED.search(code) else round(number * 86_400) % 86_400
    minutes, seconds = divmod(seconds, 60)
    hours, rest = divmod(minutes, 60)
    if "h" not in parts:
        return f"{minutes:02d}:{seconds:02d}"
    return f"{hours:02d}:{rest:02d}" + (f":{seconds:02d}" if "s" in parts else "")


def _as_date(number: float, code: str, since_1904: bool) -> str | int:
    """The date that the format shows: a format with month and year only gives a month, if the day is the first."""
    parts = _BRACKET.sub("", _LITERAL.sub("", code.split(";")[0])).lower()
    years, days = "y" in parts, "d" in parts
    if not (years or days) or re.search(r"[0#?]", parts.replace("00", "") if "s" in parts else parts):
        return ""
    if number in _YEARS:
        return TypedYear(number)
    try:
        day = from_serial(number, since_1904=since_1904)
    except NotADate:
        return ""
    if years and not days and day.endswith("-01"):
        return day[:7] if "m" in parts else day[:4] if day.endswith("-01-01") else day
    return day


def _currency_in(code: str) -> str:
    """The currency that the format of a number shows, if it means one only."""
    found = {SIGNS.get(s.strip(), s.strip()) for pair in _CURRENCY.findall(code) for s in pair if s.strip()} & CODES
    return found.pop() if len(found) == 1 else ""
