"""The pages of live rooms: reading, writing with and without script, what a page asks, what is nobody's business."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from core.beside import beside
from experts.models import AdviceRequest
from forums.choices import Access, Pace
from forums.models import ForumMember, Room, RoomMessage, Watch
from forums.services import rooms
from forums.templatetags.roomparts import said as shown
from home.forms_rooms import RoomAnswerForm
from notifications.models import Notice
from tests.experts.factories import expert
from tests.forums.room_factories import forum, key, room, said

HOSTILE = '<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) https://demo.example/?a="><b>x</b> ana@demo.example'


def address(where, rest: str = "") -> str:
    return f"/en/forums/rooms/{where.slug}/{rest}"


# --- reading ---------------------------------------------------------------------------------------
def test_everybody_reads_a_public_room_and_nobody_keeps_the_page(ana, client):
    where = room()
    said(where, ana, "Buenos días")
    answer = client.get(address(where))
    assert "Buenos días" in answer.text and "room-text" not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_names_of_those_present_are_for_members(ana, luis, client, client_of):
    where = room()
    rooms.look_in(where.pk, luis.pk)
    assert luis.name not in client.get(address(where, "messages/?after=0")).text
    assert luis.name in client_of(ana).get(address(where, "messages/?after=0")).text


def test_only_the_page_of_a_room_listens_to_another_port_and_only_where_there_is_one(db, client, settings):
    where = room()
    assert "connect-src 'self';" in client.get(address(where))["Content-Security-Policy"] + ";"
    settings.PUSH_PORT = 8145
    assert "connect-src 'self' http://testserver:8145" in client.get(address(where))["Content-Security-Policy"]
    assert 'data-push="http://testserver:8145/push/rooms/hour/?lang=en&amp;after=0"' in client.get(address(where)).text
    assert "8145" not in client.get("/en/forums/rooms/")["Content-Security-Policy"]


@pytest.mark.parametrize("many", [1, 3])
def test_a_room_asks_the_same_however_much_is_said(ana, luis, client_of, django_assert_max_num_queries, many):
    where = room(hosts=[luis])
    for number in range(many):
        said(where, ana, f"{number}")
    page = client_of(ana)
    page.get(address(where))
    with django_assert_max_num_queries(11):  # session, person, memberships, unread notices; who is here is also written
        page.get(address(where))


def test_history_goes_back_by_pages_and_the_transcript_is_whole(ana, client, monkeypatch):
    monkeypatch.setattr("forums.rooms_reading.PAGE", 3)
    monkeypatch.setattr("forums.rooms_reading.TRANSCRIPT_PAGE", 4)
    monkeypatch.setattr("forums.services.rooms.posting.BURST", 100)
    where = room()
    for number in range(1, 8):
        said(where, ana, f"word-{number}-")
    newest = client.get(address(where)).text
    assert "word-7-" in newest and "word-4-" not in newest and "?before=5" in newest
    earlier = client.get(address(where, "?before=5")).text
    assert "word-4-" in earlier and "word-2-" in earlier and "word-5-" not in earlier and "room.js" not in earlier
    assert "word-4-" in client.get(address(where, "transcript/")).text
    assert "word-5-" in client.get(address(where, "transcript/?page=2")).text
    assert client.get(address(where, "transcript/?page=3")).status_code == 404


def test_what_is_new_since_a_version_and_nothing_else(ana, client):
    where = room()
    said(where, ana, "first")
    said(where, ana, "second")
    answer = client.get(address(where, "messages/?after=1")).text
    assert "second" in answer and "first" not in answer
    assert "data-cut" not in answer
    assert client.get(address(where, "messages/?after=x")).status_code == 400


@pytest.mark.parametrize("after", [3, 999999999999999])
def test_a_page_that_knows_of_more_than_the_room_holds_is_told_where_it_stands(ana, client, after):
    where = room()
    said(where, ana, "first")
    said(where, ana, "second")
    answer = client.get(address(where, f"messages/?after={after}")).text
    assert 'id="new" data-cut="2"' in answer and "second" not in answer


def test_where_one_writes_comes_along_when_a_room_has_opened(ana, client, client_of):
    where = room()
    for reader, form in ((client_of(ana), True), (client, False)):
        assert 'id="write"' not in reader.get(address(where, "messages/?after=0")).text
        answer = reader.get(address(where, "messages/?after=0&writing=1"))
        assert 'id="write"' in answer.text and ('id="room-write"' in answer.text) == form
        assert form or "Sign in" in answer.text
    assert 'name="form_key"' in client_of(ana).get(address(where, "messages/?writing=1")).text


def test_one_is_not_asked_to_report_ones_own_message(ana, luis, client, client_of):
    where = room()
    said(where, ana)
    for end in ("", "messages/?after=0", "transcript/"):
        for reader, links in ((client_of(ana), 0), (client_of(luis), 1), (client, 1)):
            assert reader.get(address(where, end)).text.count("data-report") == links, end
    RoomMessage.objects.update(author=None)  # who has left
    assert client.get(address(where)).text.count("data-report") == 1


# --- writing ---------------------------------------------------------------------------------------
def test_a_message_by_script_is_answered_by_itself_and_pressing_again_changes_nothing(ana, client_of):
    where, page, data = room(), client_of(ana), {"text": "Hola", "form_key": key()}
    for _ in range(2):
        answer = page.post(address(where, "post/"), data, headers={"X-Room": "post"})
        assert answer.status_code == 200 and 'data-seq="1"' in answer.text
    assert RoomMessage.objects.count() == 1


@pytest.mark.parametrize("by_script", [True, False])
def test_a_refusal_keeps_the_words(ana, client_of, by_script):
    where = room(opens=-3, closes=-1)
    headers = {"X-Room": "post"} if by_script else {}
    answer = client_of(ana).post(address(where, "post/"), {"text": "Tarde", "form_key": key()}, headers=headers)
    assert answer.status_code == 403 and "This room closed on" in answer.text
    assert by_script == answer["Content-Type"].startswith("text/plain")
    assert by_script or "Tarde" in answer.text


def test_a_post_without_the_protection_of_forms_is_refused(ana):
    page = Client(enforce_csrf_checks=True)
    page.force_login(ana)
    assert page.post(address(room(), "post/"), {"text": "x", "form_key": key()}).status_code == 403
    assert not RoomMessage.objects.exists()


def test_hostile_words_stay_words(ana, client):
    where = room()
    said(where, ana, HOSTILE)
    page = client.get(address(where)).text
    for bad in ("<script>alert", "<img src=x", 'href="javascript', 'href="mailto'):
        assert bad not in page
    assert 'rel="nofollow noopener ugc"' in page
    assert shown("a < b & c\nd") == "a &lt; b &amp; c<br>d"


def test_a_hostile_name_stays_a_name(ana, client):
    where = room()
    ana.name = "<b>Ana</b>\"'><script>"
    ana.save()
    said(where, ana)
    rooms.look_in(where.pk, ana.pk)
    assert "<b>Ana</b>" not in client.get(address(where)).text


# --- moderation ------------------------------------------------------------------------------------
def test_a_hidden_text_is_on_no_page_of_anybody(ana, diana, client, client_of):
    where = room()
    message = said(where, ana, "A-secret-name")
    moderator = client_of(diana)
    assert "/messages/1/hide/" in moderator.get(address(where)).text
    assert "/messages/1/hide/" not in client_of(ana).get(address(where)).text
    page, sent = address(where, "messages/1/hide/"), {"do": "hide", "reason": "Names a person"}
    for lacking in ("do", "reason"):
        said_of = {name: value for name, value in sent.items() if name != lacking}
        assert moderator.post(page, {**said_of, "form_key": key()}).status_code == 422
    assert not RoomMessage.objects.get().is_hidden
    assert moderator.post(page, {**sent, "form_key": key()}).status_code == 302
    for page in (client, client_of(ana), moderator):
        for rest in ("", "transcript/", "messages/?after=0"):
            assert "A-secret-name" not in page.get(address(where, rest)).text
    message.refresh_from_db()
    assert (message.text, message.reason, message.hidden_by) == ("A-secret-name", "Names a person", diana)


def test_two_who_hide_a_message_at_once_leave_it_hidden(ana, carla, diana, client_of):
    where = room(hosts=[carla])
    message = said(where, ana, "An insult")
    page, pressed = address(where, "messages/1/hide/"), {}
    for person in (diana, carla):  # both read the page before either presses
        form = client_of(person).get(page).context["form"]
        pressed[person] = {"do": form["do"].value(), "reason": f"Said by {person.name}", "form_key": key()}
    words = {}
    for person in (diana, diana, carla):
        answer = client_of(person).post(page, pressed[person], follow=True)
        assert answer.status_code == 200 and RoomMessage.objects.get().is_hidden
        words[person] = [str(one) for one in answer.context["messages"]]
    assert words[diana] == ["The message is hidden on every page."], "also where the button was pressed twice"
    assert words[carla] == ["Somebody was faster: this message stands as you wanted it."]
    message.refresh_from_db()
    assert message.reason == f"Said by {diana.name}" and message.hidden_by == diana
    shown = {"do": "show", "reason": "It was none", "form_key": key()}
    for again in ({}, {"form_key": key()}):
        answer = client_of(diana).post(page, shown | again, follow=True)
        assert answer.status_code == 200 and not RoomMessage.objects.get().is_hidden


# --- announcing ------------------------------------------------------------------------------------
def announced(where, **changes) -> dict:
    return {
        "forum": where.pk, "title": "Hora", "language": "es", "about": "De todo", "opens_at": "2027-03-01T10:00",
        "closes_at": "2027-03-01T11:00", "zone": "America/Lima", "hosts": "", "beside": "M-000001", "form_key": key(), **changes,
    }  # fmt: skip


def test_a_room_is_announced_in_its_zone_beside_a_meeting(ana, diana, client_of):
    where, page = forum(), client_of(diana)
    answer = page.post("/en/forums/rooms/new/", announced(where, hosts="ana@demo.example"))
    assert answer.status_code == 302, answer.text
    made = Room.objects.get()
    assert made.opens_at.isoformat() == "2027-03-01T15:00:00+00:00"
    assert set(made.hosts.all()) == {diana, ana}
    (one,) = beside("M-000001", ana)
    assert one.title == "Hora" and one.tag == "Announced" and "10" in one.sentence
    assert "March 1, 2027" in page.get(address(made)).text or "1 March 2027" in page.get(address(made)).text


def test_hosts_keep_one_another_by_name_and_read_no_address(ana, carla, luis, diana, client_of):
    where = room(hosts=[ana, carla], beside="")
    address_of = address(where, "edit/")
    page = client_of(ana).get(address_of).text
    assert carla.name in page and carla.email not in page
    sent = {
        "title": where.title, "language": "es", "about": "Ask", "opens_at": "2027-03-01T10:00", "closes_at": "2027-03-01T11:00",
        "zone": "America/Lima", "beside": "", "hosts": f"{ana.name}\n{carla.name}\n{luis.email}", "form_key": key(),
    }  # fmt: skip
    assert client_of(diana).post(address_of, sent).status_code == 302
    assert set(where.hosts.all()) == {ana, carla, luis}
    wrong = client_of(diana).post(address_of, {**sent, "hosts": diana.name, "form_key": key()})
    assert wrong.status_code == 422, "a name names nobody who is not a host"
    client_of(diana).post(address_of, {**sent, "hosts": carla.name, "form_key": key()})
    assert set(where.hosts.all()) == {carla}


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": "2027-03-01T09:00"}, {"opens_at": "2027-13-45T10:00"}, {"zone": "Mars/Base"}, {"hosts": "nobody@demo.example"},
        {"beside": "M-1"}, {"title": ""}, {"opens_at": "2027-03-14T02:30", "closes_at": "2027-03-14T04:00", "zone": "America/New_York"},
    ],
)  # fmt: skip
def test_what_cannot_be_announced_is_said_at_its_field(diana, client_of, wrong):
    answer = client_of(diana).post("/en/forums/rooms/new/", announced(forum(), **wrong))
    assert answer.status_code == 422 and not Room.objects.exists()


def fields(page) -> dict:
    """What a form sends where nobody touches it."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"form_key": key()}


