"""Who has a case, what is noted on it, when it was last looked at."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from review import events, notices
from review.errors import Incomplete
from review.models import Case, Look, Note
from review.permissions import may_act, may_act_on_open
from review.services.moves import lock


@transaction.atomic
def claim(case, *, by) -> Case:
    """Take a case on oneself; a case that a colleague has is handed over by them, or assigned."""
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    if held.assignee_id and held.assignee_id != by.pk:
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
