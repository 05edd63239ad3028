"""Rows become revisions, in bulk: numbers are drawn first, so that records and revisions are inserted and never touched again."""

from datetime import datetime

from django.db import connection
from django.db.models import Max
from django.utils.text import slugify

from core import bulk
from core.choices import YesNo
from programs.choices import RevisionState
from programs.models import ImportBatch, ImportRow, Project, ProjectRevision
from programs.services.imports.holding_against import NONE, Standing
from programs.services.imports.outcome import whole_of
from programs.services.keeping import RESERVED_SLUGS
from programs.services.records import check_required
from review import clock

_POINT = """UPDATE programs_project p
SET published_id = v.revision, imported_id = v.revision, published_at = %s, confirmed_on = %s, ending_told_on = NULL,
    version = p.version + 1
FROM unnest(%s::bigint[], %s::bigint[]) AS v(id, revision) WHERE p.id = v.id"""
_TOLD = """UPDATE programs_importrow r SET project_id = v.project
FROM unnest(%s::bigint[], %s::bigint[]) AS v(id, project) WHERE r.id = v.id"""


class Writer:
    """Writes the rows of one import and remembers the numbers of what it wrote."""

    def __init__(self, batch: ImportBatch, by, at: datetime):
        self.batch, self.by_id, self.at = batch, by.pk if by else None, at
        self.made = bulk.blank(ProjectRevision) | {
            "state": RevisionState.IMPORTED, "is_open": False, "batch_id": batch.pk, "created_by_id": self.by_id,
            "saved_by_id": self.by_id, "saved_at": at, "submitted_by_id": self.by_id, "submitted_at": at,
        }  # fmt: skip
        self.revisions: list[int] = []
        self.projects: list[int] = []
        self.new: set[int] = set()

    def write(self, pairs: list[tuple[ImportRow, Standing]]) -> None:
        """A chunk of rows: records that are new, then their texts, and the others pointed at theirs."""
        if not pairs:
            return
        fresh = [(row, now) for row, now in pairs if now.existing == NONE]
        known = [(row, now) for row, now in pairs if now.existing != NONE]
        numbers = _draw("programs_projectrevision", len(pairs))
        self._add(fresh, numbers[: len(fresh)])
        self._replace(known, numbers[len(fresh) :])
        self.revisions += numbers

    def _add(self, fresh, numbers: list[int]) -> None:
        if not fresh:
            return
        pks = _draw("programs_project", len(fresh))
        wholes = [whole_of(row) for row, _now in fresh]
        slugs = _slugs([whole["title"] for whole in wholes], pks)
        is_demo = bool(self.batch.institution_id and self.batch.institution.is_demo)
        new = bulk.blank(Project) | {
            "first_published_at": self.at, "published_at": self.at, "confirmed_on": clock.day_of(self.at),
            "created_by_id": self.by_id, "registry_consent": YesNo.YES, "is_demo": is_demo, "version": 2,
        }  # fmt: skip
        bulk.insert(
            Project,
            [
                {**new, "id": pk, "slug": slug, "published_id": number, "imported_id": number}
                for pk, slug, number in zip(pks, slugs, numbers, strict=True)
            ],
        )
        self._insert(
            self._revision(number, pk, 1, None, whole)
            for number, pk, whole in zip(numbers, pks, wholes, strict=True)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_TOLD, [[row.pk for row, _now in fresh], pks])
        self.projects += pks
        self.new.update(pks)

    def _replace(self, known, numbers: list[int]) -> None:
        if not known:
            return
        pks = [now.project_id for _row, now in known]
        newest = dict(
            ProjectRevision.objects.filter(project__in=pks).values_list("project").annotate(Max("number")).order_by()
        )
        self._insert(
            self._revision(
                number, now.project_id, newest[now.project_id] + 1, now.project.published_id, whole_of(row, now.project.published)
            )
            for number, (row, now) in zip(numbers, known, strict=True)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_POINT, [self.at, clock.day_of(self.at), pks, numbers])
        self.projects += pks

    def _revision(self, pk: int, project: int, number: int, base: int | None, whole: dict) -> dict:
        check_required(whole)
        return {**self.made, "id": pk, "project_id": project, "number": number, "base_id": base, **whole}

    @staticmethod
    def _insert(revisions) -> None:
        bulk.insert(ProjectRevision, list(revisions))


def _draw(table: str, count: int) -> list[int]:
    """So many new numbers of a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [number for (number,) in cursor.fetchall()]


def _slugs(titles: list[str], pks: list[int]) -> list[str]:
    """Addresses that no other record has; the lock on them is held."""
    bases = [slugify(title)[:100].strip("-") for title in titles]
    taken = set(Project.objects.filter(slug__in=bases).values_list("slug", flat=True)) | RESERVED_SLUGS
    found = []
    for base, pk in zip(bases, pks, strict=True):
        free = base and not base.isdigit() and base not in taken
        found.append(base if free else f"{base or 'record'}-{pk}")
        taken.add(found[-1])
    return found
