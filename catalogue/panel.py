"""What the filters of a list look like: groups of values with their counts, and the chips of those in force."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from catalogue import kinds
from catalogue.filters import EntryFilter
from catalogue.statement import Found
from core.languages import current, sort_key

NAMES = {
    "q": pgettext_lazy("filter", "Words"),
    "kind": pgettext_lazy("filter", "What it is"),
    "country": pgettext_lazy("filter", "Country"),
    "subregion": pgettext_lazy("filter", "Sub-region"),
    "area": pgettext_lazy("filter", "Area"),
    "theme": pgettext_lazy("filter", "Theme"),
    "category": pgettext_lazy("filter", "Category"),
    "type": pgettext_lazy("filter", "Type"),
    "population": pgettext_lazy("filter", "Population"),
    "size": pgettext_lazy("filter", "Persons served"),
    "coverage": pgettext_lazy("filter", "Coverage"),
    "funding": pgettext_lazy("filter", "Funding source"),
    "status": pgettext_lazy("filter", "Status"),
    "year_from": pgettext_lazy("filter", "Started from"),
    "year_to": pgettext_lazy("filter", "Started up to"),
    "evaluated": pgettext_lazy("filter", "Evaluated"),
    "offered": pgettext_lazy("filter", "Offered for sharing"),
    "language": pgettext_lazy("filter", "Language of the text"),
    "residence": pgettext_lazy("filter", "Lives in"),
    "profession": pgettext_lazy("filter", "Professional field"),
    "modality": pgettext_lazy("filter", "How they can help"),
    "availability": pgettext_lazy("filter", "Availability"),
    "speaks": pgettext_lazy("filter", "Working languages"),
    "item_type": pgettext_lazy("filter", "Kind of literature"),
}
# what only people and literature have: beside records of every kind it would be a long list of groups that few open
OF_ONE_KIND = ("profession", "availability", "modality", "speaks", "item_type")
YES_WORDS = {"offered": gettext_lazy("Offered for sharing"), "evaluated": gettext_lazy("Has an evaluation")}
CODED = ("category",)  # shown with their code
MARKED = ("area", "theme")  # shown with the area's mark
GROUPED = {"year_from": ("year_from", "year_to"), "offered": ("offered", "evaluated"), "area": ("area", "theme")}
FEW = 8  # values of a long list that show before one unfolds the rest


def name_of(param: str, kind: str = "") -> str:
    """What a filter is called, in the list of a kind or of all."""
    return _name_in(current(), param, kind)


@lru_cache(maxsize=512)
def _name_in(language: str, param: str, kind: str) -> str:
    """Words without a variable are looked up once a language."""
    return str((kinds.get(kind).titles if kind else {}).get(param) or NAMES[param])


@dataclass
class Choice:
    """One value of a facet."""

    param: str
    value: str
    label: str
    count: int | None  # None where the values are not counted
    chosen: bool

    @property
    def is_coded(self) -> bool:
        return self.param in CODED

    @property
    def is_marked(self) -> bool:
        return self.param in MARKED


@dataclass
class Group:
    """One facet, or two that belong together; `more` are the values that unfold under `more_label`."""

    key: str
    title: str
    choices: list[Choice] = field(default_factory=list)
    more: list[Choice] = field(default_factory=list)
    more_label: str = ""
    errors: list[str] = field(default_factory=list)
    open: bool = False
    years: tuple[str, str] | None = None

    @property
    def error_id(self) -> str:
        return f"error-{self.key}"

    @property
    def more_open(self) -> bool:
        return any(choice.chosen for choice in self.more)


class Panel:
    """The facets of a list beside it."""

    def __init__(self, filterset: EntryFilter, found: Found):
        self.filterset, self.labels, self.counts = filterset, filterset.labels, found.counts
        self.chosen = filterset.chosen

    def groups(self) -> list[Group]:
        """Every group that has something to choose, and of which the list speaks."""
        built = [
            *([] if self.filterset.only_kind else [self._listed("kind", open=True)]),
            self._listed("type", open=self._is_near("type")),
            self._listed("category", open=self._is_near("category")),
            self._themes(),
            self._folded("country", _("More countries"), open=True),
            self._listed("subregion"),
            *[self._listed(param, open=True) for param in OF_ONE_KIND if self._is_near(param) or self._is_said(param)],
            *(
                [self._folded("residence", _("More countries"))]
                if self._is_near("residence") or self._is_said("residence")
                else []
            ),
            self._cooperation(),
            self._listed("population"),
            self._listed("size"),
            self._listed("funding"),
            self._years(),
            self._status(),
            self._listed("coverage"),
            self._listed("language"),
        ]
        return [
            group
            for group in built
            if (group.choices or group.more or group.years or group.errors)
            and (group.key not in self.kind.left_out or self._is_said(*GROUPED.get(group.key, (group.key,))))
        ]

    @property
    def kind(self) -> kinds.EntryKind | type[kinds.EntryKind]:
        """Of which kind the list is; of several: the one that leaves nothing out."""
        return kinds.get(self.only_shown) if self.only_shown else kinds.EntryKind

    @property
    def only_shown(self) -> str:
        """The one kind that was chosen, if it is one."""
        return self.shown[0] if len(self.shown) == 1 else ""

    @cached_property
    def shown(self) -> list[str]:
        """The kinds that were chosen, by the list or in it."""
        return [self.filterset.only_kind] if self.filterset.only_kind else self.chosen.get("kind", [])

    def _is_said(self, *params: str) -> bool:
        """Whether the address asks for it."""
        return any(param in self.chosen or param in self.filterset.errors for param in params)

    def _is_near(self, param: str) -> bool:
        """Whether the list is of the kind that alone has this facet."""
        return any(param in kinds.get(key).own_facets for key in self.shown)

    def _choices(self, param: str) -> list[Choice]:
        counts, chosen, names = self.counts.get(param, {}), self.chosen.get(param, []), self.labels.names(param)
        return [
            Choice(param, code, names[code], counts.get(code, 0), code in chosen)
            for code in self.labels.numbers(param)
            if counts.get(code) or code in chosen
        ]

    def _errors(self, *params: str) -> list[str]:
        return [words for param in params for words in self.filterset.errors.get(param, [])]

    def _group(self, title: str, *params: str, open: bool = False, **parts) -> Group:
        errors = self._errors(*params)
        is_open = open or bool(errors) or any(param in self.chosen for param in params)
        return Group(params[0], title, errors=errors, open=is_open, **parts)

    def _listed(self, param: str, *, open: bool = False) -> Group:
        return self._group(self._title(param), param, open=open, choices=self._choices(param))

    def _title(self, param: str) -> str:
        return name_of(param, self.only_shown)

    def _themes(self) -> Group:
        return self._group(
            _("Area and theme"), "area", "theme", open=True,
            choices=self._choices("area"), more=self._choices("theme"), more_label=_("Choose among the themes"),
        )  # fmt: skip

    def _folded(self, param: str, more_label: str, *, open: bool = False) -> Group:
        """A long list: its most frequent values, and the rest under one line."""
        found = sorted(self._choices(param), key=lambda choice: (-choice.count, sort_key(choice.label)))
        first = sorted(found, key=lambda choice: not choice.chosen)[:FEW]
        shown = {choice.value for choice in first}
        rest = sorted(
            (choice for choice in found if choice.value not in shown), key=lambda choice: sort_key(choice.label)
        )
        return self._group(self._title(param), param, open=open, choices=first, more=rest, more_label=more_label)

    def _cooperation(self) -> Group:
        choices = [
            choice for param in ("offered", "evaluated") for choice in self._choices(param) if choice.value == "yes"
        ]
        for choice in choices:
            choice.label = str(YES_WORDS[choice.param])
        return self._group(_("Cooperation"), "offered", "evaluated", open=True, choices=choices)

    def _years(self) -> Group:
        typed = tuple(self.filterset.data.get(name, "")[:10] for name in ("year_from", "year_to"))
        title = str(self.kind.titles.get("years") or pgettext("filter", "Year it started"))
        return self._group(title, "year_from", "year_to", years=typed)

    def _status(self) -> Group:
        """What the years say on the day of reading: it stands in no mask, so that its values have no counts."""
        chosen = self.chosen.get("status", [])
        names = self.labels.numbers("status")
        choices = [Choice("status", code, self.labels.name("status", code), None, code in chosen) for code in names]
        return self._group(self._title("status"), "status", choices=choices)


@dataclass(frozen=True)
class Chip:
    """A filter in force; its link takes it away."""

    param: str
    value: str
    label: str


def chips(filterset: EntryFilter) -> list[Chip]:
    """One for each value in force."""
    return [
        Chip(
            param,
            value,
            _("%(filter)s: %(value)s")
            % {"filter": name_of(param, filterset.only_kind), "value": _spoken(filterset, param, value)},
        )
        for param, values in filterset.chosen.items()
        for value in values
    ]


def _spoken(filterset: EntryFilter, param: str, value: str) -> str:
    if param == "q":
        return f"“{value}”"
    if param in ("year_from", "year_to"):
        return value
    if param in CODED:
        return f"{value} {filterset.labels.category[value].short_label}"
    name = filterset.labels.name(param, value)
    return f"{value} {name}" if param in MARKED else name


def hidden(filterset: EntryFilter) -> list[tuple[str, str]]:
    """What is in force and has no control of its own."""
    return [
        (param, value)
        for param, values in filterset.chosen.items()
        for value in values
        if param in ("evaluated", "offered") and value == "no"
    ]
