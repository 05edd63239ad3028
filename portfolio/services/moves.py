"""Locks, and the one function that moves a submission through portfolio.states."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from portfolio import states
from portfolio.models import ConsolidatedProgram, Submission
from review import events
from review.models import Case

WITH = ("program__institution__endorsed_by", "program__country", "case", "saved_by")


def lock(submission) -> Submission:
    """The submission as it stands now, locked with its programme until the transaction ends.

    The order is the same everywhere, so that two people never wait for each other: case, stream of events, programme,
    submission, and last the catalogue.
    """
    case_id = Submission.objects.values_list("case_id", flat=True).get(pk=submission.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    lock_program(submission.program_id)
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    return Submission.objects.select_related(*WITH).get(pk=locked.pk)


def lock_program(program_id: int) -> ConsolidatedProgram:
    """The programme as it stands now, locked with its stream of events until the transaction ends."""
    events.hold(ConsolidatedProgram(pk=program_id).stream)
    ConsolidatedProgram.objects.select_for_update().get(pk=program_id)
    return ConsolidatedProgram.objects.select_related("institution__endorsed_by", "country", "published").get(
        pk=program_id
    )


def move(submission, verb: str, *, by, **changes) -> None:
    """Make one move of the table on a locked submission, with what changes beside the state, and record it."""
    goal = states.target(verb, submission.state)
    if goal is None:
        raise WrongState(
            _("Somebody was faster: this submission has moved on. Reload the page to see where it stands now.")
        )
    was = submission.state
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.state = goal
    submission.version += 1
    submission.save(update_fields=["state", "version", *changes])
    events.record(
        submission.program.stream, verb, by=by, case=submission.case,
        submission=submission.pk, round=submission.round, was=was, now=goal,
    )  # fmt: skip
