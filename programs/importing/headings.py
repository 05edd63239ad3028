"""What a heading means: the field of the record that its column holds, or nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from programs.importing.cleaning import plain, repaired
from programs.importing.folding import fold, without_number
from programs.importing.heading_words import BLOCK_MARKS, FIELDS, FILLERS, GROUPS, TABLE_MARKS, WEAK_TITLES

# The fields of Annex I's heading; the others are the columns of its table.
HEADING_FIELDS = frozenset(["title", "type", "country", "start", "end", "period", "area", "theme", "area_theme"])
TABLE_FIELDS = frozenset(
    [
        *("description", "objectives", "implementation_strategy", "population_served", "human_resources"),
        *("financial_resources", "non_financial_resources", "results", "lessons_learned", "information_source"),
    ]
)
_LONGEST = 160
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ALTERNATIVES = re.compile(r"\s*[/|\n\\]\s*|\s+-\s+|\s*[()\[\]]\s*")
_NOT = frozenset(["no", "non", "nao", "sin"])


def _spelled(words: str) -> str:
    """Folded words of a heading without those that fill it; `no` and `non` count."""
    kept = [w for w in words.split() if w not in FILLERS]
    return " ".join("labor" if w == "labour" else w for w in kept) or words


def _names() -> dict[str, str]:
    table = {}
    for field, names in FIELDS.items():
        for name in names.split("|"):
            table.setdefault(name, field)
            table.setdefault(_spelled(name), field)
    return table


_TABLE = _names()
_WEAK = frozenset(WEAK_TITLES.split("|"))


@dataclass(frozen=True)
class Columns:
    """Which column holds which field; headings that mean nothing to us keep their name."""

    fields: Mapping[int, str]  # column -> field
    names: Mapping[int, str]  # column -> heading as written
    is_list: bool  # one record a row; otherwise the Table under a Heading

    @property
    def known(self) -> int:
        return len(set(self.fields.values()))


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """The field a heading names with certainty."""
    if len(heading) > _LONGEST * 3:
        return None
    text = _readable(heading)
    short = _NOTE.sub(" ", text).strip() or text
    if len(short) > _LONGEST:
        return None
    direct = _lookup(re.sub(r"[()\[\]]", " ", text)) or _lookup(short)
    if direct:
        return direct
    found = {_lookup(part) for part in _ALTERNATIVES.split(text) if part} - {None}
    if found == {"area", "theme"}:
        return "area_theme"
    if found == {"start", "end"}:
        return "period"
    return found.pop() if len(found) == 1 else None


def is_weak_title(heading: str) -> bool:
    """A heading such as `Programa`, which is the title if nothing else is."""
    return fold(without_number(_readable(heading))) in _WEAK


def is_label(text: str) -> bool:
    """A cell that ends with a colon, as the labels of a form do."""
    return text.rstrip(" *\u00a0").endswith(":")


def marks_block(text: str) -> bool:
    return _bare(text) in BLOCK_MARKS


def marks_table(text: str) -> bool:
    return _bare(text) in TABLE_MARKS


def columns_of(cells: Mapping[int, str]) -> Columns | None:
    """The columns of a row if it is a row of headings: three known ones, and more known than unknown or at least five."""
    texts = {at: text for at, text in cells.items() if text}
    fields: dict[int, str] = {}
    for at, text in texts.items():
        field = field_of(text)
        if field and field not in fields.values():
            fields[at] = field
    if "title" not in fields.values() and len(fields) >= 3:
        weak = next((at for at, text in texts.items() if at not in fields and is_weak_title(text)), None)
        if weak is not None:
            fields[weak] = "title"
    known = len(fields)
    if known < 3 or not (known > len(texts) / 2 or known >= 5) or _is_form(texts, fields):
        return None
    is_list = bool(HEADING_FIELDS & set(fields.values()))
    return Columns(dict(sorted(fields.items())), texts, is_list)


def with_second_row(columns: Columns, above: Mapping[int, str], below: Mapping[int, str]) -> Columns | None:
    """`Recursos` over `Humanos`, `Financ.`, `No Financ.`: the columns of both rows, if the second holds headings only."""
    texts = {at: text for at, text in below.items() if text}
    if not texts or len(texts) > len(columns.names) + 4:
        return None
    fields = dict(columns.fields)
    for at, text in texts.items():
        over = _over(above, at)
        field = field_of(text) if at not in columns.fields or fold(over) in GROUPS else None
        field = field_of(f"{over} {text}") or field
        if field is None or (at in columns.fields and fold(over) not in GROUPS):
            return None
        fields = {k: f for k, f in fields.items() if f != field or k == at} | {at: field}
    names = dict(columns.names) | texts
    return Columns(dict(sorted(fields.items())), names, columns.is_list or bool(HEADING_FIELDS & set(fields.values())))


def _over(above: Mapping[int, str], at: int) -> str:
    """The heading over a column: its own, or that of the group that began to its left."""
    left = [k for k, text in above.items() if k <= at and text]
    return above[max(left)] if left else ""


def _is_form(texts: Mapping[int, str], fields: Mapping[int, str]) -> bool:
    """Labels with their values beside them: `País: | México | Tema: | Salarios`."""
    labels = [at for at in fields if is_label(texts[at])]
    return len(labels) * 2 >= len(fields) and len(fields) < len(texts)


def _readable(text: str) -> str:
    return repaired(plain(text))[0]


def _bare(text: str) -> str:
    return fold(without_number(_readable(text))) if len(text) < _LONGEST else ""


def _lookup(text: str) -> str | None:
    for candidate in (text, without_number(text)):
        folded = fold(candidate)
        field = _TABLE.get(folded) or _TABLE.get(_spelled(folded))
        if field:
            return field
    return None
