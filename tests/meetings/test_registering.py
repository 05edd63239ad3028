"""Registering: places, the waiting list, the organisers' yes, the way to join. Two at once never exceed the capacity."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.services import memberships
from core.errors import NotAllowed
from core.floods import TooMany
from meetings import services, tasks
from meetings.choices import RegistrationState as R
from meetings.models import Meeting, Registration
from meetings.models.people import BETWEEN_ROLES
from meetings.services.people import TURNS
from network.choices import InstitutionKind, Role
from network.models import User
from notifications.models import Notice
from notifications.services import send_owed
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


def state(meeting, person) -> str:
    return Registration.objects.get(meeting=meeting, user=person).state


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_whoever_comes_first_has_the_place_and_the_next_one_waits():
    meeting = made.meeting(capacity=1)
    first, second = made.member(), made.member()
    services.register(meeting, by=first)
    services.register(meeting, by=second)
    assert (state(meeting, first), state(meeting, second)) == (R.CONFIRMED, R.WAITING)
    assert told(first) == ["meetings.registered"]
    assert told(second) == ["meetings.waiting"]


def test_registering_twice_changes_nothing():
    meeting, person = made.meeting(capacity=1), made.member()
    one = services.register(meeting, by=person)
    assert services.register(meeting, by=person).pk == one.pk
    assert told(person) == ["meetings.registered"]


def test_a_place_given_back_goes_to_whoever_waits_longest():
    meeting = made.meeting(capacity=1)
    first, second, third = (made.member() for _ in range(3))
    for person in (first, second, third):
        services.register(meeting, by=person)
    services.leave(Registration.objects.get(user=first), by=first)
    assert [state(meeting, person) for person in (first, second, third)] == [R.LEFT, R.CONFIRMED, R.WAITING]
    assert told(first) == ["meetings.registered", "meetings.left"]
    assert told(second) == ["meetings.waiting", "meetings.registered"]
    services.register(meeting, by=first)
    assert state(meeting, first) == R.WAITING, "whoever left stands at the end"


def test_nobody_passes_those_who_wait():
    meeting = made.meeting(capacity=1)
    people = [made.member() for _ in range(3)]
    for person in people[:2]:
        services.register(meeting, by=person)
    Meeting.objects.filter(pk=meeting.pk).update(capacity=2)  # raised behind the back of the services
    services.register(meeting, by=people[2])
    assert state(meeting, people[2]) == R.WAITING


def test_more_places_are_given_to_the_waiting_list():
    boss = made.staff()
    meeting = made.meeting(boss, capacity=1)
    people = [made.member() for _ in range(4)]
    for person in people:
        services.register(meeting, by=person)
    services.change(meeting, by=boss, values={"capacity": 3})
    assert [state(meeting, person) for person in people] == [R.CONFIRMED, R.CONFIRMED, R.CONFIRMED, R.WAITING]
    services.change(meeting, by=boss, values={"capacity": 1})
    assert [state(meeting, person) for person in people][:3] == [R.CONFIRMED] * 3, "who has a place keeps it"
    services.change(meeting, by=boss, values={"capacity": None})
    assert state(meeting, people[3]) == R.CONFIRMED


def test_with_approval_the_organisers_say_yes():
    boss = made.staff()
    meeting = made.meeting(boss, registration="approval", capacity=1)
    first, second, third = (made.member() for _ in range(3))
    rows = [services.register(meeting, by=person) for person in (first, second, third)]
    assert [row.state for row in rows] == [R.REQUESTED] * 3
    assert "meetings.asked" in told(boss)
    services.approve(rows[0], by=boss)
    services.approve(rows[1], by=boss)
    services.decline(rows[2], by=boss)
    assert [state(meeting, person) for person in (first, second, third)] == [R.CONFIRMED, R.WAITING, R.DECLINED]
    with pytest.raises(NotAllowed):
        services.register(meeting, by=third)
    with pytest.raises(NotAllowed):
        services.give_place(rows[2], by=boss)
    services.decline(rows[0], by=boss)
    assert state(meeting, second) == R.CONFIRMED


def test_without_approval_those_who_waited_for_a_yes_have_places_after_those_who_stood_in_line():
    boss = made.staff()
    meeting = made.meeting(boss, registration="approval", capacity=1)
    people = [made.member() for _ in range(4)]
    rows = [services.register(meeting, by=person) for person in people]
    services.approve(rows[2], by=boss)
    services.approve(rows[3], by=boss)
    assert [state(meeting, person) for person in people] == [R.REQUESTED, R.REQUESTED, R.CONFIRMED, R.WAITING]
    services.change(meeting, by=boss, values={"registration": "open", "capacity": 3})
    assert [state(meeting, person) for person in people] == [R.CONFIRMED, R.WAITING, R.CONFIRMED, R.CONFIRMED]
    assert told(people[0])[-1] == "meetings.registered"


def test_who_asks_again_is_told_to_the_organisers_again_and_not_for_ever():
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss, registration="approval")
    for turn in range(1, TURNS + 1):
        services.leave(services.register(meeting, by=person), by=person)
        assert told(boss).count("meetings.asked") == turn
    with pytest.raises(TooMany):
        services.register(meeting, by=person)
    assert services.register(made.meeting(boss), by=person).state == R.CONFIRMED, "another meeting is another matter"


def test_only_organisers_say_yes():
    meeting = made.meeting(registration="approval")
    person = made.member()
    row = services.register(meeting, by=person)
    for somebody in (person, made.member(), factories.person(roles=[(Role.COORDINATOR, factories.institution("BR"))])):
        with pytest.raises(NotAllowed):
            services.approve(row, by=somebody)


def test_a_yes_or_a_place_registers_nobody_who_took_it_back_meanwhile(client_of, form_key):
    boss = made.staff()
    meeting = made.meeting(boss, registration="approval", capacity=1)
    asked, first, waits = (made.member() for _ in range(3))
    rows = [services.register(meeting, by=person) for person in (asked, first, waits)]
    services.approve(rows[1], by=boss)
    services.approve(rows[2], by=boss)
    browser, people = client_of(boss), f"/en/calendar/organise/{meeting.pk}/people/"
    for row, act in ((rows[0], "approve"), (rows[2], "give_place")):
        assert f"{act}:{row.pk}" in browser.get(people).text
        services.leave(row, by=row.user)
        before = told(row.user)
        answer = browser.post(people, {"form_key": form_key(), "then": f"{act}:{row.pk}"})
        assert answer.status_code == 409
        assert "It stands now as “Taken back”." in answer.text and f'href="{people}"' in answer.text
        assert (state(meeting, row.user), told(row.user)) == (R.LEFT, before)
    services.leave(rows[1], by=first)
    assert services.register(meeting, by=waits).state == R.REQUESTED, "who comes again asks again"


@pytest.mark.parametrize(("mine", "theirs"), [("approve", "decline"), ("decline", "approve")])
def test_what_a_colleague_decided_meanwhile_is_not_undone(client_of, form_key, mine, theirs):
    boss, other, person = made.staff(), made.staff(), made.member()
    meeting = made.meeting(boss, registration="approval")
    row = services.register(meeting, by=person)
    browser, people = client_of(boss), f"/en/calendar/organise/{meeting.pk}/people/"
    seen = re.findall(r'name="seen" value="(\w+)"', browser.get(people).text)
    assert seen == [R.REQUESTED]
    getattr(services, theirs)(row, by=other)
    decided, before = state(meeting, person), told(person)
    answer = browser.post(people, {"form_key": form_key(), "seen": seen, "then": f"{mine}:{row.pk}"})
    assert answer.status_code == 409 and "It stands now as" in answer.text
    assert (state(meeting, person), told(person)) == (decided, before)
    again = re.findall(r'name="seen" value="(\w+)"', browser.get(people).text)
    act = "give_place" if mine == "approve" else "decline"
    browser.post(people, {"form_key": form_key(), "seen": again, "then": f"{act}:{row.pk}"})
    assert state(meeting, person) == (R.CONFIRMED if mine == "approve" else R.DECLINED), "whoever saw it decides"


def test_nobody_registers_for_what_is_over_called_off_a_draft_or_without_registration():
    boss, person = made.staff(), made.member()
    over, off, none = made.past(boss), made.meeting(boss), made.meeting(boss, registration="none")
    services.cancel(off, by=boss, reason="Nobody could come")
    for meeting in (over, off, none, made.draft(boss)):
        with pytest.raises(NotAllowed):
            services.register(meeting, by=person)


def test_a_members_meeting_takes_members_alone():
    meeting = made.meeting(access="members")
    with pytest.raises(NotAllowed):
        services.register(meeting, by=factories.person())
    assert services.register(meeting, by=made.member()).state == R.CONFIRMED


def test_the_constituency_is_kept_as_it_was():
    union = factories.institution("CL", InstitutionKind.WORKERS)
    person = factories.person(roles=[(Role.PARTNER, union)])
    row = services.register(made.meeting(), by=person)
    assert (row.constituency, row.institution) == ("workers", union)


def test_only_those_with_a_place_see_how_to_join(client, client_of):
    boss = made.staff()
    meeting = made.meeting(boss, capacity=1)
    inside, waits, stranger = (made.member() for _ in range(3))
    services.register(meeting, by=inside)
    services.register(meeting, by=waits)
    secret = meeting.join_link
    assert secret.startswith("https://meet.jit.si/INLA-")
    page = f"/en/calendar/{meeting.slug}/"
    assert secret in client_of(inside).get(page).text
    assert secret in client_of(boss).get(page).text
    for browser in (client, client_of(waits), client_of(stranger)):
        for address in (
            page,
            f"{page}register/",
            f"{page}invitation.ics",
            "/en/calendar/feed.ics",
            "/en/calendar/?view=list",
        ):
            assert secret.rpartition("/")[2] not in browser.get(address).text
    services.leave(Registration.objects.get(user=inside), by=inside)
    assert secret not in client_of(inside).get(page).text


def test_a_room_cannot_be_guessed():
    one, other = made.meeting(title="Same"), made.meeting(title="Same")
    assert one.join_link != other.join_link
    assert len(one.join_link.rpartition("INLA-")[2]) == 30
    assert "same" not in one.join_link.lower()


def test_the_form_registers_once_and_says_so(client_of, form_key):
    meeting, person = made.meeting(), made.member()
    browser, key = client_of(person), form_key()
    address = f"/en/calendar/{meeting.slug}/register/"
    assert browser.get(address).status_code == 200
    for _turn in range(2):
        response = browser.post(address, {"form_key": key}, follow=True)
        assert "You are registered" in response.text
    assert Registration.objects.count() == 1


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(f"/en/calendar/{made.meeting().slug}/register/")
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_never_exceed_the_capacity():
    meeting = made.meeting(capacity=3)
    people = [made.member() for _ in range(10)]
    barrier, found = threading.Barrier(len(people)), []

    def ask(pk: int) -> None:
        try:
            person = User.objects.get(pk=pk)
            barrier.wait(30)
            found.append(services.register(meeting, by=person).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(person.pk,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [R.CONFIRMED] * 3 + [R.WAITING] * 7
    assert meeting.registrations.confirmed().count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_leaves_while_another_comes_and_no_place_is_given_twice():
    meeting = made.meeting(capacity=1)
    first, waits, comes = (made.member() for _ in range(3))
    row = services.register(meeting, by=first)
    services.register(meeting, by=waits)
    barrier = threading.Barrier(2)

    def leave() -> None:
        try:
            barrier.wait(30)
            services.leave(row, by=first)
        finally:
            connection.close()

    def come() -> None:
        try:
            barrier.wait(30)
            services.register(meeting, by=comes)
        finally:
            connection.close()

    threads = [threading.Thread(target=what) for what in (leave, come)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert meeting.registrations.confirmed().count() == 1
    assert state(meeting, waits) == R.CONFIRMED


# --- people who may not come any more ---------------------------------------------------------------
def leaves_the_network(person) -> None:
    person.memberships.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))


def test_a_place_passes_who_is_no_member_any_more_and_goes_to_the_next():
    meeting = made.meeting(access="members", capacity=1)
    first, former, suspended, last = (made.member() for _ in range(4))
    for person in (first, former, suspended, last):
        services.register(meeting, by=person)
    leaves_the_network(former)
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    services.leave(Registration.objects.get(user=first), by=first)
    assert [state(meeting, person) for person in (former, suspended, last)] == [R.LEFT, R.LEFT, R.CONFIRMED]
    assert told(former)[-1] == "meetings.let_go"
    assert told(suspended)[-1] == "meetings.waiting", "nobody writes to an account that is shut"


def test_a_place_that_nobody_may_take_up_goes_on_by_itself(mailoutbox):
    meeting = made.meeting(access="members", capacity=1, title="Zarzaparrilla words", place="Zarzaparrilla hall")
    former, waits = made.member(), made.member()
    services.register(meeting, by=former)
    services.register(meeting, by=waits)
    tasks.remind()
    assert state(meeting, former) == R.CONFIRMED
    leaves_the_network(former)
    tasks.remind()
    assert services.let_go_everywhere() == 0
    assert (state(meeting, former), state(meeting, waits)) == (R.LEFT, R.CONFIRMED)
    send_owed()
    (mail,) = [mail for mail in mailoutbox if mail.to == [former.email]]
    assert meeting.permanent_id in mail.subject
    parts = [part.get_payload(decode=True).decode() for part in mail.message().walk() if not part.is_multipart()]
    assert not [part for part in parts if "zarzaparrilla" in part.lower()], "no word of what they may not see any more"
    assert any("METHOD:CANCEL" in part and f"UID:{meeting.permanent_id}@" in part for part in parts)


def test_whoever_changes_roles_keeps_the_place_meanwhile():
    boss, person, waits, other = made.staff(), made.member(), made.member(), made.member()
    meeting = made.meeting(boss, access="members", capacity=2)
    for one in (person, other, waits):
        services.register(meeting, by=one)
    memberships.end(person.memberships.get(), by=boss)
    tasks.remind()
    services.leave(Registration.objects.get(user=other), by=other)
    assert [state(meeting, one) for one in (person, waits)] == [R.CONFIRMED, R.CONFIRMED]
    memberships.give(person, Role.COORDINATOR, factories.institution("PE"), by=boss)
    tasks.remind()
    assert state(meeting, person) == R.CONFIRMED
    assert "meetings.let_go" not in told(person)


def test_whoever_is_given_no_other_role_within_the_hour_loses_the_place(monkeypatch):
    boss, person, waits = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, access="members", capacity=1)
    services.register(meeting, by=person)
    services.register(meeting, by=waits)
    with monkeypatch.context() as clock:
        ago = timezone.now() - BETWEEN_ROLES - timedelta(minutes=1)
        clock.setattr(timezone, "now", lambda: ago)
        memberships.end(person.memberships.get(), by=boss)
    tasks.remind()
    assert [state(meeting, one) for one in (person, waits)] == [R.LEFT, R.CONFIRMED]
    assert told(person)[-1] == "meetings.let_go"


def test_the_place_of_an_account_that_is_shut_goes_on_at_once():
    boss, person, waits = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, access="members", capacity=1)
    services.register(meeting, by=person)
    services.register(meeting, by=waits)
    memberships.end(person.memberships.get(), by=boss)
    memberships.suspend(person, by=boss, reason="The ministry asked for it")
    tasks.remind()
    assert [state(meeting, one) for one in (person, waits)] == [R.LEFT, R.CONFIRMED]


def test_whoever_changes_roles_while_a_place_becomes_free_has_it_after():
    boss, first, person = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, access="members", capacity=1)
    services.register(meeting, by=first)
    services.register(meeting, by=person)
    memberships.end(person.memberships.get(), by=boss)
    services.leave(Registration.objects.get(user=first), by=first)
    assert services.let_go_everywhere() == 0
    assert state(meeting, person) == R.WAITING, "nobody is given a place in what they may not see"
    memberships.give(person, Role.COORDINATOR, factories.institution("PE"), by=boss)
    assert (services.let_go_everywhere(), services.let_go_everywhere()) == (1, 0)
    assert state(meeting, person) == R.CONFIRMED
    assert told(person)[-1] == "meetings.registered"


def test_whoever_changes_roles_stands_in_line_where_nobody_asks_any_more_and_has_the_place_afterwards():
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss, access="members", registration="approval")
    services.register(meeting, by=person)
    memberships.end(person.memberships.get(), by=boss)
    services.change(meeting, by=boss, values={"registration": "open"})
    assert state(meeting, person) == R.WAITING, "nobody is given a place in what they may not see"
    assert services.let_go_everywhere() == 0
    memberships.give(person, Role.COORDINATOR, factories.institution("PE"), by=boss)
    assert services.let_go_everywhere() == 1
    assert state(meeting, person) == R.CONFIRMED


def test_whoever_had_a_place_when_it_began_keeps_it():
    begins = timezone.now() + timedelta(minutes=5)
    meeting = made.meeting(access="members", capacity=1, starts_at=begins, ends_at=begins + timedelta(hours=2))
    former, waits = made.member(), made.member()
    services.register(meeting, by=former)
    services.register(meeting, by=waits)
    leaves_the_network(former)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    assert services.let_go_everywhere() == 0
    services.leave(Registration.objects.get(user=waits), by=waits)
    assert state(meeting, former) == R.CONFIRMED


def test_a_meeting_that_is_made_one_for_members_lets_the_others_go_and_tells_them():
    boss = made.staff()
    meeting = made.meeting(boss, capacity=1)
    outside, waits = factories.person(), made.member()
    services.register(meeting, by=outside)
    services.register(meeting, by=waits)
    services.change(meeting, by=boss, values={"access": "members"})
    assert (state(meeting, outside), state(meeting, waits)) == (R.LEFT, R.CONFIRMED)
    assert told(outside)[-1] == "meetings.let_go"
    assert told(waits)[-1] == "meetings.registered"


def test_organisers_give_no_place_to_who_may_not_come():
    boss = made.staff()
    meeting = made.meeting(boss, access="members", registration="approval")
    rows = [services.register(meeting, by=made.member()) for _ in range(2)]
    services.decline(rows[1], by=boss)
    for row, act in zip(rows, (services.approve, services.give_place), strict=True):
        leaves_the_network(row.user)
        with pytest.raises(NotAllowed):
            act(row, by=boss)


# --- once it is over --------------------------------------------------------------------------------
def test_once_it_is_over_nobody_is_given_a_place_or_refused_one(client):
    boss = made.staff()
    meeting = made.meeting(boss, registration="approval")
    rows = [services.register(meeting, by=made.member()) for _ in range(3)]
    services.approve(rows[0], by=boss)
    services.decline(rows[2], by=boss)
    made.ended(meeting)
    services.mark_attendance(meeting, by=boss, present={rows[0].pk})
    for row, act in ((rows[0], services.decline), (rows[1], services.approve), (rows[2], services.give_place)):
        with pytest.raises(NotAllowed):
            act(row, by=boss)
    assert [state(meeting, row.user) for row in rows] == [R.CONFIRMED, R.REQUESTED, R.DECLINED]


def test_whoever_gave_the_place_back_counts_among_nobody_who_came(client):
    meeting, person = made.past(), made.member()
    Registration.objects.create(meeting=meeting, user=person, state=R.LEFT, constituency="governments", attended=True)
    assert 'id="attendance"' not in client.get(f"/en/calendar/{meeting.slug}/").text


def test_once_it_is_over_the_page_promises_nothing_and_leads_nowhere(client_of):
    boss, inside, waits = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, capacity=1)
    services.register(meeting, by=inside)
    services.register(meeting, by=waits)
    page = f"/en/calendar/{meeting.slug}/"

    def ended(ago: timedelta) -> None:
        end = timezone.now() - ago
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=end - timedelta(hours=1), ends_at=end)

    assert "You have a place." in client_of(inside).get(page).text
    ended(timedelta(minutes=20))
    assert meeting.join_link in client_of(inside).get(page).text, "meetings go on longer than they were to"
    ended(timedelta(days=1))
    for person in (inside, waits, boss):
        text = client_of(person).get(page).text
        assert meeting.join_link not in text
        assert "You have a place." not in text
        assert "If one becomes free" not in text


# --- another way to register ------------------------------------------------------------------------
def test_who_waits_for_a_place_waits_for_a_yes_once_the_organisers_say_yes_to_each():
    boss = made.staff()
    meeting = made.meeting(boss, capacity=1)
    people = [made.member() for _ in range(3)]
    for person in people:
        services.register(meeting, by=person)
    services.change(meeting, by=boss, values={"registration": "approval", "capacity": 3})
    assert [state(meeting, person) for person in people] == [R.CONFIRMED, R.REQUESTED, R.REQUESTED]
    assert told(people[1])[-1] == "meetings.requested"
    services.approve(Registration.objects.get(user=people[2]), by=boss)
    assert [state(meeting, person) for person in people] == [R.CONFIRMED, R.REQUESTED, R.CONFIRMED]


def test_a_full_meeting_promises_the_waiting_list_and_not_a_place(client_of):
    meeting, browser = made.meeting(capacity=1), client_of(made.member())
    page = browser.get(f"/en/calendar/{meeting.slug}/").text
    assert "the way to join." in page and "Put me on the waiting list" not in page
    services.register(meeting, by=made.member())
    page = browser.get(f"/en/calendar/{meeting.slug}/").text
    assert "Register, and you stand on the waiting list" in page and "Put me on the waiting list" in page
    assert "the way to join." not in page.partition('class="take"')[2].partition("</section>")[0]
