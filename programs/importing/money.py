"""One amount with its currency, where the text leaves no doubt; otherwise the text stays as it was written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from programs.importing.folding import fold, tidy
from programs.importing.money_words import (
    CODES,
    DOUBTFUL_MULTIPLIERS,
    MULTIPLIERS,
    NAMES,
    NAMES_BY_COUNTRY,
    SIGNS,
    SIGNS_BY_COUNTRY,
    UNCERTAIN,
)

NOT_SPLIT, NO_CURRENCY = "amount_not_split", "amount_without_currency"
_LARGEST = Decimal(10) ** 15
_LONGEST = 2_000
_ALL_SIGNS = sorted({*SIGNS, *SIGNS_BY_COUNTRY, *CODES, "$"}, key=len, reverse=True)
_SIGN = "|".join(
    re.escape(s).replace(r"\$", r"\s?\$") if s.endswith("$") and s != "$" else re.escape(s) for s in _ALL_SIGNS
)
_NUMBER = re.compile(r"(?<![\d.,])(?:(?<=[A-Z]{3})|(?<!\w))(?:\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:['’´.,]\d+)*)")
_BEFORE = re.compile(rf"(?:^|(?<![A-Za-z$€£/]))({_SIGN})\s*:?\s*$")
_AFTER = re.compile(rf"^\s*({_SIGN})(?![A-Za-z$/])")
_WORDS_AFTER = re.compile(r"^[\s]*((?:[^\W\d_]+\.?[\s/]*){1,8})")
_UNCERTAIN = re.compile(rf"(?<![a-z0-9])(?:{UNCERTAIN})(?![a-z0-9])")
_RANGE = re.compile(r"\d\s*(?:[-–—]|\ba\b|\bto\b|\bal\b)\s*(?:[^\d\s]{1,4}\s?)?\d", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_GROUPED_TWICE = re.compile(r"\d{1,3}'\d{3}(?:[.,]\d{3})+")  # 1'500.000, as some write millions
_GROUPED_MIXED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*|\d{1,3}'\d{3}[.,]\d{3}|\d{1,3}")


@dataclass(frozen=True)
class Money:
    """The amount with two decimals and the currency's ISO code, or the code of the warning that says why not."""

    amount: str = ""
    currency: str = ""
    warning: str = ""


@dataclass(frozen=True)
class _Sum:
    value: Decimal
    currency: str
    sure: bool
    end: int
    marked: bool  # a sign of money or a word of size stands beside it
    bare: bool  # digits alone


def read(value: str | int | float, *, countries: Sequence[str] = (), currency: str = "", times: int = 1) -> Money:
    """What a cell says; `currency` and `times` come from the heading of its column (`Monto (miles de US$)`)."""
    if isinstance(value, int | float):
        return _result(Decimal(repr(value)) * times, currency)
    text = tidy(value).replace("\n", " ")
    if not text:
        return Money()
    if len(text) > _LONGEST:
        return Money(warning=NOT_SPLIT)
    sums = [_sum(text, m, countries, currency, times) for m in _NUMBER.finditer(text)]
    if _says_each(text, sums):
        return Money()
    return _single(text, sums)


@lru_cache(maxsize=512)
def heading_hint(heading: str) -> tuple[str, int]:
    """Currency and size that a heading gives to its column: `Presupuesto (millones de USD)`."""
    folded = fold(heading)
    times = next(
        (n for w, n in sorted(MULTIPLIERS.items(), key=lambda p: -len(p[0])) if re.search(rf"\b(?:en )?{w}\b", folded)),
        1,
    )
    found = {SIGNS.get(s, s) for s in re.findall(rf"(?<![A-Za-z$])({_SIGN})(?![A-Za-z$])", heading)} & CODES
    found |= {code for name, code in NAMES.items() if re.search(rf"\b{name}\b", folded)}
    return (found.pop() if len(found) == 1 else "", times)


