"""What live rooms tell and where they are found: who watches, who hosts, whose message was hidden, My desk, the forum, the API."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forums.choices import Access, Pace
from forums.models import ForumMember, Watch
from forums.services import rooms
from notifications.models import Notice
from notifications.services import send_owed
from tests.forums.room_factories import forum, room, said

pytestmark = pytest.mark.django_db
API = "/api/v1/rooms/"


def watch(person, where, pace=Pace.AT_ONCE) -> Watch:
    return Watch.objects.create(user=person, forum=where, pace=pace)


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def announce(where, by, hosts=(), opens: float = 24, **values):
    now = timezone.now()
    hours = {"opens_at": now + timedelta(hours=opens), "closes_at": now + timedelta(hours=opens + 1)}
    values = {"title": "Expert hour", "about": "Ask.", "language": "en", "zone": "America/Bogota", **hours, **values}
    return rooms.open_room(where, by=by, hosts=hosts, **values)


# --- that a message was hidden, and why -------------------------------------------------------------
def test_the_author_of_a_hidden_message_is_told_why(ana, diana, client_of):
    where = room()
    message = said(where, ana, "Words that must go")
    rooms.hide_message(message, by=diana, reason="It names a person")
    assert told(ana) == ["forums.message_hidden"] and told(diana) == []
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It names a person." in page and where.title in page
    send_owed()
    assert "It names a person." in mail.outbox[0].body and "Words that must go" not in mail.outbox[0].body
    assert client_of(ana).get(f"/en/desk/notices/{Notice.objects.get().pk}/").url.endswith("?at=1#m-1")
    rooms.show_message(message, by=diana, reason="Not so bad")
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It is shown again since." in page and "Not so bad" not in page


def test_who_hides_their_own_message_is_not_told(carla):
    where = room(hosts=[carla])
    rooms.hide_message(said(where, carla), by=carla, reason="A slip")
    assert told(carla) == []


def test_the_reason_is_for_those_who_may_still_see_the_room(ana, diana, client_of):
    where = room(forum("closed", Access.INVITATION))
    inside = ForumMember.objects.create(forum=where.forum, user=ana)
    rooms.hide_message(said(where, ana), by=diana, reason="It names a person")
    inside.delete()
    send_owed()
    assert mail.outbox == []
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It names a person" not in page and where.title not in page
