"""What administrators do with forums: open, change, archive, merge, prompt."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from forums import moderation_notices as notices
from forums import streams
from forums.choices import Access, ForumRole
from forums.models import Forum, ForumMember, Post, Room, Topic, Watch
from forums.moderation_permissions import may_keep_forums
from forums.people import readers
from forums.reasons import Deed
from forums.services.moderating.keeping import confirm_width, holds_words, note
from forums.services.moderating.moves import place
from forums.services.moving import lock_topic
from forums.services.showing import refresh_forum
from network.models import User
from review import events
from review.models import Event

AGAIN = timedelta(days=30)  # nobody is prompted twice within them
MOST_TOPICS = 500
FIELDS = (
    "slug", "name_en", "name_es", "name_pt", "name_fr", "about_en", "about_es", "about_pt", "about_fr", "area", "kind", "access",
    "constituencies",
)  # fmt: skip


@transaction.atomic
def open_forum(forum: Forum, *, by) -> Forum:
    """Open a forum; one by invitation begins with whoever opens it as its organiser."""
    may_keep_forums(by).or_refuse()
    forum.save(force_insert=True)
    events.record(streams.of_forum(forum.pk), "opened", by=by)
    if forum.access == Access.INVITATION:
        ForumMember.objects.create(forum=forum, user=by, role=ForumRole.ORGANISER, added_by=by)
    return forum


@transaction.atomic
def change_forum(forum: Forum, *, by, changed, confirmed: bool = False) -> Forum:
    """Change names, area, access or who writes. Where other people come to read what was written, it must be meant."""
    may_keep_forums(by).or_refuse()
    before = _held(forum)
    fields = [name for name in FIELDS if name in set(changed)]
    if not fields:
        return before
    if "access" in fields and holds_words(before):
        confirm_width(before, Forum(access=forum.access), confirmed)
    forum.save(update_fields=fields)
    events.record(streams.of_forum(forum.pk), "changed", by=by, fields=fields)
    refresh_forum(forum)
    return forum


@transaction.atomic
def archive_forum(forum: Forum, *, by) -> None:
    """Keep a forum to be read; nobody writes in it."""
    may_keep_forums(by).or_refuse()
    held = _held(forum)
    if held.archived_at is None:
        held.archived_at = timezone.now()
        held.save(update_fields=["archived_at"])
        events.record(streams.of_forum(held.pk), "archived", by=by)


@transaction.atomic
def reopen_forum(forum: Forum, *, by) -> None:
    """Let people write in it again."""
    may_keep_forums(by).or_refuse()
    held = _held(forum)
    if held.merged_into_id:
        raise NotAllowed(_("This forum went into another one: open a new one instead."))
    if held.archived_at is not None:
        held.archived_at = None
        held.save(update_fields=["archived_at"])
        events.record(streams.of_forum(held.pk), "reopened", by=by)


@transaction.atomic
def merge_forum(forum: Forum, into: Forum, *, by, confirmed: bool = False) -> Forum:
    """Put every topic of a forum into another one; its addresses lead there, and it is archived."""
    may_keep_forums(by).or_refuse()
    if forum.pk == into.pk:
        raise NotAllowed(_("A forum cannot be merged into itself."))
    locked = {pk: _held(Forum(pk=pk)) for pk in sorted((forum.pk, into.pk))}
    forum, into = locked[forum.pk], locked[into.pk]
    if into.archived_at or forum.merged_into_id:
        raise NotAllowed(_("That forum is archived: nothing new goes into it."))
    confirm_width(forum, into, confirmed)
    ids = list(Topic.objects.filter(forum=forum).order_by("pk").values_list("pk", flat=True))
    if len(ids) > MOST_TOPICS:
        raise NotAllowed(_("This forum holds more than %(most)d topics: archive it instead.") % {"most": MOST_TOPICS})
    for topic in [lock_topic(Topic(pk=pk)) for pk in ids]:
        place(topic, into)
        note(Deed.MOVE, by=by, topic=topic, **{"from": forum.pk, "to": into.pk})
    _close(forum, into, by)
    return into


def _close(forum: Forum, into: Forum, by) -> None:
    forum.refresh_from_db()
    forum.archived_at, forum.merged_into = forum.archived_at or timezone.now(), into
    forum.save(update_fields=["archived_at", "merged_into"])
    Forum.objects.filter(merged_into=forum).update(merged_into=into)
    Room.objects.filter(forum=forum).update(forum=into)
    _follow(forum, into)
    events.record(streams.of_forum(forum.pk), "merged_into", by=by, to=into.pk)
    events.record(streams.of_forum(into.pk), "merged_from", by=by, **{"from": forum.pk})
    into.refresh_from_db()
    refresh_forum(into)


def _follow(forum: Forum, into: Forum) -> None:
    """Whoever watched the first watches the second."""
    there = Watch.objects.filter(forum=into, user=OuterRef("user"))
    Watch.objects.filter(~Exists(there), forum=forum).update(forum=into)
    Watch.objects.filter(forum=forum).delete()


@transaction.atomic
def prompt_forum(forum: Forum, *, by) -> int:
    """Ask those who belong to a silent forum, or have written in it, for a word; answers how many. Once in thirty days."""
    may_keep_forums(by).or_refuse()
    held = _held(forum)
    stream = streams.of_forum(held.pk)
    if held.archived_at:
        raise NotAllowed(_("This forum is archived: nobody writes in it."))
    last = Event.objects.of(stream).filter(verb="prompted", at__gt=timezone.now() - AGAIN).order_by("-number").first()
    if last is not None:
        raise NotAllowed(_("Its people were prompted less than thirty days ago. Wait for an answer."))
    people = people_of(held, but=by)
    line = events.record(stream, "prompted", by=by, number=len(people))
    notices.tell_of_silence(held, people, key=f"forums.prompt:{held.pk}:{line.number}")
    return len(people)


def people_of(forum: Forum, but=None) -> list[User]:
    """Members and organisers of a forum, and those who wrote in it, as far as they still read it."""
    members = forum.members.values_list("user_id", flat=True)
    authors = (
        Post.objects.filter(topic__forum=forum, author__isnull=False).published().values_list("author_id", flat=True)
    )
    wanted = {*members, *authors} - {but.pk if but else None}
    return list(readers(forum).filter(pk__in=wanted).order_by("pk"))


def _held(forum: Forum) -> Forum:
    return Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)
