"""The ways into the network: from the first page, from the desk; and what the pages of people say on the way."""

import pytest

from network.choices import Role
from network.idempotency import new_key
from tests import factories
from tests.experts.factories import closed, draft_profile, expert, kept, network, sent_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena():
    return factories.person("elena@example.org", name="Elena Ríos")


def test_whoever_begins_without_an_account_comes_back_to_joining_after_signing_in(client):
    asked = client.get("/en/experts/join/")
    assert asked.status_code == 302 and asked.url == "/en/accounts/login/?next=/en/experts/join/"
    new = factories.person("nueva@example.org")
    answer = client.post(
        "/en/accounts/login/", {"login": new.email, "password": factories.PASSWORD}
    )  # no `next` any more
    assert answer.url == "/en/experts/join/"


def test_the_desk_leads_into_the_network_or_to_ones_profile_and_to_asking_only_who_may_ask(
    client_of, elena, ana, diana
):
    join, me, asking = "/en/experts/join/", "/en/experts/me/", "/en/experts/requests/"
    overview = "/admin/experts/advicerequest/overview/"

    def ways(user):
        page = client_of(user).get("/en/desk/").text
        return [way for way in (join, me, asking, overview) if f'href="{way}"' in page]

    assert ways(elena) == [join] and ways(ana) == [join, asking] and ways(diana) == [join, overview]
    draft_profile(elena)
    assert ways(elena) == [me]
    factories.membership(elena, Role.EXPERT, network())
    page = client_of(elena).get("/en/desk/").text
    assert ways(elena) == [me, asking] and "ask for advice" not in page


def test_a_refused_form_says_error_once_in_its_title(client):
    page = client.post(f"/en/experts/{expert('Marta Gil').slug}/write/", {"form_key": new_key()}).text
    assert page.count("Error: ", 0, page.index("</title>")) == 1


# --- the directory and the knowledge base ---------------------------------------------------------
def test_the_directory_leads_to_asking_only_who_may_ask(client, client_of, ana, diana):
    expert("Marta Gil")
    asking = 'href="/en/experts/requests/new/"'
    assert asking in client_of(ana).get("/en/experts/").text
    assert asking not in client_of(diana).get("/en/experts/").text and asking not in client.get("/en/experts/").text


def test_a_row_keeps_at_its_side_only_when_the_person_confirmed(client):
    expert("Marta Gil", countries=["CL", "PE"], modalities=["ONL"])
    row = client.get("/en/experts/").text.split('<li class="rec">')[1].split("</li>")[0]
    main, side = row.split('<div class="rec-side">')
    assert "Experience: Chile, Peru" in main and "Working languages: Spanish" in main and "Helps by:" in main
    assert side.count("<p>") == 1 and "Confirmed " in side


def test_answers_are_published_and_ordered_by_what_they_have(client, ana, agency_cl):
    kept(closed(ana, agency_cl, expert("Marta Gil")))
    page = client.get("/en/experts/answers/").text
    row = page.split('<li class="rec">')[1].split("</li>")[0]
    assert "Published on" in row and "Confirmed" not in row
    assert 'option value="country"' not in page and 'option value="start"' not in page
    assert '<a href="/en/experts/">Experts</a></li><li class="breadcrumb-item active"' in page


# --- the review of a profile ----------------------------------------------------------------------
def test_the_review_of_a_person_speaks_of_a_person_and_of_what_they_consent_to_show(client_of, elena, bruno):
    case = sent_profile(elena).case
    page = client_of(bruno).get(f"/admin/review/case/{case.pk}/change/").text
    assert "Letter to the person" in page and "Question to the person" in page
    assert "to the institution" not in page and "<dt>Consent to show</dt>" in page
