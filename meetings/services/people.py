"""Registering: a place while there is one, the waiting list, the organisers' yes. The meeting's row is the lock of its seats."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Stale
from core.floods import Bound, refuse_floods
from meetings import notices, permissions
from meetings.choices import Access, RegistrationMode, RegistrationState
from meetings.constituency import standing_of
from meetings.models import Meeting, Registration
from meetings.services.keeping import lock, move_registration
from meetings.states import DECIDED
from review import events
from review.models import Event

TURNS = 3  # how often a day somebody gives a place back and comes again
FIRST = {"ask": RegistrationState.REQUESTED, "wait": RegistrationState.WAITING, "confirm": RegistrationState.CONFIRMED}
TOLD = {"ask": "requested", "wait": "waiting", "confirm": "registered", "decline": "declined", "leave": "left"}


def free_places(meeting: Meeting) -> int | None:
    """How many places are free; None where there is no limit."""
    if meeting.capacity is None:
        return None
    return max(0, meeting.capacity - meeting.registrations.confirmed().count())


@transaction.atomic
def register(meeting, *, by) -> Registration:
    """Ask for a place. Whoever has one already, or waits, keeps it."""
    held = lock(meeting)
    permissions.may_register(by, held).or_refuse()
    mine = held.registrations.filter(user=by).first()
    if mine and mine.is_live:
        return mine
    if mine and mine.state == RegistrationState.DECLINED:
        raise NotAllowed(_("The organisers could not give you a place in this meeting."))
    if mine:
        _refuse_to_and_fro(held, by)
    verb = "ask" if held.registration == RegistrationMode.APPROVAL else "wait" if _is_full(held) else "confirm"
    constituency, institution = standing_of(by)
    if mine is None:
        mine = Registration.objects.create(
            meeting=held, user=by, state=FIRST[verb], constituency=constituency, institution=institution
        )
        events.record(held.stream, f"registration_{verb}", by=by, registration=mine.pk, now=mine.state)
    else:
        mine.meeting, mine.asked_at, mine.constituency, mine.institution = (
            held,
            timezone.now(),
            constituency,
            institution,
        )
        move_registration(mine, verb, by=by)
    mine.meeting = held
    notices.tell_person(TOLD[verb], mine)
    if verb == "ask":
        notices.tell_organisers(
            "asked", held, key=f"{mine.pk}:{int(mine.asked_at.timestamp() * 1000)}", url_name="meetings:organise_people", who=by, by=by,
        )  # fmt: skip
    return mine


def _refuse_to_and_fro(meeting: Meeting, by) -> None:
    """Each turn mails the person, and the organisers or whoever waits: so many a day and no more."""
    left = Event.objects.of(meeting.stream).filter(actor_id=by.pk, verb="registration_leave")
    words = _("You gave your place in this meeting back several times today. Register again tomorrow.")
    refuse_floods(f"meetings.register:{by.pk}", "at", [Bound(left, TURNS, timedelta(days=1), words)])


def _is_full(meeting: Meeting) -> bool:
    """No free place, or people who waited first."""
    return meeting.capacity is not None and (
        free_places(meeting) == 0 or meeting.registrations.in_line().exists()
    )  # fmt: skip


def _move(registration: Registration, verb: str, *, by) -> None:
    _raise_number(registration)
    move_registration(registration, verb, by=by)
    notices.tell_person(TOLD[verb], registration)


def _raise_number(registration: Registration) -> None:
    """What takes a meeting out of a calendar needs a higher number than what put it in."""
    if registration.is_confirmed:
        registration.meeting.sequence += 1
        registration.meeting.save(update_fields=["sequence"])


def _held(registration) -> Registration:
    """A registration as it stands now, with its meeting locked."""
    meeting = lock(Meeting(pk=registration.meeting_id))
    row = Registration.objects.select_related("user").get(pk=registration.pk)
    row.meeting = meeting
    return row


@transaction.atomic
def leave(registration, *, by) -> None:
    """Take one's registration back; a place that becomes free goes to whoever waits longest."""
    row = _held(registration)
    if row.user_id != by.pk:
        raise NotAllowed(_("Everybody takes back their own registration."))
    if row.meeting.is_past:
        raise NotAllowed(_("This meeting is over."))
    _move(row, "leave", by=by)
    give_places(row.meeting, by=None)


@transaction.atomic
def approve(registration, *, by, seen: str = "") -> Registration:
    """The organisers say yes; without a free place the person waits for one. `seen` is the state that the page showed."""
    row = _to_decide(registration, "approve", by, seen)
    _check_may_come(row)
    _move(row, "wait" if _is_full(row.meeting) else "confirm", by=by)
    return row


