"""What the calendar holds of a person: a copy for them, and what becomes of it when the account is erased."""

from django.db import transaction

from meetings.models import CalendarKey, FollowUpTask, Meeting, Registration
from meetings.services.keeping import lock, move_registration
from meetings.services.people import give_places
from meetings.states import COMING


def held_of(user) -> dict:
    """Registrations and tasks of a person, as plain data."""
    rows = Registration.objects.filter(user=user).order_by("asked_at")
    tasks = FollowUpTask.objects.filter(owner=user).order_by("due")
    return {
        "registrations": list(
            rows.values("meeting_id", "meeting__title", "state", "constituency", "asked_at", "attended")
        ),
        "tasks": list(tasks.values("meeting_id", "text", "due", "done_at")),
    }


@transaction.atomic
def forget_person(user) -> None:
    """Places in meetings to come are given back; figures of past ones stay, without the person."""
    live = Registration.objects.filter(user=user, state__in=COMING)
    coming = Meeting.objects.coming().filter(pk__in=live.values("meeting"))
    for meeting in list(coming.order_by("pk")):
        held = lock(meeting)
        for row in held.registrations.filter(user=user, state__in=COMING):
            row.meeting = held
            move_registration(row, "leave", by=user)
        give_places(held, by=None)
    Registration.objects.filter(user=user).update(user=None)
    FollowUpTask.objects.filter(owner=user).update(owner=None)
    CalendarKey.objects.filter(user=user).delete()
