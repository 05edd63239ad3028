"""Who is told when those who knew have left: a colleague of the institution, else the OAS; other reviewers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from network.managers import today
from network.models import Membership
from notifications.kinds import render
from notifications.models import Notice
from portfolio import services
from portfolio.models import Submission
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def leaves(person) -> None:
    """The memberships end today; the account stays."""
    Membership.objects.filter(user=person).update(ends_on=today())


@pytest.fixture
def case(victor, ministry_br):
    """In review; whoever sent it is the only one of the ministry who knows of it."""
    case = services.submit(factories.draft_submission(victor, ministry_br), by=victor).case
    Notice.objects.all().delete()
    return case


def ask(case, bruno):
    review.draft_question(case, "title", "?", by=bruno)
    return review.ask(case, by=bruno)


# --- the institution's side
def test_who_wrote_it_hears_and_other_officers_do_not(case, victor, ministry_br, bruno):
    colleague = factories.person(roles=[("officer", ministry_br)])
    ask(case, bruno)
    assert told(victor) == ["portfolio.questions"]
    assert told(colleague) == []


def test_when_the_only_writer_has_left_the_other_officers_hear(case, victor, ministry_br, bruno, diana):
    leaves(victor)
    colleague = factories.person(roles=[("officer", ministry_br)])
    ask(case, bruno)
    review.decline(case, by=bruno, letter="Falta o orçamento.", reason="No budget.")
    assert told(colleague) == ["portfolio.questions", "portfolio.declined"]
    assert told(victor) == told(diana) == []


def test_a_coordinator_hears_before_any_other_officer(case, victor, ministry_br, bruno):
    leaves(victor)
    officer, lead = (factories.person(roles=[(role, ministry_br)]) for role in ("officer", "coordinator"))
    ask(case, bruno)
    assert told(lead) == ["portfolio.questions"]
    assert told(officer) == []


def test_when_nobody_of_the_institution_is_left_the_oas_is_told_so_each_time_once(
    client_of, case, victor, ministry_br, bruno, diana
):
    leaves(victor)
    asked = ask(case, bruno)
    for day in (14, 15, 28):
        review.remind(now=asked.state_since + day * DAY)
    assert told(victor) == []
    assert told(diana).count("portfolio.nobody_told") == 3  # the questions, and their two reminders
    notice = Notice.objects.filter(recipient=diana, kind="portfolio.nobody_told").first()
    assert ministry_br.name in render(notice).body
    there = reverse(notice.url_name, args=notice.url_args)
    assert ministry_br.name in client_of(diana).get(there).content.decode()


# --- the reviewers' side
@pytest.mark.parametrize("gone", ["left", "suspended", "limited"])
def test_the_next_round_is_told_to_other_reviewers_where_its_own_may_not_go_on(case, victor, bruno, diana, gone):
    review.claim(case, by=bruno)
    ask(case, bruno)
    if gone == "left":
        leaves(bruno)
    elif gone == "suspended":
        type(bruno).objects.filter(pk=bruno.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=bruno).update(themes=["LAB-6"])
    Notice.objects.all().delete()
    review.answer_question(case.questions.get(), "Sim.", by=victor)
    services.submit(Submission.objects.open().get(), by=victor)
    assert told(diana) == ["review.answered"]
    assert told(bruno) == []


def test_a_withdrawal_is_not_told_to_a_reviewer_who_has_left(case, victor, bruno):
    review.claim(case, by=bruno)
    leaves(bruno)
    services.withdraw(case.submissions.get(), by=victor)
    assert told(bruno) == []
