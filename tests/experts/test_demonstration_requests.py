"""Questions of the demonstration: in every state, among marked people, with two public answers."""

import pytest
from django.test import Client

from catalogue.models import Entry
from experts.choices import RequestState
from experts.demo import directory, loading, requests
from experts.models import AdviceRequest
from network import demo_loading

pytestmark = pytest.mark.django_db


def test_every_state_and_two_answers(settings):
    settings.DEMO = True
    demo_loading.load("a password for this one test")
    loading.load()
    directory.load()
    assert requests.load() == 9
    assert requests.load() == 0
    assert set(AdviceRequest.objects.values_list("state", flat=True)) == set(RequestState.values)
    answers = Entry.objects.filter(kind="answers")
    assert answers.count() == 2 and all(answers.values_list("is_demo", flat=True))
    for slug in answers.values_list("slug", flat=True):
        assert Client().get(f"/es/experts/answers/{slug}/").status_code == 200
