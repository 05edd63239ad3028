"""A case from the institution's side: opened, answered, withdrawn, and where it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from review import clock, events, kinds, notices
from review.choices import CaseState
from review.models import Case, KindSetting, Question
from review.services.moves import _move, lock

COPIES = ("title", "language", "country", "institution", "institution_name", "themes", "categories")


def next_reference() -> str:
    """The next number that people quote, for instance INLA-2026-000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('review_reference')")
        number = cursor.fetchone()[0]
    return f"INLA-{clock.day_of(timezone.now()).year}-{number:06d}"


def days_for(kind_key: str) -> int:
    """Days to answer a case of the kind: the administrator's number, else the kind's own."""
    chosen = KindSetting.objects.filter(pk=kind_key).values_list("days", flat=True).first()
    return chosen or kinds.get(kind_key).default_days


def due_after(opened: datetime, kind_key: str, needed_by: datetime | None = None) -> datetime:
    """When the answer to a case of the kind is due: at the end of a day in Washington.

    Sooner where it would be of no use later, yet never before the day is over on which it was opened.
    """
    due = clock.end_of_day(opened + timedelta(days=days_for(kind_key)))
    return clock.in_time(due, needed_by, opened)


def day_promised(kind_key: str) -> date:
    """The day by which a case that is opened now is answered."""
    return clock.day_of(due_after(timezone.now(), kind_key))


@transaction.atomic
def open_case(
    kind_key: str, *, by, stream: str, title: str, language: str = "", country: str = "", institution=None,
    themes=(), categories=(), reference: str = "", round: int = 1, needed_by: datetime | None = None,
    now: datetime | None = None,
) -> Case:  # fmt: skip
    """Put a thing into the queue; the clock starts. After `needed_by` an answer would be of no use.

    `round` as the institution counts: rounds that its coordinator returned never came here.
    """
    now = now or timezone.now()
    case = Case.objects.create(
        reference=reference or next_reference(),
        kind=kind_key,
        stream=stream,
        title=title[:300],
        language=language,
        country=country,
        institution=institution,
        institution_name=institution.name if institution else "",
        themes=list(themes),
        categories=list(categories),
        round=round,
        opened_by=by,
        opened_at=now,
        state_since=now,
        due_at=due_after(now, kind_key, needed_by),
        needed_by=needed_by,
    )
    events.record(stream, "opened", by=by, case=case, round=round)
    notices.tell_of_arrival(case)
    return case


@transaction.atomic
def return_to_review(case, *, by, round: int = 0, now: datetime | None = None, **copies) -> Case:
    """The institution answered: the next round is in review and the clock runs on. `copies` renew what the queue shows;
    `round` as the institution counts."""
    unknown = set(copies) - set(COPIES)
    if unknown:
        raise TypeError(f"A case keeps no copy of {', '.join(sorted(unknown))}.")
    if copies.get("institution"):
        copies.setdefault("institution_name", copies["institution"].name)
    held = lock(case)
    moved = _move(held, "answer", by=by, now=now, round=max(round, held.round + 1), **copies)
    notices.tell_of_answer(moved)
    return moved


@transaction.atomic
def answer_question(question, text: str, *, by) -> Question:
    """Write the institution's answer to one question, which the reviewer reads beside the field."""
    case = lock(question.case)
    waits = question.sent_at is not None and case.state == CaseState.QUESTIONS
    if not waits or not kinds.of(case).take_answer(case):
        raise NotAllowed(_("This question does not wait for an answer."))
    question.answer, question.answered_by = text.strip(), by
    question.save(update_fields=["answer", "answered_by"])
    events.record(case.stream, "question_answered", by=by, case=case, question=question.pk, fields=[question.field])
    return question


@transaction.atomic
def withdraw(case, *, by) -> Case:
    """The institution takes back what has no decision yet. Its own app has asked whether this person may."""
    now = timezone.now()
    moved = _move(case, "withdraw", by=by, now=now, decided_at=now, draft={})
    kinds.of(moved).end(moved, by=by)
    notices.tell_of_withdrawal(moved)
    return moved


@dataclass(frozen=True)
class Whereabouts:
    """Where is it, since when, who has it, when will I hear: for the institution's pages."""

    state: str
    words: str
    since: datetime
    who: str
    due: date | None
    overdue: bool
    round: int
    letter: str

    @property
    def waits_for_institution(self) -> bool:
        return self.state == CaseState.QUESTIONS


def whereabouts(case, now: datetime | None = None) -> Whereabouts:
    """What the institution is told of its case. Names of reviewers and letters not yet sent stay inside the OAS."""
    runs = case.state == CaseState.IN_REVIEW
    who = {
        CaseState.IN_REVIEW: _("the OAS"),
        CaseState.ON_HOLD: _("the OAS"),
        CaseState.QUESTIONS: _("your institution"),
    }.get(case.state, "")
    return Whereabouts(
        state=case.state,
        words=case.get_state_display(),
        since=case.state_since,
        who=who,
        due=case.due_on if runs else None,
        overdue=runs and case.due_at < (now or timezone.now()),
        round=case.round,
        letter=case.letter if case.decided_at else "",
    )