@transaction.atomic
def give_place(registration, *, by, seen: str = "") -> Registration:
    """Give somebody of the waiting list, or who was refused, a free place."""
    row = _to_decide(registration, "give_place", by, seen)
    _check_may_come(row)
    if free_places(row.meeting) == 0:
        raise NotAllowed(_("There is no free place. Raise the number of places first."))
    _move(row, "confirm", by=by)
    return row


@transaction.atomic
def decline(registration, *, by, seen: str = "") -> None:
    """The organisers say no, also to somebody who has a place."""
    row = _to_decide(registration, "decline", by, seen)
    _move(row, "decline", by=by)
    give_places(row.meeting, by=None)


def _to_decide(registration, act: str, by, seen: str) -> Registration:
    """The registration as it stands now, if this is decided of it there: who took it back comes again by themselves alone.

    What a colleague decided since the page was opened is not undone by whoever has not seen it.
    """
    row = _held(registration)
    permissions.may_decide(by, row.meeting).or_refuse()
    if row.state not in DECIDED[act] or (seen and seen != row.state):
        words = _("This registration has changed meanwhile, so nothing was done. It stands now as “%(state)s”.")
        raise Stale(
            words % {"state": row.get_state_display()}, url=reverse("meetings:organise_people", args=[row.meeting_id])
        )
    return row


def _check_may_come(row: Registration) -> None:
    if row.user is None or not permissions.may_register(row.user, row.meeting):
        raise NotAllowed(_("This person may not take part in this meeting any more."))


def give_places(meeting: Meeting, *, by) -> int:
    """Give free places of a locked meeting to the waiting list, once nobody holds one who may not come; answers how many."""
    if not meeting.takes_registrations:
        return 0
    let_go(meeting)
    in_line = meeting.registrations.in_line().exclude(pk__in=meeting.registrations.shut_out())
    rows = list(in_line.select_related("user")[: free_places(meeting)])
    for row in rows:
        row.meeting = meeting
        _move(row, "confirm", by=by)
    return len(rows)


def let_go(meeting: Meeting) -> int:
    """Take back the registrations in a locked meeting of those who may take part no more, and tell them; answers how many.

    Once it has begun, who has a place keeps it: from then on it is known who takes part.
    """
    rows = meeting.registrations.gone().select_related("user")
    if meeting.has_begun:
        rows = rows.exclude(state=RegistrationState.CONFIRMED)
    rows = list(rows)
    for row in rows:
        row.meeting = meeting
        had_place = row.is_confirmed
        _raise_number(row)
        move_registration(row, "leave", by=None)
        notices.tell_let_go(row, had_place=had_place)
    return len(rows)


def let_go_everywhere() -> int:
    """The same in each meeting that has not begun; whoever waits has the places. Safe to run at any time, and twice."""
    held_by = Registration.objects.gone().values("meeting")
    coming = Meeting.objects.coming().filter(starts_at__gt=timezone.now()).exclude(registration=RegistrationMode.NONE)
    found = list(coming.filter(Q(pk__in=held_by) | Q(pk__in=_passed_over())))
    for meeting in found:
        with transaction.atomic():
            give_places(lock(meeting), by=None)
    return len(found)


def _passed_over():
    """Meetings with a free place and somebody in line for it, who held no role at the moment when it became free."""
    shut_out = Registration.objects.shut_out().filter(state=RegistrationState.WAITING)
    waits = Registration.objects.in_line().filter(meeting=OuterRef("pk")).exclude(pk__in=shut_out)
    taken = Count("registrations", filter=Q(registrations__state=RegistrationState.CONFIRMED))
    members = Meeting.objects.coming().filter(Exists(waits), access=Access.MEMBERS).annotate(taken=taken)
    return members.filter(Q(capacity=None) | Q(capacity__gt=F("taken"))).values("pk")


def ask_for_each(meeting: Meeting, *, by) -> int:
    """Where the organisers say yes to each person from now on, those in line wait for it too; answers how many."""
    if not meeting.takes_registrations:
        return 0
    rows = list(meeting.registrations.in_line().select_related("user"))
    for row in rows:
        row.meeting = meeting
        _move(row, "ask", by=by)
    return len(rows)


def answer_requests(meeting: Meeting, *, by) -> int:
    """Where the organisers say yes to each person no more, those who wait for it get a place, or stand in line; answers how many."""
    if meeting.registration != RegistrationMode.OPEN or not meeting.takes_registrations:
        return 0
    asked = meeting.registrations.filter(state=RegistrationState.REQUESTED)
    rows = list(asked.select_related("user").order_by("asked_at", "pk"))
    out = set(
        meeting.registrations.shut_out().values_list("pk", flat=True)
    )  # they may hold a role again within the hour
    for row in rows:
        row.meeting = meeting
        _move(row, "wait" if row.pk in out or _is_full(meeting) else "confirm", by=by)
    return len(rows)
