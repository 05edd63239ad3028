"""What anybody may send is counted; the words of the bound that is reached are said."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.floods import Bound, TooMany, key_of, refuse_floods
from home.models import ContactTry

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def bounds(key: str) -> list[Bound]:
    rows = ContactTry.objects.filter(key=key)
    return [Bound(rows, 2, HOUR, "this hour"), Bound(rows, 3, DAY, "today")]


def sent(key: str, *ages: timedelta) -> None:
    for age in ages:
        ContactTry.objects.create(key=key, at=timezone.now() - age)


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ([], ""),
        ([HOUR / 2], ""),
        ([HOUR / 2, HOUR / 3], "this hour"),
        ([HOUR * 2, HOUR * 3, HOUR / 2], "today"),
        ([HOUR * 25, HOUR * 26, HOUR * 27], ""),
    ],
)
def test_the_first_bound_that_is_reached_refuses(ages, said):
    sent("a", *ages)
    sent("b", *[HOUR / 2] * 9)
    with transaction.atomic():
        if not said:
            return refuse_floods("test", "at", bounds("a"))
        with pytest.raises(TooMany) as refused:
            refuse_floods("test", "at", bounds("a"))
    assert (refused.value.message, refused.value.status) == (said, 429)


def test_an_origin_is_kept_as_a_digest_of_its_purpose(settings):
    contact = key_of("contact", "203.0.113.9")
    assert len(contact) == 64 and contact != key_of("enquiry", "203.0.113.9")
    settings.SECRET_KEY = "another"
    assert contact != key_of("contact", "203.0.113.9")
