"""Silent forums: since how many months nobody has written nor met in a live room, and what could be done about each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from forums import streams
from forums.choices import Access
from forums.models import Forum, Room
from review.models import Event

SILENT = 3  # months after which a forum is shown
GIVEN_UP = 12  # months after which nobody is prompted any more
DRAWN = 24  # months of the longest bar
FEW = 5  # topics that go into another forum without crowding it
MONTH_DAYS = 30.44
PROMPT, MERGE, ARCHIVE = "prompt", "merge", "archive"
PROPOSALS = {
    PROMPT: _("Prompt those who belong to it"),
    MERGE: _("Merge it into another forum"),
    ARCHIVE: _("Archive it"),
}
WHY = {
    PROMPT: _("It has been silent for a few months: a word to those who belong to it may be enough."),
    MERGE: _("It holds few topics, and another forum of the same area is alive: they would be read there."),
    ARCHIVE: _("It has been silent for a year or longer, or nobody ever wrote in it."),
}


@dataclass(frozen=True)
class Silence:
    """One silent forum."""

    forum: Forum
    months: int
    proposal: str
    into: Forum | None
    people: int
    prompted_at: datetime | None

    @property
    def width(self) -> int:
        """Per cent of the longest bar."""
        return min(round(100 * self.months / DRAWN), 100)

    @property
    def is_long(self) -> bool:
        return self.months >= GIVEN_UP

    @property
    def words(self):
        return PROPOSALS[self.proposal]

    @property
    def why(self):
        return WHY[self.proposal]


def months_between(then: datetime, now: datetime) -> int:
    """Whole months that have passed."""
    return max(int((now - then).days / MONTH_DAYS), 0)


def silent(now: datetime) -> list[Silence]:
    """Open forums in which nothing has been said or announced for months, the longest silence first: two statements."""
    met = (
        Room.objects.taking_place()
        .filter(forum=OuterRef("pk"))
        .order_by()
        .values("forum")
        .annotate(last=Max("closes_at"))
    )
    forums = Forum.objects.open().annotate(people=Count("members"), met_until=Subquery(met.values("last")))
    rows = list(forums.select_related("area").order_by("slug"))
    quiet = {row.pk: months_between(_last_life(row), now) for row in rows}
    prompted = _prompted([pk for pk, months in quiet.items() if months >= SILENT])
    alive = [row for row in rows if quiet[row.pk] < SILENT]
    found = [_silence(row, quiet[row.pk], alive, prompted) for row in rows if quiet[row.pk] >= SILENT]
    return sorted(found, key=lambda one: (-one.months, one.forum.slug))


def _last_life(forum: Forum) -> datetime:
    """When somebody last wrote in it, or its last live room closed or will close; of an empty one, when it was opened."""
    return max(filter(None, (forum.last_post_at, forum.met_until)), default=forum.created_at)


def _silence(forum: Forum, months: int, alive: list[Forum], prompted: dict) -> Silence:
    into = next((one for one in alive if _fits(forum, one)), None)
    return Silence(forum, months, _proposal(forum, months, into), into, forum.people, prompted.get(forum.pk))


def _fits(forum: Forum, other: Forum) -> bool:
    """Whether the topics of a forum may go into another one without being read by others than before."""
    same = forum.area_id is not None and other.area_id == forum.area_id and other.access == forum.access
    return same and forum.access != Access.INVITATION


def _proposal(forum: Forum, months: int, into: Forum | None) -> str:
    if not forum.topic_count and not forum.met_until:
        return ARCHIVE
    if into is not None and 0 < forum.topic_count <= FEW:
        return MERGE
    return ARCHIVE if months >= GIVEN_UP else PROMPT


def _prompted(ids: list[int]) -> dict[int, datetime]:
    """When the people of each forum were last prompted."""
    names = {streams.of_forum(pk): pk for pk in ids}
    lines = Event.objects.filter(Q(stream__in=names), verb="prompted").order_by("stream", "number")
    return {names[stream]: at for stream, at in lines.values_list("stream", "at")}
