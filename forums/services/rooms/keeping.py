"""Announcing a room, changing what is announced, calling it off, and the closing summary."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Stale
from forums import room_notices
from forums.models import Room
from forums.models.rooms import ANNOUNCED
from forums.permissions import may_moderate
from forums.room_permissions import may_call_off, may_change
from forums.services.moving import share_forum
from forums.services.rooms.bell import ring_after_commit
from forums.services.rooms.writing import lock, next_version
from forums.services.showing import refresh_room
from review import events

RESERVED = frozenset(("new", "edit", "feed"))


@transaction.atomic
def open_room(forum, *, by, hosts=(), is_demo: bool = False, **values) -> Room:
    """Announce a room; whoever announces it is one of its hosts."""
    forum = share_forum(forum)
    may_moderate(by, forum).or_refuse()
    if forum.archived_at:
        raise NotAllowed(_("This forum is archived: it is read, and nothing new begins in it."))
    values = {name: values[name] for name in ANNOUNCED if name in values}
    room = Room.objects.create(forum=forum, slug=_free_slug(values["title"]), created_by=by, is_demo=is_demo, **values)
    room.hosts.set({by.pk, *(host.pk for host in hosts)})
    events.record(room.stream, "announced", by=by, room=room.pk)
    room_notices.room_announced(room, by=by)
    refresh_room(room)
    return room


@transaction.atomic
def change_room(room, *, by, hosts=None, seen: str = "", **values) -> Room:
    """Change what is announced; the address stays. Open pages hear of new hours, and so do those whom they concern.

    `seen` is how the room stood on the page (`stands`): what a colleague changed since is not undone.
    """
    events.hold(room.stream)
    held = lock(room)
    may_change(by, held).or_refuse()
    if seen and seen != held.stands:
        raise Stale
    changed = [name for name in ANNOUNCED if name in values and getattr(held, name) != values[name]]
    for name in changed:
        setattr(held, name, values[name])
    held.changed_at = timezone.now()
    held.save(update_fields=[*changed, "changed_at"])
    named: set[int] = set()
    if hosts is not None:
        before = list(held.hosts.values_list("pk", flat=True))
        held.hosts.set(host.pk for host in hosts)
        named = room_notices.tell_hosts(held, by=by, but=before)
    _seen(held)
    if {"opens_at", "closes_at"} & set(changed):
        room_notices.room_moved(held, but={by.pk, *named})
    events.record(held.stream, "changed", by=by, fields=changed)
    return held


@transaction.atomic
def call_off(room, reason: str, *, by) -> Room:
    """Say that a room will not be held, and why. Its address stays and says so; it cannot be taken back."""
    events.hold(room.stream)
    held = lock(room)
    may_call_off(by, held).or_refuse()
    held.called_off_at = held.changed_at = timezone.now()
    held.called_off_why = reason
    held.save(update_fields=["called_off_at", "called_off_why", "changed_at"])
    _seen(held)
    room_notices.room_called_off(held, by=by)
    events.record(held.stream, "called_off", by=by)
    return held


def _seen(held: Room) -> None:
    """Have open pages and the catalogue show the room as it stands now."""
    next_version(held)
    ring_after_commit(held)
    refresh_room(held)


@transaction.atomic
def summarise(room, text: str, *, by, seen: str = "") -> Room:
    """Write the closing summary, which stands above the transcript. `seen`: as above (`summary_stands`)."""
    events.hold(room.stream)
    held = lock(room)
    may_change(by, held).or_refuse()
    if seen and seen != held.summary_stands and text != held.summary:
        label = _("Closing summary")
        raise Stale(theirs={label: held.summary}, yours={label: text}, url=held.get_absolute_url())
    held.summary, held.changed_at = text, timezone.now()
    held.save(update_fields=["summary", "changed_at"])
    events.record(held.stream, "summarised", by=by)
    refresh_room(held)
    return held


def _free_slug(title: str) -> str:
    """An address that no other room has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rooms.slug'))")
    base = slugify(title)[:100].strip("-") or "room"
    slug, number = base, 1
    while slug in RESERVED or slug.isdigit() or Room.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
