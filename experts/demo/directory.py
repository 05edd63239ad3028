"""The many of the demonstration's directory: invented people over all themes, marked as such, published without a case each."""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalogue import kinds, labels
from catalogue import services as catalogue
from catalogue.labels import Labels
from catalogue.models import Entry
from experts.demo.loading import HERE, add_expert
from experts.entries import KEY
from experts.models import Expert
from network.managers import today
from network.models import Institution


@transaction.atomic
def load() -> int:
    """Load who is not there yet; answers how many were added."""
    rows = json.loads((HERE / "directory.json").read_text(encoding="utf-8"))
    names = labels.read()
    institutions = dict(Institution.objects.filter(is_demo=True).values_list("key", "pk"))
    added = [expert for row in rows if (expert := _add(row, institutions, names))]
    if added:
        catalogue.publish_many(KEY, [expert.pk for expert in added])
    return len(added)


def _add(row: dict, institutions: dict[str, int], names: Labels) -> Expert | None:
    values = row["values"] | {"programmes": _known(row, names)}
    if "institution" in row:
        values["institution_id"] = institutions[row["institution"]]
    expert = add_expert(
        values, email=row["email"], name=row["name"], state=row["state"], shown=row["shown"], availability=row["availability"],
        notice_weeks=row.get("notice_weeks"),
    )  # fmt: skip
    if expert is not None and row["state"] == "published":
        _date_back(expert, row)
    return expert


def _known(row: dict, names: Labels) -> list[str]:
    """The first programmes and records on the person's themes in their countries."""
    themes = [names.theme[line["theme"]].number for line in row["values"]["theme_lines"]]
    countries = [names.country[code].number for code in row["values"]["countries"]]
    work = Entry.objects.filter(kind__in=[kind.key for kind in kinds.of_work()])
    near = work.filter(themes__overlap=themes, countries__overlap=countries).order_by("permanent_id")
    return list(near.values_list("permanent_id", flat=True)[: row.get("knows", 0)])


def _date_back(expert: Expert, row: dict) -> None:
    """As if it had been published and confirmed some time ago: the list has fresh profiles and one that is due."""
    published = timezone.now() - timedelta(days=row["published_days_ago"])
    Expert.objects.filter(pk=expert.pk).update(
        first_published_at=published,
        published_at=published,
        confirmed_on=today() - timedelta(days=row["confirmed_days_ago"]),
    )
