"""What a record of the Table answers when it is held beside others (catalogue.comparing asks)."""

from catalogue.labels import Labels
from catalogue.passages import Cells, passages
from core.reading import Answer, Part
from programs import annex, reading
from programs.models import Project

APART = {
    "evaluations": "evaluations",
    "funding_sources": "financial_resources",
}  # under another question than in Annex I
KNOWN = ("institution",)  # among the facts


def comparable(ids: list[int], labels: Labels) -> dict[int, Cells]:
    """The texts of public records. One query."""
    projects = Project.objects.public().filter(pk__in=ids).select_related("published__institution")
    return {project.pk: _cells(project, labels) for project in projects}


def _cells(project: Project, labels: Labels) -> Cells:
    cells: Cells = {}
    for column in reading.read(project.published, labels, (*annex.TABLE, annex.COOPERATION)):
        for answer in column.filled:
            one = answer.question
            if one.key in KNOWN:
                continue
            label = "" if one.whole or one.key in ("evaluations", "website") else one.name
            cells.setdefault(APART.get(one.key, column.column.key), []).extend(passages([(answer, label)]))
    if project.is_carried and project.source.strip() != project.published.website:
        text = project.source.strip()
        cells.setdefault("information_source", []).extend(passages([(Answer(None, [Part(text, url=text)]), "")]))
    return cells
