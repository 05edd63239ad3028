"""A task after a meeting is changed: its words, its day, who has it; and who hears of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from core.errors import NotAllowed, Stale, WrongState
from meetings import services
from meetings.models import FollowUpTask
from network.models import User
from notifications import kinds
from notifications.models import Notice
from notifications.services import send_owed
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=9)


@pytest.fixture
def given():
    """(organiser, who has the task, somebody else with a place, the task)."""
    boss, owner, other = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss)
    for person in (owner, other):
        services.register(meeting, by=person)
    due = timezone.localdate() + timedelta(days=3)
    return boss, owner, other, services.add_task(meeting, by=boss, text="Write one page", owner=owner, due=due)


def values(task, **changes) -> dict:
    return {"text": task.text, "owner": task.owner, "due": task.due, **changes}


def told(person) -> list[str]:
    rows = Notice.objects.filter(recipient=person, kind__startswith="meetings.task")
    return [kind.removeprefix("meetings.") for kind in rows.order_by("pk").values_list("kind", flat=True)]


def test_who_has_it_hears_of_another_day_and_each_time(given):
    boss, owner, _other, task = given
    for days in (0, 1):
        task = services.change_task(task, by=boss, **values(task, due=LATER + timedelta(days=days)))
    services.change_task(task, by=boss, **values(task))
    assert told(owner) == ["task", "task_changed", "task_changed"]


def test_it_passes_to_somebody_else_and_both_are_told(given):
    boss, owner, other, task = given
    User.objects.update(language="en")
    services.change_task(task, by=boss, **values(task, owner=other, text="Write two pages"))
    assert told(owner)[-1] == "task_passed_on" and told(other) == ["task"]
    mail.outbox.clear()
    send_owed()
    letters = {one.to[0]: one.body for one in mail.outbox if "task" in one.subject.lower()}
    assert "Write two pages" in letters[other.email] and "not yours" not in letters[other.email]
    assert "Write" not in letters[owner.email]


def test_what_a_colleague_changed_meanwhile_is_not_undone(given):
    boss, owner, other, task = given
    shown = task.stands
    services.change_task(task, by=boss, **values(task, owner=other), seen=shown)
    with pytest.raises(Stale):
        services.change_task(task, by=boss, **values(task, due=LATER), seen=shown)
    assert FollowUpTask.objects.get().owner == other


def test_a_notice_says_the_day_that_stands_now(given):
    boss, owner, _other, task = given
    User.objects.update(language="en")
    services.change_task(task, by=boss, **values(task, due=LATER))
    for notice in Notice.objects.filter(recipient=owner, kind__startswith="meetings.task"):
        assert str(LATER.day) in kinds.render(notice).body and str(LATER.year) in kinds.render(notice).body


def test_a_task_that_came_back_before_the_mail_left_is_not_said_to_be_gone(given):
    boss, owner, other, task = given
    task = services.change_task(task, by=boss, **values(task, owner=other))
    services.change_task(task, by=boss, **values(task, owner=owner))
    mail.outbox.clear()
    send_owed()
    assert not [one for one in mail.outbox if "not yours" in one.subject and one.to == [owner.email]]


def test_a_task_that_somebody_took_away_meanwhile_says_so(given):
    boss, owner, _other, task = given
    services.remove_task(FollowUpTask.objects.get(), by=boss)
    for act in (
        lambda: services.change_task(task, by=boss, **values(task, due=LATER)),
        lambda: services.finish_task(task, by=owner),
    ):
        with pytest.raises(WrongState):
            act()


def test_nobody_is_told_of_a_change_to_what_is_done(given):
    boss, owner, _other, task = given
    services.finish_task(task, by=owner)
    services.change_task(task, by=boss, **values(task, text="Write one page, as agreed"))
    assert told(owner) == ["task"] and FollowUpTask.objects.get().done_at


def test_whoever_has_it_does_not_change_it(given):
    _boss, owner, _other, task = given
    with pytest.raises(NotAllowed):
        services.change_task(task, by=owner, **values(task, due=LATER))


def test_the_page_shows_what_stands_and_saves_what_is_said(given, client_of):
    boss, owner, other, task = given
    client, url = client_of(boss), f"/en/calendar/organise/tasks/{task.pk}/"
    assert url in client.get(f"/en/calendar/organise/{task.meeting_id}/after/").text
    page = client.get(url)
    assert (
        page.context["form"]["owner"].value() == owner.pk
        and "Write one page" in page.text
        and task.due.isoformat() in page.text
    )
    said = {"text": "Write two pages", "owner": other.pk, "due": LATER.isoformat(), "form_key": "k" * 24}
    assert client.post(url, {**said, "text": ""}).status_code == 422
    for _ in range(2):
        assert client.post(url, said).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.owner, task.due) == ("Write two pages", other, LATER) and told(other) == ["task"]
    assert client_of(owner).get(url).status_code == 404


def test_whoever_gave_the_place_back_keeps_the_task_until_somebody_else_is_named(given, client_of):
    boss, owner, other, task = given
    services.leave(task.meeting.registrations.get(user=owner), by=owner)
    said = {"text": "Write two pages", "owner": owner.pk, "due": LATER.isoformat(), "form_key": "k" * 24}
    assert client_of(boss).post(f"/en/calendar/organise/tasks/{task.pk}/", said).status_code == 302
    services.change_task(task, by=boss, **values(task, owner=other))
    again = {**said, "form_key": "m" * 24}
    assert client_of(boss).post(f"/en/calendar/organise/tasks/{task.pk}/", again).status_code == 422


def test_a_day_that_is_over_is_refused_at_its_field(given, client_of):
    boss, owner, _other, task = given
    over, browser = timezone.localdate() - timedelta(days=2), client_of(boss)
    said = {"text": "Write", "owner": owner.pk, "due": over.isoformat(), "form_key": "k" * 24, "then": "task"}
    for address in (f"/en/calendar/organise/{task.meeting_id}/after/", f"/en/calendar/organise/tasks/{task.pk}/"):
        answer = browser.post(address, said)
        assert answer.status_code == 422 and "Choose today or a later day." in answer.text
    assert FollowUpTask.objects.get().due == task.due


def test_what_is_overdue_keeps_its_day_while_its_words_change(given, client_of):
    boss, owner, _other, task = given
    over = timezone.localdate() - timedelta(days=2)
    FollowUpTask.objects.update(due=over)
    said = {"text": "Write two pages", "owner": owner.pk, "due": over.isoformat(), "form_key": "k" * 24}
    url, browser = f"/en/calendar/organise/tasks/{task.pk}/", client_of(boss)
    assert browser.post(url, said).status_code == 302
    earlier = {**said, "due": (over - timedelta(days=1)).isoformat(), "form_key": "m" * 24}
    assert browser.post(url, earlier).status_code == 422
    task.refresh_from_db()
    assert (task.text, task.due) == ("Write two pages", over)