def test_a_form_of_a_room_opened_before_a_colleague_moved_it_does_not_move_it_back(ana, carla, luis, diana, client_of):
    where = room(hosts=[diana, carla], opens=48, closes=49)
    Watch.objects.create(user=ana, forum=where.forum, pace=Pace.AT_ONCE)
    page, late, early = address(where, "edit/"), client_of(carla), client_of(diana)
    old, new = fields(late.get(page)), fields(early.get(page))
    assert 'name="seen"' in late.get(page).text
    new |= {"opens_at": "2027-03-02T10:00", "closes_at": "2027-03-02T11:00", "hosts": f"{carla.name}\n{luis.email}"}
    for _twice in range(2):  # pressed twice it is one change, and no conflict
        assert early.post(page, new).status_code == 302
    for wrong in ({}, {"title": ""}):
        answer = late.post(page, old | {"title": "With an expert", **wrong})
        assert answer.status_code == 409 and "2027-03-02 10:00" in answer.text and luis.name in answer.text
        assert answer.text.count("With an expert") == (0 if wrong else 2), "to compare, and to copy"
        assert where.about not in answer.text, "what both say is not repeated"
    stands = Room.objects.get()
    assert stands.opens_at.isoformat() == "2027-03-02T15:00:00+00:00" and stands.title == where.title
    assert luis in stands.hosts.all() and Notice.objects.filter(recipient=ana, kind="forums.room_moved").count() == 1
    assert late.post(page, fields(late.get(page)) | {"title": "With an expert"}).status_code == 302
    assert Room.objects.get().title == "With an expert" and luis in Room.objects.get().hosts.all()


