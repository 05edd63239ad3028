"""Carries past conferences and workshops over: facts with their source, in our own words. They have days, and no hours."""

import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from catalogue import services as catalogue
from meetings import when
from meetings.choices import MeetingState, Provider, RegistrationMode
from meetings.models import Meeting
from meetings.services.keeping import ENTRY, free_slug
from review import events

PAST = Path(__file__).resolve().parent / "data" / "past.json"


@transaction.atomic
def carry() -> int:
    """Load those that are not there yet; answers how many were added."""
    there = set(Meeting.objects.exclude(source="").values_list("title", "starts"))
    rows = json.loads(PAST.read_text(encoding="utf-8"))
    added = [_carry(row).pk for row in rows if (row["title"], row["starts"]) not in there]
    if added:
        catalogue.publish_many(ENTRY, added)
    return len(added)


def _carry(row: dict) -> Meeting:
    first, last = when.days_of(row["starts"], row["ends"])
    meeting = Meeting.objects.create(
        title=row["title"], language="en", about=row["about"], kind=row["kind"], state=MeetingState.ANNOUNCED,
        starts=row["starts"], ends=row["ends"], first_day=first, last_day=last, place=row["place"],
        country_id=row["country"] or None, registration=RegistrationMode.NONE, provider=Provider.NONE, source=row["source"],
        announced_at=timezone.now(),
    )  # fmt: skip
    meeting.slug = free_slug(f"{row['title']} {row['starts'][:4]}", meeting.pk)
    meeting.save(update_fields=["slug"])
    events.record(meeting.stream, "carried")
    return meeting
