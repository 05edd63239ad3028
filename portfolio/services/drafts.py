"""Writing: start a submission, save answers beside colleagues, throw a draft away, say who is here."""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from files import services as files
from portfolio import annex, permissions
from portfolio.completeness import is_answered
from portfolio.models import ConsolidatedProgram, Submission
from portfolio.services import units
from portfolio.services.copying import copy
from portfolio.services.moves import lock, lock_program
from review import events

# At each opening of a page of the form, and each time it saves by itself
_APPEAR = """
INSERT INTO portfolio_presence (submission_id, user_id, section, seen_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (submission_id, user_id) DO UPDATE SET section = EXCLUDED.section, seen_at = EXCLUDED.seen_at
"""


@dataclass
class Conflict:
    """One unit that a colleague changed since the form was shown."""

    unit: str
    mine: object
    theirs: object


@dataclass
class Saved:
    """What became of a save."""

    submission: Submission
    written: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    colleague: object = None  # who saved before, if it was somebody else
    seen: dict[str, str] = field(default_factory=dict)  # new fingerprints of what the page and the draft agree on


@transaction.atomic
def start(institution, *, by, language: str, title: str, country=None) -> Submission:
    """Begin a programme and the draft of its first form."""
    permissions.may_start(by, institution).or_refuse()
    program = ConsolidatedProgram.objects.create(
        institution=institution,
        country=institution.country or country,
        created_by=by,
        is_demo=institution.is_demo,
    )
    draft = Submission.objects.create(
        program=program, language=language, title=title.strip(), created_by=by, saved_by=by
    )
    events.record(program.stream, "started", by=by, submission=draft.pk)
    return draft


@transaction.atomic
def present_again(program, *, by) -> Submission:
    """After a decline or a withdrawal: the newest text of the programme, with its files, becomes the draft of a new form."""
    held = lock_program(program.pk)
    newest = held.submissions.order_by("-number").first()
    newest.program = held
    permissions.may_present_again(by, newest).or_refuse()
    draft = copy(newest, by=by)
    events.record(held.stream, "presented_again", by=by, submission=draft.pk)
    return draft


@transaction.atomic
def save_section(submission, *, by, values: dict, seen: dict[str, str] | None = None) -> Saved:
    """Save answers, `{unit: value}`. With `seen`, what a colleague wrote since the form was shown is never overwritten:
    answers that only one of the two changed are merged, the others come back as conflicts."""
    draft = lock(submission)
    permissions.may_write(by, draft).or_refuse()
    result = Saved(draft, colleague=draft.saved_by if draft.saved_by_id != by.pk else None)
    for unit, value in values.items():
        mine, theirs = units.normal(unit, value), units.read(draft, unit)
        if mine == theirs:
            result.seen[unit] = units.digest(mine)
            continue
        if draft.program.published_id and unit in units.ON_PROGRAM:
            continue
        before = (seen or {}).get(unit)
        if before is not None and units.digest(mine) == before:
            continue
        if before is not None and units.digest(theirs) != before:
            result.conflicts.append(Conflict(unit, mine, theirs))
            continue
        units.write(draft, unit, mine)
        result.written.append(unit)
        result.seen[unit] = units.digest(mine)
    if result.written:
        _save(draft, by, on_program=any(unit in units.ON_PROGRAM for unit in result.written))
    return result


def _save(draft: Submission, by, *, on_program: bool) -> None:
    """Write the draft; its programme counts as changed only where the programme itself was written."""
    draft.not_applicable = [
        key for key in draft.not_applicable if (q := annex.question(key)) is None or not is_answered(q, draft)
    ]
    draft.saved_by, draft.saved_at = by, timezone.now()
    draft.version += 1
    if on_program:
        draft.program.version += 1
        draft.program.save(update_fields=[*annex.CONTACT, "country", "version"])
    draft.save()


@transaction.atomic
def discard(submission, *, by) -> None:
    """Throw away a draft that nobody has received, with files that only it had; and a programme that has nothing else."""
    draft = lock(submission)
    permissions.may_discard(by, draft).or_refuse()
    program = draft.program
    events.record(program.stream, "discarded", by=by, submission=draft.pk)
    stored = list(draft.attachments.values_list("file_id", flat=True))
    draft.delete()
    files.forget_unlinked(stored)
    if not program.submissions.exists():
        program.delete()


def appear(submission, *, by, section: str = "") -> None:
    """Note that a person has the form open, and where."""
    with connection.cursor() as cursor:
        cursor.execute(_APPEAR, [submission.pk, by.pk, section[:4], timezone.now()])
