"""Experts and invitations in the admin: searched by words, filtered, and only read."""

import pytest
from django.utils import timezone

from experts import services
from tests import factories
from tests.experts.factories import draft_profile, expert

pytestmark = pytest.mark.django_db
LIST = "/admin/experts/expert/"


@pytest.fixture
def people():
    return {
        "public": expert("Elena Muñoz", slug="a", profession="ACA"),
        "paused": expert("Nadia Charles", slug="b", paused_at=timezone.now()),
        "silent": expert("Hernán Páez", slug="c", silent_since=timezone.localdate()),
        "unpublished": draft_profile(factories.person(name="Patricia Gomes")).expert,
    }


def found(client, query: str = "") -> set[str]:
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return {row.permanent_id for row in page.context["cl"].result_list}


def test_the_list_is_searched_by_words_and_by_number_and_filtered(people, bruno, client_of):
    client = client_of(bruno)
    assert found(client, "q=munoz") == {people["public"].permanent_id}
    assert found(client, f"q={people['paused'].permanent_id}") == {people["paused"].permanent_id}
    assert found(client, "q=unoz") == set()
    for standing, one in people.items():
        assert found(client, f"standing={standing}") == {one.permanent_id}, standing
    assert found(client, "profession=ACA") == {people["public"].permanent_id}
    services.leave(people["public"], by=people["public"].user)
    assert found(client, "standing=left") == {people["public"].permanent_id} and found(client, "q=munoz") == set()


def test_nothing_is_changed_there(people, diana, client_of):
    client, one = client_of(diana), people["public"]
    page = client.get(f"{LIST}{one.pk}/change/").text
    assert "Elena Muñoz" in page and 'name="_save"' not in page
    for address in (f"{LIST}add/", f"{LIST}{one.pk}/delete/", f"{LIST}{one.pk}/change/"):
        assert client.post(address, {"availability": "NOT"}).status_code == 403


def test_invitations_are_the_administrators_to_read(ana, agency_cl, diana, bruno, client_of):
    services.invite_expert("nueva@example.org", "es", agency_cl, by=ana)
    assert "nueva@example.org" in client_of(diana).get("/admin/experts/expertinvitation/?q=nueva").text
    assert client_of(bruno).get("/admin/experts/expertinvitation/").status_code == 403
