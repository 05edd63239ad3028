"""The table of moves, the clock, rounds and decisions."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from core.errors import NotAllowed, Stale, WrongState
from notifications.kinds import render
from notifications.models import Notice
from portfolio import services as portfolio
from review import kinds, services, states
from review.choices import OPEN_STATES, CaseState
from review.clock import end_of_day
from review.errors import Incomplete
from review.models import Case, Question
from review.services.opening import due_after
from review.wording import references
from tests import factories

DAY = timedelta(days=1)
S = CaseState
EXPECTED = {
    S.IN_REVIEW: {"ask", "hold", "approve", "decline", "withdraw"},
    S.QUESTIONS: {"answer", "decline", "withdraw"},
    S.ON_HOLD: {"resume", "withdraw"},
    S.APPROVED: set(),
    S.DECLINED: set(),
    S.WITHDRAWN: set(),
}


def do(verb, case, by):
    """Each move through the service that a person uses."""
    carry_out = {
        "ask": lambda: services.ask(case, by=by),
        "answer": lambda: services.return_to_review(case, by=None),
        "hold": lambda: services.hold(case, by=by, reason="Waiting for a law"),
        "resume": lambda: services.resume(case, by=by),
        "approve": lambda: services.approve(case, by=by),
        "decline": lambda: services.decline(case, by=by, letter="No.", reason="Too small."),
        "withdraw": lambda: services.withdraw(case, by=None),
    }
    return carry_out[verb]()


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("verb", states.MOVES)
def test_every_move_is_carried_out_where_the_table_holds_it_and_refused_elsewhere(case, bruno, state, verb):
    services.draft_question(case, "description", "How many?", by=bruno)
    Case.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    if verb in EXPECTED[state]:
        assert do(verb, case, bruno).state == states.MOVES[verb].target
    else:
        with pytest.raises(WrongState):
            do(verb, case, bruno)
        case.refresh_from_db()
        assert case.state == state


def test_the_table_says_what_the_design_says():
    assert {state: set(states.moves_from(state)) for state in S.values} == EXPECTED
    assert {S.IN_REVIEW, S.QUESTIONS, S.ON_HOLD} == set(OPEN_STATES)


def test_a_case_gets_a_reference_a_day_and_the_copies_the_queue_needs(case, ministry_cl):
    assert case.reference.startswith(f"INLA-{timezone.localdate().year}-")
    assert case.due_at == end_of_day(case.opened_at + 30 * DAY)
    assert (case.title, case.country, case.institution_name) == (
        "Formación en el puesto de trabajo", "CL", ministry_cl.name,
    )  # fmt: skip
    assert services.next_reference() != services.next_reference()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Vancouver"])
def test_a_reference_is_of_the_secretariats_year_and_found_by_its_figures(case, monkeypatch, zone):
    monkeypatch.setattr(
        timezone, "now", lambda: datetime(2028, 1, 1, 5, 30, tzinfo=UTC)
    )  # in Washington the year is half an hour old
    with timezone.override(zone):
        assert services.next_reference().startswith("INLA-2028-")
        assert "INLA-2028-000012" in references("12")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2028, 1, 1, 4, 30, tzinfo=UTC))
    with timezone.override(zone):
        assert services.next_reference().startswith("INLA-2027-")


def test_an_administrator_changes_the_days_for_cases_opened_from_then_on(case, submit, diana, bruno):
    services.set_days("portfolio.submission", 10, by=diana)
    assert submit().due_at - timezone.now() < 11 * DAY
    case.refresh_from_db()
    assert case.due_at == end_of_day(case.opened_at + 30 * DAY)
    with pytest.raises(NotAllowed):
        services.set_days("portfolio.submission", 5, by=bruno)
    with pytest.raises(Incomplete):
        services.set_days("portfolio.submission", 0, by=diana)


def test_the_clock_stands_still_during_questions_and_on_hold(case, bruno):
    start, due = (moment.astimezone(ZoneInfo("America/New_York")) for moment in (case.opened_at, case.due_at))
    services.draft_question(case, "description", "How many?", by=bruno)
    asked = services.ask(case, by=bruno, now=start + 5 * DAY)
    assert asked.clock_stopped_at == start + 5 * DAY
    back = services.return_to_review(asked, by=None, now=start + 15 * DAY)
    assert back.due_at == end_of_day(due + 10 * DAY)
    held = services.hold(back, by=bruno, reason="A law is being passed", now=start + 20 * DAY)
    resumed = services.resume(held, by=bruno, now=start + 27 * DAY)
    assert resumed.due_at == end_of_day(due + 17 * DAY)
    assert resumed.clock_stopped_at is None


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_an_answer_is_due_at_the_end_of_a_day_in_washington_also_after_a_stop(case, bruno, hour):
    washington = ZoneInfo("America/New_York")
    opened = datetime(2027, 5, 3, hour, 30, tzinfo=washington)
    Case.objects.filter(pk=case.pk).update(opened_at=opened, due_at=due_after(opened, case.kind))
    case.refresh_from_db()
    assert case.due_at == datetime(2027, 6, 2, 23, 59, 59, tzinfo=washington)
    with timezone.override("Asia/Tokyo"):
        assert services.whereabouts(case).due == case.due_on == date(2027, 6, 2)
    held = services.hold(case, by=bruno, reason="A law", now=datetime(2027, 5, 4, 9, tzinfo=washington))
    back = services.resume(held, by=bruno, now=datetime(2027, 5, 6, 15, tzinfo=washington))
    assert back.due_at == datetime(2027, 6, 4, 23, 59, 59, tzinfo=washington)


def test_short_stops_move_the_day_only_by_the_nights_between(case, bruno):
    washington = ZoneInfo("America/New_York")
    due = datetime(2027, 3, 12, 23, 59, 59, tzinfo=washington)
    Case.objects.filter(pk=case.pk).update(due_at=due)
    noon = datetime(2027, 3, 5, 12, tzinfo=washington)
    for minutes in range(0, 10, 2):
        start = noon + timedelta(minutes=minutes)
        held = services.hold(Case.objects.get(pk=case.pk), by=bruno, reason="A call", now=start)
        back = services.resume(held, by=bruno, now=start + timedelta(minutes=1))
    assert back.due_at == due
    held = services.hold(back, by=bruno, reason="A law", now=noon + timedelta(hours=11))
    back = services.resume(held, by=bruno, now=noon + timedelta(hours=13))
    assert back.due_at == datetime(2027, 3, 13, 23, 59, 59, tzinfo=washington)
    held = services.hold(back, by=bruno, reason="A law", now=datetime(2027, 3, 13, 9, tzinfo=washington))
    monday = datetime(2027, 3, 15, 9, tzinfo=washington)  # after a night of which an hour was left out
    back = services.resume(held, by=bruno, now=monday)
    assert back.due_at == datetime(2027, 3, 15, 23, 59, 59, tzinfo=washington)


def test_the_day_in_a_notice_is_the_same_for_every_reader(case, ministry_officer):
    notice = Notice.objects.get(recipient=ministry_officer, kind="portfolio.submitted")
    words = {zone: _body(notice, zone) for zone in ("Asia/Tokyo", "America/Vancouver")}
    assert date_format(case.due_on, "DATE_FORMAT") in words["Asia/Tokyo"]
    assert words["Asia/Tokyo"] == words["America/Vancouver"]


def _body(notice, zone: str) -> str:
    with timezone.override(zone):
        return render(notice).body


def test_whereabouts_tell_the_institution_who_has_it_and_until_when_but_nothing_internal(case, bruno):
    where = services.whereabouts(case)
    assert (where.who, where.due, where.overdue, where.letter) == ("the OAS", case.due_on, False, "")
    assert services.whereabouts(case, now=case.due_at + DAY).overdue
    services.keep_draft(case, by=bruno, letter="Not yet sent", reason="Weak")
    case.refresh_from_db()
    assert services.whereabouts(case).letter == ""
    services.draft_question(case, "description", "How many?", by=bruno)
    asked = services.ask(case, by=bruno)
    where = services.whereabouts(asked, now=asked.due_at + 9 * DAY)
    assert (where.who, where.due, where.overdue) == ("your institution", None, False)
    assert where.waits_for_institution


def test_questions_open_the_next_round_and_its_answers_come_back_to_review(case, bruno, answer):
    services.draft_question(case, "description", "How many take part?", by=bruno)
    services.draft_question(case, "objectives", "By when?", by=bruno)
    asked = services.ask(case, by=bruno)
    assert asked.state == S.QUESTIONS
    assert not Question.objects.filter(case=case, sent_at__isnull=True).exists()
    draft = case.submissions.get(state="draft")
    assert (draft.round, draft.description) == (2, "La empresa contrata y forma a la persona durante seis meses.")
    question = case.questions.get(field="description")
    services.answer_question(question, "Two thousand a year.", by=draft.created_by)
    services.answer_question(case.questions.get(field="objectives"), "By 2030.", by=draft.created_by)
    back = answer(case, description="Dos mil personas al año.")
    assert (back.state, back.round) == (S.IN_REVIEW, 2)
    question.refresh_from_db()
    assert question.answer == "Two thousand a year."
    with pytest.raises(NotAllowed):
        services.answer_question(question, "Too late", by=draft.created_by)


def test_nothing_is_returned_without_a_question(case, bruno):
    with pytest.raises(Incomplete):
        services.ask(case, by=bruno)
    question = services.draft_question(case, "title", "Is this its name?", by=bruno)
    services.remove_question(question, by=bruno)
    with pytest.raises(Incomplete):
        services.ask(case, by=bruno)


def test_a_question_of_a_field_is_rewritten_not_doubled(case, bruno):
    services.draft_question(case, "title", "Is this its name?", by=bruno)
    services.draft_question(case, "title", "What is its name?", by=bruno)
    assert [q.text for q in case.questions.all()] == ["What is its name?"]


def test_approval_publishes_with_the_codes_that_the_reviewer_completed(case, bruno):
    done = services.approve(
        case, by=bruno, letter="Welcome.",
        completion={"themes": ["EMP-1", "EMP-2"], "categories": ["SKL"], "populations": ["YOU"]},
    )  # fmt: skip
    program = done.submissions.get().program
    assert program.is_public
    assert (program.themes, program.populations) == (["EMP-1", "EMP-2"], ["YOU"])
    assert program.published.themes == ["EMP-1"]
    assert (done.decided_by, done.letter, done.draft) == (bruno, "Welcome.", {})


def drafted(case, decision="decline") -> str:
    """The letter that would be drafted now."""
    return services.draft_letter(Case.objects.get(pk=case.pk), decision)


def test_the_ministry_is_thanked_for_the_answers_that_came_and_for_no_others(submit, bruno, answer):
    case = submit(language="en")
    for field, round_ends in (("description", True), ("objectives", False)):
        services.draft_question(case, field, "How many?", by=bruno)
        services.ask(case, by=bruno)
        asked = case.questions.latest("pk")
        assert f"- {label(case, field)}" not in drafted(case)
        services.answer_question(asked, "Written, and not sent yet.", by=case.opened_by)
        assert f"- {label(case, field)}" not in drafted(case)
        if round_ends:
            answer(case)
    letter = drafted(case)
    assert "Thank you for answering our questions on these points" in letter
    assert f"- {label(case, 'description')}" in letter
    assert f"- {label(case, 'objectives')}" not in letter


def label(case, field: str) -> str:
    return next(row.label for row in kinds.of(case).fields(case) if row.code == field)


def test_without_any_answer_nobody_is_thanked_for_one(submit, bruno):
    case = submit(language="en")
    services.draft_question(case, "description", "How many?", by=bruno)
    services.ask(case, by=bruno)
    for decision in ("decline", "approve"):
        assert "Thank you for answering" not in drafted(case, decision)


def test_a_refusal_speaks_of_these_points_only_below_some(submit, bruno):
    case = submit(language="en")
    assert "these points" not in drafted(case)
    assert "You may present it again." in drafted(case)
    services.grade(case, "tested", "not_met", "Only once.", by=bruno)
    assert "You may present it again once these points have changed." in drafted(case)


def test_approval_without_a_letter_sends_the_drafted_one_in_the_language_of_the_form(case, bruno):
    done = services.approve(case, by=bruno)
    assert case.reference in done.letter
    assert case.title in done.letter


def test_a_criterion_that_is_not_met_needs_a_written_reason(case, bruno):
    services.grade(case, "tested", "not_met", by=bruno)
    with pytest.raises(Incomplete):
        services.approve(case, by=bruno)
    services.grade(case, "tested", "not_met", "An evaluation is under way.", by=bruno)
    assert services.approve(case, by=bruno).state == S.APPROVED


def test_the_reason_of_the_approval_serves_as_well(case, bruno):
    services.grade(case, "coverage", "not_met", by=bruno)
    assert services.approve(case, by=bruno, reason="A pilot worth showing.").reason == "A pilot worth showing."


@pytest.mark.parametrize(("letter", "reason"), [("", "Too small."), ("We thank you.", ""), ("  ", "  ")])
def test_declining_needs_a_letter_and_a_reason(case, bruno, letter, reason):
    with pytest.raises(Incomplete):
        services.decline(case, by=bruno, letter=letter, reason=reason)


def test_declined_and_withdrawn_leave_no_open_revision_and_nothing_public(submit, bruno, ministry_officer):
    declined = services.decline(submit(), by=bruno, letter="We thank you.", reason="Too small.")
    other = submit()
    portfolio.withdraw(other.submissions.get(), by=ministry_officer)
    other.refresh_from_db()
    assert (declined.state, other.state) == (S.DECLINED, S.WITHDRAWN)
    for case in (declined, other):
        assert not case.submissions.filter(is_open=True).exists()
        assert not case.submissions.get().program.is_public


def test_holding_needs_a_reason_which_is_kept_as_a_note(case, bruno):
    with pytest.raises(Incomplete):
        services.hold(case, by=bruno, reason=" ")
    services.hold(case, by=bruno, reason="A law is being passed")
    assert [note.text for note in case.notes.all()] == ["A law is being passed"]


def test_a_stale_version_is_refused_and_what_stands_is_told(case, bruno, diana):
    seen = case.version
    services.draft_question(case, "title", "Is this its name?", by=diana)
    with pytest.raises(Stale) as refusal:
        services.approve(case, by=bruno, version=seen, letter="Welcome.")
    assert ("Letter", "Welcome.") in refusal.value.context["yours"]
    case.refresh_from_db()
    assert case.state == S.IN_REVIEW


def test_a_correction_whose_base_is_no_longer_published_is_refused(case, bruno, ministry_officer):
    services.approve(case, by=bruno)
    program = case.submissions.get().program
    correction = portfolio.submit(portfolio.correct(program, by=ministry_officer), by=ministry_officer).case
    other = factories.published_program(program.institution).published
    other.program, other.number = program, 99
    other.pk = None
    other.save()
    program.refresh_from_db()
    program.published = other
    program.save()
    with pytest.raises(Stale):
        services.approve(correction, by=bruno)
    correction.refresh_from_db()
    assert correction.state == S.IN_REVIEW
