"""Questions to the institution: pinned to fields as drafts, sent together, answered in the next round."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from review import events, kinds
from review.choices import CaseState
from review.errors import Incomplete
from review.models import Case, Question
from review.permissions import may_act, may_act_on_open
from review.services.moves import _move, lock, require, touch


@transaction.atomic
def draft_question(case, field: str, text: str, *, by) -> Question:
    """Pin a question to a field, or rewrite the draft that stands there."""
    held = lock(case)
    may_act_on_open(by, held).or_refuse()
    _may_be_asked(held)
    if not text.strip():
        raise Incomplete(_("Write the question first."))
    question = held.questions.filter(field=field, sent_at__isnull=True).first()
    if question and question.text == text.strip():
        return question
    question = question or Question(case=held, field=field, round=held.round)
    question.text, question.asked_by = text.strip(), by
    question.save()
    touch(held)
    events.record(held.stream, "question_drafted", by=by, case=held, question=question.pk, fields=[field])
    return question


def _may_be_asked(case) -> None:
    if not kinds.of(case).can_ask or case.state != CaseState.IN_REVIEW:
        raise NotAllowed(_("This case cannot be returned with questions now."))


@transaction.atomic
def remove_question(question, *, by) -> None:
    """Throw away a question that was not sent."""
    held = lock(question.case)
    may_act_on_open(by, held).or_refuse()
    pk, field = question.pk, question.field
    removed, _rows = Question.objects.filter(pk=pk, sent_at__isnull=True).delete()
    if removed:
        touch(held)
        events.record(held.stream, "question_removed", by=by, case=held, question=pk, fields=[field])


@transaction.atomic
def ask(case, *, by, version: int | None = None, yours="", now: datetime | None = None) -> Case:
    """Return the case with its questions: they are sent together, the next round opens, the clock stands still."""
    now = now or timezone.now()
    may_act(by, case).or_refuse()
    held = require(case, "ask", version=version, yours=yours)
    _may_be_asked(held)
    drafts = held.questions.filter(sent_at__isnull=True)
    fields = list(drafts.values_list("field", flat=True))
    if not fields:
        raise Incomplete(_("Pin at least one question to a field, then return the case."))
    drafts.update(sent_at=now, round=held.round)
    moved = _move(held, "ask", by=by, now=now, data={"fields": fields})
    kind = kinds.of(moved)
    kind.ask_back(moved, by=by)
    kind.tell(moved, "questions", by=by)
    return moved
