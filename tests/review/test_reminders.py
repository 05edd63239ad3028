"""Reminders: at the right days, each once, to those who can act."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.formats import date_format

from notifications.kinds import render
from notifications.models import Notice
from portfolio import services as portfolio
from review import services
from review.services import reminding
from review.services.reminding import stage
from tests.review.conftest import fill

DAY = timedelta(days=1)


def after(due, days):
    """The same time of the day in Washington, days later, whatever summer time does."""
    return due.astimezone(ZoneInfo("America/New_York")) + days * DAY


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def noon(case):
    """Noon of the day by whose end an answer is due."""
    return case.due_at - timedelta(hours=12)


@pytest.fixture
def quiet_case(case):
    Notice.objects.all().delete()
    return case


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-6, None), (-5, -5), (-1, -5), (0, 0), (6, 0), (7, 7), (13, 7), (14, 14), (40, 35)],
)
def test_the_stages_are_minus_five_the_day_itself_and_then_weekly(quiet_case, days, expected):
    assert stage(quiet_case.due_at, after(quiet_case.due_at, days)) == expected


def test_the_assignee_alone_is_reminded_and_only_once_a_stage(quiet_case, bruno, diana):
    services.claim(quiet_case, by=bruno)
    due = noon(quiet_case)
    assert services.remind(now=after(due, -6)) == 0
    for day in (-5, -4, -1):
        services.remind(now=after(due, day))
    assert told(bruno) == ["review.due_soon"]
    services.remind(now=due)
    services.remind(now=due + DAY)
    assert told(bruno) == ["review.due_soon", "review.due_soon"]
    for day in (7, 8, 14, 15):
        services.remind(now=after(due, day))
    assert told(bruno)[2:] == ["review.overdue", "review.overdue"]
    assert told(diana) == ["review.overdue_week"]


def test_without_an_assignee_everyone_who_may_act_is_reminded(quiet_case, bruno, diana):
    services.remind(now=noon(quiet_case))
    assert told(bruno) == told(diana) == ["review.due_soon"]


def test_a_week_late_and_without_an_assignee_an_administrator_is_told_once(quiet_case, bruno, diana):
    services.remind(now=noon(quiet_case) + 7 * DAY)
    assert told(bruno) == told(diana) == ["review.overdue"]


def test_a_case_that_cannot_be_spoken_of_keeps_back_no_other(quiet_case, submit, bruno, monkeypatch):
    other = submit()
    Notice.objects.all().delete()
    real = reminding.notices.remind_reviewer

    def fails_once(case, *rest):
        if case.pk == quiet_case.pk:
            raise RuntimeError("this one")
        return real(case, *rest)

    monkeypatch.setattr(reminding.notices, "remind_reviewer", fails_once)
    assert services.remind(now=noon(other)) == 1
    assert told(bruno) == ["review.due_soon"]


def test_after_a_silent_fortnight_of_the_clockwork_one_reminder_comes_not_three(quiet_case, bruno):
    services.claim(quiet_case, by=bruno)
    services.remind(now=noon(quiet_case) + 15 * DAY)
    services.remind(now=noon(quiet_case) + 15 * DAY)
    assert told(bruno) == ["review.overdue"]


def test_nobody_is_reminded_while_the_clock_stands_still(quiet_case, bruno):
    services.hold(quiet_case, by=bruno, reason="A law is being passed")
    assert services.remind(now=noon(quiet_case) + 30 * DAY) == 0


def test_the_ministry_is_reminded_of_open_questions_after_14_and_28_days(quiet_case, bruno, ministry_officer):
    services.draft_question(quiet_case, "description", "How many?", by=bruno)
    asked = services.ask(quiet_case, by=bruno)
    since = asked.state_since
    for day in (13, 14, 15, 20, 28, 29, 60):
        services.remind(now=since + day * DAY)
    assert told(ministry_officer) == [
        "portfolio.questions",
        "portfolio.questions_reminder",
        "portfolio.questions_reminder",
    ]


def test_reviewers_hear_of_arrivals_answers_and_what_is_assigned_to_them(submit, bruno, diana, answer):
    case = submit()
    assert told(bruno) == told(diana) == ["review.arrived"]
    services.assign(case, bruno, by=diana)
    services.draft_question(case, "description", "How many?", by=bruno)
    services.ask(case, by=bruno)
    question = case.questions.get()
    services.answer_question(question, "Two thousand.", by=case.opened_by)
    answer(case, description="Dos mil personas.")
    assert told(bruno) == ["review.arrived", "review.assigned", "review.answered"]
    assert told(diana) == ["review.arrived"]


def test_the_ministry_hears_of_every_stop_and_start_with_the_new_day(quiet_case, bruno, ministry_officer):
    for _time in range(2):
        services.hold(quiet_case, by=bruno, reason="A law is being passed")
        resumed = services.resume(quiet_case, by=bruno)
    assert told(ministry_officer) == ["portfolio.on_hold", "portfolio.resumed"] * 2
    last = Notice.objects.filter(recipient=ministry_officer).latest("pk")
    assert date_format(resumed.due_on, "DATE_FORMAT") in render(last).body


def test_nobody_who_has_answered_is_reminded_of_the_questions_while_the_coordinator_endorses(
    ana, carla, agency_cl, bruno
):
    draft = fill(portfolio.start(agency_cl, by=ana, language="es", title="Formación"))
    case = portfolio.endorse(portfolio.submit(draft, by=ana), by=carla).case
    services.draft_question(case, "description", "How many?", by=bruno)
    asked = services.ask(case, by=bruno)
    services.answer_question(case.questions.get(), "Two thousand.", by=ana)
    fill(second := case.submissions.get(state="draft"))
    portfolio.submit(second, by=ana)
    Notice.objects.all().delete()
    services.remind(now=asked.state_since + 15 * DAY)
    assert "portfolio.questions_reminder" not in told(ana) + told(carla)
