"""The pages of moderation: who opens them, what they ask, what they keep of what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.models import StoredFile
from forums.choices import Access, PostState, TopicState
from forums.models import Post, PostFile, Topic
from forums.services import moderating, reporting
from network.choices import Role
from network.idempotency import new_key
from review import services as review
from review.models import Case
from tests import factories
from tests.forums import judging as forums

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}"


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def topic(ana, victor):
    made = forums.topic(by=ana, title="Inspection on the road")
    forums.post(made, by=victor, text="We did it in two years.")
    return Topic.objects.select_related("forum").get(pk=made.pk)


@pytest.fixture
def reply(topic):
    return Post.objects.select_related("topic__forum").get(topic=topic, place=2)


def send(client, name: str, *args, **said):
    return client.post(reverse(f"forums:{name}", args=args), {**said, "form_key": new_key()})


PAGES = ("moderate", "move", "merge", "split")


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_topic_open_to_who_moderates(topic, mora, ana, pablo, client_of, name):
    there = reverse(f"forums:{name}", args=[topic.pk])
    assert client_of(mora).get(there).status_code == 200
    assert client_of(ana).get(there).status_code == 403
    closed = forums.topic(forums.forum(Access.INVITATION, members=[ana]), by=ana)
    assert client_of(pablo).get(reverse(f"forums:{name}", args=[closed.pk])).status_code == 404


def test_a_topic_is_locked_and_pinned_from_its_page(topic, mora, client_of):
    client = client_of(mora)
    refused = send(client, "moderate", topic.pk, do="lock", reason=" ")
    assert refused.status_code == 422
    assert "Write the reason" in refused.content.decode()
    assert send(client, "moderate", topic.pk, do="lock", reason="It was answered").status_code == 302
    assert send(client, "moderate", topic.pk, do="pin").status_code == 302
    topic.refresh_from_db()
    assert topic.locked_at
    assert topic.pinned
    page = client.get(reverse("forums:moderate", args=[topic.pk])).content.decode()
    assert "It was answered" in page
    assert "Mora Paz" in page


def test_the_same_button_twice_is_carried_out_once(topic, reply, mora, client_of):
    client, key = client_of(mora), new_key()
    there = reverse("forums:hide", args=[reply.pk])
    answers = [client.post(there, {"reason": "Advertising", "form_key": key}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert reply.acts.count() == 1


def test_moving_to_other_readers_asks_once_more_and_keeps_what_was_typed(ana, mora, client_of):
    closed, public = forums.forum(Access.INVITATION, members=[ana]), forums.forum()
    topic, client = forums.topic(closed, by=ana), client_of(mora)
    asked = send(client, "move", topic.pk, to=public.pk, reason="It concerns all")
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "Other people will read these words" in text
    assert "It concerns all" in text
    topic.refresh_from_db()
    assert topic.forum == closed
    moved = send(client, "move", topic.pk, to=public.pk, reason="It concerns all", asks="1", confirmed="on")
    assert moved.status_code == 302
    topic.refresh_from_db()
    assert topic.forum == public


def test_old_addresses_lead_on_for_who_may_read_and_for_nobody_else(topic, ana, mora, client, client_of):
    was = reverse("forums:topic", args=[topic.forum.slug, topic.slug])
    moved = moderating.move_to_forum(topic, forums.forum(), by=mora, reason="There")
    answer = client.get(was)
    assert (answer.status_code, answer.url) == (301, reverse("forums:topic", args=[moved.forum.slug, moved.slug]))
    closed = moderating.move_to_forum(moved, forums.forum(Access.INVITATION), by=mora, reason="Not for all")
    assert client.get(was).status_code == 404
    assert client_of(ana).get(was).status_code == 404
    answer = client_of(mora).get(was)
    assert (answer.status_code, answer.url) == (301, reverse("forums:topic", args=[closed.forum.slug, closed.slug]))


def test_a_joined_topic_leads_to_the_other_one(topic, ana, mora, client, client_of):
    was, into = reverse("forums:topic", args=[topic.forum.slug, topic.slug]), forums.topic(by=ana)
    assert send(client_of(mora), "merge", topic.pk, into=into.permanent_id, reason="The same").status_code == 302
    answer = client.get(was)
    assert (answer.status_code, answer.url) == (301, reverse("forums:topic", args=[into.forum.slug, into.slug]))


@pytest.mark.parametrize("into", ["", "F-999999", "F-" + "9" * 30, "/en/forums/no/such/", HOSTILE, "L-000001", "\x00"])
def test_only_a_topic_that_one_sees_is_joined(topic, mora, client_of, into):
    assert send(client_of(mora), "merge", topic.pk, into=into, reason="The same").status_code in (400, 422)
    topic.refresh_from_db()
    assert topic.state == TopicState.PUBLISHED


def test_posts_are_split_off_by_their_boxes(topic, reply, mora, client_of):
    client = client_of(mora)
    page = client.get(reverse("forums:split", args=[topic.pk])).content.decode()
    assert "2. Víctor Almeida: We did it in two years." in page
    for places in ([], ["1"], ["x"], ["99"], ["9" * 30]):
        assert (
            send(client, "split", topic.pk, places=places, title="New", language="en", reason="Two").status_code == 422
        )
    done = send(client, "split", topic.pk, places=["2"], title="How long?", language="es", reason="Two questions")
    assert done.status_code == 302
    reply.refresh_from_db()
    assert (reply.topic.title, reply.topic.language) == ("How long?", "es")


def test_a_reader_reports_a_post_and_follows_it(topic, reply, pablo, mora, client_of):
    client = client_of(pablo)
    args = [topic.forum.slug, topic.slug, 2]
    assert "We did it in two years." in client.get(reverse("forums:report", args=args)).content.decode()
    assert send(client, "report", *args).status_code == 422
    assert send(client, "report", *args, reason="other", text=" ").status_code == 422
    sent = send(client, "report", *args, reason="offends", text=HOSTILE)
    assert sent.status_code == 302
    page = client.get(sent.url).content.decode()
    assert "Waits for a moderator" in page
    assert "<img src=x" not in page
    case = Case.objects.get()
    shown = client_of(mora).get(reverse("admin:review_case_change", args=[case.pk])).content.decode()
    assert "<img src=x" not in shown
    assert "Pablo Ortiz" in shown
    review.decline(case, by=mora, letter="It is an opinion")
    assert "It is an opinion" in client.get(sent.url).content.decode()
    assert client_of(factories.person()).get(sent.url).status_code == 404
    assert "reported this post already" in client.get(reverse("forums:report", args=args)).content.decode()


def test_a_flood_of_reports_keeps_what_was_typed(topic, victor, pablo, client_of):
    from forums.services import floods

    posts = [forums.post(topic, by=victor) for _number in range(floods.REPORTS_SOON + 1)]
    for one in posts[:-1]:
        reporting.report_post(Post.objects.select_related("topic__forum").get(pk=one.pk), by=pablo, reason="offends")
    args = [topic.forum.slug, topic.slug, posts[-1].place]
    answer = send(client_of(pablo), "report", *args, reason="offends", text="He writes about me")
    assert answer.status_code == 429
    assert "He writes about me" in answer.content.decode()


def test_authors_read_why_their_post_is_not_shown(reply, victor, mora, pablo, client_of):
    there = reverse("forums:my_post", args=[reply.pk])
    assert client_of(victor).get(there).status_code == 302
    moderating.hide_post(reply, by=mora, reason="It names a person")
    page = client_of(victor).get(there).content.decode()
    assert "It names a person" in page
    assert "We did it in two years." in page
    assert client_of(pablo).get(there).status_code == 404
    assert client_of(mora).get(there).status_code == 404


def test_a_first_post_that_waits_stands_on_the_authors_desk_and_refused_leads_to_why(mora, victor, client_of):
    from forums.services import writing

    author = factories.person("new@demo.example", name="Sol Nueva")
    held = writing.start_topic(forums.forum(), by=author, title="How often?", text="How often?", language="en")
    client, there = client_of(author), reverse("forums:my_post", args=[held.pk])
    desk = client.get("/en/desk/").content.decode()
    assert desk.index("I wait for others") < desk.index(f'href="{there}"') and "How often?" in desk
    assert f'href="{there}"' not in client_of(victor).get("/en/desk/").content.decode()
    assert "A moderator reads first posts" in client.get(there).content.decode()
    case = Case.objects.get()
    decide = {"do": "decline", "letter": "It is an advertisement", "form_key": new_key(), "version": case.version}
    assert client_of(mora).post(reverse("admin:review_case_change", args=[case.pk]), decide).status_code == 302
    assert f'href="{there}"' not in client.get("/en/desk/").content.decode()
    topic = client.get(reverse("forums:topic", args=[held.topic.forum.slug, held.topic.slug])).content.decode()
    assert f'href="{there}"' in topic and "Refused by a moderator" in topic and "/watch/" not in topic
    assert "It is an advertisement" in client.get(there).content.decode()


def test_a_moderator_decides_in_the_queue_with_one_text(ana, mora, client_of):
    from forums.services import writing

    held = writing.start_topic(forums.forum(), by=ana, title=HOSTILE, text=HOSTILE, language="en")
    case, client = Case.objects.get(), client_of(mora)
    there = reverse("admin:review_case_change", args=[case.pk])
    page = client.get(there).content.decode()
    assert "Publish the post" in page
    assert "<img src=x" not in page
    said = {"version": case.version, "form_key": new_key(), "do": "decline", "letter": ""}
    assert client.post(there, said).status_code == 422
    case.refresh_from_db()
    said = {"version": case.version, "form_key": new_key(), "do": "decline", "letter": "Not here"}
    assert client.post(there, said).status_code == 302
    held.refresh_from_db()
    assert held.state == PostState.REFUSED


def test_the_case_shows_the_post_as_it_will_be_read_with_its_files(ana, mora, client_of):
    client = client_of(ana)
    where = forums.forum()
    client.post(
        reverse("forums:new", args=[where.slug]),
        {"title": "Visits", "language": "en", "text": "We have **four**.\n\n|a|b|\n|-|-|\n|1|2|", "then": "publish",
         "form_key": new_key(), "file": SimpleUploadedFile("list.txt", b"four inspectors", "text/plain")},
    )  # fmt: skip
    case, kept = Case.objects.get(), PostFile.objects.get()
    page = client_of(mora).get(reverse("admin:review_case_change", args=[case.pk])).content.decode()
    assert "<strong>four</strong>" in page and "<td>1</td>" in page and "**four**" not in page
    there = reverse("forums:file", args=[where.slug, kept.post.topic.slug, kept.pk])
    assert there in page
    StoredFile.objects.update(scan_state="clean")
    assert client_of(mora).get(there).status_code == 200
    assert client_of(factories.person()).get(there).status_code == 404


def test_what_waits_stands_on_the_desk_of_moderators(ana, mora, bruno, client_of):
    from forums.services import writing

    writing.start_topic(forums.forum(), by=ana, title="How many inspectors?", text="We ask.", language="en")
    assert "How many inspectors?" in client_of(mora).get(reverse("home:desk")).content.decode()
    assert "How many inspectors?" not in client_of(bruno).get(reverse("home:desk")).content.decode()


def test_buttons_of_moderation_stand_on_the_topic_for_who_moderates_only(topic, reply, mora, pablo, client, client_of):
    there, hide = reverse("forums:topic", args=[topic.forum.slug, topic.slug]), reverse("forums:hide", args=[reply.pk])
    report = reverse("forums:report", args=[topic.forum.slug, topic.slug, 2])
    assert hide in client_of(mora).get(there).content.decode()
    page = client_of(pablo).get(there).content.decode()
    assert hide not in page
    assert report in page
    assert report not in client.get(there).content.decode()
