"""The table view: the records of one page of the list as rows of Annex I, each cell composed from its column's fields."""

from dataclasses import dataclass

from django.db.models import F

from catalogue.labels import Labels
from catalogue.statement import Row
from programs import annex, reading
from programs.models import ProjectRevision

TABLE_VIEW = "table"
SORTABLE = {"title": "title", "countries": "country", "start": "start"}  # field of the heading: order of the list
DESCENDING = ("start",)
HEADING = ("title", "type", "countries", "start", "end")


@dataclass
class TableRow:
    """One record: its row of the list, the answers of its heading, its themes, and the ten columns."""

    row: Row
    heading: dict[str, reading.Answer]
    themes: list
    columns: list[reading.ColumnAnswers]


@dataclass(frozen=True)
class Head:
    """The head of a column: its words, the order it asks for, and which way the list runs if that order is in force."""

    key: str
    label: str
    sort: str = ""
    running: str = ""


def rows_of(rows: list[Row], labels: Labels) -> list[TableRow]:
    """The published texts behind the rows of a page, in one query."""
    ids = [int(row.permanent_id.partition("-")[2]) for row in rows]
    found = ProjectRevision.objects.filter(project__in=ids, project__published_id=F("pk"))
    texts = {text.project_id: text for text in found.select_related("institution")}
    return [_row(row, texts[pk], labels) for row, pk in zip(rows, ids, strict=True) if pk in texts]


def _row(row: Row, text: ProjectRevision, labels: Labels) -> TableRow:
    heading, *columns = reading.read(text, labels, (annex.HEADING, *annex.TABLE))
    themes = [labels.theme[code] for code in text.themes if code in labels.theme]
    return TableRow(row, {answer.question.key: answer for answer in heading.answers}, themes, columns)


def heads(sort: str) -> list[Head]:
    """The heads of the heading columns that sort or could."""
    return [_head(key, SORTABLE.get(key, ""), sort) for key in HEADING]


def _head(key: str, own: str, sort: str) -> Head:
    way = "descending" if key in DESCENDING else "ascending"
    return Head(key, annex.FIELDS[key].name, own, way if own and own == sort else "")
