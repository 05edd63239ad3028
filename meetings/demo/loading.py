"""Loads the demonstration's meetings through the services that people use, so that every event and notice of them is genuine."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from meetings import services
from meetings.loading import carry
from meetings.models import Meeting
from network.models import Institution, User

ROWS = Path(__file__).resolve().parent / "meetings.json"
COLUMNS = (
    "title", "language", "about", "kind", "access", "zone", "themes", "spoken", "interpretation", "registration", "capacity",
    "agenda", "speakers", "links",
)  # fmt: skip


def load() -> int:
    """Load what is not there yet; answers how many meetings were added."""
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    return carry() + sum(_load(row) for row in rows)


def number_of(key: str) -> str:
    """The permanent number of a meeting of the demonstration, for what stands beside it; nothing where it is not loaded."""
    title = next(row["title"] for row in json.loads(ROWS.read_text(encoding="utf-8")) if row["key"] == key)
    found = Meeting.objects.filter(is_demo=True, title=title).first()
    return found.permanent_id if found else ""


def person(name: str) -> User:
    """Somebody of the demonstration."""
    return User.objects.get(email=f"{name}@demo.example")


@transaction.atomic
def _load(row: dict) -> int:
    if Meeting.objects.filter(is_demo=True, title=row["title"]).exists():
        return 0
    by = person(row["by"])
    where = Institution.objects.get(key=row["institution"]) if row["institution"] else None
    begins = _moment(row)
    past = row["in_days"] < 0
    hold = timezone.now() + timedelta(days=1) if past else begins  # it is announced and filled before it is over
    times = {"starts_at": hold, "ends_at": hold + timedelta(minutes=row["minutes"])}
    values = {name: row[name] for name in COLUMNS} | {"provider": "portal", **times}
    meeting = services.announce(services.call_meeting(where, by=by, values=values, is_demo=True), by=by)
    for name in row["registered"]:
        services.register(meeting, by=person(name))
    if past:
        _end(meeting, row, begins, by)
    return 1


def _moment(row: dict) -> datetime:
    """An hour some days from now, on a weekday, on the clock of its zone."""
    zone = ZoneInfo(row["zone"])
    day = timezone.now().astimezone(zone).date() + timedelta(days=row["in_days"])
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time.fromisoformat(row["hour"]), zone)


def _end(meeting: Meeting, row: dict, begins: datetime, by: User) -> None:
    """A meeting of the past with what remains of it."""
    meeting = services.date_back(meeting, by=by, starts_at=begins, ends_at=begins + timedelta(minutes=row["minutes"]))
    came = {person(name).pk for name in row["attended"]}
    rows = meeting.registrations.filter(user__in=came).values_list("pk", flat=True)
    services.mark_attendance(meeting, by=by, present=set(rows))
    services.keep_after(meeting, by=by, recording_link="", minutes=row["minutes_text"])
    for task in row["tasks"]:
        due = timezone.localdate() + timedelta(days=task["in_days"])
        services.add_task(meeting, by=by, text=task["text"], owner=person(task["owner"]), due=due)