def test_of_two_who_sum_a_room_up_the_second_reads_what_the_first_wrote(carla, diana, client_of):
    where = room(hosts=[carla], opens=-3, closes=-1)
    page = address(where, "summary/")
    sent = {person: fields(client_of(person).get(page)) | {"summary": f"By {person.name}"} for person in (diana, carla)}
    assert client_of(diana).post(page, sent[diana]).status_code == 302
    answer = client_of(carla).post(page, sent[carla])
    assert answer.status_code == 409 and f"By {diana.name}" in answer.text and f"By {carla.name}" in answer.text
    assert Room.objects.get().summary == f"By {diana.name}"
    again = fields(client_of(carla).get(page))
    assert client_of(carla).post(page, again | {"summary": "By both"}).status_code == 302
    assert Room.objects.get().summary == "By both"


def test_a_room_of_a_closed_forum_is_in_nobodys_list_and_beside_nothing(ana, luis, client_of):
    where = room(forum("invited", Access.INVITATION), title="Entre pocos", beside="M-000002")
    ForumMember.objects.create(forum=where.forum, user=ana)
    assert "Entre pocos" in client_of(ana).get("/en/forums/rooms/").text
    assert "Entre pocos" not in client_of(luis).get("/en/forums/rooms/").text
    assert beside("M-000002", luis) == [] and len(beside("M-000002", ana)) == 1


