"""Countries and institutions of the network in the API."""

from django import forms
from django.core.validators import RegexValidator
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema

from core.api import ApiView, BadRequest, absolute, without_value
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, INTEGER, listed, nullable, record, text
from core.languages import current
from network.choices import InstitutionKind
from network.models import Country, Institution
from taxonomy.api import LABELS, labels_of

PAGE_SIZE = 100
LAST_PAGE = 400
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


class InstitutionForm(forms.Form):
    """Bounds of what may be asked of the list of institutions."""

    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        error_messages={
            name: gettext_lazy("Pages are numbered from 1 to 400.") for name in ("invalid", "min_value", "max_value")
        },
    )
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


class Institutions(ApiView):
    """Ministries, agencies and organisations."""

    @extend_schema(
        operation_id="institutions",
        summary="Institutions, by name.",
        parameters=[
            parameter("country", text(pattern="^[A-Z]{2}$"), "ISO 3166-1 alpha-2."),
            parameter("kind", text(enum=InstitutionKind.values), "What it is."),
            parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Number of the page, of 100."),
            *COMMON,
        ],
        responses=answers(
            record(count=INTEGER, next=nullable(ADDRESS), previous=nullable(ADDRESS), results=listed(INSTITUTION))
        ),
        tags=["network"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, **kwargs) -> dict:
        form = InstitutionForm(request.query_params)
        errors = {name: list(said) for name, said in form.errors.items()} | without_value(request, form.fields)
        if errors:
            raise BadRequest(errors)
        asked = {name: form.cleaned_data[name] for name in ("country", "kind") if form.cleaned_data[name]}
        found = Institution.objects.open().filter(**asked).order_by("name", "pk")
        page, count = form.cleaned_data["page"] or 1, found.count()
        first = (page - 1) * PAGE_SIZE
        return {
            "count": count,
            "next": self._link(request, page + 1) if first + PAGE_SIZE < count and page < LAST_PAGE else None,
            "previous": self._link(request, page - 1) if page > 1 else None,
            "results": [_institution(one) for one in found[first : first + PAGE_SIZE]],
        }

    @staticmethod
    def _link(request, page: int) -> str:
        kept = [(name, value) for name, value in request.query_params.items() if name != "page"]
        return absolute(f"{request.path}?{urlencode([*kept, ('page', page)])}")


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
