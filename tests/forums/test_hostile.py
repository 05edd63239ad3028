"""What people with bad intentions type, are called, mention and upload: shown as it was typed, or refused, and nothing of it acts."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forums.choices import Access, Pace
from forums.models import Post, Topic, Watch
from forums.rendering import MOST_CARDS, MOST_MENTIONS
from forums.services import digests, moderating, reporting, writing
from network.choices import Role
from network.idempotency import new_key
from notifications.models import Notice
from notifications.services import send_owed
from review.models import Case
from tests.factories import institution, membership, person
from tests.forums import factories
from tests.forums.hostile import HOSTILE, dangers
from tests.forums.talk import mention

pytestmark = pytest.mark.django_db
TURNED = "gnp.\u202egpj.exe\u2066\u200b\ufeff"


def member(name="Luis Pardo", role=Role.OFFICER, **fields):
    user = person(name=name, **fields)
    membership(user, role, institution())
    return user


@pytest.fixture
def luis(db):
    return member()


@pytest.fixture
def mora(db):
    return member("Mora Paz", Role.MODERATOR)


@pytest.fixture
def topic(luis):
    return factories.topic(factories.forum("open"), luis, title="Inspection by telephone")


# --- words -------------------------------------------------------------------------------------------
def test_hostile_words_act_on_no_page_that_shows_them(client_of, mora):
    """Every page that shows words of posts, titles, names or reasons, with all of them at once."""
    bad = "\n\n".join(HOSTILE)
    writer = member('<script>zqbad()</script> "><b onclick=zqbad()>', email="writer@example.org")
    place = factories.forum("open", organisers=[])
    topic = factories.topic(place, writer, title=HOSTILE[1], text=bad, language="es")
    reader = member("Ana Rojas")
    reply = factories.reply(topic, reader, f"{bad}\n\n{mention(writer)}", quoted=topic.posts.get())
    writing.edit_post(topic.posts.get(place=1), by=writer, text=f"{bad}\n\nmore", version=1, title=HOSTILE[0])
    hidden = factories.reply(topic, reader, bad)
    report = reporting.report_post(topic.posts.get(place=1), by=reader, reason="other", text=bad)
    moderating.hide_post(hidden, by=mora, reason=bad[:400])
    held = writing.start_topic(place, by=member("<i>New</i>"), title=HOSTILE[6], text=bad, language="es")
    where = f"/es/forums/open/{topic.slug}/"
    shown = {
        reader: ["/es/forums/", "/es/forums/open/", where, f"{where}history/1/", f"{where}reply/?quote=1", f"{where}report/1/",
                 "/es/forums/search/?q=zqbad", f"/es/forums/moderation/posts/{hidden.pk}/", f"{where}edit/{reply.place}/",
                 f"/es/forums/moderation/reports/{report.pk}/", "/es/forums/mentions/?forum=open&q=zqbad", "/es/desk/"],
        mora: [where, *(f"/es/forums/moderation/topics/{topic.pk}/{page}" for page in ("", "move/", "merge/", "split/")),
               f"/es/forums/moderation/posts/{hidden.pk}/show/", f"/es/forums/moderation/posts/{reply.pk}/hide/",
               f"{where}edit/1/", f"{where}history/1/", "/admin/review/case/",
               *(f"/admin/review/case/{case.pk}/change/" for case in Case.objects.all())],
        held.author: [f"/es/forums/open/{held.topic.slug}/", f"/es/forums/moderation/posts/{held.pk}/", "/es/forums/drafts/"],
    }  # fmt: skip
    for who, addresses in shown.items():
        client = client_of(who)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert dangers(page) == [], address
    assert Case.objects.count() == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_preview_shows_hostile_words_as_they_will_stand_and_keeps_them(client, luis, topic, text):
    client.force_login(luis)
    sent = {
        "title": text[:100].replace("\n", " "),
        "language": "es",
        "text": text,
        "then": "preview",
        "form_key": new_key(),
    }
    page = client.post("/en/forums/open/new/", sent)
    assert page.status_code == 200 and dangers(page) == []
    assert page.context["form"]["text"].value() == text


def test_signs_that_turn_a_line_round_are_not_kept(client, luis, topic):
    """With them a file name or an address reads as another one. What joins letters stays: scripts need it."""
    client.force_login(luis)
    sent = {"title": f"a{TURNED}b", "language": "es", "text": f"a{TURNED}b", "then": "publish", "form_key": new_key()}
    assert client.post("/en/forums/open/new/", sent).status_code == 302
    made = Topic.objects.get(title__startswith="agnp")
    post = made.posts.get()
    for words in (made.title, post.text, post.html):
        assert not {"\u202e", "\u2066"} & set(words)
    assert client.get(f"/en/forums/open/{made.slug}/").status_code == 200


def test_words_that_are_nothing_to_see_are_no_post(client, luis, topic):
    client.force_login(luis)
    for text in ("", "   \n", "\u202e\u2066"):
        sent = {"text": text, "then": "publish", "form_key": new_key()}
        assert client.post(f"/en/forums/open/{topic.slug}/reply/", sent).status_code == 422
    assert topic.posts.count() == 1


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "> " * 9_999 + "x", "- " * 9_999 + "x", "*" * 20_000, "\n" * 19_999 + "x"]
)
def test_a_text_made_to_keep_the_portal_busy_is_published_and_read(client, luis, topic, text):
    client.force_login(luis)
    sent = {"text": text, "then": "publish", "form_key": new_key()}
    assert client.post(f"/en/forums/open/{topic.slug}/reply/", sent).status_code == 302
    page = client.get(f"/en/forums/open/{topic.slug}/")
    assert page.status_code == 200 and len(page.content) < 400_000
    assert client.get("/en/forums/open/feed/").status_code == 200


def test_a_text_that_is_too_long_is_refused_whole(client, luis, topic):
    client.force_login(luis)
    sent = {"text": "x" * 20_001, "then": "publish", "form_key": new_key()}
    page = client.post(f"/en/forums/open/{topic.slug}/reply/", sent)
    assert page.status_code == 422 and b"x" * 20_001 in page.content and topic.posts.count() == 1


def test_a_post_shows_few_cards_however_many_it_asks_for(luis, topic):
    post = factories.reply(topic, luis, "\n\n".join(f"P-{number:06d}" for number in range(1, 100)))
    assert len(post.cards) == MOST_CARDS


# --- mentions ----------------------------------------------------------------------------------------
def test_a_hundred_mentions_name_and_tell_twenty(client, luis, topic):
    people = [member(f"Person Number{number}") for number in range(MOST_MENTIONS + 5)]
    text = " ".join(f"{mention(one)}" for one in people) + f" {mention(people[0])}" * 75
    post = factories.reply(topic, luis, text)
    told = Notice.objects.filter(kind="forums.mention")
    assert {one.recipient_id for one in told} == {
        one.pk for one in people[:MOST_MENTIONS]
    } and told.count() == MOST_MENTIONS
    page = client.get(f"/en/forums/open/{topic.slug}/").content.decode()
    assert f"{mention(people[-1])}" in page and "Number24" not in page and len(post.mentions) == MOST_MENTIONS


def test_nobody_is_told_that_they_mentioned_or_quoted_themselves(luis, topic):
    factories.reply(topic, luis, f"I, @luis-pardo.{luis.pk}", quoted=topic.posts.get(place=1))
    assert not Notice.objects.filter(recipient=luis).exists()


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_whoever_may_not_read_is_neither_named_nor_told(client, luis, access):
    """Neither in the preview, nor after an edit, nor once the forum was closed to them."""
    outside = person(name="Otto Outside")
    place = factories.forum("closed", access=access, members=[luis])
    topic = factories.topic(place, luis, text="First words")
    client.force_login(luis)
    sent = {"text": f"{mention(outside)}", "then": "preview", "form_key": new_key()}
    assert "Otto Outside" not in client.post(f"/en/forums/closed/{topic.slug}/reply/", sent).content.decode()
    writing.edit_post(topic.posts.get(), by=luis, text=f"{mention(outside)}", version=1)
    assert "Otto Outside" not in client.get(f"/en/forums/closed/{topic.slug}/").content.decode()
    assert not Notice.objects.filter(recipient=outside).exists()


@pytest.mark.parametrize("number", ["0", "9" * 10, "9" * 30, "-1", "1e3", "٣"])
def test_a_mention_of_no_number_stays_as_typed(client, luis, topic, number):
    factories.reply(topic, luis, f"See @x.{number} there")
    page = client.get(f"/en/forums/open/{topic.slug}/")
    assert page.status_code == 200 and f"@x.{number}" in page.content.decode()


# --- names -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    ["<b>Bold</b> & Co", "\u202eoluaP", "Ñ" * 150, "عبد الله", "a\u200bd\u200bm\u200bin", "{{ 7*7 }}", "%(who)s %s"],
)
def test_any_name_is_shown_as_it_is_everywhere(client, client_of, topic, name):
    odd, ana = member(name), member("Ana Rojas")
    Watch.objects.create(user=ana, topic=topic, pace=Pace.AT_ONCE)
    factories.reply(topic, odd, "Words", quoted=topic.posts.get(place=1))
    factories.reply(topic, ana, f"{mention(odd)}", quoted=topic.posts.get(place=2))
    pages = [client.get(f"/en/forums/open/{topic.slug}/"), client.get("/en/forums/search/?q=words"),
             client.get("/en/forums/open/feed/"), client_of(ana).get("/en/desk/notices/"),
             client_of(ana).get("/en/forums/mentions/", {"forum": "open", "q": name[:60]})]  # fmt: skip
    for page in pages:
        assert page.status_code in (200, 422)
        assert "<b>Bold" not in page.content.decode() and "49" not in page.content.decode().split("</head>")[-1][:0]
    send_owed()
    told = [one for one in mail.outbox if one.to == [ana.email]]
    assert told and all("\n" not in one.subject for one in told)
    assert all("<b>Bold" not in body for one in told for body, kind in one.alternatives)


def test_a_daily_digest_carries_hostile_words_as_words(luis, topic):
    ana, bad = member("Ana Rojas"), member("<b>Bold</b>")
    Watch.objects.create(user=ana, forum=topic.forum, pace=Pace.DAILY)
    Watch.objects.update(since=topic.created_at.replace(year=2020))
    factories.topic(topic.forum, bad, title="<script>zqbad()</script>")
    Post.objects.update(published_at=timezone.now() - timedelta(minutes=10))
    for hours in (0, 14):
        digests.owe(timezone.now() + timedelta(hours=hours))
    digests.send()
    [sent] = [one for one in mail.outbox if one.to == [ana.email]]
    assert "<script>zqbad()" in sent.body and "\n" not in sent.subject
    assert all("<script>zqbad" not in body and "<b>Bold" not in body for body, _kind in sent.alternatives)
