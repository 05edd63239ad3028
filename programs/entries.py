"""What of a record of the Table the catalogue shows and searches: its published revision."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from core.dates import iso
from programs import comparing
from programs.choices import Region
from programs.models import Project
from taxonomy.choices import size_of

KEY = "programs"
MAIN_TEXTS = ("description", "objectives", "salient_features")
TEXTS = (
    "background", "placement", "implementation_strategy", "decentralisation", "public_institutions", "civil_organisations",
    "user_services", "population_served", "human_resources", "financial_resources", "non_financial_resources", "counterpart",
    "in_kind", "services", "results", "accomplishments", "products", "impact", "social_valuation", "lessons_learned",
    "why_positive", "weaknesses", "improvements", "usefulness", "information_source",
)  # fmt: skip
PART_TEXTS = {"budget": ("source",), "evaluations": ("by", "findings"), "partners": ("name",)}


class ProjectEntries(EntryKind):
    """Records of the Table."""

    key, prefix, number = KEY, "T", 2
    label = _("Records of the Table")
    one = _("Record of the Table")
    catalogue = _("The Table")
    about = _("What the labour administrations of the Americas do, in the structure of Annex I.")
    url_name = "programs:record"
    list_name = "programs:list"
    own_facets = ("type", "funding", "size")
    regions = dict(Region.choices)
    retired = _("This record was retired by the custodian of the Table on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = Project.objects.public().filter(pk__in=list(ids))
        return [entry_of(project) for project in found.select_related("published__institution").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def comparable(self, ids, labels):
        return comparing.comparable(ids, labels)

    def ids(self) -> Iterator[int]:
        return Project.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(project: Project) -> EntryData:
    """The entry of a public record, which comes with `published` and its institution."""
    text = project.published
    linked = text.institution
    name = linked.name if linked else text.institution_text
    return EntryData(
        object_id=project.pk,
        slug=project.slug,
        title=text.title,
        also_known_as=text.title_original,
        summary=summary(text.description),
        language=text.language,
        institution_id=linked.pk if linked else None,
        institution_name=name,
        institution_names=(name, *filter(None, (linked.name_en, linked.short_name) if linked else ())),
        is_demo=project.is_demo,
        countries=tuple(text.countries),
        themes=tuple(text.themes),
        populations=tuple(text.populations),
        type=text.type_id,
        funding=tuple(text.funding_sources),
        size=size_of(text.population_number),
        start_year=text.start_year,
        end_year=text.end_year,
        ongoing=text.ongoing,
        begins_on=text.span.first_day,
        ends_on=text.span.last_day,
        starts=iso(text.span.start),
        ends=iso(text.span.end),
        region=text.region,
        evaluated=is_evaluated(text),
        published_at=project.first_published_at or project.published_at,
        updated_at=_fresh(project),
        confirmed_on=None if project.is_carried else project.confirmed_on,
        main_texts=tuple(getattr(text, column) for column in MAIN_TEXTS),
        texts=(*(getattr(text, column) for column in TEXTS), *_part_texts(text)),
    )


def is_evaluated(text) -> bool:
    """The results list an evaluation with its kind."""
    return any(row.get("kind") for row in text.evaluations)


def _fresh(project) -> datetime:
    """When it was last published or confirmed."""
    if project.confirmed_on is None:
        return project.published_at
    confirmed = datetime.combine(project.confirmed_on, time())
    return max(project.published_at, timezone.make_aware(confirmed, timezone.get_default_timezone()))


def _part_texts(text) -> list[str]:
    return [
        str(row[key])
        for part, keys in PART_TEXTS.items()
        for row in getattr(text, part)
        for key in keys
        if row.get(key)
    ]
