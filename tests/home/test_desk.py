"""My desk, notices, the mailbox of the demonstration, figures for the operator."""

import pytest
from django.utils import timezone

from core import desk
from network.choices import Role
from notifications import kinds
from notifications.models import MailboxMessage, Notice
from tests import factories

KIND = kinds.NoticeKind("test.told", "Asked about “%(title)s”", "One question.", "Answer", "You wrote it.")


@pytest.fixture
def told(ana):
    kinds.register(KIND)
    make = Notice.objects.create
    yield [
        make(recipient=ana, kind=KIND.key, key=f"k{n}", params={"title": f"<b>{n}"}, url_name="home:about")
        for n in range(3)
    ]
    kinds._KINDS.pop(KIND.key)


def test_the_desk_shows_what_waits_and_for_whom(client, ana, monkeypatch):
    item = desk.DeskItem("Answer <b>", "A question.", "/en/", "question", "Answer", "Due tomorrow", "bad", "pt")
    walk = desk.DeskItem("Waiting", "With the OAS.", "/en/", steps=(("Sent", "done"), ("Review", "current")))
    panels = {
        "a": desk.DeskPanel("a", 1, "mine", lambda user: [item] if user == ana else []),
        "b": desk.DeskPanel("b", 1, "others", lambda user: [walk]),
    }
    monkeypatch.setattr(desk, "_PANELS", panels)
    client.force_login(ana)
    page = client.get("/en/desk/").content.decode()
    assert "Answer &lt;b&gt;" in page and 'lang="pt-BR"' in page and "Due tomorrow" in page
    assert 'aria-current="step"' in page


@pytest.mark.parametrize(
    "role", [None, Role.OFFICER, Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.PARTNER]
)
def test_an_empty_desk_says_what_to_do_next(client, role, ministry_cl, monkeypatch):
    monkeypatch.setattr(desk, "_PANELS", {})
    person = factories.person(roles=[(role, ministry_cl)] if role else [])
    client.force_login(person)
    page = client.get("/en/desk/").content.decode()
    assert "Nothing waits for you." in page and "Nobody owes you an answer." in page


@pytest.mark.parametrize("language", ["es", "pt", "fr", "en"])
def test_the_top_bar_counts_unread_notices_in_every_language(client, ana, told, language):
    client.force_login(ana)
    page = client.get(f"/{language}/desk/")
    body = page.content.decode()
    assert page.status_code == 200 and body.count('<span class="tag tag-on">3') == 1  # the menu of the phone
    assert body.count('<span class="tag tag-on"><span aria-hidden="true">3</span>') == 1


@pytest.mark.django_db
def test_the_desk_is_behind_sign_in(client):
    assert client.get("/es/desk/").status_code == 302


def test_notices_count_until_they_are_read(client, ana, told):
    client.force_login(ana)
    page = client.get("/en/desk/notices/").content.decode()
    assert page.count('class="tag tag-on">unread') == 3 and "&lt;b&gt;0" in page
    assert 'Notices <span class="tag tag-on"><span aria-hidden="true">3</span><span class="hush">3 unread' in page
    opened = client.get(f"/en/desk/notices/{told[0].pk}/")
    assert opened["Location"] == "/en/about/" and ana.notices.unread().count() == 2
    client.post("/en/desk/notices/read/")
    assert not ana.notices.unread().exists()


def test_notices_cost_the_same_for_one_and_for_three(client, ana, told, django_assert_max_num_queries):
    client.force_login(ana)
    with django_assert_max_num_queries(6):
        client.get("/en/desk/notices/")


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x", "9" * 22])
def test_a_page_that_does_not_exist_is_the_nearest_one(client, ana, told, page):
    client.force_login(ana)
    assert client.get(f"/en/desk/notices/?page={page}").status_code == 200


@pytest.fixture
def kept(db):
    return MailboxMessage.objects.create(
        to="ana@demo.example", subject="Hi <b>", text="See http://x.example/a <script>", html="<p onclick=x>Hi</p>"
    )


def test_the_mailbox_is_for_demonstrations_only(client, kept):
    assert client.get("/mailbox/").status_code == client.get(f"/mailbox/{kept.pk}/").status_code == 404


def test_mails_are_shown_as_text_with_links_to_follow(client, kept, settings):
    settings.DEMO = True
    listed = client.get("/mailbox/?to=ana@demo.example").content.decode()
    shown = client.get(f"/mailbox/{kept.pk}/").content.decode()
    assert "Hi &lt;b&gt;" in listed
    assert (
        'href="http://x.example/a"' in shown and "<script>" not in shown.split("<main")[1] and "<p onclick" not in shown
    )
    assert "Hi &lt;b&gt;" not in client.get("/mailbox/?to=nobody@demo.example").content.decode()


@pytest.mark.django_db
def test_figures_are_for_the_operator(client, settings):
    assert b"inla_mails_owed" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.1").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.1"}).status_code == 404
    settings.METRICS_TOKEN = "long-token"
    away = {"REMOTE_ADDR": "203.0.113.1"}
    assert client.get("/metrics", headers={"authorization": "Bearer long-token"}, **away).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer x"}, **away).status_code == 404


@pytest.mark.django_db
def test_machines_find_their_files(client, settings):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()
    said = client.get("/.well-known/security.txt").content.decode()
    expires = said.split("Expires: ")[1].split("Z")[0]
    assert "Contact: mailto:" in said and expires > timezone.now().strftime("%Y-%m-%dT%H:%M:%S")
