"""Loads the demonstration's Table through the services that people use, so that every event and notice of it is genuine."""

import json
from pathlib import Path

from django.db import transaction

from catalogue import services as catalogue
from catalogue.models import Entry
from core import dates
from network.models import Institution, User
from programs import services
from programs.entries import KEY
from programs.models import Project, ProjectRevision
from review import services as review

HERE = Path(__file__).resolve().parent
REVIEWER = "bruno@demo.example"
NOT_COLUMNS = ("key", "source", "start", "end", "institution", "related", "portfolio")


def load() -> int:
    """Load what is not there yet; answers how many records and proposals were added."""
    return carry() + sum(_load_invented(row) for row in _rows("invented.json"))


def carry() -> int:
    """Load the real records alone; answers how many were added."""
    return _load_records(_rows("records.json"))


def _rows(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


@transaction.atomic
def _load_records(rows: list[dict]) -> int:
    """Real records: what public sources say, with the source; no act of anyone is implied."""
    there = dict(Project.objects.filter(is_demo=False).exclude(source="").values_list("published__title", "pk"))
    institutions = _institutions(rows)
    programmes = dict(Entry.objects.filter(kind="portfolio").values_list("title", "permanent_id"))
    numbers, added = {}, []
    for row in sorted(rows, key=lambda row: "related" in row):  # what is named first
        if row["title"] in there:
            numbers[row["key"]] = Project(pk=there[row["title"]]).permanent_id
            continue
        values = _values(row, institutions)
        named = [numbers.get(key, "") for key in row.get("related", ())] + [programmes.get(row.get("portfolio"), "")]
        values["related"] = [one for one in named if one]
        project = services.publish_edit(None, by=None, values=values, source=row["source"], shown=False)
        numbers[row["key"]] = project.permanent_id
        added.append(project.pk)
    if added:
        catalogue.publish_many(KEY, added)
    return len(added)


def _institutions(rows: list[dict]) -> dict[str, int]:
    keys = {row["institution"] for row in rows if "institution" in row}
    return dict(Institution.objects.filter(key__in=keys).values_list("key", "pk"))


def _values(row: dict, institutions: dict[str, int]) -> dict:
    """Columns of a revision; dates stand as `YYYY[-MM[-DD]]` in the file."""
    values = {name: value for name, value in row.items() if name not in NOT_COLUMNS}
    for end in ("start", "end"):
        parts = dates.parse(row.get(end, ""))
        values |= dict(zip((f"{end}_year", f"{end}_month", f"{end}_day"), parts, strict=True))
    if "institution" in row:
        values["institution_id"] = institutions[row["institution"]]
    return values


# --- invented records of marked demonstration institutions ------------------------------------------------
@transaction.atomic
def _load_invented(row: dict) -> int:
    if _is_there(row):
        return 0
    person = User.objects.get(email=row["by"])
    values = _values(row["values"], _institutions([row["values"]]))
    if "title" in row:  # a correction changes what it names, and nothing else
        values = {name: value for name, value in values.items() if name in row["values"]}
    PLAYS[row["scenario"]](row, person, values)
    return 1


def _is_there(row: dict) -> bool:
    """A correction has the title of the record that it corrects."""
    written = ProjectRevision.objects.filter(project__is_demo=True)
    if "title" in row:
        return written.filter(title=row["title"], proposed_by__isnull=False).exists()
    return written.filter(title=row["values"]["title"]).exists()


def _edit(row, person, values) -> None:
    services.publish_edit(None, by=person, values=values, is_demo=True)


def _draft(row, person, values) -> ProjectRevision:
    project = Project.objects.get(published__title=row["title"], is_demo=True) if "title" in row else None
    institution = Institution.objects.get(key=row["institution"])
    draft = services.start_proposal(project, by=person, institution=institution, values=values)
    return services.save_proposal(draft, by=person, values={}, reason=row.get("reason", ""))


def _submit(row, person, values):
    return services.submit_proposal(_draft(row, person, values), by=person).case


def _approve(row, person, values) -> None:
    case, reviewer = _submit(row, person, values), User.objects.get(email=REVIEWER)
    review.claim(case, by=reviewer)
    case.refresh_from_db()
    review.approve(case, by=reviewer, version=case.version, letter=row["letter"])


PLAYS = {"edited": _edit, "correction_in_review": _submit, "new_approved": _approve, "new_draft": _draft}
