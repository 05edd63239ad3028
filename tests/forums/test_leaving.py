"""Whoever left a forum, and staff who do not moderate, learn nothing more of it; nor do lists and counts of everybody."""

import re

import pytest
from django.core import mail
from django.test import Client

from catalogue.models import Entry
from core.errors import NotAllowed
from forums.choices import Access, Pace
from forums.models import Draft, ForumMember, Topic, Useful, Watch
from forums.services import belonging, digests, moderating, reporting, writing
from network.choices import Role
from notifications.models import Notice
from notifications.services import send_owed
from review.models import Case
from tests import factories as people
from tests.access.walk import bare_body
from tests.forums import talk
from tests.forums.talk import mention
from tests.forums.test_watching import watch

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"zarzaparrilla", re.IGNORECASE)
WORDS = {"title": "Zarzaparrilla", "text": "zarzaparrilla words", "themes": ["INS-3"], "countries": ["SR"]}


@pytest.fixture
def mora(oas):
    return people.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def closed(ana, carla, victor):
    """A forum by invitation: Carla looks after it, Ana wrote in it, Víctor belongs."""
    return talk.forum(
        Access.INVITATION, members=[ana, victor], organisers=[carla], name="Zarzaparrilla forum", slug="closed"
    )


@pytest.fixture
def topic(closed, carla):
    return talk.topic(closed, by=carla, **WORDS)


def leave(forum, person) -> None:
    belonging.remove_member(ForumMember.objects.get(forum=forum, user=person), by=person)


PAGES = ("/en/", "/en/desk/", "/en/desk/notices/", "/en/forums/", "/en/forums/watching/", "/en/forums/drafts/", "/en/calendar/",
         "/en/forums/search/?q=zarzaparrilla", "/en/search/?q=zarzaparrilla", "/en/search/?kind=topics", "/en/forums/rooms/",
         "/en/themes/INS-3/", "/en/countries/SR/", "/en/areas/INS/", "/en/overview/", "/api/v1/topics/", "/api/v1/records/?country=SR",
         "/sitemap.xml", "/sitemap-topics-1.xml")  # fmt: skip


def found_by(client, *more: str) -> list[str]:
    """The pages on which the secret stands, besides what was asked."""
    told = []
    for address in (*PAGES, *more):
        body = client.get(address, follow=True).content.decode()
        if SECRET.search(body.replace(address.partition("q=")[2] or "\0", "")):
            told.append(address)
    return told


def test_whoever_leaves_reads_hears_and_finds_nothing_of_it_any_more(closed, topic, ana, victor, carla, client_of):
    """Not what they wrote, watched, began to write, were told before, reported, or found useful."""
    watch(ana, topic=topic)
    watch(ana, forum=closed, pace=Pace.DAILY)
    own = talk.post(topic, by=ana, text="zarzaparrilla of mine")
    theirs = talk.post(topic, by=carla, text=f"zarzaparrilla {mention(ana)}", quoted=own)
    Draft.objects.create(user=ana, forum=closed, topic=topic, title="", text="zarzaparrilla draft")
    Useful.objects.create(post=theirs, user=ana)
    report = reporting.report_post(theirs, by=ana, reason="offends")
    client = client_of(ana)
    where = f"/en/forums/closed/{topic.slug}/"
    pages = ["/en/forums/closed/", where, f"{where}post/2/", f"{where}history/2/", "/en/forums/closed/feed/", "/en/forums/closed/members/",
             f"{where}proposal/", f"/en/forums/moderation/posts/{own.pk}/", "/en/forums/mentions/?forum=closed&q=zar"]  # fmt: skip
    assert found_by(client, where), "what is open is found"
    assert Notice.objects.filter(recipient=ana).exists()
    leave(closed, ana)
    talk.post(topic, by=carla, text=f"zarzaparrilla again {mention(ana)}", quoted=own)
    talk.topic(closed, by=victor, title="Zarzaparrilla too")
    send_owed()
    digests.owe()
    digests.send()
    assert not [one for one in mail.outbox if one.to == [ana.email] and SECRET.search(one.subject + one.body)]
    assert found_by(client) == []
    missing = bare_body(client.get("/en/no-such-page/"))
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 404 and bare_body(answer) == missing, address
    assert not SECRET.search(client.get(f"/en/forums/moderation/reports/{report.pk}/").content.decode())
    for address in ("reply/", "useful/3/", "accept/3/", "watch/", "edit/2/", "remove/2/", "report/3/"):
        assert client.post(f"{where}{address}", {"text": "x", "pace": "daily"}).status_code == 404, address
    assert not Watch.objects.filter(user=ana).exists() and Topic.objects.get(pk=topic.pk).post_count == 4


