"""Grades of the four criteria, and what a reviewer has written before deciding."""

from django.db import transaction
from django.utils.translation import gettext as _

from review import events
from review.choices import Criterion, Grade
from review.errors import Incomplete
from review.models import Case, GradeGiven
from review.permissions import may_act_on_open
from review.services.moves import lock, touch

DRAFT_PARTS = frozenset({"letter", "reason", "themes", "categories", "populations"})


@transaction.atomic
def grade(case, criterion: str, given: str, reason: str = "", *, by) -> GradeGiven:
    """Grade one criterion, or take the grade back with an empty one. Internal."""
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    if criterion not in Criterion.values or (given and given not in Grade.values):
        raise Incomplete(_("Choose one of the grades."))
    row = held.grades.filter(criterion=criterion).first() or GradeGiven(case=held, criterion=criterion)
    if (row.grade, row.reason) == (given, reason.strip()):
        return row
    row.grade, row.reason, row.by = given, reason.strip(), by
    row.save()
    touch(held)
    events.record(held.stream, "graded", by=by, case=held, fields=[criterion])
    return row


@transaction.atomic
def keep_draft(case, *, by, **parts) -> Case:
    """Keep what was written and not yet decided: letter, reason, completion."""
    unknown = set(parts) - DRAFT_PARTS
    if unknown:
        raise TypeError(f"Nothing is drafted under {', '.join(sorted(unknown))}.")
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    draft = {**held.draft, **parts}
    if draft != held.draft:
        held.draft = draft
        held.save(update_fields=["draft"])
        touch(held)
    return held
