"""A meeting from its draft to its end: called, changed, announced, called off."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from files import services as files
from meetings import notices, permissions, when
from meetings.choices import MeetingState, Provider, RegistrationMode, RegistrationState
from meetings.errors import Incomplete
from meetings.links import new_room
from meetings.models import Meeting
from meetings.parts import PARTS
from meetings.services.keeping import free_slug, lock, move, save, show
from meetings.services.people import answer_requests, ask_for_each, give_places
from network.choices import Role
from network.models import Institution
from review import events
from review import services as review

KIND = "meetings.meeting"
FIELDS = (
    "title", "language", "about", "kind", "access", "zone", "starts_at", "ends_at", "place", "country_id", "themes", "spoken",
    "interpretation", "agenda", "speakers", "links", "registration", "capacity", "provider", "join_link",
)  # fmt: skip
MOVING = ("starts_at", "ends_at", "zone", "place")
JOINING = ("provider", "join_link")
TO_COME = timedelta(days=1)  # people need that long to hear of a meeting


@transaction.atomic
def call_meeting(
    institution: Institution | None, *, by, values: dict, is_demo: bool = False
) -> Meeting:  # fmt: skip
    """Begin a meeting as a draft, in the name of an institution; without one it is the network's own."""
    permissions.may_organise(by).or_refuse()
    own = institution is not None and institution.pk in by.institutions_as(Role.COORDINATOR)
    if not own and not permissions.is_staff_organiser(by):
        raise NotAllowed(_("Coordinators call meetings of their own institution."))
    meeting = Meeting(
        institution=institution, created_by=by, is_demo=is_demo or bool(institution and institution.is_demo)
    )
    _write(meeting, values)
    meeting.save()
    events.record(meeting.stream, "meeting_called", by=by)
    return meeting


@transaction.atomic
def change(meeting, *, by, values: dict, version: int | None = None) -> Meeting:
    """Change a meeting. One that is announced and has moved raises the number of its invitation and tells who registered."""
    held = lock(meeting, version=version)
    permissions.may_change(by, held).or_refuse()
    fixed = permissions.fixed_for(by, held)
    before = {name: getattr(held, name) for name in FIELDS}
    was_slots = held.capacity
    _write(held, {name: value for name, value in values.items() if name not in fixed})
    changed = [name for name in FIELDS if getattr(held, name) != before[name]]
    if not changed:
        return held
    if held.is_announced:
        check_complete(held)
        _refuse_the_past(held, before["ends_at"])
        held.sequence += bool({*MOVING, *JOINING, "title"}.intersection(changed))
    save(held)
    event = events.record(held.stream, "meeting_changed", by=by, fields=changed)
    if held.is_announced:
        _tell_of_change(held, changed, event.number)
        if held.capacity != was_slots or {"registration", "access"}.intersection(changed):
            _share_out(held, "registration" in changed, by=by)
        show(held)
    return held


@transaction.atomic
def date_back(meeting, *, by, starts_at, ends_at) -> Meeting:
    """Make a meeting of the demonstration one of the past, which nobody who plans a meeting may."""
    held = lock(meeting)
    if not held.is_demo:
        raise NotAllowed(_("These days are over. Choose others."))
    _write(held, {"starts_at": starts_at, "ends_at": ends_at})
    save(held)
    events.record(held.stream, "meeting_changed", by=by, fields=["starts_at", "ends_at"])
    show(held)
    return held


def _refuse_the_past(meeting: Meeting, ended) -> None:
    """A slip in the year would end a meeting that is to come, without a word to anybody."""
    if meeting.is_past and ended and ended > timezone.now():
        words = _("These days are over. Choose others.")
        raise Incomplete(words, [("day", words)])


def _share_out(meeting: Meeting, other_way: bool, *, by) -> None:
    """What follows for those who registered from another number of places, or another way to register."""
    if other_way and meeting.registration == RegistrationMode.APPROVAL:
        ask_for_each(meeting, by=by)
    give_places(meeting, by=by)
    answer_requests(meeting, by=by)


