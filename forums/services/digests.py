"""What is told once a day: owed as a row at the reader's morning, read and sent a little later, once however often the beat comes."""

import logging
from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import speaking
from forums import telling
from forums.choices import Pace, TopicState
from forums.models import Digest, Post, Room, Topic, Watch
from forums.room_permissions import moment
from network.models import User
from notifications.services import LASTS, send_mail_page

logger = logging.getLogger(__name__)

HOUR = 7  # of the reader's morning
SETTLED = timedelta(minutes=5)  # what is being published at this moment comes in the next one
FIRST = timedelta(days=1)  # the span of somebody's first digest
KEPT_DAYS = 60
BATCH = 500
MOST = 30  # topics that one mail names


def owe(now: datetime | None = None) -> int:
    """Owe a digest to everybody whose morning has come and who wants one; answers how many. Twice at once owes it once."""
    now = now or timezone.now()
    people = User.objects.filter(is_active=True, erased_at=None).filter(
        Exists(Watch.objects.filter(user=OuterRef("pk"), pace=Pace.DAILY))
    )
    owed = []
    for person in people.only("pk", "timezone").iterator(BATCH):
        there = now.astimezone(ZoneInfo(person.timezone))
        if there.hour >= HOUR:
            owed.append(Digest(user=person, day=there.date(), after=now - FIRST, until=now - SETTLED, next_try_at=now))
    for start in range(0, len(owed), BATCH):
        _insert(owed[start : start + BATCH])
    return len(owed)


def _insert(rows: list[Digest]) -> None:
    """Those that are not there yet; each begins where the person's last one ended."""
    last = Digest.objects.filter(user__in=[row.user_id for row in rows]).values("user")
    ended = {row["user"]: row for row in last.annotate(until=Max("until"), day=Max("day"))}
    fresh = []
    for row in rows:
        before = ended.get(row.user_id)
        if before and before["day"] >= row.day:
            continue
        row.after = before["until"] if before else row.after
        fresh.append(row)
    Digest.objects.bulk_create(fresh, ignore_conflicts=True)


def send(limit: int = BATCH) -> int:
    """Send what is owed; answers how many rows were done. Safe to run twice at once: a row that somebody holds is left to them."""
    done, until = 0, monotonic() + LASTS
    while done < limit and monotonic() < until and _send_next():
        done += 1
    return done


@transaction.atomic
def _send_next() -> bool:
    now = timezone.now()
    rows = Digest.objects.owed(now).select_for_update(skip_locked=True, of=("self",)).select_related("user")
    digest = rows.order_by("next_try_at").first()
    if digest is None:
        return False
    digest.attempts += 1
    try:
        with transaction.atomic():  # a refusal of the database ends this alone: the row still says why
            digest.posts = _mail(digest)
    except Exception as error:  # whatever a mail server does, the row stays owed and says why
        logger.exception("digest %s not sent", digest.pk)
        digest.last_error = f"{type(error).__name__}: {error}"[:300]
        digest.next_try_at = now + timedelta(minutes=2**digest.attempts)
    else:
        digest.mailed_at, digest.last_error = now, ""
    digest.save(update_fields=["attempts", "posts", "last_error", "next_try_at", "mailed_at"])
    return True


def news(user, after: datetime, until: datetime):
    """Posts of others that a person's daily watches brought in a span, as far as they may be read at this moment."""
    daily = Watch.objects.filter(user=user, pace=Pace.DAILY, since__lt=OuterRef("published_at"))
    of_topic = Exists(daily.filter(topic=OuterRef("topic")))
    of_forum = Exists(daily.filter(topic=None, forum=OuterRef("topic__forum")))
    own_word = Exists(Watch.objects.filter(user=user, topic=OuterRef("topic")))
    rows = (
        Post.objects.visible_to(user)
        .published()
        .filter(
            topic__state=TopicState.PUBLISHED,
            topic__last_post_at__gt=after,
            published_at__gt=after,
            published_at__lte=until,
        )
    )
    return rows.exclude(author=user).filter(of_topic | (of_forum & ~own_word))


