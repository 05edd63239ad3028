"""Loads the demonstration's questions to experts through the services that people use, in every state, some days back."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from experts.models import AdviceRequest
from experts.services import answers
from experts.services.advice import answering, asking, candidates, closing, requests, talking
from network.choices import ASKING_ROLES
from network.models import Institution, User
from review import services as review

HERE = Path(__file__).resolve().parent
REVIEWER = "bruno@demo.example"
PLAYS = (
    "draft",
    "open",
    "asked",
    "accepted",
    "answered",
    "closed",
    "published",
)  # each goes on where the one before ends


def load() -> int:
    """Load what is not there yet; answers how many questions were added. Needs the experts of the demonstration."""
    rows = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))
    return sum(_load(row) for row in rows)


@transaction.atomic
def _load(row: dict) -> int:
    if AdviceRequest.objects.filter(is_demo=True, title=row["title"]).exists():
        return 0
    person = User.objects.get(email=row["by"])
    now = timezone.now() - timedelta(days=row["days"])
    place = Institution.objects.filter(pk__in=person.institutions_as(*ASKING_ROLES)).order_by("pk").first()
    values = {
        "theme_id": row["theme"], "country_id": row["country"], "title": row["title"], "question": row["question"],
        "tried": row["tried"], "language": row["language"], "confidential": row.get("confidential", False),
    }  # fmt: skip
    made = requests.start_request(place, by=person, values=values)
    _play(row, made, person, now)
    return 1


def _play(row: dict, made, person, now: datetime) -> None:
    """Each step a day or two after the one before."""
    if row["play"] == "draft":
        return
    made = requests.open_request(made, by=person, now=now)
    if row["play"] == "withdrawn":
        requests.withdraw_request(made, by=person, now=now + timedelta(days=2))
    elif PLAYS.index(row["play"]) >= PLAYS.index("asked"):
        _answer(row, made, person, now)


def _answer(row: dict, made, person, now: datetime) -> None:
    best = candidates.propose(made, 2 if row["play"] == "asked" else 1, now)[1]
    if not best:
        return  # the directory has nobody for it: it waits, which is a state as well
    offers = asking.ask(made, [match.candidate.expert for match in best], by=person, now=now)
    if row["play"] == "asked":
        return
    expert = offers[0].expert.user
    made = answering.accept(offers[0], by=expert, now=now + timedelta(days=1))
    when = now + timedelta(days=3)
    if row["play"] == "accepted":
        talking.write(made, by=expert, text=row["answer"], now=when)
        return
    talking.answer(made, by=expert, text=row["answer"], now=when)
    if row["play"] != "answered":
        _close(row, made, person, expert, now + timedelta(days=6))


def _close(row: dict, made, person, expert, now: datetime) -> None:
    consent = row["play"] == "published"
    closing.close(
        made, by=person, outcome="used", rating=row["rating"], comment=row["comment"], consent=consent, now=now
    )
    closing.rate(made, by=expert, rating=5, consent=consent)
    if not consent:
        return
    made.refresh_from_db()
    text = answers.text_of(made)
    for one in (person, expert):
        text = answers.agree(text, by=one, version=text.version)
    reviewer = User.objects.get(email=REVIEWER)
    review.claim(text.case, by=reviewer)
    text.case.refresh_from_db()
    review.approve(text.case, by=reviewer, version=text.case.version)
