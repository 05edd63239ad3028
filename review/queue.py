"""The queue as rows: counted in one statement, paged without counting to the end, named without a query a row."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalogue import labels
from review import kinds
from review.choices import OPEN_STATES, CaseState
from review.filters import DECIDED, MINE, MOST_PAGES, NOBODY, OPEN, OVERDUE
from review.models import Case

PER_PAGE = 25
MOST = PER_PAGE * MOST_PAGES
SHOWN_CODES = 3

# words, tone and icon of each state
TAGS = {
    CaseState.IN_REVIEW: (_("In review"), "on", "eye"),
    CaseState.QUESTIONS: (_("Question asked"), "warn", "question"),
    CaseState.ON_HOLD: (_("On hold"), "off", "wait"),
    CaseState.APPROVED: (_("Approved"), "ok", "check"),
    CaseState.DECLINED: (_("Declined"), "bad", "close"),
    CaseState.WITHDRAWN: (_("Withdrawn"), "off", "back"),
}
WAITING = (_("Waiting"), "", "")


@dataclass(frozen=True)
class Count:
    """One line of the counts: cases of a kind in a state, whose they are, and since when the oldest waits."""

    kind: str
    state: str
    whose: str
    late: bool
    count: int
    oldest: datetime


class Counts:
    """Open cases by kind, state, holder and lateness: one statement for everything the pages say of them."""

    def __init__(self, user, now: datetime):
        whose = models.Case(
            When(assignee=user, then=Value(MINE)), When(assignee=None, then=Value(NOBODY)), default=Value("other")
        )
        late = models.Case(When(state=CaseState.IN_REVIEW, due_at__lt=now, then=Value(True)), default=Value(False))
        rows = Case.objects.visible_to(user).open().order_by().values("kind", "state", whose=whose, late=late)
        self.rows = [Count(**row) for row in rows.annotate(count=models.Count("*"), oldest=models.Min("opened_at"))]

    def total(self, **wanted) -> int:
        """The cases of the lines that have these values."""
        return sum(row.count for row in self.rows if all(getattr(row, name) == v for name, v in wanted.items()))

    @property
    def tabs(self) -> dict[str, int | None]:
        """How many stand behind each tab; decided ones are not counted."""
        return {
            MINE: self.total(whose=MINE),
            OPEN: self.total(),
            NOBODY: self.total(whose=NOBODY),
            OVERDUE: self.total(late=True),
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
        lines = [
            (kind.key, kind.label, [found[kind.key][state] for state in OPEN_STATES]) for kind in kinds.registered()
        ]
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
    name: str
    icon: str
    country: str
    codes: list[tuple[str, str]]
    more: int
    days: int
    share: int
    late: bool
    tag: tuple


def rows(cases: list[Case], now: datetime) -> list[Row]:
    """Cases with their words: one query a kind on the page, none a row."""
    known = labels.read()
    names: dict[int, tuple[str, str]] = {}
    for key in {case.kind for case in cases}:
        of_kind = [case for case in cases if case.kind == key]
        names.update(kinds.of(of_kind[0]).names(of_kind))
    return [_row(case, names[case.pk], known, now) for case in cases]


def _row(case: Case, name: tuple[str, str], known: labels.Labels, now: datetime) -> Row:
    tagged = known.theme | known.category
    codes = [(code, tagged[code].label) for code in case.themes or case.categories if code in tagged]
    country = known.country.get(case.country)
    return Row(
        case=case,
        name=name[0],
        icon=name[1],
        country=country.label if country else "",
        codes=codes[:SHOWN_CODES],
        more=max(len(codes) - SHOWN_CODES, 0),
        days=waited(case, now),
        share=share(case, now),
        late=is_late(case, now),
        tag=tag(case),
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
