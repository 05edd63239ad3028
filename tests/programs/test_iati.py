"""The IATI export: which records, which elements, in which order; valid where the schema is at hand."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from programs.exporting.activity import shares
from taxonomy.models import ProjectType, Theme
from tests import factories
from tests.programs import iati_schema

pytestmark = pytest.mark.django_db
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORDER = [
    "iati-identifier", "reporting-org", "title", "description", "participating-org", "other-identifier", "activity-status",
    "activity-date", "recipient-country", "recipient-region", "sector", "tag", "policy-marker", "collaboration-type", "budget",
    "transaction", "document-link", "result",
]  # fmt: skip
WHOLE = {
    "type_id": "TCP", "language": "es", "title": "Inspección <& eficaz>", "countries": ["CL", "PE", "EC"], "start_year": 2019,
    "start_month": 3, "start_day": 15, "end_year": 2021, "ongoing": False, "theme_id": "LAB-1",
    "further_themes": ["EMP-4", "LAB-3"], "description": "Qué se hace.\x0b", "objectives": "Para qué.",
    "population_served": "Para quién.", "implementation_strategy": "Cómo.", "institution_text": "Ministerio de Trabajo",
    "website": "https://demo.example/a?b=1&c=2", "information_source": "https://demo.example/otro",
    "cooperation_type": "TRI", "gender_marker": 1, "disability_marker": 0, "tripartism_marker": 2,
    "products": "Un manual.", "accomplishments": "Se usó.", "impact": "Menos accidentes.",
    "partners": [
        {"name": "Agencia Uno", "role": "funding", "country": "CA"}, {"name": "Agencia Dos", "role": "extending", "country": ""},
        {"name": "Sindicato -- nacional -", "role": "", "country": ""},
    ],
    "budget": [
        {"source": "Agencia Uno", "budgeted": "1200000.50", "executed": "900000", "currency": "USD", "year": 2020},
        {"source": "Estado", "budgeted": None, "executed": "5", "currency": "USD", "year": 2020},
        {"source": "Sin año", "budgeted": "77", "executed": None, "currency": "USD", "year": None},
    ],
}  # fmt: skip


def make(**values):
    return factories.project(source="https://demo.example", **values)


def download(client, query: str = "", language: str = "en"):
    response = client.get(f"/{language}/programs/export.xml{query}")
    assert response.status_code == 200 and response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(b"".join(response.streaming_content))


def one(client, **values):
    make(**values)
    (activity,) = download(client).findall("iati-activity")
    return activity


def attributes(activity, path: str) -> list[dict]:
    return [dict(found.attrib) for found in activity.findall(path)]


def comments(root) -> list[str]:
    return [node.text.strip() for node in root.iter(etree.Comment)]


def test_elements_stand_in_the_order_of_the_standard_with_what_the_record_says(client):
    activity = one(client, **WHOLE)
    names = [child.tag for child in activity if isinstance(child.tag, str)]
    assert list(dict.fromkeys(names)) == [name for name in ORDER if name != "recipient-region"]
    assert names == sorted(names, key=ORDER.index)
    assert activity.get(LANG) == "es" and activity.get("default-currency") == "USD"
    assert activity.findtext("title/narrative") == "Inspección <& eficaz>"
    texts = [(found.get("type"), found.findtext("narrative")) for found in activity.findall("description")]
    assert texts == [("1", "Qué se hace."), ("2", "Para qué."), ("3", "Para quién."), ("4", "Cómo.")]
    roles = [(found.get("role"), found.findtext("narrative")) for found in activity.findall("participating-org")]
    assert roles == [("4", "Ministerio de Trabajo"), ("1", "Agencia Uno"), ("3", "Agencia Dos")]
    assert attributes(activity, "collaboration-type") == [{"code": "8"}]
    assert attributes(activity, "policy-marker") == [
        {"vocabulary": "1", "code": "1", "significance": "1"}, {"vocabulary": "1", "code": "11", "significance": "0"},
    ]  # fmt: skip
    links = activity.findall("document-link")
    assert [(link.get("url"), link.find("category").get("code")) for link in links] == [
        ("https://demo.example/a?b=1&c=2", "A12"), ("https://demo.example/otro", "A12"),
    ]  # fmt: skip
    results = [(found.get("type"), found.findtext("description/narrative")) for found in activity.findall("result")]
    assert results == [("1", "Un manual."), ("2", "Se usó."), ("3", "Menos accidentes.")]


def test_identifiers_and_who_reports(client, settings):
    project = make(**WHOLE)
    root = download(client)
    activity = root.find("iati-activity")
    assert root.get("version") == "2.03" and "preview, not a publication of the OAS" in comments(root)
    assert activity.findtext("iati-identifier") == f"XM-DAC-47079-INLA-{project.permanent_id}"
    assert {"ref": "XM-DAC-47079", "type": "40"}.items() <= attributes(activity, "reporting-org")[0].items()
    assert attributes(activity, "other-identifier") == [{"ref": project.permanent_id, "type": "A1"}]
    settings.IATI_REPORTING_ORG, settings.IATI_REPORTING_ORG_NAME = "XM-DAC-41302", "ILO"
    root = download(client)
    assert root.findtext("iati-activity/iati-identifier").startswith("XM-DAC-41302-INLA-T-")
    assert not any("preview" in said for said in comments(root))


def test_only_development_cooperation_is_there(client):
    for type_ in ProjectType.objects.all():
        make(title=type_.code, type_id=type_.code)
    assert {title.text for title in download(client).findall("iati-activity/title/narrative")} == {"TCP", "TAP"}
    assert len(download(client, "?type=TAP").findall("iati-activity")) == 1
    nothing = download(client, "?type=POL")
    assert not nothing.findall("iati-activity") and "there is no activity" in comments(nothing)[-1]
    assert client.get("/en/programs/export.xml?type=ZZZ").status_code == 400


def test_percentages_make_a_hundred_in_each_vocabulary(client):
    activity = one(client, **WHOLE)
    countries = {found["code"]: Decimal(found["percentage"]) for found in attributes(activity, "recipient-country")}
    assert countries == {"CL": Decimal("33.34"), "PE": Decimal("33.33"), "EC": Decimal("33.33")}
    sectors = attributes(activity, "sector")
    dac = {found["code"]: found["percentage"] for found in sectors if found["vocabulary"] == "1"}
    assert dac == {"16070": "66.67", "16020": "33.33"}
    own = [found for found in sectors if found["vocabulary"] == "99"]
    assert [found["code"] for found in own] == ["LAB-1", "EMP-4", "LAB-3"]
    assert sum(Decimal(found["percentage"]) for found in own) == 100
    assert own[0]["vocabulary-uri"].endswith("/api/v1/taxonomy/themes/")
    assert attributes(activity, "tag") == [{"vocabulary": "3", "code": code} for code in ("8.8", "8.5", "8.6")]


@hypothesis_settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 9), min_size=1, max_size=35))
def test_shares_always_make_a_hundred(weights):
    found = [Decimal(share) for share in shares(weights).values()]
    assert sum(found) == 100 and min(found) > 0


def test_targets_that_the_record_names_come_before_those_of_its_themes(client):
    assert attributes(one(client, **{**WHOLE, "sdg_targets": ["8.10", "16.6"]}), "tag") == [
        {"vocabulary": "3", "code": "8.10"}, {"vocabulary": "3", "code": "16.6"},
    ]  # fmt: skip


def test_a_region_stands_where_no_country_does(client):
    for region, code in (("CAM", "1032"), ("CAR", "1031"), ("SAM", "489"), ("AME", "498"), ("NAM", "NAM")):
        make(type_id="TCP", title=region, countries=[], region=region)
        activity = next(a for a in download(client).findall("iati-activity") if a.findtext("title/narrative") == region)
        (found,) = attributes(activity, "recipient-region")
        assert (found["code"], found["percentage"]) == (code, "100")
        assert found["vocabulary"] == ("99" if region == "NAM" else "1") and not activity.findall("recipient-country")


@pytest.mark.parametrize(
    ("dates", "status", "expected"),
    [
        ({"start_year": 2019, "start_month": 3, "start_day": 15, "end_year": 2021}, "4",
         [("2", "2019-03-15", None), ("4", "2021-12-31", "Exact to the year")]),
        ({"start_year": 2019, "start_month": 2, "end_year": 2999, "end_month": 2}, "2",
         [("2", "2019-02-01", "Exact to the month"), ("3", "2999-02-28", "Exact to the month")]),
        ({"start_year": 2999}, "1", [("1", "2999-01-01", "Exact to the year")]),
        ({"start_year": 2020, "ongoing": True}, "2", [("2", "2020-01-01", "Exact to the year")]),
        ({"start_year": 2020}, "2", [("2", "2020-01-01", "Exact to the year")]),
        ({"start_year": None, "end_year": 2010, "end_month": 6, "end_day": 30}, "4", [("4", "2010-06-30", None)]),
    ],
)  # fmt: skip
def test_dates_say_how_exact_they_are(client, dates, status, expected):
    activity = one(client, type_id="TAP", **{"ongoing": False, **dates})
    assert attributes(activity, "activity-status") == [{"code": status}]
    found = activity.findall("activity-date")
    assert [(one.get("type"), one.get("iso-date"), one.findtext("narrative")) for one in found] == expected
    unknown = "begun; whether it goes on is not known" in comments(activity)
    assert unknown is (dates == {"start_year": 2020})


def test_a_record_without_any_date_is_left_out_and_named(client):
    project = make(type_id="TCP", start_year=None, ongoing=True)
    root = download(client)
    assert not root.findall("iati-activity")
    assert f"{project.permanent_id} is left out: no date of it is known" in comments(root)


def test_amounts_say_their_year_and_currency_or_are_named_as_left_out(client):
    activity = one(client, **WHOLE)
    (budget,) = activity.findall("budget")
    assert budget.get("type") == "1" and budget.findtext("value") == "1200000.50"
    assert (budget.find("period-start").get("iso-date"), budget.find("period-end").get("iso-date")) == (
        "2020-01-01", "2020-12-31",
    )  # fmt: skip
    assert dict(budget.find("value").attrib) == {"currency": "USD", "value-date": "2020-01-01"}
    spent = activity.findall("transaction")
    assert [(one.find("transaction-type").get("code"), one.findtext("value")) for one in spent] == [
        ("3", "900000"), ("4", "5"),
    ]  # fmt: skip
    assert [one.findtext("provider-org/narrative") for one in spent] == ["Agencia Uno", "Estado"]
    assert spent[0].find("transaction-date").get("iso-date") == "2020-12-31"
    told = comments(activity)
    assert "an amount is left out: 77 USD, its year or currency is not known" in told
    assert "participating-org left out, its role is not stated: Sindicato - - nacional" in told


def test_no_amount_was_spent_in_the_future(client):
    year = datetime.date.today().year
    lines = [
        {"source": "", "budgeted": "1", "executed": str(amount), "currency": currency, "year": year + later}
        for amount, currency, later in ((10, "USD", 0), (20, "CLP", 1))
    ]
    activity = one(client, type_id="TCP", budget=lines)
    (spent,) = activity.findall("transaction")
    assert spent.find("transaction-date").get("iso-date") <= datetime.datetime.now(datetime.UTC).date().isoformat()
    assert "default-currency" not in activity.attrib and len(activity.findall("budget")) == 2


def test_words_of_the_portal_say_their_language(client):
    make(**WHOLE)
    activity = download(client, language="fr").find("iati-activity")
    narrative = activity.find("sector[@vocabulary='99']/narrative")
    assert narrative.get(LANG) == "fr" and activity.find("title/narrative").get(LANG) is None


def test_the_organisation_of_a_ministry_is_government(client, ministry_cl):
    activity = one(client, type_id="TCP", institution_id=ministry_cl.pk)
    (found,) = attributes(activity, "participating-org")
    assert found == {"role": "4", "type": "10"}


def test_the_document_is_valid(client, ministry_cl):
    schema = iati_schema.schema()
    make(**WHOLE)
    make(type_id="TAP", title="Barest", countries=[], region="NAM")
    make(type_id="TCP", institution_id=ministry_cl.pk, title="\U0001f600 ]]> --> &amp;", end_year=2020)
    make(type_id="TCP", title="Undated", start_year=None)
    for language in ("en", "es", "pt", "fr"):
        root = download(client, language=language)
        assert schema.validate(root), schema.error_log
        assert len(root.findall("iati-activity")) == 3


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://x.org/[a]{b}|c^d", "http://x.org/%5Ba%5D%7Bb%7D%7Cc%5Ed"),
        ("https://x.org/%zz?q=100%&r=%C3%A9#%", "https://x.org/%25zz?q=100%25&r=%C3%A9#%25"),
        ("https://x.org/señal\\<1>", "https://x.org/se%C3%B1al%5C%3C1%3E"),
        ("https://ministério.example/á", "https://xn--ministrio-g4a.example/%C3%A1"),
        ("https://demo.example:8080/a;b,(c)?d=1&e=~f#g", "https://demo.example:8080/a;b,(c)?d=1&e=~f#g"),
    ],
)
def test_an_address_is_told_as_a_uri(client, written, url):
    make(**{**WHOLE, "website": written, "information_source": ""})
    root = download(client)
    assert [link.get("url") for link in root.iter("document-link")] == [url]
    schema = iati_schema.schema()
    assert schema.validate(root), schema.error_log


@pytest.mark.parametrize("written", ["http://[x/a", "https://x^y.org", "https://" + "á" * 70 + ".org", "https:///a"])
def test_an_address_that_is_no_uri_is_named_as_left_out(client, written):
    activity = one(client, **{**WHOLE, "website": written, "information_source": ""})
    assert not activity.findall("document-link")
    assert f"document-link left out, its address is no URI: {written}" in comments(activity)


def test_codes_are_those_of_the_standard(client):
    make(**WHOLE)
    activity = download(client).find("iati-activity")
    sectors, targets = iati_schema.codes("Sector"), iati_schema.codes("UNSDG-Targets")
    for theme in Theme.objects.all():
        assert theme.dac in sectors and set(theme.sdg_targets) <= targets, theme
    for path, name in (
        ("activity-date", "ActivityDateType"), ("activity-status", "ActivityStatus"), ("budget", "BudgetType"),
        ("collaboration-type", "CollaborationType"), ("participating-org", "OrganisationRole"),
        ("transaction/transaction-type", "TransactionType"), ("document-link/category", "DocumentCategory"),
    ):  # fmt: skip
        used = {found.get("code") or found.get("role") or found.get("type") for found in activity.findall(path)}
        assert used and used <= iati_schema.codes(name), path
