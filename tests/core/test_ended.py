"""Whoever sends something after their session ended: the way back, and what they typed."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import ended
from portfolio import services
from portfolio.choices import SubmissionState
from portfolio.models import Submission
from programs.models import ProjectRevision
from review import services as review
from tests import factories
from tests.experts.factories import expert
from tests.forums import room_factories
from tests.meetings import factories as made
from tests.meetings.test_after import many

pytestmark = pytest.mark.django_db

WORDS = "Falta la evaluación de 2025, con sus cifras."
AGAIN = "Your session had ended, so nothing was done. Press the button again."
TYPED = "Your session had ended. What you typed is not saved yet"


def note_of(client, page: str) -> str:
    """The note that the forms of a page carry."""
    return re.search(r'name="shown_to" value="([^"]+)"', client.get(page).text)[1]


def send_late(client, page: str, url: str, data=None, **headers):
    """The page is opened, the session ends, and then its form is sent."""
    note = note_of(client, page)
    client.session.flush()
    client.cookies.pop("sessionid")
    return client.post(
        url, {**(data or {}), "shown_to": note}, headers={"Referer": f"http://testserver{page}", **headers}
    )


def sign_in(client, person, away):
    """Sign in where one was sent, and go on to the page that opens then."""
    back = client.post(away.url, {"login": person.email, "password": factories.PASSWORD})
    if back.status_code == 200:
        back = client.post(
            reverse("account_login"), {"login": person.email, "password": factories.PASSWORD, "next": next_of(away)}
        )
    return client.get(back.url)


def next_of(away) -> str:
    assert away.status_code == 302 and urlsplit(away.url).path == reverse("account_login")
    return parse_qs(urlsplit(away.url).query)["next"][0]


@pytest.fixture
def draft(ana, agency_cl):
    return factories.draft_submission(ana, agency_cl)


@pytest.fixture
def endorsable(draft, ana):
    return services.submit(draft, by=ana)


# --- buttons ---------------------------------------------------------------------------------------
def test_a_button_pressed_too_late_leads_back_to_its_page_and_says_so_once(client_of, draft, ana):
    client, page = client_of(ana), f"/en/portfolio/submissions/{draft.pk}/check/"
    away = send_late(client, page, f"/en/portfolio/submissions/{draft.pk}/submit/")
    assert next_of(away) == page
    assert "so nothing was done. Sign in again, then send it again" in client.get(away.url).text
    back = sign_in(client, ana, away)
    assert back.status_code == 200 and back.request["PATH_INFO"] == page and AGAIN in back.text
    assert AGAIN not in client.get(page).text
    assert Submission.objects.get().state == SubmissionState.DRAFT


@pytest.mark.parametrize(
    "referer", ["https://elsewhere.example/en/desk/", "http://testserver/en/nowhere-at-all/", "", "x"]
)
def test_without_a_page_of_ours_a_late_button_leads_to_the_desk(client, draft, referer):
    headers = {"Referer": referer} if referer else {}
    away = client.post("/en/desk/notices/read/", headers=headers)
    assert next_of(away) == "/en/desk/"


def test_a_late_button_never_leads_to_an_address_that_opens_no_page(client):
    url = "/en/portfolio/submissions/34/submit/"
    away = client.post(url, headers={"Referer": f"http://testserver{url}"})
    assert next_of(away) == "/en/portfolio/submissions/34/"


def test_a_late_button_of_the_query_string_page_keeps_its_query(client):
    page = "/pt/desk/notices/?page=2"
    away = client.post("/pt/desk/notices/read/", headers={"Referer": f"http://testserver{page}"})
    assert next_of(away) == page


# --- words -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("field", "then"), [("reason", "refuse"), ("note", "endorse")])
def test_what_a_coordinator_wrote_too_late_stands_in_the_form_again(client_of, endorsable, carla, field, then):
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    away = send_late(client, page, page, {field: WORDS, "then": then})
    assert next_of(away) == page
    assert "what you wrote is kept" in client.get(away.url).text
    shown = sign_in(client, carla, away).text
    assert TYPED in shown and re.search(rf'<textarea[^>]*name="{field}"[^>]*>\s*{re.escape(WORDS)}</textarea>', shown)
    endorsable.refresh_from_db()
    assert endorsable.state == SubmissionState.AWAITING_ENDORSEMENT
    assert client.post(page, {field: WORDS, "then": then, "form_key": "k" * 20}).status_code == 302
    assert ended.KEY not in client.session


def test_what_was_typed_is_shown_to_nobody_else(client_of, endorsable, carla, ministry_cl):
    other = factories.person("other@demo.example", roles=[("coordinator", ministry_cl)])
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    away = send_late(client, page, page, {"reason": WORDS, "then": "refuse"})
    shown = sign_in(client, other, away)
    assert shown.status_code == 200 and 'name="reason"' in shown.text
    assert WORDS not in shown.text and TYPED not in shown.text


@pytest.mark.parametrize("note", ["", "forged"])
def test_without_a_genuine_note_nothing_is_kept(client_of, client, endorsable, carla, note):
    page = f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    away = client.post(page, {"reason": WORDS, "then": "refuse", "shown_to": note})
    assert next_of(away) == page and ended.KEY not in client.session
    assert WORDS not in sign_in(client, carla, away).text


def test_after_a_day_it_is_gone(client_of, endorsable, carla, monkeypatch):
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    away = send_late(client, page, page, {"reason": WORDS, "then": "refuse"})
    monkeypatch.setattr(ended, "DAY", -1)
    assert WORDS not in sign_in(client, carla, away).text


def test_the_title_and_kind_of_a_file_come_back_and_the_file_has_to_be_chosen_again(client_of, draft, ana):
    client, page = client_of(ana), f"/en/portfolio/submissions/{draft.pk}/attach/"
    data = {"title": "Informe final", "kind": "study", "file": SimpleUploadedFile("a.pdf", b"%PDF")}
    shown = sign_in(client, ana, send_late(client, page, page, data)).text
    assert 'value="Informe final"' in shown and "choose it again" in shown
    assert re.search(r'value="study"[^>]*(checked|selected)', shown)


@pytest.fixture
def program(victor, ministry_br, bruno):
    return factories.published_program(ministry_br, by=victor)


@pytest.mark.parametrize(
    "data",
    [
        {"contact_name": "Coordenação nova", "act": "contact", "version": "1"},
        {"reason": "Acabou em maio.", "act": "retire"},
    ],
)
def test_of_two_forms_of_a_page_the_one_that_was_sent_comes_back(client_of, program, victor, data):
    client, page = client_of(victor), reverse("portfolio:program", args=[program.pk])
    words = next(iter(data.values()))
    shown = sign_in(client, victor, send_late(client, page, page, data)).text
    assert TYPED in shown and words in re.sub(r"<details>.*?</details>", "", shown, flags=re.S)


def test_the_lines_of_a_meeting_come_back_as_well(client_of, diana):
    client, page = client_of(diana), reverse("meetings:organise_new")
    data = {"title": "Reunión de otoño", "agenda-rows": "3", "agenda-1-title": "Segundo punto", "version": "1"}
    shown = sign_in(client, diana, send_late(client, page, page, data)).text
    assert 'value="Reunión de otoño"' in shown and 'value="Segundo punto"' in shown


@pytest.mark.parametrize("changed", [False, True])
def test_a_form_that_a_colleague_changed_meanwhile_is_not_filled_with_older_words(client_of, diana, changed):
    """It would be sent with the newer version, and undo what the colleague saved."""
    meeting = made.meeting(diana, title="Reunión")
    client, page = client_of(diana), reverse("meetings:organise_edit", args=[meeting.pk])
    data = {
        "title": "Reunión de otoño",
        "agenda-rows": "1",
        "agenda-0-title": "Punto mío",
        "version": str(meeting.version),
    }
    away = send_late(client, page, page, data)
    if changed:
        type(meeting).objects.filter(pk=meeting.pk).update(version=meeting.version + 1, title="Reunión de mayo")
    shown = sign_in(client, diana, away).text
    assert 'value="Reunión de mayo"' in shown if changed else 'value="Reunión de otoño"' in shown
    assert ('value="Punto mío"' in shown) is not changed
    assert TYPED in shown and "Reunión de otoño" in shown.partition("<details>")[2].partition("</details>")[0]


def test_a_second_button_takes_nothing_away_of_what_waits(client_of, endorsable, carla):
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    away = send_late(client, page, page, {"reason": WORDS, "then": "refuse"})
    note = note_of(client_of(carla), page)
    for url in ("/en/desk/notices/read/", page, page):
        client.post(url, {"shown_to": note}, headers={"Referer": "http://testserver/en/desk/"})
    assert client.get(away.url).text.count("so nothing was done") == 1
    assert WORDS in sign_in(client, carla, away).text


def test_another_button_of_the_page_drops_nothing(client_of, program, victor, form_key):
    client, page = client_of(victor), reverse("portfolio:program", args=[program.pk])
    sign_in(client, victor, send_late(client, page, page, {"reason": WORDS, "act": "retire"}))
    sent = client.post(page, {"act": "confirm", "form_key": form_key()})
    assert sent.status_code == 302 and WORDS in client.get(page).text


def test_consent_is_given_anew(client_of, ana):
    client, page = client_of(ana), reverse("accounts:erase")
    shown = sign_in(client, ana, send_late(client, page, page, {"sure": "on", "why": "x"})).text
    assert 'name="sure"' in shown and not re.search(r'name="sure"[^>]*checked', shown)


def test_what_waits_for_somebody_else_does_not_stay_in_the_session(client_of, endorsable, carla, ministry_cl):
    other = factories.person("other@demo.example", roles=[("coordinator", ministry_cl)])
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    sign_in(client, other, send_late(client, page, page, {"reason": WORDS, "then": "refuse"}))
    assert ended.KEY not in client.session


def test_answers_to_the_oas_stand_in_their_boxes_again(client_of, ana, agency_cl, bruno):
    sent = factories.proposal(ana, agency_cl, submitted=True, title="Red nueva")
    review.draft_question(sent.case, "title", "Is this its name?", by=bruno)
    review.ask(sent.case, by=bruno)
    question = sent.case.questions.get()
    page = reverse("programs:proposal", args=[ProjectRevision.objects.open().get().pk])
    client = client_of(ana)
    data = {f"answer-{question.pk}": "No", f"before-{question.pk}": ""}
    shown = sign_in(client, ana, send_late(client, page, page, data)).text
    assert re.search(rf'name="answer-{question.pk}"[^>]*>No</textarea>', shown)
    assert client.post(page, data).status_code == 302 and ended.KEY not in client.session
    question.refresh_from_db()
    assert question.answer == "No"


def test_a_session_of_another_shape_is_let_go(client_of, endorsable, carla):
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    session = client.session
    session[ended.KEY] = {"user": carla.pk, "path": page, "page": page, "at": 1.0, "fields": {}, "files": False}
    session.save()
    assert client.get(page).status_code == 200 and client.post(page, {"note": "x"}).status_code in (400, 422)
    away = send_late(client, page, page, {"reason": WORDS, "then": "refuse"})
    assert WORDS in sign_in(client, carla, away).text


def test_a_field_that_was_taken_back_too_late_stays_taken_back_in_the_form(client_of):
    one = expert("Elena Ríos", countries=["CL"], languages=["es"], shown=["position", "biography"])
    client, page = client_of(one.user), reverse("experts:me")
    boxes = r'name="shown" value="(\w+)"[^>]*checked'
    before = re.findall(boxes, client.get(page).text)
    assert before
    away = send_late(client, page, reverse("experts:shown"), {"shown-sent": "1", "shown": before[1:]})
    shown = sign_in(client, one.user, away).text
    assert re.findall(boxes, shown) == before[1:] and TYPED in shown


@pytest.mark.parametrize("since", [False, True])
def test_ticks_of_attendance_come_back_unless_a_colleague_marked_people_since(client_of, form_key, since):
    boss = made.staff()
    meeting = made.past(boss)
    rows = many(meeting, 3, "confirmed")
    client, page = client_of(boss), reverse("meetings:organise_people", args=[meeting.pk])
    data = {"then": "attendance", "shown": [row.pk for row in rows], "present": [rows[1].pk]}
    away = send_late(client, page, page, data)
    if since:
        meeting.registrations.filter(pk=rows[0].pk).update(attended=True)
    shown = sign_in(client, boss, away).text
    ticked = rows[0] if since else rows[1]
    assert re.findall(r'name="present" value="(\d+)"[^>]*checked', shown) == [str(ticked.pk)]
    assert meeting.registrations.filter(attended=True).count() == since
    data |= {"before-present": re.findall(r'name="before-present" value="(\d+)"', shown), "form_key": form_key()}
    client.post(page, data | {"present": [ticked.pk]})
    assert list(meeting.registrations.filter(attended=True)) == [ticked], (
        "what came back is saved when it is sent again"
    )


def test_a_message_that_the_rooms_script_sent_again_waits_no_more(client_of, ana, form_key):
    room = room_factories.room()
    client, page, url = client_of(ana), room.get_absolute_url(), reverse("forums:room_post", args=[room.slug])
    shown = sign_in(client, ana, send_late(client, page, url, {"text": "Gracias"})).text
    assert TYPED in shown and re.search(r'<textarea[^>]*name="text"[^>]*>Gracias</textarea>', shown)
    sent = client.post(url, {"text": WORDS, "form_key": form_key()}, headers={"X-Room": "post"})
    assert sent.status_code == 200 and TYPED not in client.get(page).text


def test_passwords_are_not_kept(client_of, ana):
    client, page = client_of(ana), reverse("account_change_password")
    data = {"oldpassword": "one long secret", "password1": "another secret", "code": "123456"}
    away = send_late(client, page, page, data)
    assert "secret" not in str(dict(client.session)) and "123456" not in str(dict(client.session))
    assert away.status_code == 302


def test_more_than_is_kept_for_one_person_is_not_kept(client_of, endorsable, carla, monkeypatch):
    monkeypatch.setattr("core.kept.MOST", 100)
    client, page = client_of(carla), f"/en/portfolio/submissions/{endorsable.pk}/endorse/"
    send_late(client, page, page, {"reason": WORDS * 9, "then": "refuse"})
    assert not client.session[ended.KEY][0]["fields"]


def test_visitors_are_shown_forms_without_a_note(client):
    assert "shown_to" not in client.get("/en/contact/").text
    assert "shown_to" not in client.get("/en/accounts/login/").text


# --- addresses that open no page -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "title"), [("en", "This address opens no page"), ("es", "Esta dirección no abre ninguna página")]
)
def test_opening_a_buttons_address_gives_a_page_that_can_be_read(client_of, ana, draft, language, title):
    answer = client_of(ana).get(f"/{language}/portfolio/submissions/{draft.pk}/submit/")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert f"<h1>{title}</h1>" in answer.text and f'href="/{language}/desk/"' in answer.text


def test_sending_to_a_page_that_only_shows_gives_a_page_as_well(client):
    answer = client.post("/en/about/")
    assert answer.status_code == 405 and "GET" in answer["Allow"] and "Nothing can be sent" in answer.text


def test_the_read_api_keeps_its_own_words_for_405(client):
    answer = client.post("/api/v1/records/")
    assert answer.status_code == 405 and answer["Content-Type"].startswith("application/problem+json")


def test_the_language_switch_of_a_page_that_a_button_drew_leads_to_the_page_of_the_button(client_of, ana, draft):
    here = f"/portfolio/submissions/{draft.pk}/"
    drawn = client_of(ana).post(f"/en{here}submit/", headers={"Referer": f"http://testserver/en{here}check/"})
    assert drawn.status_code == 422
    assert f'href="/fr{here}check/"' in drawn.text and f'href="/fr{here}submit/"' not in drawn.text