def test_who_is_no_member_of_the_network_any_more_reads_no_forum_of_members(client_of, pablo, carla):
    place = talk.forum(Access.MEMBERS, name="Zarzaparrilla forum", slug="inside")
    topic = talk.topic(place, by=carla, **WORDS)
    watch(pablo, topic=topic)
    talk.post(topic, by=carla, text="zarzaparrilla again")
    client = client_of(pablo)
    assert found_by(client, "/en/forums/inside/")
    pablo.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    talk.post(topic, by=carla, text="zarzaparrilla once more")
    send_owed()
    assert not [one for one in mail.outbox if one.to == [pablo.email] and SECRET.search(one.subject + one.body)]
    assert found_by(client_of(pablo)) == []


def test_lists_and_counts_are_the_same_whether_or_not_there_is_something_hidden(client, carla, ana, victor, mora):
    """Byte for byte, for a visitor and for a machine: topics, posts, facets, entries, site map, feed."""
    seen = talk.topic(
        talk.forum(name="Seen forum", slug="seen"),
        by=carla,
        title="Seen",
        text="quetzal",
        themes=["INS-3"],
        countries=["SR"],
    )
    Topic.objects.filter(pk=seen.pk).update(last_post_at=seen.created_at)
    addresses = [*(page for page in PAGES if "desk" not in page and "watching" not in page and "drafts" not in page),
                 "/en/forums/seen/", f"/en/forums/seen/{seen.slug}/", "/en/forums/seen/feed/", f"/api/v1/topics/{seen.permanent_id}/",
                 "/en/search/?q=quetzal", "/en/forums/search/?q=quetzal"]  # fmt: skip

    def bodies() -> dict[str, str]:
        return {address: bare_body(Client().get(address)) for address in addresses}

    before, entries = bodies(), Entry.objects.count()
    for access in (Access.MEMBERS, Access.INVITATION):
        place = talk.forum(access, members=[ana], name="Zarzaparrilla forum", slug=f"closed-{access}")
        talk.post(talk.topic(place, by=carla, **{**WORDS, "text": "quetzal"}), by=ana, text="quetzal")
    writing.start_topic(
        seen.forum, by=victor, title="Zarzaparrilla", text="quetzal", language="en", themes=["INS-3"], countries=["SR"]
    )
    writing.reply(seen, by=people.person(), text="quetzal zarzaparrilla")
    assert Case.objects.count() == 2
    assert Entry.objects.count() == entries
    after = bodies()
    assert [address for address in addresses if before[address] != after[address]] == []


def test_staff_who_do_not_moderate_read_no_title_of_it_in_the_admin(
    closed, topic, ana, bruno, victor, carla, client_of
):
    """A reviewer works in the same queue: cases of the forums are not theirs, nor are the words of acts and events."""
    editor = people.person(roles=[(Role.TABLE_EDITOR, people.institution("PE"))])
    held = writing.reply(topic, by=ana, text="zarzaparrilla held")
    post = talk.post(topic, by=victor, text="zarzaparrilla bad")
    reporting.report_post(post, by=carla, reason="other", text="zarzaparrilla report")
    moderating.hide_post(post, by=carla, reason="zarzaparrilla reason")
    assert held.state == "held" and Case.objects.count() == 2
    cases = [f"/admin/review/case/{pk}/change/" for pk in Case.objects.values_list("pk", flat=True)]
    pages = ("/admin/", "/admin/review/case/", "/admin/review/case/?tab=all", "/admin/review/event/", "/admin/review/case/?q=zarzaparrilla",
             "/admin/forums/forum/", "/admin/forums/forum/dormant/", "/admin/files/storedfile/", *cases)  # fmt: skip
    for person in (bruno, editor):
        client = client_of(person)
        for address in pages:
            body = (
                client.get(address, follow=True)
                .content.decode()
                .replace("q=zarzaparrilla", "")
                .replace('value="zarzaparrilla"', "")
            )
            assert not SECRET.search(body), f"{person}: {address}"


def test_who_organises_one_forum_moderates_no_other(closed, topic, pablo, client_of):
    talk.forum(Access.INVITATION, organisers=[pablo], slug="elsewhere")
    post = talk.post(topic, by=topic.author, text="zarzaparrilla")
    root = "/en/forums/moderation"
    client = client_of(pablo)
    for address in (*(f"{root}/topics/{topic.pk}/{page}" for page in ("", "move/", "merge/", "split/")),
                    f"{root}/posts/{post.pk}/hide/", f"{root}/posts/{post.pk}/show/"):  # fmt: skip
        assert client.get(address).status_code == 404 and client.post(address, {"reason": "x"}).status_code == 404, (
            address
        )


