"""What of a programme the catalogue shows and searches: its published form and the codes completed at approval."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from core.dates import Span
from portfolio import comparing
from portfolio.models import ConsolidatedProgram

KEY = "portfolio"
MAIN_TEXTS = ("needs_addressed", "description", "objectives")
TEXTS = (
    "time_span", "coverage_text", "population_text", "actors_text", "funding_text", "non_monetary_support",
    "other_sustainability", "achievements", "lessons_learned", "aspects_to_improve", "evaluations_text",
)  # fmt: skip
PART_TEXTS = {
    "actors": ("name",),
    "funding": ("source",),
    "evaluations": ("by", "findings"),
    "documents": ("title", "citation"),
}


class ProgramEntries(EntryKind):
    """Programmes of the Portfolio."""

    key, prefix, number = KEY, "P", 1
    label = _("Consolidated programmes")
    one = _("Consolidated programme")
    catalogue = _("Portfolio")
    about = _("Programmes that ministries of labour have tried and describe for the others.")
    url_name = "portfolio:record"
    list_name = "portfolio:list"
    own_facets = ("category", "coverage", "offered")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = ConsolidatedProgram.objects.public().filter(pk__in=list(ids))
        return [entry_of(program) for program in found.select_related("published", "institution").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def comparable(self, ids, labels):
        return comparing.comparable(ids, labels)

    def ids(self) -> Iterator[int]:
        return ConsolidatedProgram.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(program: ConsolidatedProgram) -> EntryData:
    """The entry of a public programme, which comes with `published` and `institution`."""
    form, institution = program.published, program.institution
    span = Span((form.start_year, form.start_month, None), (form.end_year, form.end_month, None), form.ongoing)
    return EntryData(
        object_id=program.pk,
        slug=program.slug,
        title=form.title,
        also_known_as=form.also_known_as,
        summary=summary(form.description or form.objectives or form.needs_addressed),
        language=form.language,
        institution_id=institution.pk,
        institution_name=institution.name,
        institution_names=tuple(filter(None, (institution.name, institution.name_en, institution.short_name))),
        is_demo=program.is_demo,
        countries=(program.country_id,) if program.country_id else (),
        themes=tuple(program.themes),
        categories=tuple(program.categories),
        populations=tuple(program.populations),
        coverage=tuple(form.coverage),
        start_year=form.start_year,
        end_year=form.end_year,
        ongoing=form.ongoing,
        begins_on=span.first_day,
        ends_on=span.last_day,
        evaluated=is_evaluated(form),
        offered=program.is_offered,
        published_at=program.first_published_at or program.published_at,
        updated_at=_fresh(program),
        confirmed_on=None if program.is_carried else program.confirmed_on,
        main_texts=tuple(getattr(form, name) for name in MAIN_TEXTS),
        texts=(
            *(getattr(form, name) for name in TEXTS),
            *_part_texts(form),
            form.sharing_text if program.is_offered else "",
        ),
    )


def is_evaluated(form) -> bool:
    """V.d lists an evaluation with its kind."""
    return any(row.get("kind") for row in form.evaluations)


def _fresh(program) -> datetime:
    """When it was last published or confirmed."""
    if program.confirmed_on is None:
        return program.published_at
    confirmed = datetime.combine(program.confirmed_on, time())
    return max(program.published_at, timezone.make_aware(confirmed, timezone.get_default_timezone()))


def _part_texts(form) -> list[str]:
    return [
        str(row[key])
        for part, keys in PART_TEXTS.items()
        for row in getattr(form, part)
        for key in keys
        if row.get(key)
    ]
