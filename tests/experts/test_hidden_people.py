"""What is left of whoever is hidden, or of what they no longer show: nothing."""

import pytest

from accounts.services import memberships
from catalogue import services as catalogue
from catalogue.models import Entry, FacetBits, Word
from experts.choices import Shown
from network.models import User
from tests import factories
from tests.experts.factories import expert
from tests.experts.hidden import HIDE, NEVER, NOW, body_of, someone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", [*HIDE, *NEVER])
def test_the_own_addresses_of_whoever_is_hidden_do_not_exist(client, key):
    person = someone(key, publish=False)
    change = HIDE.get(key, {"published": None})
    type(person).objects.filter(pk=person.pk).update(**change)
    catalogue.publish("experts", person.pk)
    number = person.permanent_id
    for where in (
        f"/en/experts/zq{key}/",
        f"/id/{number}",
        f"/api/v1/experts/{number}/",
        f"/en/experts/zq{key}/write/",
    ):
        response = client.get(where)
        assert response.status_code == 404, where
        assert "vanished" not in body_of(response)
    assert f"zq{key}" not in body_of(client.get(f"/en/compare/?id={number}"))
    assert not Entry.objects.filter(kind="experts").exists()
    assert not FacetBits.objects.filter(kind="experts").exists()
    assert "/sitemap-experts-1.xml" not in body_of(client.get("/sitemap.xml"))


def test_a_profile_leaves_with_the_account_that_is_suspended_and_comes_back_with_it(client, diana):
    person = someone("barred", user=factories.person("barred@example.org"))
    memberships.suspend(person.user, by=diana, reason="Harm.")
    for where in ("/en/experts/zqbarred/", f"/id/{person.permanent_id}", f"/api/v1/experts/{person.permanent_id}/"):
        assert client.get(where).status_code == 404, where
    assert "zqbarred" not in body_of(client.get("/en/experts/")) and not Entry.objects.filter(kind="experts").exists()
    memberships.reinstate(User.objects.get(pk=person.user_id), by=diana)
    assert client.get("/en/experts/zqbarred/").status_code == 200
    assert "zqbarred" in body_of(client.get("/en/experts/"))


def test_a_pause_outlasts_a_suspension(client, diana):
    person = someone("resting", user=factories.person("resting@example.org"), publish=False, paused_at=NOW)
    memberships.suspend(person.user, by=diana, reason="Harm.")
    memberships.reinstate(User.objects.get(pk=person.user_id), by=diana)
    assert client.get("/en/experts/zqresting/").status_code == 404


def test_whoever_left_is_not_named_at_the_old_address(client):
    person = someone("left")
    type(person).objects.filter(pk=person.pk).update(retired_at=NOW)
    catalogue.depart("experts", person.pk)
    response = client.get("/en/experts/zqleft/")
    assert response.status_code == 410 and "vanished" not in body_of(response)
    response = client.get(f"/api/v1/experts/{person.permanent_id}/")
    assert response.status_code == 410 and "vanished" not in body_of(response)
    assert "vanished" not in body_of(client.get(f"/id/{person.permanent_id}"))


@pytest.mark.parametrize("field", Shown.values)
def test_a_field_that_is_no_longer_shown_vanishes_at_once(client, field):
    mark = {
        "position": {"position": "Xylograph", "institution_text": "Xylographica"},
        "residence": {"residence_id": "SR"},
        "biography": {"biography": "Xylograph"},
        "publications": {"publications": [{"title": "Xylograph", "year": 2020}]},
        "activities": {"activities": [{"title": "Xylograph", "country": "CL"}]},
        "programmes": {"programmes": ["T-000001"]},
        "orcid": {"orcid": "0000-0002-1825-0097"},
    }[field]
    signs = {
        "residence": ('class="iso" title="suriname"', '"residence":"sr"', '"residence": "sr"'),
        "programmes": ("t-000001",),
        "orcid": ("0000-0002-1825-0097",),
    }.get(field, ("xylo",))
    person = expert("Elena Ríos", slug="elena", shown=list(Shown.values), **mark)
    places = (
        "/en/experts/elena/", "/en/experts/", "/en/experts/feed/", "/en/experts/export.csv", "/en/experts/export.json",
        "/en/experts/export.xlsx", "/en/search/", "/en/search/feed/", "/en/countries/CL/", "/en/themes/LAB-1/", "/api/v1/experts/",
        "/api/v1/records/", f"/api/v1/experts/{person.permanent_id}/",
    )  # fmt: skip
    if field != "programmes":  # a number that leads nowhere is shown to nobody
        assert any(sign in body_of(client.get(where)) for where in places for sign in signs)
    person.shown = []
    person.save()
    catalogue.publish("experts", person.pk)
    assert [where for where in places for sign in signs if sign in body_of(client.get(where))] == []
    for query in ("?q=xylograph", "?residence=SR", "?q=xylographica"):
        assert client.get(f"/api/v1/experts/{query}").json()["count"] == 0
    assert not Word.objects.filter(folded__startswith="xylo").exists()
