"""Whom the directory proposes for a request: read in few queries, whoever is there."""

import pytest
from django.utils import timezone

from experts.choices import OfferState, RequestState, Stated
from experts.models import AdviceRequest, Offer
from experts.services.advice import candidates
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ana, agency_cl):
    return AdviceRequest.objects.create(
        requester=ana, institution=agency_cl, theme_id="LAB-1", country_id="CL", title="Inspection at a distance", question="How?",
        language="es", state=RequestState.OPEN,
    )  # fmt: skip


def proposed(request) -> list[int]:
    return [match.candidate.expert for match in candidates.propose(request)[1]]


def test_the_best_suited_of_the_directory_come_first(asked):
    elsewhere = expert(countries=["CA"], languages=["es"])
    best = expert(countries=["CL"], languages=["es"])
    next_door = expert(themes=["LAB-2"], countries=["CL"])
    expert(themes=["EMP-1"], countries=["CL"])
    assert proposed(asked) == [best.pk, elsewhere.pk, next_door.pk]


def test_nobody_who_is_out_of_the_directory_is_proposed(asked, ana):
    expert(paused_at=timezone.now())
    expert(silent_since=timezone.localdate())
    expert(retired_at=timezone.now())
    expert(registry_consent="no")
    expert(availability=Stated.BUSY)
    expert(user=ana)
    assert proposed(asked) == []


def test_whoever_is_paused_is_not_proposed_although_the_catalogue_still_has_them(asked):
    one = expert()
    type(one).objects.filter(pk=one.pk).update(paused_at=timezone.now())
    assert proposed(asked) == []


def test_a_suspended_expert_is_not_proposed_and_cannot_be_asked(asked):
    one = expert()
    type(one.user).objects.filter(pk=one.user.pk).update(is_active=False)
    assert proposed(asked) == [] and candidates.read([one.pk]) == []


def test_present_load_and_who_was_asked_are_read(asked, ana, agency_cl):
    tired, free = expert(), expert()
    other = AdviceRequest.objects.create(
        requester=ana,
        institution=agency_cl,
        theme_id="LAB-1",
        title="Other",
        question="?",
        state=RequestState.ACCEPTED,
        expert=tired,
    )
    Offer.objects.create(request=other, expert=tired, state=OfferState.ACCEPTED, respond_by=timezone.now())
    assert proposed(asked) == [free.pk, tired.pk]
    Offer.objects.create(request=asked, expert=free, respond_by=timezone.now())
    assert proposed(asked) == [tired.pk]


def test_the_queries_do_not_grow_with_the_directory(asked, django_assert_max_num_queries):
    for _number in range(12):
        expert(countries=["CL", "AR"])
    with django_assert_max_num_queries(16):
        assert len(proposed(asked)) == candidates.PROPOSED
