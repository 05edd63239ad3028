"""Past conferences with their source, and the demonstration's meetings."""

import pytest
from django.conf import settings

from catalogue.models import Entry
from meetings.demo import loading
from meetings.loading import carry
from meetings.models import Meeting
from network import demo_loading
from review import events

pytestmark = pytest.mark.django_db


def test_past_conferences_are_carried_once_with_their_source(client):
    assert carry() == 21
    assert carry() == 0
    assert Entry.objects.filter(kind="meetings").count() == 21
    for meeting in Meeting.objects.all():
        assert meeting.source.startswith("http")
        assert not meeting.is_demo
        assert meeting.is_past
        assert client.get(f"/es/calendar/{meeting.slug}/").status_code == 200
    page = client.get("/es/calendar/?month=2013-11").text
    assert page.count("XVIII Inter-American Conference") == 2  # on each of its two days
    assert "XV Inter-American Conference" in client.get("/es/calendar/?month=2007-09").text
    assert "Medellín" in client.get("/es/calendar/?q=medellin").text


def test_the_demonstration_loads_once_and_every_chain_of_it_holds(client):
    demo_loading.load("a password for this one test")
    assert loading.load() == 26
    assert loading.load() == 0
    invented = Meeting.objects.filter(is_demo=True)
    assert invented.count() == 5
    assert all(
        "demonstra" in meeting.title.lower() or "demostra" in meeting.title or "démonstra" in meeting.title
        for meeting in invented
    )
    assert all(events.verify(meeting.stream) for meeting in invented)
    full = invented.get(capacity=2)
    assert (full.registrations.confirmed().count(), full.registrations.in_line().count()) == (2, 1)
    assert loading.number_of("inspection").startswith("M-")
    page = client.get(f"/en/calendar/{invented.get(language='fr').slug}/").text
    assert "Who took part" in page
    assert settings.MEETING_PROVIDER_URL not in page
