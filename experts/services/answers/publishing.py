"""What a case does to the text of the knowledge base: published, asked about, closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import Stale
from experts.choices import RevisionState
from experts.models import AnswerRevision
from experts.services.answers.keeping import TEXT, free_slug, lock, lock_answer, show
from network.managers import today
from review import events


def current_revision(case) -> AnswerRevision:
    """The newest version that the OAS has in this case."""
    return case.answers.filter(state=RevisionState.SUBMITTED).select_related("answer").latest("number")


def check_consent(revision) -> None:
    """Both sides still say yes."""
    request = revision.answer.request
    consents = (request.requester_consent, request.expert_consent) if request else (YesNo.NO,)
    if any(consent != YesNo.YES for consent in consents):
        raise Stale(_("One of the two sides took the consent back: this text cannot be published."))


@transaction.atomic
def publish(revision, *, by) -> None:
    """Show an approved text."""
    held = lock(revision)
    check_consent(held)
    answer, now = lock_answer(held.answer_id), timezone.now()
    held.is_open = False
    held.save(update_fields=["is_open"])
    answer.published, answer.registry_consent = held, YesNo.YES
    answer.slug = answer.slug or free_slug(held.title, answer.pk)
    answer.published_at, answer.confirmed_on = now, today()
    answer.first_published_at = answer.first_published_at or now
    answer.version += 1
    answer.save()
    events.record(answer.stream, "published", by=by, case=held.case, revision=held.pk)
    show(answer)


@transaction.atomic
def open_next_round(case, *, by) -> AnswerRevision:
    """Questions of the OAS: the text becomes the draft of the next round, to which both agree anew."""
    sent = lock(current_revision(case))
    sent.is_open = False
    sent.save(update_fields=["is_open"])
    values = {name: getattr(sent, name) for name in TEXT}
    draft = AnswerRevision.objects.create(
        answer=sent.answer, number=sent.number + 1, case=case, reference=sent.reference, round=sent.round + 1,
        created_by=sent.created_by, **values,
    )  # fmt: skip
    events.record(sent.answer.stream, "round_opened", by=by, case=case, revision=draft.pk, round=draft.round)
    return draft


@transaction.atomic
def close_case(case, *, by) -> None:
    """Declined or withdrawn: no version of the case is open any more."""
    for revision in case.answers.filter(is_open=True):
        held = lock(revision)
        held.is_open = False
        held.state = RevisionState.WITHDRAWN if held.is_draft else held.state
        held.save(update_fields=["is_open", "state"])