def currency_of(text: str, countries: Sequence[str] = ()) -> str:
    """The currency that a cell of a column `Moneda` names, or nothing."""
    text = text.strip()
    return _sign(text, countries) or (text.upper() if text.upper() in CODES else "") or _name(fold(text), countries)


def _single(text: str, sums: list[_Sum | None]) -> Money:
    amounts = [s for s in sums if s is not None and not (s.bare and not s.marked and s.value < 1000)]
    if None in sums or not sums or not all(s.sure for s in amounts):
        return Money(warning=NOT_SPLIT)
    marked = [s for s in amounts if s.currency]
    if (
        not marked
        and len(sums) == 1
        and re.fullmatch(r"[\d.,'’ ]+(?:\s*(?:millon(?:es)?|million|mil))?", fold_keep(text))
    ):
        return Money(warning=NO_CURRENCY)
    if len({(s.value, s.currency) for s in marked}) != 1 or len(marked) != len(amounts):
        return Money(warning=NOT_SPLIT)
    if _UNCERTAIN.search(fold(text)) or _RANGE.search(text) or re.search(r"[~≈<>±+?]|(?<!\w)-\s?[\d$]", text):
        return Money(warning=NOT_SPLIT)
    return _result(marked[0].value, marked[0].currency)


def fold_keep(text: str) -> str:
    """Lower case, for the few words that may follow a bare number."""
    return text.casefold().replace("ó", "o").strip()


def _says_each(text: str, sums: list[_Sum | None]) -> bool:
    """An account in sentences: each part names one certain amount and explains it, so that the text itself is the answer."""
    parts = [p for p in re.split(r"\s*;\s*", text) if p]
    if len(parts) < 2 or None in sums:
        return False
    for part in parts:
        amounts = [
            s for s in (_sum(part, m, (), "", 1) for m in _NUMBER.finditer(part)) if s is None or s.currency or s.marked
        ]
        words = [w for w in re.findall(r"[^\W\d_]{2,}", part) if w not in CODES and fold(w) not in MULTIPLIERS]
        if len(amounts) != 1 or amounts[0] is None or not amounts[0].currency or len(words) < 5:
            return False
    return True


def _result(value: Decimal, currency: str) -> Money:
    cents = value.quantize(Decimal("0.01")) if value < _LARGEST else None
    if cents is None or cents != value or value < 0:
        return Money(warning=NOT_SPLIT)
    return Money(f"{cents:.2f}", currency) if currency else Money(warning=NO_CURRENCY)


def _sum(text: str, match: re.Match, countries: Sequence[str], column_currency: str, column_times: int) -> _Sum | None:
    """One number with what stands around it; None if the number cannot be read with certainty."""
    digits, before, after = match.group(0), text[: match.start()], text[match.end() :]
    if after.lstrip().startswith("%") or re.match(
        r"\s*(?:por ciento|per ?cent|por cento|pour cent)", after, re.IGNORECASE
    ):
        return _Sum(Decimal(0), "", True, match.end(), False, True)
    times, after = _times(after)
    currency, marked = _currency(before, after, countries)
    value, exact = _number(digits, times > 1)
    if value is None:
        return None if marked or times != 1 else _Sum(Decimal(0), "", False, match.end(), True, False)
    bare = digits.isdigit()
    if bare and not marked and times == 1 and 1900 <= value <= 2100 and len(digits) == 4 and text.strip() != digits:
        return _Sum(Decimal(0), "", True, match.end(), False, True)
    if not marked and column_currency:
        currency, marked = column_currency, True
    if times > 1 and column_times > 1:
        return None
    size = column_times if times == 1 else times
    return _Sum(
        value * size,
        currency,
        exact and times > 0 and (not marked or bool(currency)),
        match.end(),
        marked or times != 1,
        bare,
    )


