"""The API as a whole: its front page, and its OpenAPI document."""

from copy import deepcopy
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema

from catalogue import labels
from catalogue.api import OPEN_LISTS
from core.api import ApiView, absolute
from core.api_schema import COMMON, answers
from core.jsonschema import ADDRESS, listed, record, text


class Index(ApiView):
    """What there is."""

    page_template = "api/index.html"

    @extend_schema(
        operation_id="index",
        summary="What there is.",
        parameters=COMMON,
        responses=answers(
            record(
                name=text(),
                version=text(),
                documentation=ADDRESS,
                terms=ADDRESS,
                addresses=listed(record(name=text(), address=ADDRESS, about=text(), example=ADDRESS)),
            )
        ),
        tags=["about"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, **kwargs) -> dict:
        return {
            "name": "INLA",
            "version": "1",
            "documentation": absolute(reverse("api:schema")),
            "terms": absolute(reverse("home:terms")),
            "addresses": [
                {"name": name, "address": address, "about": about, "example": address + example}
                for name, (about, example) in _told().items()
                for address in [absolute(reverse(f"api:{name}"))]
            ],
        }


def _told() -> dict[str, tuple[str, str]]:
    """{address: (what it is, an example of a query)}"""
    return {
        "projects": (_("Records of the Table: policies, programmes and projects."), "?country=CL&type=PRG"),
        "programmes": (_("The Portfolio: programmes that ministries describe for the others."), "?country=BR&lang=pt"),
        "expert_list": (_("Experts of the network, as far as each person shows themselves."), "?theme=LAB-6&speaks=es"),
        "literature": (_("The library: literature on labour administration."), "?theme=LAB-6"),
        "answer_list": (_("Kept questions with their answers, without names."), "?theme=LAB-6"),
        "meeting_list": (_("Meetings of the public calendar, past and to come."), "?theme=LAB-6&lang=es"),
        "topic_list": (_("Topics of the public forums, with their posts."), "?lang=es"),
        "room_list": (_("Live rooms of the public forums, with their hours."), "?state=announced"),
        "records": (_("Everything at once: whatever has a permanent number."), "?q=inspection"),
        "taxonomy": (_("Areas, themes, categories, types and other codes."), "?lang=es"),
        "countries": (_("The countries of the network."), "?lang=fr"),
        "institutions": (_("Ministries, agencies and organisations."), "?country=CL"),
        "schema": (_("This API described for machines (OpenAPI)."), ""),
    }


class Schema(ApiView):
    """The OpenAPI document."""

    schema = None

    def answer(self, request, **kwargs) -> dict:
        document = deepcopy(_document())
        known = labels.read()
        for path in document["paths"].values():
            for parameter in path["get"].get("parameters", []):
                _fill(parameter["schema"], known)
        document["servers"] = [{"url": absolute("")}]
        return document


@cache
def _document() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def _fill(schema: dict, known: labels.Labels) -> None:
    """The values of a parameter, as the tables hold them now."""
    inner = schema.get("items", schema)
    if name := inner.pop(OPEN_LISTS, ""):
        inner["enum"] = list(known.numbers(name))
