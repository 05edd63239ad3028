"""What a case does to the submissions of its programme: next round, publication, end. Called by portfolio.cases."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Stale
from portfolio.choices import SubmissionState
from portfolio.models import Submission
from portfolio.services.copying import copy
from portfolio.services.moves import lock, move
from review import events


def current_revision(case) -> Submission | None:
    """The newest revision that the OAS has in this case."""
    return case.submissions.filter(state=SubmissionState.SUBMITTED).order_by("-number").first()


@transaction.atomic
def open_next_round(case, *, by) -> Submission:
    """Questions: a copy of what was submitted becomes the draft of the next round in the same case."""
    sent = lock(current_revision(case))
    sent.is_open = False
    sent.save(update_fields=["is_open"])
    draft = copy(
        sent, by=sent.submitted_by, base=sent.base, case=case, reference=sent.reference,
        round=sent.round + 1, is_correction=sent.is_correction,
    )  # fmt: skip
    events.record(sent.program.stream, "round_opened", by=by, case=case, submission=draft.pk, round=draft.round)
    return draft


@transaction.atomic
def take_answer(case) -> bool:
    """Whether the round that answers is still a draft. What is read of it before it is submitted changes: so does its version."""
    draft = case.submissions.open().filter(state=SubmissionState.DRAFT).first()
    held = lock(draft) if draft else None
    if held is None or held.state != SubmissionState.DRAFT:
        return False
    held.version += 1
    held.save(update_fields=["version"])
    return True


def check_base(case) -> None:
    """A correction whose base is no longer what is published would undo somebody's decision: refuse (409)."""
    revision = current_revision(case)
    if revision.base_id != revision.program.published_id:
        raise Stale(_("Another version of this programme was published since this correction was begun."))


@transaction.atomic
def close(case, *, by) -> None:
    """Declined or withdrawn: no revision of the case is open any more. What is published stays.

    The line of the case says who declined or withdrew; the round that ends with it is not said to be withdrawn by them.
    """
    for submission in case.submissions.filter(is_open=True):
        held = lock(submission)
        if held.state in (SubmissionState.DRAFT, SubmissionState.AWAITING_ENDORSEMENT):
            move(held, "close", by=by, is_open=False)
        else:
            held.is_open = False
            held.save(update_fields=["is_open"])
