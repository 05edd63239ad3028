"""The yearly question whether a profile is still right. By mail, with a link that needs no signing in; who stays silent leaves the list."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import Gone
from experts import notices
from experts.freshness import (
    AMBER_AFTER,
    ASK_AFTER,
    LEAST_DAYS,
    REMIND_DAYS,
    SILENT_AFTER,
    is_past,
    months_before,
)
from experts.models import Expert
from experts.services.people.keeping import lock_expert, save, show
from experts.services.people.living import _confirm
from network.managers import today
from review import events

logger = logging.getLogger(__name__)

SALT = "experts.confirm"
LONGEST = timedelta(days=400)


def keep_fresh(on: date | None = None) -> dict[str, int]:
    """Ask, remind, and let the silent leave the list: once a day, and no harm if twice. Answers how many of each."""
    on = on or today()
    return {
        "silent": _each(due_for_silence(on), _fall_silent, on),
        "reminded": _each(due_for_reminding(on), _remind, on),
        "asked": _each(due_for_asking(on), _ask, on),
    }


def _each(rows, do: Callable[[int, date], int], on: date) -> int:
    done = 0
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(1000):
        try:
            done += do(pk, on)  # each in a transaction of its own
        except Exception:  # one profile must not keep all others waiting
            logger.exception("expert %s: %s failed", pk, do.__name__)
    return done


def due_for_asking(on: date):
    """Confirmed eleven months ago or longer, and not asked since."""
    return Expert.objects.public().filter(
        user__is_active=True, confirmation_asked_on__isnull=True, confirmed_on__lte=months_before(on, ASK_AFTER)
    )


def due_for_reminding(on: date):
    """Asked a fortnight ago; and again once a year has gone by."""
    late = Q(confirmation_asked_on__lte=on - timedelta(days=REMIND_DAYS))
    return Expert.objects.public().filter(late, user__is_active=True)


def due_for_silence(on: date):
    """Thirteen months without a word, and asked at least four weeks ago."""
    return Expert.objects.public().filter(
        confirmed_on__lte=months_before(on, SILENT_AFTER), confirmation_asked_on__lte=on - timedelta(days=LEAST_DAYS)
    )


@transaction.atomic
def _ask(pk: int, on: date) -> int:
    held = lock_expert(pk)
    if not due_for_asking(on).filter(pk=pk).exists():
        return 0
    held.confirmation_asked_on = on
    save(held, "confirmation_asked_on")
    events.record(held.stream, "asked_to_confirm")
    notices.tell_to_confirm("experts.confirm", held, token=token_of(held))
    return 1


@transaction.atomic
def _remind(pk: int, on: date) -> int:
    """Once a fortnight after the question, and once when the year is over: each has a key, so that none is sent twice."""
    held = lock_expert(pk)
    if not due_for_reminding(on).filter(pk=pk).exists():
        return 0
    stage = "year" if is_past(held.confirmed_on, AMBER_AFTER, on) else "fortnight"
    return notices.tell_to_confirm("experts.confirm_again", held, token=token_of(held), stage=stage)


@transaction.atomic
def _fall_silent(pk: int, on: date) -> int:
    held = lock_expert(pk)
    if not due_for_silence(on).filter(pk=pk).exists():
        return 0
    held.silent_since = on
    save(held, "silent_since")
    events.record(held.stream, "silent")
    show(held)
    notices.tell_to_confirm("experts.silent", held, token=token_of(held))
    return 1


# --- the link -------------------------------------------------------------------------------------
def token_of(expert) -> str:
    """What the link of this year's question carries."""
    return signing.dumps([expert.pk, expert.confirmation_asked_on.isoformat()], salt=SALT)


def find(token: str) -> tuple[Expert, date] | None:
    """The expert of a genuine link and the day of its question; None for any other, and for whoever left."""
    try:
        number, asked = signing.loads(token, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    expert = Expert.objects.filter(pk=number, published__isnull=False, user__is_active=True).first()
    return (expert, date.fromisoformat(asked)) if expert else None


def is_answered(expert, asked: date) -> bool:
    """Whether this question had its answer already."""
    return expert.confirmed_on is not None and expert.confirmed_on >= asked


@transaction.atomic
def confirm_by_link(expert, asked: date) -> None:
    """The mailbox's word counts: the link was sent there alone. An old question's link does not answer a new one."""
    held = lock_expert(expert.pk)
    if is_answered(held, asked):
        return
    if held.confirmation_asked_on != asked or held.user is None:
        raise Gone(_("This link is no longer in use."), title=_("This link is no longer in use"))
    _confirm(held, held.user)
