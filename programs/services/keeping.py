"""Locks, the address, and the catalogue: what every change of a published record shares."""

from django.db import connection
from django.utils.text import slugify

from catalogue import services as catalogue
from programs import notices
from programs.models import Project, ProjectRevision
from review import events
from review.models import Case

ENTRY = "programs"
RESERVED_SLUGS = frozenset(
    ("submissions", "proposals", "feed", "compare", "export", "files", "table", "imports", "similar", "map", "new")
)
WITH = ("project__published", "proposed_by__country", "base", "case", "saved_by")


def lock_project(project_id: int) -> Project:
    """The record as it stands now, locked with its stream of events until the transaction ends."""
    events.hold(Project(pk=project_id).stream)
    Project.objects.select_for_update().get(pk=project_id)
    return Project.objects.select_related("published__institution").get(pk=project_id)


def lock(revision) -> ProjectRevision:
    """A proposal as it stands now, locked with its case and its record. The order is the same everywhere: case, stream of
    events, record, revision, and last the catalogue."""
    case_id = ProjectRevision.objects.values_list("case_id", flat=True).get(pk=revision.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    lock_project(revision.project_id)
    locked = ProjectRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    return ProjectRevision.objects.select_related(*WITH).get(pk=locked.pk)


def free_slug(title: str, number: int) -> str:
    """An address that no other record has; two that are published at once ask one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('programs.slug'))")
    base = slugify(title)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or Project.objects.filter(slug=base).exists():
        return f"{base or 'record'}-{number}"
    return base


def show(project) -> None:
    """Bring the catalogue in line with what is public."""
    if project.is_public:
        catalogue.publish(ENTRY, project.pk)
    else:
        catalogue.withdraw(ENTRY, project.pk)


def say_base_moved(project, *, by, except_case=None) -> None:
    """Put into the record of each open proposal that what it started from is not published any more; tell those who decide."""
    held = project.revisions.open().proposals().filter(case__isnull=False, state="submitted")
    for revision in held.exclude(case=except_case).select_related("case__assignee"):
        if revision.base_id == project.published_id:
            continue
        event = events.record(project.stream, "base_moved", by=by, case=revision.case, revision=revision.pk)
        notices.tell_of_moved_base(revision, event=event.number, by=by)
