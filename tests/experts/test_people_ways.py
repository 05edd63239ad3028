"""The ways into the network: from the first page, from the desk; and what the pages of people say on the way."""

import pytest

from network.choices import Role
from network.idempotency import new_key
from tests import factories
from tests.experts.factories import draft_profile, expert, network

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
