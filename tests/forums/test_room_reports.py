"""Readers report messages of live rooms: cases of the one queue, decided by moderators, told to those concerned."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from core.errors import NotAllowed
from core.floods import TooMany
from forums.choices import Access
from forums.deciding import open_case_of
from forums.models import Forum, ForumMember, MessageReport, RoomMessage
from forums.reasons import ReportState
from forums.services import floods, rooms
from forums.services.rooms.reporting import KIND
from forums.streams import of_message
from network.choices import InstitutionKind, Role
from network.idempotency import FIELD, new_key
from notifications.models import Notice
from review import permissions
from review import services as review
from review.choices import CaseState
from review.errors import Incomplete
from review.models import Case
from tests import factories
from tests.forums.room_factories import forum, room, said
from tests.forums.test_moderation import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def message(victor):
    return said(room(hosts=[victor]), victor, "Buy my course")


def report(message, by, reason="advertises", **fields) -> MessageReport:
    fresh = RoomMessage.objects.select_related("room__forum", "author").get(pk=message.pk)
    return rooms.report_message(fresh, by=by, reason=reason, **fields)


def case_of(message) -> Case:
    return open_case_of(KIND, of_message(message.pk))


def test_reports_of_one_message_are_one_case_that_moderators_see(message, victor, ana, pablo, mora, diana):
    first, second = report(message, ana), report(message, pablo, text="It is a fraud")
    assert first.case == second.case == case_of(message)
    assert first.case.title == message.room.title
    assert {p.pk for p in permissions.reviewers(first.case)} == {mora.pk, diana.pk}
    assert not Case.objects.visible_to(victor).filter(pk=first.case_id).exists()


def test_upheld_the_text_leaves_the_room_and_author_and_reporters_are_told_why(message, victor, ana, pablo, mora):
    for person in (ana, pablo):
        report(message, person)
    case, version = case_of(message), message.version
    with pytest.raises(Incomplete):
        review.approve(case, by=mora)
    review.approve(case, by=mora, letter="It sells a course")
    message.refresh_from_db()
    assert message.is_hidden and message.version > version  # open pages take it away
    assert set(MessageReport.objects.values_list("state", flat=True)) == {"upheld"}
    assert "It sells a course." in told(ana, "forums.message_report_upheld")
    said_to_author = told(victor, "forums.message_hidden")
    assert "It sells a course." in said_to_author and ana.name not in said_to_author


def test_dismissed_the_message_stays_and_only_who_reported_is_told(message, victor, ana, mora):
    report(message, ana)
    review.decline(case_of(message), by=mora, letter="It is an answer")
    message.refresh_from_db()
    assert not message.is_hidden
    assert "It is an answer." in told(ana, "forums.message_report_dismissed")
    assert not Notice.objects.filter(recipient=victor).exists()
    with pytest.raises(NotAllowed, match="reported this message already"):
        report(message, ana)


def test_hiding_a_reported_message_on_the_spot_decides_its_case(message, ana, mora):
    made = report(message, ana)
    assert rooms.hide_message(message, by=mora, reason="It sells a course").is_hidden
    made.case.refresh_from_db()
    assert (made.case.state, made.case.decided_by) == (CaseState.APPROVED, mora)
    assert Notice.objects.filter(recipient=ana, kind="forums.message_report_upheld").exists()


def test_what_a_host_hid_meanwhile_is_still_decided_by_a_moderator(message, victor, ana, carla, mora):
    message.room.hosts.add(carla)
    made = report(message, ana)
    hidden = rooms.hide_message(message, by=carla, reason="Not here")
    made.case.refresh_from_db()
    assert hidden.is_hidden and made.case.is_open
    review.approve(made.case, by=mora, letter="It sells a course")
    made.refresh_from_db()
    assert made.state == ReportState.UPHELD
    assert Notice.objects.filter(recipient=victor, kind="forums.message_hidden").count() == 1


def test_neither_the_author_nor_who_reported_decides(mora, diana, ana, message):
    report(message, mora)
    assert not permissions.may_act(mora, case_of(message))
    assert permissions.may_act(diana, case_of(message))
    own = said(room(forum("other"), slug="other", hosts=[diana]), diana)
    report(own, ana)
    assert not permissions.may_act(diana, case_of(own))


def test_only_what_one_reads_and_did_not_write_is_reported(message, victor, ana, mora):
    with pytest.raises(NotAllowed, match="You wrote this message"):
        report(message, victor)
    rooms.hide_message(message, by=mora, reason="Advertising")
    with pytest.raises(NotAllowed, match="nothing to report"):
        report(message, ana)


def test_shown_again_it_may_be_reported_again(message, ana, mora):
    report(message, ana)
    rooms.hide_message(message, by=mora, reason="Advertising")
    rooms.show_message(message, by=mora)
    assert report(message, ana).case.is_open
    assert MessageReport.objects.filter(by=ana).count() == 2


def test_nobody_floods_the_moderators_with_reports(victor, ana):
    where = room(hosts=[victor])
    messages = [said(where, victor, f"Word {number}") for number in range(floods.REPORTS_SOON)]
    for one in messages:
        report(one, ana)
    RoomMessage.objects.update(created_at="2026-01-01T00:00Z")
    with pytest.raises(TooMany, match="in an hour"):
        report(said(where, victor, "Last"), ana)


def test_an_erased_person_leaves_no_words_in_a_report(message, ana, mora):
    from accounts.services import persons

    made = report(message, ana, "other", text="He lives in my street")
    persons.forget(ana)
    made.refresh_from_db()
    assert (made.by, made.text) == (None, "")
    review.approve(made.case, by=mora, letter="It names a street")
    assert not Notice.objects.filter(kind="forums.message_report_upheld").exists()


# --- the pages ---------------------------------------------------------------------------------------
def test_from_the_link_beside_the_message_to_what_came_of_it(message, ana, mora, client_of):
    client = client_of(ana)
    address = reverse("forums:room_report", args=[message.room.slug, message.seq])
    assert address in client.get(message.room.get_absolute_url()).text
    assert "Buy my course" in client.get(address).text
    key = new_key()
    unsaid = client.post(address, {"reason": "other", "text": "", FIELD: key})
    assert unsaid.status_code == 422 and "Say in a few words what is wrong" in unsaid.text
    sent = client.post(address, {"reason": "advertises", "text": "A fraud", FIELD: key}, follow=True)
    assert "you hear what came of it" in sent.text and "A fraud" in sent.text and "Answer by" in sent.text
    again = client.post(address, {"reason": "advertises", "text": "A fraud", FIELD: key}, follow=True)
    assert again.status_code == 200 and MessageReport.objects.count() == 1
    assert "reported this message already" in client.get(address).text
    case = case_of(message)
    page = client_of(mora).get(reverse("admin:review_case_change", args=[case.pk])).text
    assert "Buy my course" in page and "A fraud" in page and "Uphold: hide the message" in page
    review.approve(case, by=mora, letter="It sells a course")
    shown = client.get(reverse("forums:my_room_report", args=[MessageReport.objects.get().pk])).text
    assert "Upheld: it is hidden" in shown and "It sells a course" in shown


def test_a_visitor_is_asked_to_sign_in_and_a_stranger_finds_nothing(message, ana, pablo, client, client_of):
    address = reverse("forums:room_report", args=[message.room.slug, message.seq])
    assert client.get(address).status_code == 302
    made = report(message, ana)
    assert client_of(pablo).get(reverse("forums:my_room_report", args=[made.pk])).status_code == 404


def test_a_message_of_a_forum_that_one_does_not_read_is_not_there(victor, ana, client_of):
    where = room(forum("closed", Access.INVITATION))
    ForumMember.objects.create(forum=where.forum, user=victor)
    where.hosts.add(victor)
    hidden = said(where, victor)
    address = reverse("forums:room_report", args=[where.slug, hidden.seq])
    assert client_of(ana).get(address).status_code == 404
    assert client_of(ana).post(address, {"reason": "offends", FIELD: new_key()}).status_code == 404


def test_whoever_lost_the_forum_reads_no_room_in_the_notice(message, ana, mora, client_of):
    report(message, ana)
    review.decline(case_of(message), by=mora, letter="It stays as it is")
    Forum.objects.update(access=Access.INVITATION)
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It stays as it is" not in page and message.room.title not in page


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_open_one_case():
    author = factories.person(roles=[(Role.PARTNER, factories.institution(None, InstitutionKind.INTERNATIONAL))])
    message = said(room(hosts=[author]), author)
    people = [factories.person() for _number in range(2)]
    gate = threading.Barrier(2)

    def tell(person):
        gate.wait()
        report(message, person)
        connection.close()

    threads = [threading.Thread(target=tell, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.count() == 1
    assert MessageReport.objects.count() == 2
