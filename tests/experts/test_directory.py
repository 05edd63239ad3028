"""The directory of experts: list, facets, orders, downloads, feed."""

import pytest

from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


def test_the_list_shows_who_is_in_the_directory(client):
    expert("Elena Ríos")
    page = client.get("/en/experts/").content.decode()
    assert "Elena Ríos" in page
    assert "1 expert<" in page


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_the_list_is_downloaded(client, format):
    expert("Elena Ríos")
    response = client.get(f"/en/experts/export.{format}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content)


def test_the_feed_names_the_newest(client):
    one = expert("Elena Ríos")
    feed = client.get("/en/experts/feed/").content.decode()
    assert "Elena Ríos" in feed
    assert f"/id/{one.permanent_id}" in feed


def test_the_interface_tells_of_an_expert(client):
    one = expert("Elena Ríos")
    listed = client.get("/api/v1/experts/").json()
    assert [row["title"] for row in listed["results"]] == ["Elena Ríos"]
    told = client.get(f"/api/v1/experts/{one.permanent_id}/").json()
    assert told["name"] == "Elena Ríos"
    assert told["biography"] == ""
