"""Two topics become one: the posts of the first follow those of the second, and its addresses lead there."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from catalogue.models import Departure
from core.errors import NotAllowed
from forums import moderation_notices as notices
from forums.entries import KEY
from forums.models import Draft, Post, Topic, Watch
from forums.moderation_permissions import may_move_topic
from forums.reasons import Deed
from forums.services import words
from forums.services.moderating.keeping import (
    COUNTED,
    confirm_width,
    needs_state,
    note,
    reason_of,
    recount,
    renew,
)
from forums.services.moving import lock_topic, move_topic
from forums.services.publishing import count_in_forum

MOST = 2000


@transaction.atomic
def merge_topic(topic: Topic, into: Topic, *, by, reason: str, confirmed: bool = False) -> Topic:
    """Join a topic with another one, which stays with all its places; the posts that come get the places after its last."""
    locked = {pk: lock_topic(Topic(pk=pk)) for pk in sorted({topic.pk, into.pk})}
    topic, into = locked[topic.pk], locked[into.pk]
    may_move_topic(by, topic, into.forum).or_refuse()
    reason = reason_of(reason)
    _fits(topic, into)
    confirm_width(topic.forum, into.forum, confirmed)
    offset = into.last_place
    _join(topic, into)
    _follow(topic, into)
    _noted(topic, into, offset, by, reason)
    return into


def _fits(topic: Topic, into: Topic) -> None:
    if topic.pk == into.pk:
        raise NotAllowed(_("A topic cannot be joined with itself."))
    needs_state(topic)  # of a hidden one the posts would be shown again without a word
    needs_state(into)
    if getattr(topic, "proposal", None) is not None:
        raise NotAllowed(_("This topic carries a proposal with positions: join the other one with it instead."))
    if not topic.last_place:
        raise NotAllowed(_("Nothing of this topic was published: there is nothing to join."))
    if topic.last_place > MOST:
        raise NotAllowed(_("This topic is too long to be joined. Lock it, and link to it from the other one."))


def _join(topic: Topic, into: Topic) -> None:
    """Move every post, count both anew, and leave the first one empty."""
    number = topic.post_count
    move_topic(topic, "merge")
    come = list(Post.objects.filter(topic=topic).values_list("pk", flat=True))
    Post.objects.filter(topic=topic).update(topic=into, place=F("place") + into.last_place)
    topic.merged_into, topic.post_count, topic.accepted, topic.pinned = into, 0, None, False
    topic.version += 1
    topic.save(update_fields=["state", "merged_into", "post_count", "accepted", "pinned", "version"])
    recount(into)
    into.last_place += topic.last_place
    into.version += 1
    into.save(update_fields=["last_place", "version", *COUNTED])
    count_in_forum(topic, topics=-1, posts=-number)
    count_in_forum(into, posts=number)
    words.index(*(Post(pk=pk) for pk in come))
    # who was sent to the first topic is sent to the second at once: chains stay one step long
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    led = Departure.objects.filter(kind=KEY, reason="merged", moved_to=topic.permanent_id)
    led.update(moved_to=into.permanent_id)


def _follow(topic: Topic, into: Topic) -> None:
    """Whoever watched the first watches the second; a reply begun there goes on here."""
    for model in (Watch, Draft):
        there = model.objects.filter(topic=into, user=OuterRef("user"))
        own = {"forum": into.forum} if model is Draft else {}
        model.objects.filter(~Exists(there), topic=topic).update(topic=into, **own)
    Watch.objects.filter(topic=topic).delete()


def _noted(topic: Topic, into: Topic, offset: int, by, reason: str) -> None:
    act = note(Deed.MERGED_INTO, by=by, topic=topic, reason=reason, to=into.pk, after=offset)
    note(Deed.MERGED_FROM, by=by, topic=into, reason=reason, **{"from": topic.pk}, after=offset)
    notices.tell_authors("merged", act, [topic.author], into, before=topic.title)
    renew(topic, into)
