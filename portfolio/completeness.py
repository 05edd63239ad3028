"""Which answers are there, which are missing: drafts are lax, submission is strict."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.dates import Span
from portfolio import annex
from portfolio.annex import Question, Section
from review.choices import CaseState


class SectionState(TextChoices):
    """How far a section is."""

    NOT_STARTED = "not_started", pgettext_lazy("section", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("section", "In progress")
    COMPLETE = "complete", pgettext_lazy("section", "Complete")


OPTIONAL = gettext_lazy("Optional")


@dataclass(frozen=True)
class Missing:
    """One question that stands in the way of submitting."""

    question: Question
    message: str


@dataclass
class Progress:
    """A section on the task list."""

    section: Section
    state: str
    answered: int
    total: int
    writers: list[str] = field(default_factory=list)  # colleagues who are here now

    @property
    def missing(self) -> int:
        return self.total - self.answered

    @property
    def state_label(self) -> str:
        return str(SectionState(self.state).label)

    @property
    def is_complete(self) -> bool:
        return self.state == SectionState.COMPLETE


def is_answered(question: Question, submission, attachments: int = 0) -> bool:
    """Whether any of the answer's columns holds something."""
    program = submission.program
    if question.key == "institution":
        return True
    if question.key == "country":
        return bool(program.country_id)
    if question.key == "documents" and attachments:
        return True
    holder = program if question.on_program else submission
    return any(getattr(holder, column) for column in question.all_columns)


def lacks(question: Question, submission, attachments: int = 0) -> str:
    """What is still missing from one answer, as a sentence; empty if nothing is."""
    special = SPECIAL.get(question.key)
    if special:
        return special(question, submission)
    if is_answered(question, submission, attachments):
        return ""
    if question.required:
        return str(question.missing)
    if question.may_skip and question.key not in submission.not_applicable:
        return _("Answer, or tick “Not applicable or not known”: %(question)s") % {"question": question.title}
    return ""


def _contact(question: Question, submission) -> str:
    return "" if submission.program.contact_name else str(question.missing)


def _email(question: Question, submission) -> str:
    program = submission.program
    if not program.contact_email and not program.contact_telephone:
        return str(question.missing)
    return "" if program.contact_email else _skipped(question, submission)


def _telephone(question: Question, submission) -> str:
    program = submission.program
    if program.contact_telephone or not program.contact_email:  # with neither, the e-mail's message says it once
        return ""
    return _skipped(question, submission)


def _skipped(question: Question, submission) -> str:
    if question.key in submission.not_applicable:
        return ""
    return _("Answer, or tick “Not applicable or not known”: %(question)s") % {"question": question.title}


def _dates(question: Question, submission) -> str:
    if not submission.start_year:
        return str(question.missing)
    if not (submission.ongoing or submission.end_year or submission.time_span):
        return _("Say whether the programme continues, when it ended, or how long it lasts")
    return wrong_end({name: getattr(submission, name) for name in question.columns})


def wrong_end(dates: dict) -> str:
    """What is wrong with the end of a programme beside its other dates, as a sentence; empty if nothing is."""
    year, month = dates.get("end_year"), dates.get("end_month")
    if dates.get("ongoing") and (year or month):
        return _("Either the programme continues or it has an end: untick “The programme continues”, or delete the end")
    if month and not year:
        return _("Write the year of the end, or delete its month")
    span = Span((dates.get("start_year"), dates.get("start_month"), None), (year, month, None))
    if span.first_day and span.last_day and span.last_day < span.first_day:
        return _("The end is before the start. Correct one of the two")
    return ""


def _consent(question: Question, submission) -> str:
    return "" if getattr(submission, question.key) else str(question.missing)


SPECIAL = {
    "contact_name": _contact,
    "contact_email": _email,
    "contact_telephone": _telephone,
    "start_year": _dates,
    "sharing_commitment": _consent,
}


def questions(submission) -> list:
    """The questions of the OAS that this round answers, in the order they were asked."""
    case = submission.case
    if case is None or case.state != CaseState.QUESTIONS:
        return []
    return list(case.questions.filter(round=case.round, sent_at__isnull=False))


def unanswered(submission) -> list[Missing]:
    """Questions of the OAS without an answer in words: the reviewer reads it beside the field."""
    return [
        Missing(question, _("Answer the question of the OAS: %(question)s") % {"question": question.title})
        for row in questions(submission)
        if not row.answer.strip() and (question := annex.question(row.field))
    ]


def missing(submission, attachments: int | None = None) -> list[Missing]:
    """Everything that stands in the way of submitting, in the order of the form."""
    count = submission.attachments.count() if attachments is None else attachments
    found = ((q, lacks(q, submission, count)) for section in annex.SECTIONS for q in section.questions)
    return [Missing(question, message) for question, message in found if message]


def progress(submission, attachments: int | None = None) -> list[Progress]:
    """The seven sections with their states."""
    count = submission.attachments.count() if attachments is None else attachments
    return [_progress(section, submission, count) for section in annex.SECTIONS]


def _progress(section: Section, submission, attachments: int) -> Progress:
    asked = [q for q in section.questions if q.required or q.may_skip]
    open_ones = [q for q in asked if lacks(q, submission, attachments)]
    if not open_ones:
        state = SectionState.COMPLETE
    elif any(_touched(q, submission, attachments) for q in section.questions):
        state = SectionState.IN_PROGRESS
    else:
        state = SectionState.NOT_STARTED
    return Progress(section, state, len(asked) - len(open_ones), len(asked))


def _touched(question: Question, submission, attachments: int) -> bool:
    """Answered by a person: not what the form fills by itself when it starts."""
    if question.key in ("language", "country", "institution"):
        return False
    return question.key in submission.not_applicable or is_answered(question, submission, attachments)
