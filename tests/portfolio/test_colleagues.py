"""Several people at one draft: merged, shown to each other, never overwritten in silence; nothing typed is lost."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed, PortalError
from network.choices import Role
from network.idempotency import carry_out_once, new_key
from network.models import FormReceipt
from portfolio import annex, services
from portfolio.models import Submission
from review import services as review
from review.models import Case
from tests import factories
from tests.portfolio.test_journey import fields_of, hidden, save
from tests.review.conftest import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(ana, agency_cl):
    return factories.draft_submission(ana, agency_cl)


def post(client, draft, section, data):
    return client.post(reverse("portfolio:section", args=[draft.pk, section]), data)


def test_different_answers_of_two_colleagues_are_merged(client_of, draft, ana, luis):
    mine = fields_of(client_of(ana), draft.pk, "III")
    theirs = fields_of(client_of(luis), draft.pk, "III")
    assert post(client_of(luis), draft, "III", theirs | {"description": "De Luis"}).status_code == 302
    assert post(client_of(ana), draft, "III", mine | {"objectives": "De Ana"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.description, draft.objectives) == ("De Luis", "De Ana")


def test_the_same_answer_of_two_colleagues_is_shown_to_choose_from(client_of, draft, ana, luis):
    mine = fields_of(client_of(ana), draft.pk, "III")
    post(client_of(luis), draft, "III", fields_of(client_of(luis), draft.pk, "III") | {"description": "De Luis"})
    answer = post(client_of(ana), draft, "III", mine | {"description": "De Ana", "objectives": "También de Ana"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De Luis" in page and "De Ana" in page and "Luis Pardo" in page
    draft.refresh_from_db()
    assert (draft.description, draft.objectives) == ("De Luis", "También de Ana")


@pytest.mark.parametrize(("choice", "stands"), [("mine", "De Ana"), ("theirs", "De Luis"), ("edit", "De los dos")])
def test_the_choice_is_carried_out(client_of, draft, ana, luis, choice, stands):
    client = client_of(ana)
    mine = fields_of(client, draft.pk, "III") | {"description": "De Ana"}
    save(client_of(luis), draft.pk, "III", description="De Luis")
    page = post(client, draft, "III", mine)
    sent = {**dict(page.context["hidden"]), "seen": page.context["seen"], "resolving": "1"}
    undecided = post(client, draft, "III", sent)
    assert undecided.status_code == 409
    chosen = {"keep-description": choice, "edit-description": "De los dos"}
    assert post(client, draft, "III", sent | chosen).status_code == 302
    draft.refresh_from_db()
    assert draft.description == stands


def test_two_who_change_the_same_lines_choose_as_well(client_of, draft, ana, luis):
    client = client_of(ana)
    mine = fields_of(client, draft.pk, "IV") | {"funding-0-source": "De Ana"}
    save(client_of(luis), draft.pk, "IV", **{"funding-0-source": "De Luis"})
    page = post(client, draft, "IV", mine)
    assert page.status_code == 409
    sent = {**dict(page.context["hidden"]), "seen": page.context["seen"], "resolving": "1", "keep-funding": "mine"}
    assert post(client, draft, "IV", sent).status_code == 302
    draft.refresh_from_db()
    assert draft.funding[0]["source"] == "De Ana"


def test_autosave_says_when_it_saved_and_reports_what_it_could_not(client_of, draft, ana, luis):
    client = client_of(ana)
    data = fields_of(client, draft.pk, "III")
    there = reverse("portfolio:section", args=[draft.pk, "III"])
    head = {"headers": {"X-Draft": "autosave"}}
    told = client.post(there, data | {"objectives": "Uno", "start_year": "2x"}, **head).json()
    assert told["saved"].startswith("Saved at")
    assert len(told["wrong"]) == 1
    again = data | {"objectives": "Dos", "seen": told["fields"]["seen"]}
    assert client.post(there, again, **head).json()["conflicts"] == []
    draft.refresh_from_db()
    assert (draft.objectives, draft.start_year) == ("Dos", 2022)
    save(client_of(luis), draft.pk, "III", objectives="De Luis")
    told = client.post(there, again | {"objectives": "Tres"}, **head).json()
    assert told["conflicts"] == ["c. Programme objectives"]


def test_nobody_is_in_conflict_with_their_own_words_where_an_answer_was_lost(client_of, draft, ana, luis):
    client, there = client_of(ana), reverse("portfolio:section", args=[draft.pk, "III"])
    head = {"headers": {"X-Draft": "autosave"}}
    mine, other = (
        fields_of(client, draft.pk, "III") | {"holder": client.get(there).context["note"]} for _window in range(2)
    )
    for words in ("Uno", "Uno y dos"):  # the page never hears the first answer
        assert client.post(there, mine | {"objectives": words}, **head).json()["conflicts"] == []
    assert client.post(there, other | {"objectives": "Otra ventana"}, **head).json()["conflicts"]
    assert client.post(there, mine | {"objectives": "Uno, dos y tres"}).status_code == 302
    save(client_of(luis), draft.pk, "III", objectives="De Luis")
    assert client.post(there, mine | {"objectives": "Cuatro"}, **head).json()["conflicts"]
    draft.refresh_from_db()
    assert draft.objectives == "De Luis"


def test_an_autosave_without_a_session_is_told_where_to_sign_in(draft):
    there = reverse("portfolio:section", args=[draft.pk, "III"])
    answer = Client().post(there, {"objectives": "x"}, headers={"X-Draft": "autosave"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == f"{reverse('account_login')}?next={there}"


def test_what_was_typed_in_an_expired_session_comes_back_after_signing_in(client_of, draft, ana):
    client = client_of(ana)
    there = reverse("portfolio:section", args=[draft.pk, "III"])
    note = hidden(client.get(there).content.decode(), "holder")
    data = fields_of(client, draft.pk, "III") | {"objectives": "Escrito sin sesión", "holder": note}
    client.session.flush()
    client.cookies.pop("sessionid")
    answer = client.post(there, data)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": ana.email, "password": factories.PASSWORD, "next": there})
    page = client.get(there)
    assert "Escrito sin sesión" in page.content.decode()
    draft.refresh_from_db()
    assert draft.objectives == "Certificar a 6.000 personas."
    data.pop("holder")
    assert client.post(there, data).status_code == 302
    draft.refresh_from_db()
    assert draft.objectives == "Escrito sin sesión"
    assert "not saved yet" not in client.get(there).content.decode()


def test_answers_to_the_oas_typed_in_an_expired_session_come_back_after_signing_in(
    client_of, ana, carla, bruno, agency_cl
):
    draft = fill(services.start(agency_cl, by=ana, language="es", title="Formación"))
    case = services.endorse(services.submit(draft, by=ana), by=carla).case
    question = review.draft_question(case, "description", "How many?", by=bruno)
    review.ask(case, by=bruno)
    client = client_of(ana)
    there = reverse("portfolio:submission", args=[case.submissions.get(state="draft").pk])
    data = {f"answer-{question.pk}": "Dos mil al año", "holder": hidden(client.get(there).content.decode(), "holder")}
    client.cookies.pop("sessionid")
    away = client.post(there, data)
    client.post(away.url, {"login": ana.email, "password": factories.PASSWORD, "next": there})
    body = client.get(there).content.decode()
    assert "Dos mil al año" in body
    assert "not saved yet" in body
    client.post(there, data)
    question.refresh_from_db()
    assert question.answer == "Dos mil al año"
    assert "not saved yet" not in client.get(there).content.decode()


def test_an_answer_to_the_oas_that_is_too_long_stays_in_its_box(client_of, ana, carla, bruno, agency_cl):
    draft = fill(services.start(agency_cl, by=ana, language="es", title="Formación"))
    case = services.endorse(services.submit(draft, by=ana), by=carla).case
    first = review.draft_question(case, "description", "How many?", by=bruno)
    second = review.draft_question(case, "objectives", "For whom?", by=bruno)
    review.ask(case, by=bruno)
    there = reverse("portfolio:submission", args=[case.submissions.get(state="draft").pk])
    answer = client_of(ana).post(
        there, {f"answer-{first.pk}": "x" * 4001, f"answer-{second.pk}": "Para jóvenes", f"before-{second.pk}": ""}
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "x" * 4001 in body and "Para jóvenes" in body and "Nothing is saved yet" in body
    lines = "línea\r\n" * 600
    assert client_of(ana).post(there, {f"answer-{first.pk}": lines, f"before-{first.pk}": ""}).status_code == 302
    first.refresh_from_db()
    assert first.answer == lines.replace("\r\n", "\n").strip()
    again = {f"answer-{first.pk}": "corta", f"before-{first.pk}": lines.strip()}
    assert client_of(ana).post(there, again).status_code == 302


@pytest.fixture
def asked(ana, carla, bruno, agency_cl):
    """A case whose questions wait for answers, and its question."""
    draft = fill(services.start(agency_cl, by=ana, language="es", title="Formación"))
    case = services.endorse(services.submit(draft, by=ana), by=carla).case
    question = review.draft_question(case, "description", "How many?", by=bruno)
    return review.ask(case, by=bruno), question


def test_an_answer_that_a_colleague_changes_after_the_check_is_not_sent_unread(client_of, ana, luis, asked):
    case, question = asked
    draft = case.submissions.get(state="draft")
    question.refresh_from_db()
    review.answer_question(question, "Dos mil al año", by=ana)
    client = client_of(ana)
    version = client.get(reverse("portfolio:check", args=[draft.pk])).context["form"]["version"].value()
    review.answer_question(question, "TODO: ask Marta", by=luis)
    sent = {"version": version, "declared": "on", "form_key": new_key()}
    answer = client.post(reverse("portfolio:submit", args=[draft.pk]), sent)
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (409, "draft")


def test_nobody_changes_an_answer_that_waits_for_the_endorsement(ana, luis, asked):
    case, question = asked
    question.refresh_from_db()
    review.answer_question(question, "Dos mil al año", by=ana)
    services.submit(case.submissions.get(state="draft"), by=ana)
    with pytest.raises(NotAllowed):
        review.answer_question(question, "TODO: ask Marta", by=luis)
    question.refresh_from_db()
    assert question.answer == "Dos mil al año"


@pytest.mark.parametrize("meanwhile", ["sent", "decided"])
def test_answers_to_the_oas_typed_too_late_are_shown_to_be_copied(client_of, ana, luis, carla, bruno, asked, meanwhile):
    case, question = asked
    draft = case.submissions.get(state="draft")
    there = reverse("portfolio:submission", args=[draft.pk])
    assert "How many?" in client_of(ana).get(there).text
    if meanwhile == "sent":
        question.refresh_from_db()
        review.answer_question(question, "De Luis", by=luis)
        services.endorse(services.submit(draft, by=luis), by=carla)
    else:
        review.decline(case, by=bruno, letter="No.", reason="No.")
    answer = client_of(ana).post(there, {f"answer-{question.pk}": "Dos mil al año", f"before-{question.pk}": ""})
    assert answer.status_code == 409
    assert "Dos mil al año" in answer.text and annex.question("description").full_title in answer.text
    assert ("De Luis" in answer.text) == (meanwhile == "sent")
    question.refresh_from_db()
    assert question.answer == ("De Luis" if meanwhile == "sent" else "")
    for other in (carla, bruno):
        refused = client_of(other).post(there, {f"answer-{question.pk}": "Dos mil al año"})
        assert refused.status_code in (403, 404)


def test_the_reason_of_the_slower_coordinator_is_shown_beside_what_stands(
    client_of, ana, carla, agency_cl, ministry_cl, form_key
):
    slower = client_of(factories.person(roles=[(Role.COORDINATOR, ministry_cl)]))
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    there = reverse("portfolio:endorse", args=[waiting.pk])
    services.endorse(waiting, by=carla)
    answer = slower.post(there, {"then": "refuse", "reason": "Falta el presupuesto", "form_key": form_key()})
    assert answer.status_code == 409
    assert "Falta el presupuesto" in answer.text and "Carla Muñoz" in answer.text
    again = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    services.refuse_endorsement(again, by=carla, reason="Sin firma")
    there = reverse("portfolio:endorse", args=[again.pk])
    answer = slower.post(there, {"then": "endorse", "note": "De acuerdo", "form_key": form_key()})
    assert answer.status_code == 409
    assert "De acuerdo" in answer.text and "Sin firma" in answer.text


def test_nothing_is_kept_for_a_page_that_nobody_was_shown(draft, luis, client_of):
    there = reverse("portfolio:section", args=[draft.pk, "III"])
    client = Client()
    client.post(there, {"objectives": "x", "holder": "forged"})
    assert "kept" not in client.session


def test_what_one_person_typed_is_not_shown_to_another(client_of, draft, ana, luis):
    there = reverse("portfolio:section", args=[draft.pk, "III"])
    note = hidden(client_of(ana).get(there).content.decode(), "holder")
    client = Client()
    client.post(there, {"objectives": "Secreto", "seen": "{}", "holder": note})
    client.force_login(luis)
    assert "Secreto" not in client.get(there).content.decode()


def test_words_typed_after_a_colleague_submitted_are_shown_to_be_copied(client_of, ana, luis, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client = client_of(ana)
    data = fields_of(client, draft.pk, "III") | {"objectives": "Demasiado tarde"}
    services.submit(draft, by=luis)
    answer = post(client, draft, "III", data)
    assert answer.status_code == 409
    assert "Demasiado tarde" in answer.content.decode()


def test_an_autosave_after_a_colleague_submitted_is_told_why_nothing_is_saved(client_of, ana, luis, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client, there = client_of(ana), reverse("portfolio:section", args=[draft.pk, "III"])
    data = fields_of(client, draft.pk, "III") | {"objectives": "Demasiado tarde"}
    services.submit(draft, by=luis)
    told = client.post(there, data, headers={"X-Draft": "autosave"}).json()
    assert list(told) == ["problem"] and "was submitted" in told["problem"]


def test_colleagues_see_who_works_where(client_of, draft, ana, luis):
    client_of(luis).get(reverse("portfolio:section", args=[draft.pk, "V"]))
    page = client_of(ana).get(reverse("portfolio:tasklist", args=[draft.pk])).content.decode()
    assert "Luis Pardo is writing here now" in page
    here = client_of(ana).get(reverse("portfolio:presence", args=[draft.pk]) + "?section=III").content.decode()
    assert "Luis Pardo is working in section V." in here


def test_only_who_may_invite_is_offered_to(client_of, draft, ana, agency_cl):
    there, invite = reverse("portfolio:tasklist", args=[draft.pk]), reverse("accounts:invite")
    page = client_of(ana).get(there).text
    assert invite not in page and "Ask your coordinator to invite a colleague." in page
    lead = factories.person(roles=[(Role.COORDINATOR, agency_cl)])
    assert invite in client_of(lead).get(there).text and client_of(lead).get(invite).status_code == 200


def at_once(count: int, do) -> list:
    """Run the same thing in threads; answers results and refusals."""
    results = []

    def run(number):
        try:
            results.append(do(number))
        except PortalError as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_stands(victor, ministry_br):
    draft = factories.draft_submission(victor, ministry_br)
    results = at_once(2, lambda number: services.submit(Submission.objects.get(pk=draft.pk), by=victor))
    assert sum(isinstance(result, Submission) for result in results) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_gives_the_same_answer(victor, ministry_br):
    draft, key = factories.draft_submission(victor, ministry_br), new_key()

    def press(_number):
        found = Submission.objects.get(pk=draft.pk)
        return carry_out_once(victor, key, "digest", lambda: f"/{services.submit(found, by=victor).pk}/")

    results = at_once(2, press)
    assert results == [f"/{draft.pk}/"] * 2
    assert FormReceipt.objects.count() == Case.objects.count() == 1
