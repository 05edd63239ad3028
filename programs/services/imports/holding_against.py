"""What a row means for what is published: nothing like it, the same, an update, or a conflict that somebody must look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models.fields.json import KT

from programs.models import ImportBatch, ImportRow, Project
from programs.services import texts
from programs.services.imports.keys import key

NONE, UNCHANGED, UPDATE, CONFLICT = "none", "unchanged", "update", "conflict"
IMPORTS = ("import", "import_with_warning")
AT_ONCE = 250
SHOWN = ("where", "reasons", "warnings", "normalised", "details", "title")
LANGUAGE = ("language", "language_is_sure")
_START = tuple(f"published__start_{part}" for part in ("year", "month", "day"))
_WRITE = """UPDATE programs_importrow r
SET existing = v.existing, project_id = v.project, against = v.against,
    ticked = r.ticked AND v.existing = 'conflict' AND r.against IS NOT DISTINCT FROM v.against
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) AS v(id, existing, project, against) WHERE r.id = v.id"""


@dataclass(frozen=True)
class Standing:
    """How a row stands to the Table now. Without `against`, a conflict cannot be ticked."""

    existing: str
    project: Project | None = None

    @property
    def project_id(self) -> int | None:
        return self.project.pk if self.project else None

    @property
    def against(self) -> int | None:
        kept = self.project is not None and not self.project.retired_at and not self.project.merged_into_id
        return self.project.published_id if kept else None


def compare(batch: ImportBatch) -> None:
    """Hold every row that would be imported against what is published now, and write down what came of it."""
    matched = matches(batch)
    _forget(batch, matched)
    for pairs in _chunks([pk for pk in _in_order(batch) if pk in matched], matched):
        ids, existing, projects, against = [], [], [], []
        for row, now in pairs:
            ids.append(row.pk)
            existing.append(now.existing)
            projects.append(now.project_id)
            against.append(now.against)
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [ids, existing, projects, against])


def _forget(batch: ImportBatch, matched: dict[int, int]) -> None:
    """Rows that meant a record and mean none now."""
    meant = batch.rows.filter(action__in=IMPORTS).exclude(existing=NONE, project=None, against=None, ticked=False)
    gone = [pk for pk in meant.values_list("pk", flat=True).order_by().iterator(2000) if pk not in matched]
    for start in range(0, len(gone), 2000):
        ImportRow.objects.filter(pk__in=gone[start : start + 2000]).update(
            existing=NONE, project=None, against=None, ticked=False
        )


def standings(batch: ImportBatch) -> Iterator[list[tuple[ImportRow, Standing]]]:
    """Rows that would be imported with their standing, some at a time."""
    return _chunks(_in_order(batch), matches(batch))


def _in_order(batch: ImportBatch) -> list[int]:
    return list(batch.rows.filter(action__in=IMPORTS).order_by("position").values_list("pk", flat=True))


def _chunks(pks: list[int], matched: dict[int, int]) -> Iterator[list[tuple[ImportRow, Standing]]]:
    taken: set[int] = set()
    for start in range(0, len(pks), AT_ONCE):
        chunk = list(_bare(pks[start : start + AT_ONCE]))
        found = _projects({matched[row.pk] for row in chunk if row.pk in matched})
        yield [(row, _standing(row, found.get(matched.get(row.pk)), taken)) for row in chunk]


def _bare(pks: list[int]) -> Iterator[ImportRow]:
    """Rows without what only a preview shows; of the details, the language."""
    told = {name: KT(f"details__{name}") for name in LANGUAGE}
    for row in ImportRow.objects.filter(pk__in=pks).order_by("position").defer(*SHOWN).annotate(**told):
        row.details = {"language": row.language or "", "language_is_sure": row.language_is_sure == "true"}
        yield row


def _projects(ids: set[int]) -> dict[int, Project]:
    return Project.objects.select_related("published", "imported").in_bulk(ids)


def _standing(row: ImportRow, project: Project | None, taken: set[int]) -> Standing:
    if project is None:
        return Standing(NONE)
    if project.pk in taken or project.retired_at or project.merged_into_id or not project.published_id:
        return Standing(CONFLICT, None if project.pk in taken else project)
    taken.add(project.pk)
    if not texts.changed(project.published, texts.cleaned(row.values)):
        return Standing(UNCHANGED, project)
    return Standing(UPDATE if is_as_imported(project) else CONFLICT, project)


def is_as_imported(project: Project) -> bool:
    """Whether the published text is what the last import of the record left."""
    if project.imported_id is None or project.imported_id == project.published_id:
        return project.imported_id is not None
    return not texts.changed(project.published, texts.values_of(project.imported))


def matches(batch: ImportBatch) -> dict[int, int]:
    """Row -> record: by its number, else by title, country and start. A merged record leads to the one that stays."""
    rows = batch.rows.filter(action__in=IMPORTS).values_list("pk", "number", "key")
    named: dict[int, list[int]] = {}
    alike: dict[str, list[int]] = {}
    for pk, number, folded in rows.iterator(2000):
        if number:
            named.setdefault(number, []).append(pk)
        alike.setdefault(folded, []).append(pk)
    found = {pk: project for number, project in _by_number(list(named)) for pk in named[number]}
    for project, folded in _keys() if alike.keys() - {""} else ():
        for pk in alike.get(folded, ()):
            found.setdefault(pk, project)
    return found


def _by_number(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(numbers), 2000):
        part = [number for number in numbers[start : start + 2000] if number < 2**31]
        published = Project.objects.filter(pk__in=part, published__isnull=False)
        yield from ((pk, into or pk) for pk, into in published.values_list("pk", "merged_into"))


def _keys() -> Iterator[tuple[int, str]]:
    kept = Project.objects.kept().order_by("pk")
    for pk, title, countries, region, *start in kept.values_list(
        "pk", "published__title", "published__countries", "published__region", *_START
    ).iterator(2000):
        yield pk, key(title, countries, region, tuple(start))
