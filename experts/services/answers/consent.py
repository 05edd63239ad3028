"""Consent to publish: given by each side for itself, taken back by either, at once and without a trace."""

from django.db import transaction
from django.db.models import Q

from core.choices import YesNo
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import RevisionState, Side
from experts.models import AdviceRequest
from experts.services.advice.moves import lock as lock_request
from experts.services.answers.keeping import hold_cases, lock_answer, show
from experts.services.answers.texts import begin_text
from review import events
from review import services as review
from review.choices import OPEN_STATES


@transaction.atomic
def give_consent(request, *, by) -> None:
    """Say yes to publishing the question and its answer without names. With the second yes a text is drafted."""
    hold_cases(request)
    held = lock_request(request)
    before = held.requester_consent, held.expert_consent
    _say(held, YesNo.YES, by=by)
    if (held.requester_consent, held.expert_consent) != before:
        begin_text(held, by=by)


@transaction.atomic
def take_back(request, *, by) -> None:
    """Say no, before or after: what is public leaves at once, and a review of it ends."""
    hold_cases(request)
    held = lock_request(request)
    _say(held, YesNo.NO, by=by)
    _remove(held, by=by)


def _say(held, word: str, *, by) -> None:
    permissions.may_consent(by, held).or_refuse()
    side = "expert" if permissions.is_expert(by, held) else "requester"
    setattr(held, f"{side}_consent", word)
    held.version += 1
    held.save(update_fields=[f"{side}_consent", "version"])
    events.record(held.stream, f"consent_{word}", by=by, fields=[side])


def _remove(held, *, by) -> None:
    if not hasattr(held, "kept"):
        return
    waiting = held.kept.revisions.filter(is_open=True, case__state__in=OPEN_STATES).select_related("case").first()
    if waiting:
        review.withdraw(waiting.case, by=by)  # the kind of case closes the text
    held.kept.revisions.filter(is_open=True).update(is_open=False, state=RevisionState.WITHDRAWN)
    answer = lock_answer(held.kept.pk)
    answer.registry_consent, answer.published = YesNo.NO, None
    answer.version += 1
    answer.save(update_fields=["registry_consent", "published", "version"])
    events.record(answer.stream, "consent_withdrawn", by=by)
    show(answer)
    both = [*notices.asking_side(held), *notices.experts_side(held)]
    notices.tell("answer_withdrawn", held, both, by=by, key=f"experts.answer_withdrawn:{answer.pk}:{answer.version}")


@transaction.atomic
def take_back_all(user, *, sides=(Side.REQUESTER, Side.EXPERT)) -> None:
    """A person is erased, or leaves the directory: their consents end, and what was published with them leaves."""
    whose = {Side.REQUESTER: Q(requester=user), Side.EXPERT: Q(expert__user=user)}
    for side in sides:
        given = AdviceRequest.objects.filter(whose[side], **{f"{side}_consent": YesNo.YES})
        for request in given:
            hold_cases(request)
            held = lock_request(request)
            setattr(held, f"{side}_consent", YesNo.NO)
            held.save(update_fields=[f"{side}_consent"])
            _remove(held, by=None)