# --- a question with its answer --------------------------------------------------------------------
def test_a_transcript_becomes_a_question_both_sides_are_asked_about(ana, carla, client_of):
    elena = expert("Elena Ríos", countries=["CL"], languages=["es"])
    where = room(hosts=[carla])
    said(where, ana, "¿Cómo?")
    said(where, elena.user, "Así.")
    form_page = f"/en/forums/rooms/{where.slug}/answer/"
    assert client_of(carla).get(form_page).status_code == 403  # still open
    Room.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert client_of(ana).get(form_page).status_code == 403  # no host
    page = client_of(carla).get(form_page)
    assert "¿Cómo?" in page.text and "Así." in page.text
    data = {
        "expert": elena.pk,
        "asker": ana.pk,
        "theme": "LAB-1",
        "title": "Cómo",
        "question": "¿Cómo?",
        "reply": "Así.",
    }
    assert client_of(carla).post(form_page, {**data, "form_key": key()}).status_code == 302
    made = AdviceRequest.objects.get()
    assert (made.requester, made.expert, made.state) == (ana, elena, "closed")
    assert (made.requester_consent, made.expert_consent) == ("", "")  # neither side pressed the button
    assert client_of(carla).post(form_page, {**data, "asker": elena.user_id, "form_key": key()}).status_code in (
        403,
        422,
    )


