"""What came before a round of a form: why a coordinator returned it, and what changed since."""

from portfolio import annex, reading
from portfolio.annex import Question
from portfolio.choices import SubmissionState
from portfolio.models import Submission

SENT = (SubmissionState.RETURNED, SubmissionState.SUBMITTED)


def round_before(submission) -> Submission | None:
    """The round that the coordinator or the OAS read before this one; None of a first round."""
    if submission.round == 1:
        return None
    rows = submission.program.submissions.filter(
        reference=submission.reference, round__lt=submission.round, state__in=SENT
    )
    return rows.select_related("program__institution", "program__country").order_by("-round").first()


def why_returned(submission) -> str:
    """Why the coordinator returned the round before this draft, or ""."""
    before = round_before(submission) if submission.is_draft else None
    return before.endorsement_note if before and before.state == SubmissionState.RETURNED else ""


def changed_since(before: Submission | None, now: Submission) -> list[Question]:
    """The questions whose answers differ, in the order of the form."""
    if before is None:
        return []
    old, new = (_texts(form) for form in (before, now))
    return [question for question, text in new.items() if old.get(question) != text]


def _texts(submission) -> dict[Question, tuple[bool, str]]:
    return {
        answer.question: (answer.skipped, answer.text)
        for section in reading.read(submission, annex.ALL)
        for answer in section.answers
    }
