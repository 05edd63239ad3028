"""Loads the demonstration through the same services that people use, so that every event and notice of it is genuine."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from network.models import Institution, User
from portfolio import services
from portfolio.choices import SubmissionState
from portfolio.demo.clock import days_ago
from portfolio.models import ConsolidatedProgram, Submission
from review import services as review

HERE = Path(__file__).resolve().parent
CONTACT = ("contact_name", "contact_position", "contact_email", "contact_telephone", "contact_fax")
TEXT = (
    "language", "title", "also_known_as", "website", "address", "categories", "themes", "needs_addressed", "description",
    "objectives", "start_year", "start_month", "end_year", "end_month", "ongoing", "time_span", "coverage", "coverage_text",
    "populations", "population_text", "population_number", "actors", "actors_text", "funding", "funding_text",
    "non_monetary_support", "other_sustainability", "achievements", "lessons_learned", "aspects_to_improve", "evaluations",
    "evaluations_text", "documents", "registry_consent", "sharing_commitment", "sharing_text", "criteria", "not_applicable",
)  # fmt: skip
COORDINATOR, REVIEWER, ADMINISTRATOR = "carla@demo.example", "bruno@demo.example", "diana@demo.example"


def load() -> int:
    """Load what is not there yet; answers how many programmes were added."""
    added = sum(_load_published(row) for row in _rows("published.json"))
    return added + sum(_load_scenario(row) for row in _rows("scenarios.json"))


def _rows(name: str) -> list[dict]:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _text(row: dict) -> dict:
    return {name: row[name] for name in TEXT if name in row}


def _is_there(row: dict) -> bool:
    return Submission.objects.filter(title=row["title"], program__institution__key=row["institution"]).exists()


def _days_since(day: str) -> int:
    return max((timezone.localdate() - date.fromisoformat(day)).days, 0)


@transaction.atomic
def _load_published(row: dict) -> int:
    """A real programme: a published record with its source; no act of anyone is implied."""
    if _is_there(row):
        return 0
    institution = Institution.objects.get(key=row["institution"])
    with days_ago(_days_since(row["published_on"])):
        program = ConsolidatedProgram.objects.create(
            institution=institution, country_id=row["country"], source=row["source"]
        )
        revision = Submission.objects.create(
            program=program,
            state=SubmissionState.SUBMITTED,
            is_open=False,
            submitted_at=timezone.now(),
            **_text(row),
        )
        services.publish(revision, by=None)
    ConsolidatedProgram.objects.filter(pk=program.pk).update(confirmed_on=None)
    return 1


@transaction.atomic
def _load_scenario(row: dict) -> int:
    """An invented programme of a marked demonstration institution, brought as far as its scenario says."""
    if _is_there(row):
        return 0
    days = _days_since(row["published_on"]) + 9 if "published_on" in row else row.get("submitted_days_ago", 3)
    with days_ago(days + 4):
        draft = _draft(row)
    PLAYS[row["scenario"]](row, draft, days)
    return 1


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _draft(row: dict) -> Submission:
    officer = _person(row["submitter"])
    institution = Institution.objects.get(key=row["institution"])
    draft = services.start(institution, by=officer, language=row["language"], title=row["title"])
    _write(draft, {**_text(row)})
    program = draft.program
    for name in CONTACT:
        setattr(program, name, row.get(name, ""))
    program.save(update_fields=CONTACT)
    return draft


def _write(draft: Submission, values: dict) -> None:
    for name, value in values.items():
        setattr(draft, name, value)
    draft.saved_at = timezone.now()
    draft.save()


# --- how far each scenario goes ----------------------------------------------------------------------------
def _stay_draft(row, draft, days):
    for email in row.get("colleagues", []):
        draft.saved_by = _person(email)
        draft.save(update_fields=["saved_by"])


def _submit(row, draft, days):
    with days_ago(days):
        services.submit(draft, by=_person(row["submitter"]))


def _to_the_oas(row, draft, days):
    """Submitted and, where a ministry endorses, endorsed a day later; answers the case."""
    _submit(row, draft, days)
    draft.refresh_from_db()
    if draft.state == SubmissionState.AWAITING_ENDORSEMENT:
        with days_ago(days - 1):
            services.endorse(draft, by=_person(COORDINATOR), note=row.get("endorsement_note", ""))
        draft.refresh_from_db()
    return draft.case


def _claimed(row, draft, days):
    case = _to_the_oas(row, draft, days)
    with days_ago(days - 2):
        reviewer = _person(REVIEWER)
        review.claim(case, by=reviewer)
        for note in row.get("notes", []):
            review.add_note(case, note, by=reviewer)
        for criterion, given in row.get("grades", {}).items():
            review.grade(case, criterion, given["grade"], given["reason"], by=reviewer)
    case.refresh_from_db()
    return case


def _questions(row, draft, days):
    case = _claimed(row, draft, days)
    with days_ago(days - 3):
        reviewer = _person(REVIEWER)
        for question in row["questions"]:
            review.draft_question(case, question["field"], question["text"], by=reviewer)
        case.refresh_from_db()
        review.ask(case, by=reviewer, version=case.version)
    case.refresh_from_db()
    return case


def _answered(row, draft, days):
    case = _questions(row, draft, days)
    officer = _person(row["submitter"])
    answers = {answer["field"]: answer["text"] for answer in row["answers"]}
    with days_ago(days - 6):
        for question in case.questions.all():
            review.answer_question(question, answers.get(question.field, next(iter(answers.values()))), by=officer)
        following = case.submissions.get(is_open=True)
        _write(following, row.get("round2", {}))
        services.submit(following, by=officer)


def _approve(row, draft, days):
    case = _claimed(row, draft, days)
    with days_ago(days - 9):
        review.approve(
            case, by=_person(REVIEWER), version=case.version, letter=row.get("letter", ""), reason="",
            completion={name: row[name] for name in ("themes", "categories", "populations")},
        )  # fmt: skip
    draft.program.refresh_from_db()


def _approve_then_correct(row, draft, days):
    _approve(row, draft, _days_since(row["published_on"]) + 9)
    correction_days = row.get("submitted_days_ago", 5)
    officer = _person(row["submitter"])
    with days_ago(correction_days):
        correction = services.correct(draft.program, by=officer)
        _write(correction, row["correction"])
        services.submit(correction, by=officer)


def _decline(row, draft, days):
    case = _claimed(row, draft, days)
    with days_ago(max(days - 9, 0)):
        letter = row.get("letter") or row["decline_reason"]
        review.decline(case, by=_person(REVIEWER), version=case.version, letter=letter, reason=row["decline_reason"])


PLAYS = {
    "draft_early": _stay_draft,
    "draft_half": _stay_draft,
    "awaiting_endorsement": _submit,
    "in_review_new": _to_the_oas,
    "in_review_claimed": _claimed,
    "questions_open": _questions,
    "answered_round2": _answered,
    "published_offered": _approve,
    "published_not_offered": _approve,
    "published_with_correction": _approve_then_correct,
    "declined": _decline,
    "consent_no": _approve,
}