def test_chosen_messages_go_into_question_and_answer_in_order_and_what_was_typed_stays(ana, luis, carla, client_of):
    elena = expert("Elena Ríos", countries=["CL"], languages=["es"])
    where = room(hosts=[carla])
    asks, texts = (ana, luis, luis), ("¿Cómo?", "Así.", "¿Y de noche?", "Con dos personas.", "Así.")
    for number, text in enumerate(texts):
        said(where, elena.user if number in (1, 3) else asks[number // 2], text)
    hidden = said(where, luis, "Fuera de lugar")
    rooms.hide_message(hidden, by=carla, reason="x")
    Room.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    form_page, client = address(where, "answer/"), client_of(carla)
    page = client.get(form_page).text
    assert page.count('name="to_question"') == page.count('name="to_reply"') == 5 and "Fuera de lugar" not in page
    assert f"<b>{luis.name}</b>" in page
    sent = {
        "then": "put", "expert": elena.pk, "asker": luis.pk, "theme": "LAB-1", "title": "De noche", "question": "Preguntan:\r\n\r\n¿Cómo?",
        "reply": "", "to_question": ["3", "1", "6", "x"], "to_reply": ["4", "2"], "form_key": key(),
    }  # fmt: skip
    answer = client.post(form_page, sent)
    form = answer.context["form"]
    assert answer.status_code == 200 and not form.errors and not AdviceRequest.objects.exists()
    assert form["question"].value() == "Preguntan:\n\n¿Cómo?\n\n¿Y de noche?"
    assert form["reply"].value() == "Así.\n\nCon dos personas." and form["title"].value() == "De noche"
    assert f'<option value="{luis.pk}" selected>' in answer.text
    answer = client.post(
        form_page, {**sent, "then": "", "form_key": key()}
    )  # nobody is asked about a text without them
    assert answer.status_code == 200 and not AdviceRequest.objects.exists()
    assert "The messages you chose stand in the two texts now." in answer.text
    assert answer.context["form"]["reply"].value() == "Así.\n\nCon dos personas."


@pytest.mark.parametrize("access", Access.values)
def test_what_was_said_in_a_closed_room_is_written_down_for_the_two_alone(ana, carla, client_of, access):
    elena = expert("Elena Ríos", countries=["CL"], languages=["es"])
    where = room(forum(access=access), hosts=[carla])
    for person in (ana, carla, elena.user):
        ForumMember.objects.create(forum=where.forum, user=person)
    said(where, ana, "¿Cómo?")
    said(where, elena.user, "Así.")
    Room.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    data = {
        "expert": elena.pk,
        "asker": ana.pk,
        "theme": "LAB-1",
        "title": "Cómo",
        "question": "¿Cómo?",
        "reply": "Así.",
    }
    assert client_of(carla).post(address(where, "answer/"), {**data, "form_key": key()}).status_code == 302
    assert AdviceRequest.objects.get().confidential == (access != Access.PUBLIC)


def test_a_room_without_an_expert_makes_no_page(ana, carla):
    where = room(hosts=[carla])
    rows = [said(where, ana)]
    assert not RoomAnswerForm(room=where, rows=rows, user=carla).is_possible


@pytest.mark.parametrize(("closes", "shown"), [(1, "10:00</time>"), (60, "3 Mar 2027, 10:00</time>")])
def test_a_room_of_several_days_says_on_which_day(ana, client, closes, shown):
    zone = ZoneInfo("America/Bogota")
    opens = datetime(2027, 3, 3, 9, tzinfo=zone)
    where = room(opens_at=opens, closes_at=opens + timedelta(hours=1 + closes))
    RoomMessage.objects.create(
        room=where, seq=1, version=1, author=ana, text="Hola", created_at=opens + timedelta(hours=1), idempotency=key()
    )
    Room.objects.update(last_seq=1, last_version=1)
    text = "".join(client.get(address(where, "transcript/")).text.split("\n"))
    assert f">{shown}" in text
