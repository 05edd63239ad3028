"""What is not for everybody is nowhere for everybody: every address is asked, by a visitor and by a member who is outside."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from files.models import StoredFile
from forums.choices import Access, Pace, PostState, Stance
from forums.models import Draft, Post, PostFile, Topic, Watch
from forums.services import consensus, digests
from network.choices import Role
from notifications.services import send_owed
from tests import factories as people
from tests.access import walk
from tests.access.addresses import address
from tests.access.conftest import built
from tests.experts.hidden import body_of
from tests.forums import talk
from tests.forums.talk import mention

pytestmark = pytest.mark.django_db
MARK = re.compile(r"zq(?:inside(?!r)|members|held|hidden|refused|removed|draft|later)")
QUERIES = ("zqinside", "zqinsid", "quetzalito", "zqhidden", "zqheld")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Of the access walk, which knows how to fill in every address; of this module alone."""
    with built(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@dataclass
class Secrets:
    """Things with words of their own, that begin with zq, and the addresses at which they would be."""

    insider: object
    places: dict[str, list[str]] = field(default_factory=dict)


def _words(key: str) -> dict:
    return {"title": f"Zq{key} quetzalito", "text": f"zq{key} quetzalito", "themes": ["INS-3"], "countries": ["SR"]}


def _addresses(topic: Topic) -> list[str]:
    where = f"/en/forums/{topic.forum.slug}/{topic.slug}/"
    return [where, f"{where}post/1/", f"{where}history/1/", f"{where}proposal/", f"{where}reply/", f"/id/{topic.permanent_id}",
            f"/api/v1/topics/{topic.permanent_id}/"]  # fmt: skip


def _attach(post: Post, name: str) -> str:
    stored = StoredFile.objects.first()
    StoredFile.objects.filter(pk=stored.pk).update(scan_state="clean")
    row = PostFile.objects.create(post=post, file=stored, name=name)
    return f"/en/forums/{post.topic.forum.slug}/{post.topic.slug}/file/{row.pk}/"


def secrets(world) -> Secrets:
    """Forums that not everybody reads; topics and posts that wait, or were hidden, refused, taken back; a draft."""
    insider = people.person(
        "zqinsider@example.org", name="Zqinsider Person", roles=[(Role.OFFICER, people.institution("PE"))]
    )
    found = Secrets(insider)
    names = {"name": "Zqinside forum", "slug": "zqinside"}
    inside = talk.forum(Access.INVITATION, members=[insider], **names)
    members = talk.forum(Access.MEMBERS, name="Zqmembers forum", slug="zqmembers")
    openly = talk.forum(name="Zqseen forum", slug="zqseen")
    for where, key in ((inside, "inside"), (members, "members")):
        topic = talk.topic(where, by=insider, **_words(key))
        proposal = talk.proposal(topic, by=insider, text=f"zq{key} proposal")
        consensus.take_position(proposal, by=insider, stance=Stance.OBJECT, text=f"zq{key} position")
        found.places[key] = [*_addresses(topic), f"/en/forums/{where.slug}/", f"/en/forums/{where.slug}/feed/",
                             f"/en/forums/{where.slug}/new/", _attach(topic.posts.get(), f"zq{key}.png"),
                             f"/en/forums/mentions/?forum={where.slug}&q=zq"]  # fmt: skip
    held = talk.topic(openly, by=insider, held=True, **_words("held"))
    found.places["held"] = [*_addresses(held), _attach(held.posts.get(), "zqheld.png")]
    hidden = talk.topic(openly, by=insider, **_words("hidden"))
    talk.hide_topic(hidden)
    found.places["hidden"] = [*_addresses(hidden), _attach(hidden.posts.get(), "zqhidden.png")]
    seen = talk.topic(
        openly, by=insider, title="Zqseen quetzalito", text="zqseen quetzalito", themes=["INS-3"], countries=["SR"]
    )
    for state in (PostState.HELD, PostState.HIDDEN, PostState.REFUSED, PostState.REMOVED):
        post = talk.post(seen, by=insider, text=f"zq{state} quetzalito", held=state == PostState.HELD)
        Post.objects.filter(pk=post.pk).update(
            state=state, place=post.place if state in (PostState.HIDDEN, PostState.REMOVED) else None
        )
        found.places[f"post-{state}"] = [_attach(post, f"zq{state}.png")]
    talk.post(
        seen, by=world.people["administrator"], text=f"zqseen\n\n{hidden.permanent_id}\n\n/id/{held.permanent_id}\n"
    )
    Draft.objects.create(user=insider, forum=openly, title="Zqdraft", text="zqdraft quetzalito")
    return found


def asked(client, world, role: str) -> dict[str, str]:
    """{address: body} of every address that this role may read, and of the lists with questions."""
    found = {}
    places = [
        (name, address(world, name, path, pattern, role, True))
        for name, path, pattern in walk.patterns()
        if (line := walk.line_of(name, path)) and line.own[role] == "yes" and not path.startswith("admin/")
    ]
    lists = [
        where
        for name, where in places
        if re.search(r"(list|search|feed|export|records|mentions|watching|drafts)$", name)
    ]
    more = ["/sitemap-topics-1.xml", "/en/forums/zqseen/", "/es/forums/zqseen/feed/", "/en/countries/SR/", "/en/themes/INS-3/",
            "/en/areas/INS/", "/en/forums/zqseen/?state=held", "/en/forums/zqseen/?unread=yes", "/en/desk/",
            "/en/forums/mentions/?q=zq", "/en/forums/mentions/?forum=zqseen&q=zqinsider", *_addresses(Topic.objects.get(title="Zqseen quetzalito"))]  # fmt: skip
    places += [("", where) for where in more]
    places += [("", f"{where.split('?')[0]}?q={query}") for where in lists for query in QUERIES]
    for _name, where in places:
        response = client.get(where, follow=where.endswith("post/1/"))
        if response.status_code not in (301, 302, 405):
            found[where] = body_of(response)
    return found


ALLOWED = {"visitor": set(), "foreign_officer": {"zqmembers"}}


def without_the_question(where: str, body: str) -> str:
    """A page repeats what was asked of it: that is no answer."""
    asked_for = where.partition("q=")[2].partition("&")[0]
    return body.replace(asked_for, "") if asked_for else body


@pytest.mark.parametrize("role", list(ALLOWED))
def test_what_is_not_for_them_is_found_nowhere(world, role):
    made = secrets(world)
    client = world.clients[role]
    found = asked(client, world, role)
    assert sum("zqseen" in body for body in found.values()) > 10, "what is public is found"
    told = [
        (where, mark)
        for where, body in found.items()
        for mark in sorted(set(MARK.findall(without_the_question(where, body))) - ALLOWED[role])
    ]
    assert told == []
    missing = walk.bare_body(client.get("/en/no-such-page/"))
    plain = client.get("/api/v1/no-such/").json()
    for key, places in made.places.items():
        if f"zq{key}" in ALLOWED[role]:
            continue
        for where in places:
            response = client.get(where)
            if where.endswith(("/new/", "/reply/")) or "/mentions/" in where:
                assert response.status_code in (302, 404), where
            else:
                assert response.status_code == 404, where
            if response.status_code == 404:
                same = response.json() == plain if where.startswith("/api/") else walk.bare_body(response) == missing
                assert same, f"{where} differs from a page that does not exist"


def test_nobody_outside_is_written_to(world):
    outsider = world.people["foreign_officer"]
    made = secrets(world)
    for topic in (
        Topic.objects.filter(title__startswith="Zq")
        .exclude(title__startswith="Zqseen")
        .exclude(title__startswith="Zqmembers")
    ):
        for thing, pace in (({"topic": topic}, Pace.AT_ONCE), ({"forum": topic.forum}, Pace.DAILY)):
            Watch.objects.update_or_create(user=outsider, **thing, defaults={"pace": pace})
    Watch.objects.update(since=timezone.now() - timedelta(days=9))
    for topic in Topic.objects.filter(title__startswith="Zq"):
        first = topic.posts.order_by("pk").first()
        talk.post(topic, by=made.insider, text=f"zqlater {mention(outsider)}", quoted=first, held=True)
        if topic.forum.slug == "zqinside":
            talk.post(topic, by=made.insider, text=f"zqlater {mention(outsider)}")
    for hour in (0, 14, 30):
        digests.owe(timezone.now() + timedelta(hours=hour))
        digests.send()
    send_owed()
    sent = " ".join(one.subject + one.body for one in mail.outbox if one.to == [outsider.email]).lower()
    assert not MARK.findall(sent)
    told = " ".join(body_of(world.clients["foreign_officer"].get("/en/desk/notices/")).split())
    assert not MARK.findall(told)


def test_counts_speak_of_what_everybody_sees(world):
    secrets(world)
    page = Client().get("/api/v1/topics/?theme=INS-3").json()
    assert page["count"] == 1 and [row["title"] for row in page["results"]] == ["Zqseen quetzalito"]
    assert Client().get("/api/v1/records/?country=SR&kind=topics").json()["count"] == 1
