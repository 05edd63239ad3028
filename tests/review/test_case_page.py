"""The page of a case: what it unfolds, that it keeps what was written, and what its buttons do."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import CatalogueVersion
from catalogue.services import raise_version
from core.errors import PortalError
from network.choices import Role
from portfolio import services as portfolio
from review import services
from review.choices import Criterion
from review.models import Case
from tests import factories

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def url(case) -> str:
    return f"/admin/review/case/{case.pk}/change/"


@pytest.fixture
def press(client_of, form_key):
    """press(who, case, do, **fields) -> the response; version and form key as the page would send them."""

    def pressed(who, case, do, **fields):
        version = fields.pop("version", None) or Case.objects.get(pk=case.pk).version
        data = {"do": do, "version": version, "form_key": form_key(), **fields}
        return client_of(who).post(url(case), data)

    return pressed


CODES = {"completion": "1", "categories": ["SKL"], "themes": ["EMP-1"], "populations": []}


def test_a_first_submission_shows_every_answer_as_it_was_submitted(case, client_of, bruno):
    body = client_of(bruno).get(url(case)).content.decode()
    assert "What was submitted" in body
    assert "La empresa contrata y forma a la persona durante seis meses." in body
    assert "New programme" in body
    assert 'lang="es"' in body


def test_a_correction_unfolds_only_what_changed_word_by_word(case, client_of, bruno, ministry_officer):
    from tests.review.conftest import fill

    services.approve(case, by=bruno)
    draft = portfolio.correct(case.submissions.get().program, by=ministry_officer)
    fill(draft, description="La empresa contrata y forma a la persona durante nueve meses.")
    correction = portfolio.submit(draft, by=ministry_officer).case
    page = client_of(bruno).get(url(correction))
    body = page.content.decode()
    assert [view.field.code for view in page.context["page"].changed] == ["description"]
    assert "<del>seis</del>" in body
    assert "<ins>nueve</ins>" in body
    assert "Correction" in body
    assert "Published, version 1</a>" in body
    assert ("From", ministry_officer.name) in page.context["page"].facts


def test_the_second_round_is_held_against_what_this_reviewer_read(case, client_of, bruno, diana, answer):
    client_of(bruno).get(url(case))
    services.draft_question(case, "description", "How many?", by=bruno)
    services.ask(case, by=bruno)
    services.answer_question(case.questions.get(), "Two thousand.", by=case.opened_by)
    answer(case, description="La empresa contrata y forma a 2.000 personas.")
    page = client_of(bruno).get(url(case))
    assert [view.field.code for view in page.context["page"].changed] == ["description"]
    assert "What changed since you last looked (round 1)" in page.content.decode()
    assert "Two thousand." in page.content.decode()
    everything = client_of(bruno).get(url(case) + "?against=published")
    assert len(everything.context["page"].changed) > 5
    assert len(client_of(diana).get(url(case)).context["page"].changed) > 5
    for hostile in ("x", "999999999", "../", "1 OR 1=1"):
        assert client_of(bruno).get(url(case), {"against": hostile}).status_code == 200


def test_hostile_text_stays_text(submit, client_of, bruno, press):
    case = submit(title=HOSTILE, description=HOSTILE, contact_name=HOSTILE, objectives=HOSTILE)
    press(bruno, case, "note", note=HOSTILE)
    press(bruno, case, "pin:title", **{"question-title": HOSTILE})
    press(bruno, case, "save", letter=HOSTILE, reason=HOSTILE)
    for page in (url(case), "/admin/review/case/"):
        body = client_of(bruno).get(page).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_whichever_button_is_pressed_everything_written_is_kept(case, bruno, press):
    written = {
        "letter": "Dear colleague", "reason": "Internal", "note": "See law 20.267", "question-description": "How many?",
        "grade-tested": "partly", "why-tested": "No outside evaluation", "completion": "1", "categories": ["SKL"],
        "themes": ["EMP-2"], "populations": ["YOU"],
    }  # fmt: skip
    assert press(bruno, case, "claim", **written).status_code == 302
    case.refresh_from_db()
    assert case.assignee == bruno
    assert case.draft["letter"] == "Dear colleague"
    assert case.draft["themes"] == ["EMP-2"]
    assert case.questions.get().text == "How many?"
    assert case.notes.get().text == "See law 20.267"
    assert (case.grades.get().grade, case.grades.get().reason) == ("partly", "No outside evaluation")


def test_from_the_queue_to_the_decision_in_two_clicks(case, client_of, bruno, press):
    page = client_of(bruno).get("/admin/review/case/")
    assert url(case) in page.content.decode()
    assert "Approve and publish version 1" in client_of(bruno).get(url(case)).content.decode()
    assert press(bruno, case, "approve", **CODES).url == "/admin/review/case/"
    case.refresh_from_db()
    assert case.state == "approved"
    assert case.submissions.get().program.is_public


def test_the_same_press_twice_is_carried_out_once(case, client_of, bruno, form_key):
    data = {"do": "approve", "version": case.version, "form_key": form_key(), **CODES}
    client = client_of(bruno)
    first, second = client.post(url(case), data), client.post(url(case), data)
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, "/admin/review/case/")
    assert client.post(url(case), {**data, "do": "decline"}).status_code == 409


def test_return_with_questions_pins_what_stands_at_the_fields_and_sends_it(case, bruno, press):
    assert press(bruno, case, "ask", **{"question-title": "Its name?", "question-nonsense": "?"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "questions"
    assert [q.field for q in case.questions.all()] == ["title"]


def test_a_refusal_for_want_of_words_keeps_the_page_and_the_rest(case, bruno, press):
    response = press(bruno, case, "decline", reason="Too small", note="A note", letter="")
    body = response.content.decode()
    assert response.status_code == 422
    assert "Write the letter to the institution" in body
    case.refresh_from_db()
    assert (case.state, case.draft["reason"]) == ("in_review", "Too small")
    assert case.notes.count() == 1


def test_approving_without_a_category_is_refused_with_the_reason(case, bruno, press):
    response = press(bruno, case, "approve", completion="1", letter="Dear")
    assert response.status_code == 422
    assert "Categories" in response.content.decode()


def test_the_letter_is_drafted_from_questions_and_grades_without_their_reasons(case, bruno, press):
    press(bruno, case, "save", **{"grade-tested": "not_met", "why-tested": "SECRET reason"})
    press(bruno, case, "draft:decline", letter="My own sentence.", reason="")
    case.refresh_from_db()
    letter = case.draft["letter"]
    assert case.reference in letter
    assert "SECRET" not in letter
    assert "My own sentence." in letter


def test_a_decided_case_shows_the_decision_and_no_button(case, client_of, bruno, diana):
    services.approve(case, by=bruno, letter="Welcome.")
    body = client_of(diana).get(url(case)).content.decode()
    assert "Welcome." in body
    assert 'value="approve"' not in body


def test_who_may_not_decide_reads_why(case, client_of, bruno, ministry_cl, press):
    factories.membership(bruno, Role.PARTNER, ministry_cl)
    body = client_of(bruno).get(url(case)).content.decode()
    assert "Nobody decides on a case of an institution to which they belong." in body
    assert 'value="approve"' not in body
    response = press(bruno, case, "approve", **CODES)
    assert response.status_code == 403
    assert "institution to which they belong" in response.content.decode()


def test_who_stands_back_reads_nothing_of_what_is_said_inside(case, client_of, bruno, diana, ministry_cl, press):
    factories.membership(bruno, Role.PARTNER, ministry_cl)
    press(diana, case, "note", note="Between ourselves.")
    press(diana, case, "decline", letter="Not now.", reason="Weak evidence.", **CODES)
    case.refresh_from_db()
    assert case.decided_at
    for person, reads in ((diana, True), (bruno, False)):
        page = client_of(person).get(url(case)).content.decode()
        assert "Not now." in page
        assert ("Between ourselves." in page) is ("Weak evidence." in page) is reads


def test_a_case_of_other_themes_does_not_exist_for_a_limited_reviewer(submit, client_of, oas):
    person = factories.person("irma@demo.example")
    factories.membership(person, Role.REVIEWER, oas, themes=["LAB-6"])
    case = submit(themes=["EMP-1"])
    assert client_of(person).get(url(case)).status_code == 404
    assert client_of(person).post(url(case), {"do": "approve"}).status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "x", "1.5", "-1", "٣"])
def test_a_case_that_is_none_is_not_found(db, client_of, bruno, pk):
    assert client_of(bruno).get(f"/admin/review/case/{pk}/change/").status_code == 404


@pytest.mark.parametrize(
    "do", ["", "x", "unpin:x", "unpin:99999999999999999999", "give", "pin:title", "draft:x", "note"]
)
def test_hostile_presses_never_break_it(case, bruno, press, do):
    assert press(bruno, case, do, to="x", version="99999999999999").status_code in (302, 403, 409, 422)
    assert press(bruno, case, do, to="x").status_code in (302, 403, 422)


@pytest.mark.parametrize(
    ("do", "field"),
    [
        ("note", "note"), ("hold", "hold"), ("give", "to"), ("save", "letter"), ("save", "reason"), ("save", "why-tested"),
        ("pin:title", "question-title"), ("pin:\x00x", "question-\x00x"), ("\x00", "note"), ("pin:" + "x" * 900, "question-" + "x" * 900),
    ],
)  # fmt: skip
def test_a_null_or_an_endless_name_breaks_no_press(case, bruno, press, do, field):
    assert press(bruno, case, do, **{field: "Some\x00 text" + "x" * 3_000}).status_code in (302, 403, 422)
    assert not field == do == "note" or "Some text" in case.notes.get().text


def test_a_grade_that_is_none_keeps_everything_typed_on_the_page(case, bruno, press):
    services.grade(case, "tested", "partly", by=bruno)
    typed = {"letter": "Dear colleague", "reason": "Internal", "hold": "A law", "why-tested": "No evaluation"}
    response = press(bruno, case, "approve", **typed, **CODES, **{"grade-tested": "zz"})
    body = response.content.decode()
    assert response.status_code == 422
    assert "Choose one of the grades." in body
    for text in typed.values():
        assert text in body
    case.refresh_from_db()
    assert case.state == "in_review"
    assert (case.grades.get().grade, case.grades.get().reason) == ("partly", "No evaluation")


def test_the_slower_reviewer_reads_the_decision_and_keeps_their_text(case, client_of, bruno, diana, press):
    seen = case.version
    press(bruno, case, "approve", letter="Bruno's letter", **CODES)
    response = press(diana, case, "decline", version=seen, letter="Diana's long letter", reason="Her reason")
    body = response.content.decode()
    assert response.status_code == 409
    for kept in ("Bruno&#x27;s letter", "Bruno Díaz", "Approved", "Diana&#x27;s long letter", "Her reason"):
        assert kept in body
    case.refresh_from_db()
    assert case.state == "approved"


@pytest.mark.parametrize("is_raised", [True, False])
def test_the_page_takes_a_fixed_number_of_queries(case, client_of, bruno, is_raised):
    """Whether the catalogue has a version, by which the labels are kept, or none yet."""
    raise_version()
    client = client_of(bruno)
    client.get(url(case))
    if not is_raised:
        CatalogueVersion.objects.all().delete()
        client.get(url(case))
    with CaptureQueriesContext(connection) as few:
        client.get(url(case))
    for name in ("title", "description", "objectives"):
        services.draft_question(case, name, "How?", by=bruno)
        services.add_note(case, "A note", by=bruno)
    with CaptureQueriesContext(connection) as many:
        client.get(url(case))
    assert len(many) == len(few)
    assert len(few) <= 23


@pytest.mark.django_db(transaction=True)
def test_two_decide_at_the_same_moment_and_one_decision_stands(submit, bruno, diana):
    case = submit()
    barrier = threading.Barrier(2)
    results = {}

    def decide(name, act):
        barrier.wait()
        try:
            results[name] = act().state
        except PortalError as refusal:
            results[name] = refusal
        finally:
            connection.close()

    version = case.version
    acts = {
        "approve": lambda: services.approve(Case.objects.get(pk=case.pk), by=bruno, version=version),
        "decline": lambda: services.decline(
            Case.objects.get(pk=case.pk), by=diana, version=version, letter="No.", reason="Too small."
        ),
    }
    threads = [threading.Thread(target=decide, args=item) for item in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    won = [result for result in results.values() if isinstance(result, str)]
    lost = [result for result in results.values() if not isinstance(result, str)]
    assert won == [case.state]
    assert lost[0].status == 409
    assert case.submissions.get().program.is_public is (case.state == "approved")


def test_a_client_without_a_session_is_sent_to_sign_in(case):
    response = Client().get(url(case))
    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_what_was_typed_in_an_expired_session_comes_back_after_signing_in(case, client_of, bruno, form_key):
    client = client_of(bruno)
    note = client.get(url(case)).context["note"]
    typed = {
        "letter": "A long letter", "reason": "A reason", "note": "A note", "hold": "A law", "question-title": "Its name?",
        "grade-tested": "partly", "why-tested": "No evaluation",
    }  # fmt: skip
    client.cookies.pop("sessionid")
    away = client.post(url(case), {**typed, "do": "save", "version": case.version, "holder": note})
    assert (away.status_code, "login" in away.url) == (302, True)
    assert case.notes.count() == 0
    client.post(away.url, {"login": bruno.email, "password": factories.PASSWORD, "next": url(case)})
    body = client.get(url(case)).content.decode()
    for text in ("not saved yet", "A long letter", "A reason", "A note", "A law", "Its name?", "No evaluation"):
        assert text in body
    assert 'value="partly" checked' in body
    client.post(url(case), {**typed, "do": "save", "version": case.version, "form_key": form_key()})
    assert "not saved yet" not in client.get(url(case)).content.decode()


@pytest.mark.parametrize(
    ("name", "most", "label"),
    [
        ("letter", 20_000, "Letter"),
        ("note", 4_000, "Note"),
        ("hold", 4_000, "Reason of the hold"),
        ("reason", 4_000, "Reason, inside the OAS"),
        ("why-1", 4_000, "Reason"),
        ("question-description", 4_000, "Question on description"),
    ],
)
def test_a_text_that_is_too_long_is_said_and_never_cut(case, bruno, press, name, most, label):
    name = f"why-{Criterion.values[0]}" if name == "why-1" else name
    text = "x" * most + " the end"
    page = press(bruno, case, "save", **{"letter": "A letter.", "reason": "", name: text})
    body = page.content.decode()
    assert page.status_code == 422
    assert text in body and "is not saved yet" in body
    assert ("A letter." in body) == (name != "letter")
    case.refresh_from_db()
    assert case.draft == {} and not case.notes.exists() and not case.questions.exists() and not case.grades.exists()
    assert press(bruno, case, "save", **{"letter": "A letter.", name: text[:most]}).status_code == 302
