"""The owner is warned before a record ends, for its status follows the dates by itself."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from network.managers import today
from programs import notices
from programs.models import Project
from programs.services.keeping import lock_project

DAYS = 30


def ending_soon(on: date | None = None) -> list[Project]:
    """Records kept whose last day comes within 30 days, the first to end first."""
    on = on or today()
    until = on + timedelta(days=DAYS)
    within = Q()
    for year, month in {(on.year, on.month), (until.year, until.month)}:
        ends = Q(published__end_month=month)
        if month == 12:  # a year alone ends with its last month
            ends |= Q(published__end_month__isnull=True)
        within |= Q(published__end_year=year) & ends
    near = Project.objects.kept().filter(within, published__ongoing=False)
    found = [project for project in near.select_related("published") if ends_within(project, on)]
    return sorted(found, key=lambda project: (project.published.span.last_day, project.pk))


def ends_within(project, on: date) -> bool:
    """Whether the last day on which it may run is today or in the 30 days that follow."""
    last = project.published.span.last_day
    return last is not None and not project.published.ongoing and on <= last <= on + timedelta(days=DAYS)


def tell_of_endings(on: date | None = None) -> int:
    """Tell whoever keeps a record that it ends soon, once; answers how many were told of. Safe to run twice."""
    on = on or today()
    return sum(_tell(project.pk, on) for project in ending_soon(on) if project.ending_told_on is None)


@transaction.atomic
def _tell(project_id: int, on: date) -> int:
    project = lock_project(project_id)
    if project.ending_told_on or not ends_within(project, on):
        return 0
    project.ending_told_on = on
    project.save(update_fields=["ending_told_on"])
    notices.tell_of_ending(project)
    return 1
