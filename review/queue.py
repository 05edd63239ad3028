"""The queue as rows: counted in one statement, paged without counting to the end, named without a query a row."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue import labels
from core.languages import HTML_LANG, current
from review import kinds
from review.choices import OPEN_STATES, CaseState
from review.filters import DECIDED, MINE, MOST_PAGES, NOBODY, OPEN, OVERDUE
from review.models import Case

PER_PAGE = 25
MOST = PER_PAGE * MOST_PAGES
SHOWN_CODES = 3

# of a case and its assignee, what a row shows
READ = (
    "reference", "kind", "state", "title", "language", "country", "institution_name", "themes", "categories",
    "opened_at", "due_at", "decided_at", "clock_stopped_at", "assignee__name",
)  # fmt: skip
# words, tone and icon of each state
TAGS = {
    CaseState.IN_REVIEW: (gettext_lazy("In review"), "on", "eye"),
    CaseState.QUESTIONS: (gettext_lazy("Question asked"), "warn", "question"),
    CaseState.ON_HOLD: (gettext_lazy("On hold"), "off", "wait"),
    CaseState.APPROVED: (gettext_lazy("Approved"), "ok", "check"),
    CaseState.DECLINED: (gettext_lazy("Declined"), "bad", "close"),
    CaseState.WITHDRAWN: (gettext_lazy("Withdrawn"), "off", "back"),
}
WAITING = (gettext_lazy("Waiting"), "", "")


@dataclass(frozen=True)
class Count:
    """One line of the counts: cases of a kind in a state, how many of them are whose, and since when the oldest waits."""

    kind: str
    state: str
    count: int
    mine: int
    nobody: int
    late: int
    oldest: datetime


class Counts:
    """Open cases by kind and state: one statement, from one index alone, for everything the pages say of them."""

    def __init__(self, user, now: datetime):
        self.kinds = kinds.open_to(user)
        rows = Case.objects.visible_to(user).open().order_by().values("kind", "state")
        rows = rows.annotate(
            count=models.Count("*"),
            mine=models.Count("due_at", filter=Q(assignee=user)),
            nobody=models.Count("due_at", filter=Q(assignee=None)),
            late=models.Count("due_at", filter=Q(due_at__lt=now, state=CaseState.IN_REVIEW)),
            oldest=models.Min("opened_at"),
        )
        self.rows = [Count(**row) for row in rows]

    def total(self, **wanted) -> int:
        """The cases of the lines that have these values."""
        return self._sum("count", **wanted)

    def _sum(self, column: str, **wanted) -> int:
        fitting = (row for row in self.rows if all(getattr(row, name) == value for name, value in wanted.items()))
        return sum(getattr(row, column) for row in fitting)

    @property
    def tabs(self) -> dict[str, int | None]:
        """How many stand behind each tab; decided ones are not counted."""
        return {
            MINE: self._sum("mine"),
            OPEN: self.total(),
            NOBODY: self._sum("nobody"),
            OVERDUE: self._sum("late"),
            DECIDED: None,
        }

    @property
    def oldest(self) -> datetime | None:
        return min((row.oldest for row in self.rows), default=None)

    def table(self) -> list[tuple[str, str, list[int], int]]:
        """Kinds by state: key, label, a number for each open state, and the sum."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in self.rows:
            found[row.kind][row.state] += row.count
        lines = [(kind.key, kind.label, [found[kind.key][state] for state in OPEN_STATES]) for kind in self.kinds]
        return [(key, label, numbers, sum(numbers)) for key, label, numbers in lines]


class CappedPaginator(Paginator):
    """Counts no further than the last page it shows; `known` saves the query where the number is at hand."""

    def __init__(self, cases, known: int | None = None):
        super().__init__(cases, PER_PAGE)
        self.known = known

    @cached_property
    def count(self) -> int:
        if self.known is not None:
            return min(self.known, MOST)
        return self.object_list.order_by().values("pk")[:MOST].count()

    @property
    def is_capped(self) -> bool:
        return self.count >= MOST


@dataclass(frozen=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    url: str
    lang: str
    name: str
    icon: str
    place: str
    codes: list[tuple[str, str]]
    more: int
    waited: str
    share: int
    late: bool
    tag: tuple
    choose: str


def rows(cases: list[Case], now: datetime, known: labels.Labels) -> list[Row]:
    """Cases with their words: one query a kind on the page, none a row."""
    names: dict[int, tuple[str, str]] = {}
    for key in {case.kind for case in cases}:
        of_kind = [case for case in cases if case.kind == key]
        names.update(kinds.of(of_kind[0]).names(of_kind))
    words = _Words(known)
    return [_row(case, names[case.pk], words, now) for case in cases]


class _Words:
    """What the rows of a page say alike, translated once."""

    def __init__(self, known: labels.Labels):
        language = current()
        self.countries = {code: item.names[language] for code, item in known.country.items()}
        self.tagged = {code: item.names[language] for code, item in (known.theme | known.category).items()}
        self.choose = _("Choose %(reference)s")
        self.days = lru_cache(lambda days: ngettext("%(number)s day", "%(number)s days", days) % {"number": days})
        self.url = reverse("admin:review_case_change", args=[0])


def _row(case: Case, name: tuple[str, str], words: _Words, now: datetime) -> Row:
    codes = [(code, words.tagged[code]) for code in case.themes or case.categories if code in words.tagged]
    return Row(
        case=case,
        url=words.url.replace("/0/", f"/{case.pk}/"),
        lang=HTML_LANG.get(case.language, ""),
        name=name[0],
        icon=name[1],
        place=", ".join(part for part in (words.countries.get(case.country, ""), case.institution_name) if part),
        codes=codes[:SHOWN_CODES],
        more=max(len(codes) - SHOWN_CODES, 0),
        waited=words.days(waited(case, now)),
        share=share(case, now),
        late=is_late(case, now),
        tag=tag(case),
        choose=words.choose % {"reference": case.reference},
    )


def waited(case: Case, now: datetime) -> int:
    """Whole days since it was opened, until the decision if there is one."""
    return max(((case.decided_at or now) - case.opened_at).days, 0)


def share(case: Case, now: datetime) -> int:
    """How much of the time to answer is used, in per cent; it stands still while the clock does."""
    until = case.decided_at or case.clock_stopped_at or now
    whole = (case.due_at - case.opened_at).total_seconds()
    return min(max(round(100 * (until - case.opened_at).total_seconds() / whole), 0), 100) if whole > 0 else 100


def is_late(case: Case, now: datetime) -> bool:
    return case.state == CaseState.IN_REVIEW and case.due_at < now


def tag(case: Case) -> tuple:
    """Words, tone and icon of where a case stands; nobody's case waits."""
    return WAITING if case.state == CaseState.IN_REVIEW and not case.assignee_id else TAGS[case.state]
