"""Who has a case, what is noted on it, when it was last looked at."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from review import events, notices
from review.errors import Incomplete
from review.models import Case, Look, Note
from review.permissions import may_act, may_act_on_open, reviewers
from review.services.moves import lock

logger = logging.getLogger(__name__)


@transaction.atomic
def claim(case, *, by) -> Case:
    """Take a case on oneself; a case that a colleague works on is handed over by them, or assigned."""
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    if held.assignee_id != by.pk and works_on(held.assignee, held):
        raise NotAllowed(_("A colleague works on this case. Ask them to hand it over, or assign it to yourself."))
    return _give(held, by, by)


@transaction.atomic
def release(case, *, by) -> Case:
    """Put a case back so that another may take it."""
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    return _give(held, None, by)


@transaction.atomic
def assign(cases, to, *, by) -> list[Case]:
    """Give one case or several to a reviewer who may act on them: all of them or none."""
    wanted = [cases] if isinstance(cases, Case) else list(cases)
    given = []
    for case in sorted(wanted, key=lambda one: one.pk):
        held = lock(case)
        may_act_on_open(by, held).or_refuse()
        _may_take(to, held)
        given.append(_give(held, to, by))
    return given


@transaction.atomic
def claim_all(cases, *, by) -> tuple[list[Case], list[tuple[Case, str]]]:
    """Claim several: answers those taken, and those left with the reason."""
    taken, left = [], []
    for case in sorted(cases, key=lambda one: one.pk):
        try:
            taken.append(claim(case, by=by))
        except NotAllowed as refusal:
            left.append((case, refusal.message))
    return taken, left


def let_go_everywhere() -> int:
    """Put the cases back that somebody has who may not act on them any more; answers how many. Safe to run twice."""
    staff = {user.pk: user for user in reviewers()}
    held = Case.objects.open().exclude(assignee=None).select_related("assignee")
    return sum(_let_go_safely(case, staff.get(case.assignee_id, case.assignee)) for case in held)


def _let_go_safely(case, person) -> bool:
    """One case that cannot be asked about keeps back neither the others nor the reminders."""
    try:
        return not works_on(person, case) and _let_go(case)
    except Exception:
        logger.exception("case %s: whether its assignee may still act could not be found out", case.pk)
        return False


@transaction.atomic
def _let_go(case) -> bool:
    held = lock(case)
    had = held.assignee
    if had is None or not held.is_open or works_on(had, held):
        return False
    held.assignee = None
    held.save(update_fields=["assignee"])
    event = events.record(held.stream, "let_go", case=held, to=had.pk)
    notices.tell_of_return(held, event=event.number)
    return True


def works_on(person, case) -> bool:
    """Whether this is somebody who has an account and may still act on the case."""
    return person is not None and person.is_active and bool(may_act(person, case))


def _may_take(to, case) -> None:
    decision = may_act(to, case)
    if not decision:
        raise NotAllowed(
            _("%(reference)s cannot go to %(name)s: %(reason)s")
            % {"reference": case.reference, "name": to.name, "reason": decision.reason}
        )


def _give(case, to, by) -> Case:
    if case.assignee_id == (to.pk if to else None):
        return case
    case.assignee = to
    case.save(update_fields=["assignee"])
    verb = "released" if to is None else "claimed" if to == by else "assigned"
    event = events.record(case.stream, verb, by=by, case=case, to=to.pk if to else None)
    if to and to != by:
        notices.tell_of_assignment(case, to, by=by, event=event.number)
    return case


@transaction.atomic
def add_note(case, text: str, *, by) -> Note:
    """Write a note that stays inside the OAS."""
    may_act(by, case).or_refuse()
    if not text.strip():
        raise Incomplete(_("Write the note first."))
    note = Note.objects.create(case=case, text=text.strip(), by=by)
    events.record(case.stream, "noted", by=by, case=case, note=note.pk)
    return note


def look(case, revision: int | None, *, by) -> Look:
    """Note that a reviewer reads a revision; `before` of the answer is the one they read before it."""
    row = Look.objects.filter(case=case, user=by).first()
    if row is None:
        return Look.objects.get_or_create(case=case, user=by, defaults={"revision": revision})[0]
    if row.revision != revision:
        row.before, row.revision = row.revision, revision
    row.save(update_fields=["before", "revision", "at"])
    return row
