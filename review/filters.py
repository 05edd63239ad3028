"""What the queue may be asked for: one form of allowed names and values, for the page and its bulk actions."""

from datetime import datetime, timedelta
from html import escape

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from core.languages import sort_key
from review.choices import ENDED_STATES, CaseState

MOST_PAGES = 400
OPEN, MINE, NOBODY, OVERDUE, DECIDED = "open", "mine", "nobody", "overdue", "decided"
TABS = {
    MINE: _("Mine"),
    OPEN: _("All open"),
    NOBODY: _("Nobody's"),
    OVERDUE: _("Overdue"),
    DECIDED: _("Decided"),
}
AGES = [("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days")), ("60", _("60 days")), ("90", _("90 days"))]
SORTS = {
    "due": (_("Answer due first"), ("due_at", "pk")),
    "oldest": (_("Waiting longest"), ("opened_at", "pk")),
    "newest": (_("Newest"), ("-opened_at", "-pk")),
}


class PlainSelect(forms.Select):
    """A select drawn in one go: a template an option would take longer than the whole page."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value or "")
        options = "".join(
            f'<option value="{escape(str(code))}"{" selected" if str(code) == chosen else ""}>{escape(str(label))}</option>'
            for code, label in self.choices
        )
        return SafeString(
            f'<select name="{escape(name)}" id="{escape((attrs or {}).get("id", name))}">{options}</select>'
        )


class QuickChoice(forms.ChoiceField):
    """A choice that may be left out."""

    widget = PlainSelect

    def __init__(self, **options):
        super().__init__(required=False, **options)


class QueueFilter(forms.Form):
    """Unknown names are ignored; a bad value is an error beside its field, and filters nothing."""

    tab = forms.ChoiceField(choices=list(TABS.items()), required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    kind = QuickChoice(label=_("Kind"))
    state = QuickChoice(label=_("State"))
    country = QuickChoice(label=_("Country"))
    category = QuickChoice(label=_("Category"))
    theme = QuickChoice(label=_("Theme"))
    age = QuickChoice(label=_("Waiting longer than"))
    assignee = QuickChoice(label=_("Assignee"))
    sort = QuickChoice(label=_("Sort by"))
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, kinds: list, staff: list[tuple[str, str]], known: labels.Labels, counts=None):
        super().__init__(data, auto_id="f-%s")
        self.counts, self.kinds = counts, kinds
        self.fields["q"].widget.attrs["placeholder"] = _("Title, number, institution")
        for name, values in self._choices(staff, known).items():
            self.fields[name].choices = values

    def _choices(self, staff, known: labels.Labels) -> dict[str, list]:
        every = ("", pgettext_lazy("filter", "All"))
        countries = sorted(((c.code, c.label) for c in known.country.values()), key=lambda pair: sort_key(pair[1]))
        return {
            "kind": [every, *(self._counted("kind", kind.key, kind.label) for kind in self.kinds)],
            "state": [every, *(self._counted("state", *choice) for choice in CaseState.choices)],
            "country": [every, *countries],
            "category": [every, *((c.code, f"{c.code} {c.short_label}") for c in known.category.values())],
            "theme": [every, *((t.code, f"{t.code} {t.label}") for t in known.theme.values())],
            "age": [("", _("Any time")), *AGES],
            "assignee": [
                ("", _("Anyone")),
                ("me", _("Me")),
                (NOBODY, _("Nobody")),
                *staff,
            ],
            "sort": [(key, words) for key, (words, _order) in SORTS.items()],
        }

    def _counted(self, name: str, code: str, label) -> tuple[str, str]:
        count = self.counts.total(**{name: code}) if self.counts else 0
        return (code, f"{label} ({count})" if count else label)

    @cached_property
    def asked(self) -> dict:
        """What was asked for and is in order."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def chosen_tab(self) -> str:
        return self.asked.get("tab", OPEN)

    @property
    def narrows(self) -> bool:
        """Whether anything but the tab is asked for."""
        return bool(set(self.asked) - {"tab", "sort", "page"})

    @property
    def first(self) -> list:
        """Fields that are always in view."""
        return [self[name] for name in ("kind", "country", "assignee")]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Label and message of what was asked for and is not in order."""
        return [(str(self[name].label), errors[0]) for name, errors in self.errors.items()]

    @property
    def folded(self) -> list:
        """Fields that stand behind "More filters"."""
        return [self[name] for name in ("state", "category", "theme", "age", "sort")]

    @property
    def is_unfolded(self) -> bool:
        return bool({"state", "category", "theme", "age", "sort"} & (set(self.asked) | set(self.errors)))

    def apply(self, cases, user, now: datetime):
        """The cases asked for, in order."""
        asked = self.asked
        cases = _in_tab(cases, self.chosen_tab, user, now, "state" in asked)
        cases = cases.filter(**{name: asked[name] for name in ("kind", "state", "country") if name in asked})
        if "category" in asked:
            cases = cases.filter(categories__contains=[asked["category"]])
        if "theme" in asked:
            cases = cases.filter(themes__contains=[asked["theme"]])
        if "age" in asked:
            cases = cases.filter(opened_at__lt=now - timedelta(days=int(asked["age"])))
        if "assignee" in asked:
            cases = cases.filter(_held_by(asked["assignee"], user))
        if "q" in asked:
            cases = cases.worded(asked["q"])
        if self.chosen_tab == DECIDED and "sort" not in asked:
            return cases.order_by("-decided_at", "-pk")
        return cases.order_by(*SORTS[asked.get("sort", "due")][1])


def _in_tab(cases, tab: str, user, now: datetime, any_state: bool):
    if tab == DECIDED:
        return cases.filter(state__in=ENDED_STATES)
    if tab == OVERDUE:
        return cases.overdue(now)
    if tab == OPEN and any_state:
        return cases
    cases = cases.open()
    if tab == MINE:
        return cases.filter(assignee=user)
    return cases.filter(assignee=None) if tab == NOBODY else cases


def _held_by(who: str, user) -> Q:
    if who == NOBODY:
        return Q(assignee=None)
    return Q(assignee=user.pk if who == "me" else int(who))
