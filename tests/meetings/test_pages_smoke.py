import pytest

from meetings import services
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


def test_every_page_opens(client, client_of):
    boss = made.staff()
    one = made.meeting(
        boss,
        agenda=[{"time": "15:00", "title": "Welcome", "speaker": "Ana"}],
        themes=["LAB-1"],
        country_id="CO",
        place="Bogotá",
    )
    person = made.member()
    services.register(one, by=person)
    for path in (
        "",
        "?view=list",
        "?month=2027-03",
        "feed/",
        "feed.ics",
        "planner/",
        f"{one.slug}/",
        f"{one.slug}/planner/",
        f"{one.slug}/invitation.ics",
    ):
        for browser in (client, client_of(person), client_of(boss)):
            response = browser.get(f"/en/calendar/{path}")
            assert response.status_code == 200, (path, response.content[:2000])
    for path in ("me/", f"{one.slug}/register/"):
        assert client_of(person).get(f"/en/calendar/{path}").status_code == 200
    for path in (
        "",
        "new/",
        f"{one.pk}/",
        f"{one.pk}/people/",
        f"{one.pk}/documents/",
        f"{one.pk}/after/",
        f"{one.pk}/cancel/",
    ):
        assert client_of(boss).get(f"/en/calendar/organise/{path}").status_code == 200, path
