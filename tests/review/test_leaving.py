"""A reviewer leaves, is suspended or gets other themes: what they had goes back to the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed
from network.models import Membership, User
from review import services
from review.history import history
from review.models import Case, Event
from review.tasks import remind


def leave(person):
    Membership.objects.filter(user=person).update(ends_on=timezone.localdate() - timedelta(days=1))


def suspend(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("go", [leave, suspend])
def test_a_case_of_somebody_who_left_is_nobodys_again_and_its_history_says_why(case, bruno, diana, go):
    services.claim(case, by=bruno)
    remind()
    assert Case.objects.get().assignee == bruno
    go(bruno)
    for _ in range(2):
        remind()
    held = Case.objects.get()
    assert held.assignee is None and Event.objects.filter(stream=held.stream, verb="let_go").count() == 1
    assert bruno.name in history(held)[0].words


def test_other_themes_take_away_what_one_may_not_review_any_more(case, bruno):
    services.claim(case, by=bruno)
    Membership.objects.filter(user=bruno).update(themes=["LAB-5"])
    remind()
    assert Case.objects.get().assignee is None


@pytest.mark.parametrize("go", [leave, suspend])
def test_a_colleague_takes_it_at_once_without_waiting_for_the_portal(case, bruno, diana, go):
    services.claim(case, by=bruno)
    with pytest.raises(NotAllowed):
        services.claim(case, by=diana)
    go(bruno)
    assert services.claim(Case.objects.get(), by=diana).assignee == diana


def test_a_decided_case_keeps_the_name_of_who_had_it(case, bruno):
    services.claim(case, by=bruno)
    services.decline(case, by=bruno, letter="We thank you.", reason="Too small.")
    leave(bruno)
    remind()
    assert Case.objects.get().assignee == bruno
