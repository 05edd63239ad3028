"""Countries and institutions of the network in the API."""

from django import forms
from django.core.validators import RegexValidator
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema

from core.api import ApiView, absolute
from core.api_pages import PAGE, PagedList, PageForm, pages_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, INTEGER, listed, nullable, record, text
from core.languages import current
from network.choices import InstitutionKind
from network.models import Country, Institution
from taxonomy.api import LABELS, labels_of

LARGEST_ID = 2**63 - 1

COUNTRY = {
    "code": text(),
    "label": text(),
    "labels": LABELS,
    "subregion": text(),
    "languages": listed(),
    "record": ADDRESS,
}
PARTICIPATION = record(kind=text(), from_date=text(), to_date=text(), note=text(), source=text())
INSTITUTION = record(
    id=INTEGER, name=text(), name_en=text(), short_name=text(), kind=text(), kind_name=text(), country=nullable(text()),
    website=text(), demonstration=BOOLEAN, record=ADDRESS,
)  # fmt: skip


def _country(country: Country) -> dict:
    return {
        **labels_of(country),
        "subregion": country.subregion,
        "languages": country.languages,
        "record": absolute(reverse("api:country", args=[country.pk])),
    }


class Countries(ApiView):
    """The 35 countries of the network."""

    @extend_schema(
        operation_id="countries",
        summary="The countries of the network.",
        parameters=COMMON,
        responses=answers(record(count=INTEGER, results=listed(record(**COUNTRY)))),
        tags=["network"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, **kwargs) -> dict:
        found = [_country(country) for country in Country.objects.all()]
        return {"count": len(found), "results": found}


class CountryDetail(ApiView):
    """One country, with the dated facts on its participation."""

    @extend_schema(
        operation_id="country",
        summary="One country.",
        parameters=[parameter("iso2", text(pattern="^[A-Z]{2}$"), "ISO 3166-1 alpha-2.", where="path"), *COMMON],
        responses=answers(record(**COUNTRY, participations=listed(PARTICIPATION)), 404),
        tags=["network"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, iso2: str, **kwargs) -> dict:
        country = Country.objects.filter(pk=iso2).first()
        if country is None:
            raise Http404
        facts = [
            {
                "kind": fact.kind, "from_date": fact.from_date, "to_date": fact.to_date,
                "note": getattr(fact, f"note_{current()}"), "source": fact.source,
            }
            for fact in country.participations.all()
        ]  # fmt: skip
        return {**_country(country), "participations": facts}


class InstitutionForm(PageForm):
    """Filters of the list of institutions."""

    country = forms.CharField(
        required=False,
        validators=[RegexValidator("^[A-Z]{2}$", gettext_lazy("Write the two capital letters of a country."))],
    )
    kind = forms.ChoiceField(
        required=False,
        choices=InstitutionKind.choices,
        error_messages={"invalid_choice": gettext_lazy("There is no such kind of institution.")},
    )


def _institution(institution: Institution) -> dict:
    return {
        "id": institution.pk,
        "name": institution.name,
        "name_en": institution.name_en,
        "short_name": institution.short_name,
        "kind": institution.kind,
        "kind_name": str(institution.get_kind_display()),
        "country": institution.country_id,
        "website": institution.website,
        "demonstration": institution.is_demo,
        "record": absolute(reverse("api:institution", args=[institution.pk])),
    }


class Institutions(PagedList):
    """Ministries, agencies and organisations."""

    form = InstitutionForm
    row = staticmethod(_institution)

    @extend_schema(
        operation_id="institutions",
        summary="Institutions, by name.",
        parameters=[
            parameter("country", text(pattern="^[A-Z]{2}$"), "ISO 3166-1 alpha-2."),
            parameter("kind", text(enum=InstitutionKind.values), "What it is."),
            PAGE,
            *COMMON,
        ],
        responses=answers(pages_of(INSTITUTION)),
        tags=["network"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def find(self, asked: dict):
        return Institution.objects.open().filter(**asked).order_by("name", "pk")


class InstitutionDetail(ApiView):
    """One institution."""

    @extend_schema(
        operation_id="institution",
        summary="One institution.",
        parameters=[parameter("pk", {"type": "integer", "minimum": 1}, "Its number.", where="path"), *COMMON],
        responses=answers(INSTITUTION, 404),
        tags=["network"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, pk: int, **kwargs) -> dict:
        found = Institution.objects.open().filter(pk=pk).first() if pk <= LARGEST_ID else None
        if found is None:
            raise Http404
        return _institution(found)
