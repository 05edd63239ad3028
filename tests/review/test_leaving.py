"""A reviewer leaves, is suspended or gets other themes: what they had goes back to the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed
from network.models import Membership, User
from notifications.models import Notice
from review import services
from review.history import history
from review.models import Case, Event
from review.services import handling
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
    assert Notice.objects.filter(recipient=diana, kind="review.returned").count() == 1
    assert not Notice.objects.filter(recipient=bruno, kind="review.returned").exists()


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


def test_one_case_that_cannot_be_asked_about_keeps_no_other_back(submit, bruno, diana, monkeypatch):
    broken, other = submit(), submit()
    for held in (broken, other):
        services.claim(held, by=bruno)
    leave(bruno)
    asked = handling.works_on

    def works_on(person, held):
        if held.pk == broken.pk:
            raise RuntimeError("no such kind")
        return asked(person, held)

    monkeypatch.setattr(handling, "works_on", works_on)
    remind()
    assert Case.objects.get(pk=other.pk).assignee is None and Case.objects.get(pk=broken.pk).assignee == bruno


def test_the_page_of_the_case_offers_it_again(case, bruno, diana, client_of):
    services.claim(case, by=bruno)
    page = f"/admin/review/case/{case.pk}/change/"
    assert 'value="claim"' not in client_of(diana).get(page).text
    leave(bruno)
    assert 'value="claim"' in client_of(diana).get(page).text
