"""Load, waiting times and unanswered themes, for the OAS: counted by the database, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Aggregate, Avg, Count, F, FloatField, Max, Min, Q
from django.db.models.functions import Extract
from django.utils import timezone

from catalogue import labels
from catalogue.models import Entry
from experts.choices import OfferState
from experts.choices import RequestState as R
from experts.models import AdviceRequest, Expert, Offer

MOST = 20
WAITING = (R.OPEN, R.ASKED, R.ACCEPTED, R.ANSWERED)


class Median(Aggregate):
    """The middle one."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Line:
    """One row of a drawing and of its table; `width` is its share of the longest, in percent."""

    name: str
    number: int
    more: str | int = ""
    width: int = 0
    late: bool = False
    code: str = ""


def _drawn(rows: list[tuple]) -> list[Line]:
    longest = max((row[1] for row in rows), default=0) or 1
    return [
        Line(name, number, more, round(100 * number / longest), late, code) for name, number, more, late, code in rows
    ]


def _days(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds / 86_400)


def load() -> list[Line]:
    """Experts with most questions open now: waiting for a word, and accepted."""
    asked = Count("offers", filter=Q(offers__state=OfferState.ASKED), distinct=True)
    taken = Count("requests", filter=Q(requests__state=R.ACCEPTED), distinct=True)
    busy = Expert.objects.filter(
        Q(pk__in=Offer.objects.filter(state=OfferState.ASKED).values("expert"))
        | Q(pk__in=AdviceRequest.objects.filter(state=R.ACCEPTED).values("expert"))
    )
    rows = busy.annotate(asked=asked, taken=taken).annotate(all=F("asked") + F("taken")).order_by("-all", "pk")
    named = rows.values_list("published__name", "pk", "asked", "taken")[:MOST]
    return _drawn(
        [(name or f"E-{pk:06d}", asked + taken, taken, False, f"E-{pk:06d}") for name, pk, asked, taken in named]
    )


def waits(now: datetime | None = None) -> list[Line]:
    """How long open questions stand where they stand: how many, the median and the oldest, in days."""
    now = now or timezone.now()
    since = Extract(now - F("state_since"), "epoch")
    rows = AdviceRequest.objects.filter(state__in=WAITING).values("state").annotate(
        number=Count("pk"), median=Median(since), oldest=Max(since)
    )  # fmt: skip
    found = {row["state"]: row for row in rows}
    return _drawn([
        (str(R(state).label), found[state]["number"], f"{_days(found[state]['median'])}/{_days(found[state]['oldest'])}", False, state)
        for state in WAITING if state in found
    ])  # fmt: skip


@dataclass(frozen=True)
class Times:
    """How long questions took, in days; None where there was none."""

    to_accept: int | None
    to_answer: int | None
    oldest_open: int | None
    rating: float | None
    asked: int
    answered: int


def times(now: datetime | None = None) -> Times:
    """Medians over all questions that were sent."""
    now = now or timezone.now()
    found = AdviceRequest.objects.exclude(state=R.DRAFT).aggregate(
        to_accept=Median(Extract(F("accepted_at") - F("opened_at"), "epoch"), filter=Q(accepted_at__isnull=False)),
        to_answer=Median(Extract(F("answered_at") - F("opened_at"), "epoch"), filter=Q(answered_at__isnull=False)),
        oldest=Min("opened_at", filter=Q(state__in=WAITING)),
        rating=Avg("requester_rating"),
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )
    return Times(
        _days(found["to_accept"]), _days(found["to_answer"]), (now - found["oldest"]).days if found["oldest"] else None,
        found["rating"], found["asked"], found["answered"],
    )  # fmt: skip


def themes() -> list[Line]:
    """Themes with questions that nobody could answer, and how many experts of the directory name the theme."""
    known = labels.read()
    rows = (
        AdviceRequest.objects.filter(unanswered_since__isnull=False, state=R.OPEN)
        .values("theme")
        .annotate(number=Count("pk"))
    )
    found = []
    for row in rows.order_by("-number", "theme")[:MOST]:
        theme = known.theme[row["theme"]]
        experts = Entry.objects.filter(kind="experts", themes__contains=[theme.number]).count()
        found.append((f"{theme.code} {theme.label}", row["number"], experts, experts == 0, theme.code))
    return _drawn(found)
