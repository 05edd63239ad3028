"""Loads the demonstration's library through the services that people use, so that every event and notice of it is genuine."""

import json
from pathlib import Path

from django.db import transaction

from catalogue import services as catalogue
from catalogue.models import Entry
from library import services
from library.entries import KEY
from library.models import ItemRevision, LibraryItem
from network.models import User
from review import services as review

HERE = Path(__file__).resolve().parent
REVIEWER = "bruno@demo.example"
NOT_COLUMNS = ("source", "about_titles")


def load() -> int:
    """Load what is not there yet; answers how many items and proposals were added."""
    return carry() + sum(_load_invented(row) for row in _rows("invented.json"))


def carry() -> int:
    """Load the real items alone; answers how many were added."""
    return _load_items(_rows("items.json"))


def _rows(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


@transaction.atomic
def _load_items(rows: list[dict]) -> int:
    """Real items: what public sources say, with the source; no act of anyone is implied."""
    there = set(LibraryItem.objects.filter(is_demo=False).exclude(source="").values_list("published__title", flat=True))
    numbers = _numbers(rows)
    added = []
    for row in rows:
        if row["title"] in there:
            continue
        values = {name: value for name, value in row.items() if name not in NOT_COLUMNS}
        values["about"] = [number for title in row.get("about_titles", ()) for number in numbers.get(title, ())]
        item = services.publish_edit(None, by=None, values=values, source=row["source"], shown=False)
        added.append(item.pk)
    if added:
        catalogue.publish_many(KEY, added)
    return len(added)


def _numbers(rows: list[dict]) -> dict[str, list[str]]:
    """Permanent numbers of the records that the items are about, by their title; those not loaded are left out."""
    titles = {title for row in rows for title in row.get("about_titles", ())}
    found: dict[str, list[str]] = {}
    for title, number in Entry.objects.filter(title__in=titles).order_by("pk").values_list("title", "permanent_id"):
        found.setdefault(title, []).append(number)
    return found


# --- invented proposals of people of the demonstration ---------------------------------------------------
@transaction.atomic
def _load_invented(row: dict) -> int:
    if ItemRevision.objects.filter(item__is_demo=True, title=row["values"]["title"]).exists():
        return 0
    PLAYS[row["scenario"]](row, User.objects.get(email=row["by"]))
    return 1


def _draft(row: dict, person: User) -> ItemRevision:
    draft = services.start_proposal(None, by=person, values=row["values"], is_demo=True)
    return services.save_proposal(draft, by=person, values={}, reason=row.get("reason", ""))


def _submit(row: dict, person: User):
    return services.submit_proposal(_draft(row, person), by=person).case


def _ask(row: dict, person: User) -> None:
    case, reviewer = _claimed(row, person)
    review.draft_question(case, row["field"], row["question"], by=reviewer)
    case.refresh_from_db()
    review.ask(case, by=reviewer, version=case.version)


def _approve(row: dict, person: User) -> None:
    case, reviewer = _claimed(row, person)
    review.approve(case, by=reviewer, version=case.version, letter=row["letter"])


def _claimed(row: dict, person: User):
    case, reviewer = _submit(row, person), User.objects.get(email=REVIEWER)
    review.claim(case, by=reviewer)
    case.refresh_from_db()
    return case, reviewer


PLAYS = {"draft": _draft, "in_review": _submit, "questions": _ask, "approved": _approve}
