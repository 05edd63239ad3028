"""Loads the demonstration's proposals, one under way and one closed. Opinions are of demonstration institutions alone."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from catalogue.models import Entry
from forums.models import Position, Proposal, Topic
from forums.services import closing, consensus

HERE = Path(__file__).resolve().parent


def load(people: dict, past) -> int:
    """Load what is not there yet; answers how many proposals were added. `past(days)` sets the clock back."""
    rows = json.loads((HERE / "proposals.json").read_text(encoding="utf-8"))
    return sum(_proposal(row, people, past) for row in rows)


@transaction.atomic
def _proposal(row: dict, people: dict, past) -> int:
    topic = Topic.objects.select_related("forum").filter(title=row["topic"], is_demo=True).first()
    if topic is None or Proposal.objects.filter(topic=topic).exists():
        return 0
    zone = ZoneInfo(row["zone"])
    day = timezone.now().astimezone(zone).date() - timedelta(days=row["closes"])
    conference = Entry.objects.filter(kind="meetings", title__startswith=row["conference"]).first()
    with past(row["opened"]):
        made = consensus.propose(
            topic, by=people[row["by"]], text=row["text"], conference=row["conference"], paragraph=row["paragraph"],
            meeting=conference.permanent_id if conference else "", zone=row["zone"],
            closes_at=datetime.combine(day, time(row["hour"]), tzinfo=zone),
        )  # fmt: skip
        Proposal.objects.filter(pk=made.pk).update(opened_at=timezone.now())
    for one in sorted(row["positions"], key=lambda one: -one["days"]):
        with past(one["days"]):
            taken = consensus.take_position(made, by=people[one["by"]], stance=one["stance"], text=one["text"])
            Position.objects.filter(pk=taken.pk, version=1).update(taken_at=timezone.now())
    if row["summary"]:
        closing.run()
        consensus.summarise(made, by=people[row["by"]], summary=row["summary"])
    return 1
