"""Questions of the demonstration: in every state, among marked people, with two public answers."""

import pytest
from django.test import Client

from catalogue.models import Entry
from experts.choices import RequestState
from experts.demo import requests
from experts.models import AdviceRequest
from network import demo_loading
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


def test_every_state_and_two_answers(settings):
    settings.DEMO = True
    demo_loading.load("a password for this one test")
    for theme in ("LAB-1", "EMP-3"):
        for _number in range(3):
            expert(themes=[theme], countries=["CL", "BR", "MX"], languages=["es", "pt"], is_demo=True)
    assert requests.load() == 9
    assert requests.load() == 0
    assert set(AdviceRequest.objects.values_list("state", flat=True)) == set(RequestState.values)
    answers = Entry.objects.filter(kind="answers")
    assert answers.count() == 2 and all(answers.values_list("is_demo", flat=True))
    for slug in answers.values_list("slug", flat=True):
        assert Client().get(f"/es/experts/answers/{slug}/").status_code == 200
