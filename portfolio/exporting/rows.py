"""What a download holds of each programme: columns, who may have them, and the rows, read in batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from catalogue.exporting.columns import Book, Column, day
from catalogue.labels import Labels
from core.jsonschema import ADDRESS, BOOLEAN, DAY, listed, nullable, of_field, of_line, record, text
from files.models import ScanState
from portfolio.entries import is_evaluated
from portfolio.models import Attachment, ConsolidatedProgram, Submission
from portfolio.parts import PARTS, lines


@dataclass(frozen=True)
class Item:
    """One programme with its published form and public files."""

    program: ConsolidatedProgram
    files: list[Attachment]
    labels: Labels

    @property
    def form(self):
        return self.program.published


def _form(name: str) -> Column:
    return Column(name, lambda item: getattr(item.form, name), schema=of_field(Submission._meta.get_field(name)))


def _program(name: str, *, members: bool = False) -> Column:
    schema = of_field(ConsolidatedProgram._meta.get_field(name))
    return Column(name, lambda item: getattr(item.program, name), members, schema=schema)


def _names(key: str, param: str, codes: Callable[[Item], list]) -> Column:
    return Column(key, lambda item: [item.labels.name(param, code) for code in codes(item)], schema=listed())


def _lines(name: str) -> Column:
    return Column(
        name,
        lambda item: [row.to_row() for row in lines(item.form, name) if not row.is_empty()],
        schema=listed(of_line(PARTS[name])),
    )


def _address(item: Item) -> str:
    return settings.SITE_URL + reverse("permanent", args=[item.program.permanent_id])


def _files(item: Item) -> list[dict]:
    return [
        {
            "title": file.title or file.name, "kind": file.kind, "shows": file.shows,
            "url": settings.SITE_URL + reverse("portfolio:published_file", args=[file.pk]),
        }
        for file in item.files
    ]  # fmt: skip


COLUMNS = (
    Column("permanent_id", lambda item: item.program.permanent_id),
    Column("address", _address, schema=ADDRESS),
    _form("title"), _form("also_known_as"), _form("language"),
    Column("country", lambda item: item.program.country_id, schema=nullable(text())),
    _names("country_name", "country", lambda item: [item.program.country_id] if item.program.country_id else []),
    Column("institution", lambda item: item.program.institution.name),
    _form("website"), Column("postal_address", lambda item: item.form.address),
    _program("contact_position"),
    _program("contact_name", members=True), _program("contact_email", members=True),
    _program("contact_telephone", members=True), _program("contact_fax", members=True),
    _program("categories"), _names("category_names", "category", lambda item: item.program.categories),
    _program("themes"), _names("theme_names", "theme", lambda item: item.program.themes),
    _form("needs_addressed"), _form("description"), _form("objectives"),
    _form("start_year"), _form("start_month"), _form("end_year"), _form("end_month"), _form("ongoing"), _form("time_span"),
    _form("coverage"), _form("coverage_text"),
    _program("populations"), _form("population_text"), _form("population_number"),
    _lines("actors"), _form("actors_text"),
    _lines("funding"), _form("funding_text"), _form("non_monetary_support"), _form("other_sustainability"),
    _form("achievements"), _form("lessons_learned"), _form("aspects_to_improve"),
    _lines("evaluations"), _form("evaluations_text"), Column("evaluated", lambda item: is_evaluated(item.form), schema=BOOLEAN),
    _lines("documents"), Column("files", _files, schema=listed(record(title=text(), kind=text(), shows=text(), url=ADDRESS))),
    Column("offered", lambda item: item.program.is_offered, schema=BOOLEAN),
    Column("sharing_text", lambda item: item.form.sharing_text if item.program.is_offered else ""),
    _program("source"),
    Column("first_published_on", lambda item: day(item.program.first_published_at), schema=nullable(DAY)),
    Column("published_on", lambda item: day(item.program.published_at), schema=nullable(DAY)),
    Column("confirmed_on", lambda item: None if item.program.is_carried else item.program.confirmed_on, schema=nullable(DAY)),
)  # fmt: skip
PUBLIC = [column for column in COLUMNS if not column.members]  # what everybody may have


def book(labels: Labels, *, for_member: bool) -> Book:
    """The Portfolio as a download, with the columns that the reader may have."""
    columns = list(COLUMNS) if for_member else PUBLIC
    return Book("portfolio", "programmes", "INLA portfolio", columns, lambda ids: items(ids, labels))


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these programmes that are public, in the order asked for."""
    found = ConsolidatedProgram.objects.public().select_related("published", "institution").in_bulk(ids)
    forms = [program.published_id for program in found.values()]
    files: dict[int, list[Attachment]] = {}
    public = Attachment.objects.filter(submission__in=forms, may_publish=True, file__removed_at__isnull=True)
    for file in public.filter(file__scan_state=ScanState.CLEAN):
        files.setdefault(file.submission_id, []).append(file)
    for pk in ids:
        if program := found.get(pk):
            yield Item(program, files.get(program.published_id, []), labels)
