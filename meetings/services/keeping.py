"""Locks, moves, the address, and the catalogue: what every change of a meeting shares."""

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from core.errors import Stale, WrongState
from meetings import states
from meetings.models import Meeting
from review import events

ENTRY = "meetings"
RESERVED_SLUGS = frozenset(("feed", "organise", "me", "planner", "month", "list", "tasks", "new", "files"))
WITH = ("institution", "country", "case", "created_by")


def lock(meeting, *, version: int | None = None) -> Meeting:
    """The meeting as it stands now, locked with its stream until the transaction ends: seats are given one after the other."""
    events.hold(meeting.stream)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    held = Meeting.objects.select_related(*WITH).get(pk=meeting.pk)
    if version is not None and version != held.version:
        raise Stale(_("A colleague changed this meeting since you opened the page. Look at what stands now."))
    return held


def move(meeting, verb: str, *, by, **changes) -> None:
    """Make one move of the table on a locked meeting, with what changes beside the state, and record it."""
    goal = states.target(verb, meeting.state)
    if goal is None:
        raise WrongState(
            _("Somebody was faster: this meeting has moved on. Reload the page to see where it stands now.")
        )
    was = meeting.state
    meeting.state = goal
    save(meeting, **changes)
    events.record(meeting.stream, verb, by=by, case=meeting.case, was=was, now=goal)


def save(meeting, **changes) -> None:
    """Save a locked meeting with what changes; its version goes up."""
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.changed_at = timezone.now()
    meeting.save()


def move_registration(registration, verb: str, *, by) -> None:
    """Make one move of the table on a registration whose meeting is locked, and record it."""
    goal = states.registration_target(verb, registration.state)
    if goal is None:
        raise WrongState(_("This registration has changed meanwhile. Reload the page to see where it stands now."))
    registration.state, registration.state_since = goal, timezone.now()
    registration.save(update_fields=["state", "state_since", "asked_at", "constituency", "institution"])
    events.record(registration.meeting.stream, f"registration_{verb}", by=by, registration=registration.pk, now=goal)


def free_slug(title: str, number: int) -> str:
    """An address that no other meeting has; two that are announced at once ask one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meetings.slug'))")
    base = slugify(title)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or Meeting.objects.filter(slug=base).exists():
        return f"{base or 'meeting'}-{number}"
    return base


def show_after(meeting) -> None:
    """No page of a public meeting that visitors are shown outlives what was added to it or taken away."""
    if meeting.is_public:
        catalogue.raise_version()


def show(meeting) -> None:
    """Bring the catalogue in line with what stands in the public calendar."""
    if meeting.is_public and meeting.is_announced:
        catalogue.publish(ENTRY, meeting.pk)
    elif meeting.is_public:
        catalogue.depart(ENTRY, meeting.pk)
    else:
        catalogue.withdraw(ENTRY, meeting.pk)