def _write(meeting: Meeting, values: dict) -> None:
    """Put values on a meeting, with what follows from them."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"A meeting has no {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        if name in PARTS:
            rows = [PARTS[name].from_row(row) for row in value or []]
            value = [row.to_row() for row in rows if not row.is_empty()]
        setattr(meeting, name, value)
    if meeting.starts_at and meeting.ends_at:
        meeting.starts, meeting.ends = when.local_days(meeting.starts_at, meeting.ends_at, meeting.zone)
        meeting.first_day, meeting.last_day = when.days_of(meeting.starts, meeting.ends)
    if meeting.provider == Provider.NONE:
        meeting.join_link = ""
    elif meeting.provider == Provider.PORTAL and ("provider" in values or not meeting.join_link):
        was_room = Meeting.objects.filter(pk=meeting.pk, provider=Provider.PORTAL).values_list("join_link", flat=True)
        meeting.join_link = (was_room.first() if meeting.pk else "") or new_room()


def _tell_of_change(meeting: Meeting, changed: list[str], event: int) -> None:
    if meeting.is_past:
        return
    rows = meeting.registrations.select_related("user")
    held = [RegistrationState.REQUESTED, RegistrationState.WAITING, RegistrationState.CONFIRMED]
    if set(MOVING).intersection(changed):
        notices.tell("moved", meeting, [row.user for row in rows.filter(state__in=held)], key=str(event))
    elif set(JOINING).intersection(changed):
        notices.tell("joining", meeting, [row.user for row in rows.confirmed()], key=str(event))
    elif "title" in changed:
        notices.tell("renamed", meeting, [row.user for row in rows.confirmed()], key=str(event))


# --- announcing -------------------------------------------------------------------------------------
def missing(meeting: Meeting) -> list[tuple[str, str]]:
    """What is not said yet: (field, sentence)."""
    found = []
    if not meeting.title.strip():
        found.append(("title", _("Write the title")))
    if not meeting.starts_at or not meeting.ends_at:
        found.append(("day", _("Say when the meeting begins and ends")))
    if not meeting.about.strip():
        found.append(("about", _("Say what the meeting is about")))
    if not meeting.spoken:
        found.append(("spoken", _("Choose the working languages")))
    if meeting.provider == Provider.LINK and not meeting.join_link:
        found.append(("join_link", _("Write the address at which one joins")))
    if meeting.provider == Provider.NONE and not meeting.place.strip():
        found.append(("place", _("Say where the meeting is")))
    return found


def check_complete(meeting: Meeting) -> None:
    """What a meeting needs before people are asked to come."""
    if lacking := missing(meeting):
        raise Incomplete(_("The meeting cannot be announced yet."), lacking)


@transaction.atomic
def announce(meeting, *, by, version: int | None = None) -> Meeting:
    """Put a draft into the calendar; a coordinator's public meeting goes to the OAS first."""
    held = lock(meeting, version=version)
    permissions.may_announce(by, held).or_refuse()
    check_complete(held)
    if held.ends_at <= timezone.now():
        raise Incomplete(_("The meeting cannot be announced yet."), [("day", _("These days are over. Choose others."))])
    if not permissions.needs_review(by, held):
        _announce(held, by=by)
        return held
    copies = {"title": held.title, "language": held.language, "country": held.country_id or "", "themes": held.themes}
    case = review.open_case(
        KIND, by=by, stream=held.stream, institution=held.institution, needed_by=held.starts_at - TO_COME, **copies
    )
    held.case = case
    move(held, "propose", by=by)
    return held


def _announce(meeting: Meeting, *, by) -> None:
    slug = meeting.slug or free_slug(meeting.title, meeting.pk)
    move(meeting, "announce", by=by, slug=slug, announced_at=timezone.now())
    show(meeting)


@transaction.atomic
def approve_proposed(case, *, by) -> Meeting:
    """The OAS said yes: the meeting stands in the calendar."""
    held = lock(case.meetings.get())
    _announce(held, by=by)
    return held


@transaction.atomic
def end_proposed(case, *, by) -> None:
    """Declined or taken back: the meeting is a draft again."""
    held = lock(case.meetings.get())
    if held.state == MeetingState.PROPOSED:
        move(held, "send_back", by=by)


@transaction.atomic
def take_back(meeting, *, by) -> None:
    """The organiser takes it back from the OAS."""
    permissions.may_take_back(by, meeting).or_refuse()
    review.withdraw(meeting.case, by=by)


@transaction.atomic
def cancel(meeting, *, by, reason: str) -> Meeting:
    """Call a meeting off: those who registered are told, and their calendars take it out."""
    held = lock(meeting)
    permissions.may_cancel(by, held).or_refuse()
    reason = reason.strip()
    if not reason:
        raise NotAllowed(_("Write the reason: it is told to those who registered."))
    held.sequence += 1
    move(held, "cancel", by=by, cancelled_at=timezone.now(), cancel_reason=reason[:500])
    wanted = [RegistrationState.REQUESTED, RegistrationState.WAITING, RegistrationState.CONFIRMED]
    people = [row.user for row in held.registrations.filter(state__in=wanted).select_related("user")]
    notices.tell("cancelled", held, people, key=str(held.sequence), reason=held.cancel_reason)
    show(held)
    return held


@transaction.atomic
def discard(meeting, *, by) -> None:
    """Throw away a draft that nobody outside has seen."""
    held = lock(meeting)
    permissions.may_discard(by, held).or_refuse()
    stored = list(held.files.values_list("file_id", flat=True))
    events.record(held.stream, "meeting_discarded", by=by)
    held.delete()
    files.forget_unlinked(stored)