def test_a_quotation_never_leads_out_of_its_topic(closed, topic, ana, carla, victor, mora, client_of):
    """After a split, post and quoted post stand in two topics, which may come to have other readers."""
    quoted = talk.post(topic, by=ana, text="first")
    answer = talk.post(topic, by=victor, text="second", quoted=quoted)
    new = moderating.split_topic(topic, [answer.place], by=mora, title="Another", reason="Two questions")
    moderating.move_to_forum(new, talk.forum(slug="open"), by=mora, reason="For all", confirmed=True)
    page = Client().get(f"/en/forums/open/{Topic.objects.get(pk=new.pk).slug}/").content.decode()
    assert "second" in page and ana.name not in page and "In reply to" not in page


def test_a_card_in_a_post_shows_nothing_of_a_closed_topic(topic, closed, ana, carla, client):
    """Neither by its number nor by its address; and once a public topic moves inside, its card is gone."""
    openly = talk.topic(talk.forum(slug="open"), by=carla, **WORDS)
    text = f"{topic.permanent_id}\n\n/id/{topic.permanent_id}\n\n{openly.permanent_id}"
    shown = talk.topic(talk.forum(slug="cards"), by=carla, title="Cards", text=text)
    where = f"/en/forums/cards/{shown.slug}/"
    assert client.get(where).content.decode().count("Zarzaparrilla") == 1
    mora = people.person(roles=[(Role.MODERATOR, people.institution("PE"))])
    moderating.move_to_forum(openly, closed, by=mora, reason="Not for all")
    page = client.get(where).content.decode()
    assert "Zarzaparrilla" not in page and f"<p>{openly.permanent_id}</p>" in page


def test_who_left_the_network_reads_no_forum_by_invitation_and_looks_after_none(closed, topic, ana, carla, client_of):
    """Their invitation was a colleague's; back in the network, they have it again."""
    watch(ana, topic=topic)
    open_one = talk.forum(organisers=[carla])
    waits = talk.topic(open_one, by=ana, title="Zarzaparrilla waits", text="zarzaparrilla", held=True)
    where = f"/en/forums/closed/{topic.slug}/"
    assert client_of(ana).get(where).status_code == client_of(carla).get(where).status_code == 200
    assert found_by(client_of(carla), f"/en/forums/{open_one.slug}/{waits.slug}/")
    for person in (ana, carla):
        person.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    talk.post(topic, by=people.person(), text="zarzaparrilla once more")
    send_owed()
    assert not mail.outbox
    for person in (ana, carla):
        client = client_of(person)
        assert client.get(where).status_code == client.get("/en/forums/closed/members/").status_code == 404
        assert found_by(client) == (["/en/desk/"] if person == ana else [])  # her own, which waits in the open forum
    assert client_of(carla).get(f"/en/forums/{open_one.slug}/{waits.slug}/").status_code == 404
    assert client_of(carla).get(f"/en/forums/{open_one.slug}/").status_code == 200
    ana.memberships.update(ends_on=None)
    assert client_of(ana).get(where).status_code == 200


def test_nobody_is_invited_to_what_they_could_not_read(closed, ana, pablo, carla, client_of, form_key):
    pablo.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    page = client_of(carla).post(
        "/en/forums/closed/members/", {"email": pablo.email, "role": "member", "form_key": form_key()}
    )
    assert page.status_code == 422 and "left the network" in page.text
    assert not closed.members.filter(user=pablo).exists()


def test_who_never_held_a_role_reads_where_they_were_invited(closed, topic, client_of, carla):
    guest = people.person("guest@union.example")
    belonging.add_member(closed, guest, by=carla)
    assert client_of(guest).get(f"/en/forums/closed/{topic.slug}/").status_code == 200
    assert talk.post(topic, by=carla, text=f"zarzaparrilla {mention(guest)}")
    assert Notice.objects.filter(recipient=guest, kind="forums.mention").exists()


def test_the_last_organiser_of_the_network_stays_whoever_else_left(closed, ana, carla, client_of):
    belonging.add_member(closed, ana, by=carla, role="organiser")
    ana.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    with pytest.raises(NotAllowed):
        leave(closed, carla)
    page = client_of(carla).get("/en/forums/closed/members/").content.decode()
    assert page.count("Left the network") == 1