def _times(after: str) -> tuple[int, str]:
    """The word of size behind a number and what follows it; 0 if its size is not certain."""
    words = _WORDS_AFTER.match(after)
    if not words:
        return 1, after
    folded = fold(words.group(1)).split()
    for length in (3, 2, 1):
        size = MULTIPLIERS.get(" ".join(folded[:length])) if len(folded) >= length else None
        if size:
            return size, _drop_words(after, length)
    return (
        (0, after)
        if folded and folded[0] in DOUBTFUL_MULTIPLIERS and not re.match(r"\s*(?:B/|K\b.*\$)", after)
        else (1, after)
    )


def _drop_words(text: str, count: int) -> str:
    rest = re.sub(rf"^\s*(?:[^\W\d_]+\.?\s*){{{count}}}", "", text)
    return re.sub(r"^\s*(?:(?:de|of|em)\s+|d['’]\s*)(?=\S)", "", rest, flags=re.IGNORECASE)


def _currency(before: str, after: str, countries: Sequence[str]) -> tuple[str, bool]:
    """The currency beside a number, and whether anything of the kind stands there at all."""
    marks = [m[1] for m in (_BEFORE.search(before), _AFTER.match(after)) if m]
    found = {_sign(mark, countries) for mark in marks}
    if found == {"", "USD"} and "$" in marks:  # `$ 5,000 USD`
        found = {"USD"}
    elif len(found) == 2 and "" in found and "$" in marks:
        found.discard("")
    words = _WORDS_AFTER.match(after)
    if words and not _AFTER.match(after):
        named = _longest_name(_without_of(fold(words.group(1)).split()), countries)
        if named is not None:
            found = {f for f in found if f} | {named} if marks == ["$"] else found | {named}
    return (found.pop(), True) if len(found) == 1 else ("", bool(found))


def _without_of(words: list[str]) -> list[str]:
    return words[1:] if words[:1] in (["de"], ["d"], ["of"], ["em"]) else words


def _longest_name(words: list[str], countries: Sequence[str]) -> str | None:
    """A currency named by the first words; "" if they name one that several countries have; None if they name none."""
    for length in range(min(len(words), 7), 0, -1):
        name = " ".join(words[:length])
        if name in NAMES or name in NAMES_BY_COUNTRY:
            return _name(name, countries)
    return None


def _name(name: str, countries: Sequence[str]) -> str:
    by_country = NAMES_BY_COUNTRY.get(name, {})
    here = {by_country.get(c, "") for c in countries}
    return NAMES.get(name) or (here.pop() if len(here) == 1 else "")


def _sign(mark: str, countries: Sequence[str]) -> str:
    mark = re.sub(r"\s", "", mark)
    if mark in SIGNS or mark in CODES:
        return SIGNS.get(mark, mark)
    here = {SIGNS_BY_COUNTRY.get(mark, {}).get(c, "") for c in countries}
    return here.pop() if len(here) == 1 else ""


def _number(digits: str, sized: bool) -> tuple[Decimal | None, bool]:
    """The value of digits with separators; None or not exact where they can be read in two ways."""
    digits = re.sub("[’´]", "'", digits)
    marks = [c for c in digits if not c.isdigit()]
    kinds = list(dict.fromkeys(marks))
    if not marks:
        return Decimal(digits), True
    if _GROUPED_TWICE.fullmatch(digits):
        return Decimal(re.sub(r"\D", "", digits)), True
    if len(kinds) == 1 and _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        sure = len(marks) > 1 or not sized or kinds[0] in "' "
        return Decimal(re.sub(r"\D", "", digits)), sure
    whole, _, decimals = digits.rpartition(marks[-1])
    if marks.count(marks[-1]) > 1 or marks[-1] in "' ":
        return None, False
    if kinds[:-1] and (not _GROUPED_MIXED.fullmatch(whole) or len(decimals) == 3):
        return None, False
    try:
        return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{decimals}"), True
    except InvalidOperation:
        return None, False