def new_rooms(user, after: datetime, until: datetime) -> list[Room]:
    """Live rooms announced in a span in forums that a person watches daily, and not over yet; hosts were told by themselves."""
    daily = Watch.objects.filter(
        user=user, pace=Pace.DAILY, topic=None, forum=OuterRef("forum"), since__lt=OuterRef("created_at")
    )
    rows = Room.objects.visible_to(user).filter(created_at__gt=after, created_at__lte=until).filter(Exists(daily))
    rows = rows.taking_place().filter(closes_at__gt=timezone.now(), forum__archived_at=None).exclude(hosts=user)
    return list(rows.select_related("forum").order_by("opens_at", "pk")[:MOST])


def _mail(digest: Digest) -> int:
    """Send what there is; answers how many posts and rooms it told of. Nothing new: nothing is sent."""
    reader = digest.user
    if not reader.is_active or not reader.email:
        return 0
    counted, rooms = _count(reader, digest), new_rooms(reader, digest.after, digest.until)
    if not counted and not rooms:
        return 0
    with speaking(reader.language), timezone.override(reader.timezone):
        total, named = sum(row["number"] for row in counted), _named(reader, digest, counted[:MOST])
        context = {"reader": reader, "topics": named, "more": len(counted[MOST:]), "rooms": _announced(rooms)}
        path, stop = reverse("forums:watching"), telling.stop_path(reader.pk)
        send_mail_page(reader.email, _subject(total, len(rooms)), "forums/digest_mail", context, path, stop=stop)
    return total + len(rooms)


def _subject(posts: int, rooms: int) -> str:
    if not posts:
        words = ngettext("%(number)d new live room in the forums", "%(number)d new live rooms in the forums", rooms)
        return words % {"number": rooms}
    return ngettext("%(number)d new post in the forums", "%(number)d new posts in the forums", posts) % {
        "number": posts
    }


def _announced(rooms: list[Room]) -> list[dict]:
    """One line a live room: its title, forum, where it is, from when it is open."""
    return [
        {"title": room.title, "forum": room.forum.name, "language": room.language, "opens": moment(room.opens_at, room),
         "path": room.get_absolute_url()}
        for room in rooms
    ]  # fmt: skip


def _count(reader: User, digest: Digest) -> list[dict]:
    """How many posts each topic brought, and the place of the first; of the words nothing is read."""
    rows = news(reader, digest.after, digest.until).order_by("topic").values("topic")
    return list(rows.annotate(number=Count("pk"), first=Min("place")))


def _named(reader: User, digest: Digest, counted: list[dict]) -> list[dict]:
    """One line a topic: its title, forum, how many posts, who wrote them, where the first of them is."""
    numbers = [row["topic"] for row in counted]
    topics = Topic.objects.select_related("forum").in_bulk(numbers)
    wrote = (
        news(reader, digest.after, digest.until)
        .filter(topic__in=numbers)
        .values_list("topic", "author__name", "author__erased_at")
    )
    wrote = wrote.annotate(first=Min("place")).order_by("topic", "first")
    who: dict[int, dict[str, None]] = {}
    for number, name, erased, _first in wrote:
        who.setdefault(number, {})[name if name and not erased else _("a former member")] = None
    return [_line(topics[row["topic"]], row, list(who.get(row["topic"], ()))) for row in counted]


def _line(topic: Topic, row: dict, who: list[str]) -> dict:
    path = reverse("forums:post", args=[topic.forum.slug, topic.slug, row["first"]])
    return {
        "title": topic.title, "forum": topic.forum.name, "language": topic.language, "number": row["number"], "who": who, "path": path,
    }  # fmt: skip


def forget_old(now: datetime | None = None) -> int:
    """Digests of two months ago are of no use any more, but for everybody's last one: the next begins where it ended."""
    day = ((now or timezone.now()) - timedelta(days=KEPT_DAYS)).date()
    newer = Digest.objects.filter(user=OuterRef("user"), day__gt=OuterRef("day"))
    return Digest.objects.filter(Exists(newer), day__lt=day, mailed_at__isnull=False).delete()[0]
