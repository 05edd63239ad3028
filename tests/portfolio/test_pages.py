"""Pages of the ministry's side: few queries whatever there is, the right words, odd input answered."""

import pytest
from django.urls import reverse

from core import desk
from portfolio import annex, completeness, reading, services
from portfolio.models import TEXT_LIMIT, Submission
from review import services as review
from tests import factories
from tests.portfolio.test_journey import fields_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(ana, agency_cl):
    return factories.draft_submission(ana, agency_cl)


def test_list_and_sections_ask_little(client_of, ana, draft, django_assert_max_num_queries):
    client = client_of(ana)
    pages = [reverse("portfolio:tasklist", args=[draft.pk]), reverse("portfolio:check", args=[draft.pk])]
    pages += [reverse("portfolio:section", args=[draft.pk, part.key]) for part in annex.ALL]
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(14):
            assert client.get(page).status_code == 200, page


def test_three_drafts_cost_as_much_as_one(client_of, ana, agency_cl, draft, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(ana)
    pages = (reverse("portfolio:submissions"), reverse("home:desk"))
    for page in pages:
        client.get(page)
    counted = {}
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(page)
        counted[page] = len(seen)
    for _number in range(2):
        factories.draft_submission(ana, agency_cl)
    for page in pages:
        with django_assert_num_queries(counted[page]):
            client.get(page)


def test_the_desk_says_what_waits_and_for_whom_one_waits(draft, ana, carla, agency_cl):
    sent = services.submit(factories.draft_submission(ana, agency_cl, title="Obra Escuela"), by=ana)
    mine = [item for panel in desk.panels("mine") for item in panel.items(ana)]
    assert [item.title for item in mine] == ["Go on with “Cuidar con Certificado”"]
    waits = [item for panel in desk.panels("others") for item in panel.items(ana)]
    assert [item.title for item in waits] == ["Obra Escuela"]
    asked = [item for panel in desk.panels("mine") for item in panel.items(carla)]
    assert [item.url for item in asked] == [reverse("portfolio:endorse", args=[sent.pk])]


def test_questions_are_answered_on_the_status_page(client_of, victor, ministry_br, bruno):
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    review.draft_question(sent.case, "evaluations", "Which one is the latest?", by=bruno)
    review.ask(sent.case, by=bruno)
    draft, question = Submission.objects.open().get(), sent.case.questions.get()
    client, there = client_of(victor), reverse("portfolio:submission", args=[draft.pk])
    page = client.get(there).content.decode()
    assert "Which one is the latest?" in page
    assert "V.d Internal or external evaluations" in page, "the section is told with the letter"
    section = client.get(reverse("portfolio:section", args=[draft.pk, "V"])).content.decode()
    assert "Which one is the latest?" in section
    client.post(there, {f"answer-{question.pk}": "A de 2024", f"before-{question.pk}": ""})
    question.refresh_from_db()
    assert question.answer == "A de 2024"
    late = client.post(there, {f"answer-{question.pk}": "Outra", f"before-{question.pk}": ""})
    assert late.status_code == 409
    assert "A de 2024" in late.content.decode()
    assert "Bruno" not in client.get(there).content.decode()


def test_the_status_page_tells_the_four_things(client_of, ana, draft):
    services.submit(draft, by=ana)
    page = client_of(ana).get(reverse("portfolio:submission", args=[draft.pk])).content.decode()
    for words in ("State", "Who has it", "Since when", "When you hear", "Ministerio del Trabajo (demostración)"):
        assert words in page


@pytest.mark.parametrize("name", ["start_year", "population_number", "website", "contact_email", "language"])
@pytest.mark.parametrize("value", ["9" * 22, "2026-13-45", "<script>", "\u202e", "-1", "x" * 5000])
def test_odd_values_are_an_error_at_the_field_and_never_a_crash(client_of, ana, draft, name, value):
    section = annex.question_of(name).section
    answer = save(client_of(ana), draft.pk, section, **{name: value})
    assert answer.status_code in (302, 422)
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


def test_odd_seen_marks_change_nothing(client_of, ana, draft):
    data = fields_of(client_of(ana), draft.pk, "III") | {"objectives": "Otros"}
    for seen in ("", "null", "[1]", '{"objectives": 3}', '{"nonsense": "x"}', '{"contact_name": "x"}'):
        answer = client_of(ana).post(reverse("portfolio:section", args=[draft.pk, "III"]), data | {"seen": seen})
        assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.objectives == "Certificar a 6.000 personas."


def test_a_text_of_forty_thousand_characters_fits_and_a_longer_one_is_shown_again(client_of, ana, draft):
    whole = "a" * TEXT_LIMIT
    assert save(client_of(ana), draft.pk, "III", description=whole).status_code == 302
    answer = save(client_of(ana), draft.pk, "III", description=whole + "b")
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.description == whole


def test_every_question_has_its_words_and_its_reading(draft):
    answers = {a.question.key: a for part in reading.read(draft, annex.ALL) for a in part.answers}
    assert set(answers) == {question.key for question in annex.questions()}
    assert answers["contact_fax"].skipped
    assert answers["start_year"].text == "Since April 2022; the programme continues\nLa primera etapa termina en 2026."
    assert "1,250,000.50 CLP" in answers["funding"].text
    assert completeness.missing(draft) == []


def test_the_meter_counts_whole_sections(draft):
    assert [row.is_complete for row in completeness.progress(draft)] == [True] * 7


def test_an_international_institution_chooses_the_country(client_of, form_key):
    from network.choices import InstitutionKind, Role

    where = factories.institution(None, InstitutionKind.INTERNATIONAL)
    person = factories.person(roles=[(Role.OFFICER, where)])
    client, there = client_of(person), reverse("portfolio:start")
    data = {"title": "Regional", "language": "en", "form_key": form_key()}
    assert client.post(there, data).status_code == 422
    assert client.post(there, data | {"country": "CL"}).status_code == 302
    draft = Submission.objects.get()
    assert draft.program.country_id == "CL"
    save(client, draft.pk, "I", country="UY")
    draft.program.refresh_from_db()
    assert draft.program.country_id == "UY"


@pytest.mark.parametrize(("languages", "chosen"), [(["nl"], "pt"), (["ht", "fr"], "fr"), (["es"], "es")])
def test_the_language_of_the_text_is_one_that_can_be_chosen(client_of, languages, chosen):
    from network.choices import Role

    where = factories.institution("SR", languages=languages)
    person = factories.person(language="pt-br", roles=[(Role.OFFICER, where)])
    page = client_of(person).get(reverse("portfolio:start"))
    assert page.context["form"]["language"].value() == chosen


def test_nobody_without_an_institution_starts(client_of, bruno, pablo):
    for person in (bruno, pablo):
        assert client_of(person).get(reverse("portfolio:start")).status_code == 403
