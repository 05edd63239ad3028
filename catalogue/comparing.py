"""Records of either catalogue side by side: which questions are put to all, and what each record answers."""

import re
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import kinds
from catalogue.labels import STATUS, YES, Labels
from catalogue.models import Entry
from catalogue.passages import Cells, Passage
from catalogue.views.rows import decorate, status
from core.reading import Part

MOST = 4
NUMBER = re.compile(r"([A-Za-z])-?([0-9]{1,8})")

QUESTIONS = {
    "facts": (_("Facts"), {
        "kind": pgettext_lazy("filter", "What it is"),
        "country": _("Countries or region"),
        "institution": _("Institution"),
        "themes": _("Area and theme"),
        "categories": pgettext_lazy("filter", "Category"),
        "dates": _("Dates"),
        "status": pgettext_lazy("filter", "Status"),
        "coverage": pgettext_lazy("filter", "Coverage"),
        "evaluated": pgettext_lazy("filter", "Evaluated"),
        "offered": pgettext_lazy("filter", "Offered for sharing"),
    }),
    "what": (_("What is done"), {
        "description": pgettext_lazy("column", "Description"),
        "objectives": pgettext_lazy("column", "Objectives"),
        "implementation_strategy": pgettext_lazy("column", "Implementation strategy"),
        "population_served": pgettext_lazy("column", "Population served"),
    }),
    "means": (_("With which resources"), {
        "human_resources": pgettext_lazy("column", "Human resources"),
        "financial_resources": pgettext_lazy("column", "Financial resources"),
        "non_financial_resources": pgettext_lazy("column", "Non-financial resources"),
        "cooperation": pgettext_lazy("column", "Cooperation and links"),
    }),
    "outcome": (_("What came of it"), {
        "results": pgettext_lazy("column", "Results"),
        "evaluations": _("Evaluations"),
        "lessons_learned": pgettext_lazy("column", "Lessons learned"),
        "information_source": pgettext_lazy("column", "Information source"),
    }),
}  # fmt: skip


@dataclass
class Row:
    """One question with the answer of each record; an empty list where nothing is stated."""

    label: str
    answers: list[tuple[Entry, list[Passage]]]


@dataclass
class Group:
    """Questions that belong together."""

    key: str
    label: str
    rows: list[Row]


@dataclass
class Comparison:
    """What was asked for, as far as it is public."""

    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: int = 0  # beyond the first four
    others: list[str] = field(default_factory=list)  # numbers of kinds that are not compared: people, literature

    @property
    def ids(self) -> list[str]:
        return [entry.permanent_id for entry in self.entries]

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= MOST


def permanent_id(text: str) -> str:
    """`T-000012` from `t-12`, `T12` and the like; nothing from anything else."""
    found = NUMBER.fullmatch(text.strip())
    return f"{found[1].upper()}-{int(found[2]):06d}" if found else ""


def compare(asked: list[str], labels: Labels) -> Comparison:
    """The first four of the records asked for. One statement, and one for each kind among them."""
    numbers = {text: permanent_id(text) for text in dict.fromkeys(asked)}
    wanted = list(dict.fromkeys(number for number in numbers.values() if number))
    beside = {kind.prefix for kind in kinds.beside()}
    others = [number for number in wanted if number[0] in beside]
    wanted = [number for number in wanted if number[0] not in beside]
    unreadable = [text for text, number in numbers.items() if text.strip() and not number]
    known = {entry.permanent_id: entry for entry in find(wanted[: MOST * 4])}
    found = [known[number] for number in wanted if number in known]
    shown = decorate(found[:MOST], labels)
    unknown = [number for number in wanted[: MOST * 4] if number not in known] + unreadable
    comparison = Comparison(shown, unknown=unknown[:MOST], dropped=len(found) - len(shown), others=others[:MOST])
    texts = _texts(shown, labels)
    comparison.groups = _groups(
        [(entry, facts(entry, labels) | said) for entry, said in zip(shown, texts, strict=True)]
    )
    return comparison


def find(numbers: list[str]) -> list[Entry]:
    """The public records with these permanent numbers."""
    return list(Entry.objects.filter(permanent_id__in=numbers).defer("vector", "title_vector")) if numbers else []


def _texts(entries: list[Entry], labels: Labels) -> list[Cells]:
    by_kind: dict[str, dict[int, Cells]] = {}
    for key in {entry.kind for entry in entries}:
        ids = [entry.object_id for entry in entries if entry.kind == key]
        by_kind[key] = kinds.get(key).comparable(ids, labels)
    return [by_kind[entry.kind].get(entry.object_id, {}) for entry in entries]


def _groups(records: list[tuple[Entry, Cells]]) -> list[Group]:
    """Questions that none of the records answers are left out."""
    groups = []
    for key, (label, questions) in QUESTIONS.items():
        rows = [
            Row(str(name), [(entry, cells.get(one, [])) for entry, cells in records])
            for one, name in questions.items()
            if any(one in cells for _entry, cells in records)
        ]
        if rows:
            groups.append(Group(key, str(label), rows))
    return groups


def facts(entry: Entry, labels: Labels) -> Cells:
    """What the entry itself knows. `entry` was decorated."""
    kind = kinds.get(entry.kind)
    what = [Part(str(kind.one))] + ([Part(entry.type_name.label, code=entry.type_name.code)] if entry.type_name else [])
    places = [Part(item.label, code=item.code, item=True) for item in entry.country_list]
    themes = [Part(item.label, code=item.code, item=True) for item in entry.theme_list]
    categories = [Part(item.label, code=item.code, item=True) for item in entry.category_list]
    cells = {
        "kind": what,
        "country": places or [Part(str(entry.region_label))],
        "institution": [Part(entry.institution_name, own=True)],
        "themes": themes,
        "categories": categories,
        "dates": [Part(entry.years)],
        "status": [Part(str(STATUS[status(entry, timezone.localdate())]))],
        "evaluated": [Part(str(YES["yes"]))] if entry.evaluated else [],
        "offered": [Part(str(YES["yes"]))] if entry.offered else [],
    }
    passages = {key: tuple(part for part in parts if part.text) for key, parts in cells.items()}
    return {key: [Passage(parts)] for key, parts in passages.items() if parts}
