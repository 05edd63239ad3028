"""The lists that records are filed under: areas, themes, categories, types, groups and other codes, in four languages."""

from collections.abc import Callable

from django.http import Http404
from drf_spectacular.utils import extend_schema

from core.api import ApiView, languages
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import listed, record, text
from core.languages import current, speaking
from core.models import FourLabels
from taxonomy.choices import Coverage, FundingSource, Population, PopulationSize, Subregion
from taxonomy.models import Area, ProgramCategory, ProjectType, Theme


def labels_of(row: FourLabels) -> dict:
    """Code and names of a row, its name in the reader's language first."""
    return {
        "code": row.pk,
        "label": row.label,
        "labels": {language: getattr(row, f"label_{language}") for language in languages()},
    }


def choices_of(choices) -> list[dict]:
    """Code and names of fixed choices."""
    spoken = {}
    for language in languages():
        with speaking(language):
            spoken[language] = [str(label) for label in choices.labels]
    rows = zip(choices.values, *spoken.values(), strict=True)
    found = ((code, dict(zip(spoken, names, strict=True))) for code, *names in rows)
    return [{"code": code, "label": labels[current()], "labels": labels} for code, labels in found]


def _areas() -> list[dict]:
    return [labels_of(area) for area in Area.objects.all()]


def _themes() -> list[dict]:
    return [
        {
            **labels_of(theme),
            "area": theme.area_id,
            "explanation": theme.in_language("explanation"),
            "dac": theme.dac,
            "dac_also": theme.dac_also,
            "sdg_targets": theme.sdg_targets,
        }
        for theme in Theme.objects.all()
    ]


def _categories() -> list[dict]:
    rows = ProgramCategory.objects.prefetch_related("themes")
    return [{**labels_of(row), "themes": [theme.pk for theme in row.themes.all()]} for row in rows]


def _types() -> list[dict]:
    return [{**labels_of(row), "development_cooperation": row.is_cooperation} for row in ProjectType.objects.all()]


LISTS: dict[str, Callable[[], list[dict]]] = {
    "areas": _areas,
    "themes": _themes,
    "categories": _categories,
    "types": _types,
    "subregions": lambda: choices_of(Subregion),
    "populations": lambda: choices_of(Population),
    "population-sizes": lambda: choices_of(PopulationSize),
    "coverages": lambda: choices_of(Coverage),
    "funding-sources": lambda: choices_of(FundingSource),
}
LABELS = record(en=text(), es=text(), pt=text(), fr=text())
ITEM = {
    "type": "object",
    "properties": {"code": text(), "label": text(), "labels": LABELS},
    "required": ["code", "label", "labels"],
}


class Taxonomy(ApiView):
    """Every list."""

    @extend_schema(
        operation_id="taxonomy",
        summary="Every list of codes, with names in four languages.",
        parameters=COMMON,
        responses=answers(record(**{name: listed(ITEM) for name in LISTS})),
        tags=["lists"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, **kwargs) -> dict:
        return {name: make() for name, make in LISTS.items()}


class List(ApiView):
    """One list."""

    @extend_schema(
        operation_id="list",
        summary="One list of codes.",
        parameters=[parameter("name", text(enum=list(LISTS)), "Which list.", where="path"), *COMMON],
        responses=answers(record(name=text(), results=listed(ITEM)), 404),
        tags=["lists"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, name: str, **kwargs) -> dict:
        if name not in LISTS:
            raise Http404
        return {"name": name, "results": LISTS[name]()}
