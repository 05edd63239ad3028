"""Whom a post, or a proposal, is to be told to; and what of it each of them may still read when it is shown or sent."""

from collections.abc import Iterable, Sequence

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.zones import zone_words
from forums.choices import Pace
from forums.models import ForumMember, Post, Proposal, Room, Topic, Watch
from forums.people import readers
from network.models import User
from notifications.models import Notice

SALT = "forums.stop"
DIGEST = 0  # in place of a watch: all that comes once a day


# --- whom ------------------------------------------------------------------------------------------
def watching(topic: Topic) -> dict[int, Watch]:
    """{person: what they asked for} of those who watch a topic; the word on the topic itself counts more than that on its forum."""
    rows = Watch.objects.filter(Q(topic=topic) | Q(forum=topic.forum_id, topic=None)).order_by("topic_id")
    found: dict[int, Watch] = {}
    for row in rows:
        if row.topic_id or row.user_id not in found:
            found[row.user_id] = row
    return found


def at_once(topic: Topic) -> dict[int, Watch]:
    """Those who want to hear of it at once."""
    return {person: row for person, row in watching(topic).items() if row.pace == Pace.AT_ONCE}


def concerned(topic: Topic) -> set[int]:
    """Those whom a decision on the topic concerns: who watches it at whatever pace, and who wrote in it."""
    wrote = Post.objects.filter(topic=topic).published().exclude(author=None).values_list("author", flat=True)
    return {*watching(topic), *wrote}


def readers_of(topic: Topic, ids: Iterable[int]) -> list[User]:
    """Those of these people who may read the topic's forum."""
    return list(readers(topic.forum).filter(pk__in=list(ids))) if ids else []


# --- what ------------------------------------------------------------------------------------------
def posts_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """The posts that notices of one person speak of, as far as that person may read them at this moment."""
    reader = notices[0].recipient
    wanted = {int(notice.params["post"]) for notice in notices}
    rows = Post.objects.filter(pk__in=wanted).visible_to(reader).published().select_related("topic__forum", "author")
    found = {post.pk: _of_post(post) for post in rows.filter(topic__state="published")}
    return {n.pk: found[int(n.params["post"])] for n in notices if int(n.params["post"]) in found}


def _of_post(post: Post) -> dict:
    topic = post.topic
    return {
        "who": _name(post.author),
        "title": topic.title,
        "forum": topic.forum.name,
        "path": reverse("forums:post", args=[topic.forum.slug, topic.slug, post.place]),
    }


def proposals_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """The same for proposals."""
    reader = notices[0].recipient
    wanted = {int(notice.params["proposal"]) for notice in notices}
    rows = Proposal.objects.filter(pk__in=wanted, topic__state="published").visible_to(reader)
    found = {row.pk: _of_proposal(row) for row in rows.select_related("topic__forum", "opened_by")}
    return {n.pk: found[int(n.params["proposal"])] for n in notices if int(n.params["proposal"]) in found}


def _of_proposal(proposal: Proposal) -> dict:
    topic = proposal.topic
    return {
        "who": _name(proposal.opened_by),
        "title": topic.title,
        "forum": topic.forum.name,
        "closes": spoken(proposal),
        "path": reverse("forums:proposal", args=[topic.forum.slug, topic.slug]),
    }


def forums_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """The forums to which a person was invited, as far as they still belong to them."""
    wanted = {int(notice.params["member"]) for notice in notices}
    rows = ForumMember.objects.standing().filter(pk__in=wanted, user=notices[0].recipient)
    rows = rows.select_related("forum", "added_by")
    found = {row.pk: _of_forum(row) for row in rows}
    return {n.pk: found[int(n.params["member"])] for n in notices if int(n.params["member"]) in found}


def _of_forum(row: ForumMember) -> dict:
    return {"who": _name(row.added_by), "forum": row.forum.name, "path": reverse("forums:forum", args=[row.forum.slug])}


def _name(person) -> str:
    return person.name if person and not person.erased_at else _("a former member")


def spoken(proposal: Proposal) -> str:
    """When it closes, by the clock of its zone, which is named."""
    there = proposal.closes_there
    words = _("%(day)s at %(hour)s (%(zone)s)")
    return words % {
        "day": date_format(there, "DATE_FORMAT"), "hour": date_format(there, "TIME_FORMAT"), "zone": zone_words(proposal.zone, there),
    }  # fmt: skip


def hours_of(room: Room) -> str:
    """From when until when a room is open, in its own zone: `25 November 2026, 14:00 to 15:30 (Bogotá, UTC−05:00)`."""
    opens, closes = room.opens_at.astimezone(room.timezone), room.closes_at.astimezone(room.timezone)
    words = {
        "day": date_format(opens, "DATE_FORMAT"), "from": date_format(opens, "TIME_FORMAT"),
        "last": date_format(closes, "DATE_FORMAT"), "to": date_format(closes, "TIME_FORMAT"), "zone": zone_words(room.zone, room.opens_at),
    }  # fmt: skip
    if room.lasts_days:
        return _("%(day)s, %(from)s to %(last)s, %(to)s (%(zone)s)") % words
    return _("%(day)s, %(from)s to %(to)s (%(zone)s)") % words


# --- stopping --------------------------------------------------------------------------------------
def stop_path(user_id: int, watch_id: int = DIGEST) -> str:
    """The page whose button ends a watch, or all that comes once a day, without signing in."""
    return reverse("forums:stop", args=[signing.dumps([user_id, watch_id], salt=SALT, compress=False)])


def read_stop(token: str) -> tuple[int, int] | None:
    """(person, watch) of a genuine link; they hold as long as the watch does."""
    try:
        user, watch = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (user, watch) if isinstance(user, int) and isinstance(watch, int) else None


def stop_of_watch(notice: Notice) -> str:
    """The same, where a notice came by a watch; nothing ends what comes by being a host."""
    return stop_of(notice) if int(notice.params["watch"]) else ""


def stop_of(notice: Notice) -> str:
    """The link that ends what brought a notice."""
    return stop_path(notice.recipient_id, int(notice.params["watch"]))
