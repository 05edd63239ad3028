"""Hold and resume, approve and decline."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from review import kinds
from review.choices import Grade
from review.errors import Incomplete
from review.models import Case
from review.permissions import may_act
from review.services.letters import APPROVE, draft_letter
from review.services.moves import _move, require


@transaction.atomic
def hold(case, *, by, reason: str, version: int | None = None, now: datetime | None = None) -> Case:
    """Put a case aside with a reason; the clock stands still."""
    may_act(by, case).or_refuse()
    held = require(case, "hold", version=version, yours=[(_("Reason of the hold"), reason)])
    if not reason.strip():
        raise Incomplete(_("Give the reason for putting the case on hold."))
    note = held.notes.create(text=reason.strip(), by=by)
    moved = _move(held, "hold", by=by, now=now, data={"note": note.pk})
    _tell_of_the_clock(moved, "on_hold", by)
    return moved


@transaction.atomic
def resume(case, *, by, version: int | None = None, now: datetime | None = None) -> Case:
    """Take a case up again; the days that were left count on."""
    may_act(by, case).or_refuse()
    moved = _move(case, "resume", by=by, version=version, now=now)
    _tell_of_the_clock(moved, "resumed", by, due=moved.due_on)
    return moved


def _tell_of_the_clock(case, step: str, by, **params) -> None:
    """Each stop and each start is told: the version, which every move raises, is part of the key."""
    kinds.of(case).tell(case, step, by=by, key=f"case:{case.pk}:{step}:{case.version}", **params)


@transaction.atomic
def approve(
    case, *, by, version: int | None = None, letter: str = "", reason: str = "", completion: dict | None = None,
    now: datetime | None = None,
) -> Case:  # fmt: skip
    """Approve: the kind publishes in the same transaction. A criterion that is not met needs a written reason."""
    may_act(by, case).or_refuse()
    held = require(case, "approve", version=version, yours=_written(letter, reason))
    unmet = _unmet(held, reason)
    kind = kinds.of(held)
    if kind.drafts_letters and not letter.strip():
        letter = draft_letter(held, APPROVE)
    kind.before_approve(held, by=by)
    moved = _decide(held, "approve", by, letter, reason, now, {"unmet": unmet} if unmet else {})
    kind.approve(moved, by=by, completion=completion or {})
    kind.tell(moved, "approved", by=by)
    return moved


def _unmet(case, reason: str) -> list[str]:
    unmet = [g for g in case.grades.all() if g.grade == Grade.NOT_MET]
    if not reason.strip() and any(not g.reason.strip() for g in unmet):
        raise Incomplete(
            _("A criterion is not met: write the reason for approving all the same. It stays inside the OAS.")
        )
    return [g.criterion for g in unmet]


@transaction.atomic
def decline(
    case, *, by, version: int | None = None, letter: str = "", reason: str = "", now: datetime | None = None
) -> Case:
    """Decline with a letter to the institution and a reason that stays inside the OAS."""
    may_act(by, case).or_refuse()
    held = require(case, "decline", version=version, yours=_written(letter, reason))
    kind = kinds.of(held)
    if not letter.strip():
        raise Incomplete(str(kind.letter_missing))
    if kind.reason_is_needed and not reason.strip():
        raise Incomplete(_("Give the reason for declining. It stays inside the OAS."))
    moved = _decide(held, "decline", by, letter, reason, now, {})
    kind.end(moved, by=by)
    kind.tell(moved, "declined", by=by)
    return moved


def _decide(case, verb: str, by, letter: str, reason: str, now, data: dict) -> Case:
    now = now or timezone.now()
    decision = {"decided_at": now, "decided_by": by, "letter": letter.strip(), "reason": reason.strip(), "draft": {}}
    case.questions.filter(sent_at__isnull=True).delete()
    return _move(case, verb, by=by, now=now, data=data, **decision)


def _written(letter: str, reason: str) -> list[tuple[str, str]]:
    rows = [(_("Letter"), letter), (_("Reason, inside the OAS"), reason)]
    return [(label, text) for label, text in rows if text.strip()]
