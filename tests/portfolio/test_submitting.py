"""From draft to case: who sends, who endorses, what is frozen, who hears."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.errors import NotAllowed, Stale, WrongState
from network.choices import Role
from network.managers import today
from network.models import Membership
from notifications.models import Notice
from notifications.services import send_owed
from portfolio import permissions, services, tasks
from portfolio.choices import SubmissionState
from portfolio.errors import Incomplete
from portfolio.models import Submission
from review import events
from review import services as review
from review.choices import CaseState
from tests import factories

pytestmark = pytest.mark.django_db


def told(kind: str, person) -> bool:
    return Notice.objects.filter(kind=f"portfolio.{kind}", recipient=person).exists()


@pytest.fixture
def agency_draft(ana, agency_cl):
    return factories.draft_submission(ana, agency_cl)


@pytest.fixture
def ministry_draft(victor, ministry_br):
    return factories.draft_submission(victor, ministry_br, title="Trilhas de Ofício", language="pt")


def test_a_ministry_that_needs_no_endorsement_submits_straight_to_the_queue(ministry_draft, victor):
    sent = services.submit(ministry_draft, by=victor)
    assert sent.state == SubmissionState.SUBMITTED
    assert sent.case.state == CaseState.IN_REVIEW
    assert sent.case.reference == sent.reference
    assert (sent.case.title, sent.case.country, sent.case.language) == ("Trilhas de Ofício", "BR", "pt")
    assert told("submitted", victor)


def test_an_agency_waits_for_its_ministry_before_the_oas_sees_anything(agency_draft, ana, carla, bruno):
    sent = services.submit(agency_draft, by=ana)
    assert sent.state == SubmissionState.AWAITING_ENDORSEMENT
    assert sent.reference.startswith("INLA-")
    assert sent.case is None
    assert not Submission.objects.visible_to(bruno).exists()
    assert told("endorsement_asked", carla)
    assert told("sent_for_endorsement", ana)

    endorsed = services.endorse(sent, by=carla)
    assert endorsed.case.reference == sent.reference
    assert endorsed.endorsed_by == carla
    assert Submission.objects.visible_to(bruno).get() == endorsed
    assert told("endorsed", ana)


def test_a_coordinator_who_submits_endorses_by_submitting(carla, ministry_cl, agency_cl):
    factories.membership(carla, Role.OFFICER, agency_cl)
    sent = services.submit(factories.draft_submission(carla, agency_cl), by=carla)
    assert sent.state == SubmissionState.SUBMITTED
    assert sent.endorsed_by == carla


def test_a_ministry_may_switch_endorsement_on_for_itself(victor, ministry_br):
    ministry_br.requires_endorsement = True
    ministry_br.save()
    lead = factories.person(roles=[(Role.COORDINATOR, ministry_br)])
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    assert sent.state == SubmissionState.AWAITING_ENDORSEMENT
    assert services.endorse(sent, by=lead).case is not None


def test_a_refused_endorsement_opens_the_next_round_under_the_same_reference(agency_draft, ana, carla):
    sent = services.submit(agency_draft, by=ana)
    draft = services.refuse_endorsement(sent, by=carla, reason="Falta la evaluación de 2025.")
    sent.refresh_from_db()
    assert (sent.state, sent.is_open) == (SubmissionState.RETURNED, False)
    assert (draft.reference, draft.round, draft.state) == (sent.reference, 2, SubmissionState.DRAFT)
    assert draft.description == sent.description
    assert told("endorsement_refused", ana)
    again = services.submit(draft, by=ana)
    assert services.endorse(again, by=carla).case.reference == sent.reference


def test_a_refusal_needs_a_reason(agency_draft, ana, carla):
    sent = services.submit(agency_draft, by=ana)
    with pytest.raises(NotAllowed):
        services.refuse_endorsement(sent, by=carla, reason="  ")


def test_only_the_endorsing_ministry_endorses(agency_draft, ana, victor):
    sent = services.submit(agency_draft, by=ana)
    for person in (ana, victor):
        with pytest.raises(NotAllowed):
            services.endorse(sent, by=person)


def test_without_a_coordinator_the_administrators_are_told_and_may_go_on(agency_draft, ana, diana, bruno):
    sent = services.submit(agency_draft, by=ana)
    assert told("no_coordinator", diana)
    with pytest.raises(NotAllowed):
        services.proceed_without_endorsement(sent, by=bruno, reason="No answer")
    with pytest.raises(NotAllowed):
        services.proceed_without_endorsement(sent, by=diana, reason="")
    gone_on = services.proceed_without_endorsement(sent, by=diana, reason="The ministry has no coordinator yet.")
    assert gone_on.case.state == CaseState.IN_REVIEW
    assert gone_on.endorsed_by is None
    assert told("proceeded", ana)


def test_a_coordinator_has_fourteen_days(agency_draft, ana, carla, diana, settings):
    sent = services.submit(agency_draft, by=ana)
    with pytest.raises(NotAllowed):
        services.proceed_without_endorsement(sent, by=diana, reason="Silence")
    settings.ENDORSEMENT_SILENCE_DAYS = 0
    assert permissions.may_proceed(diana, sent)


def test_silence_is_followed_by_a_reminder_and_then_by_the_administrators(agency_draft, ana, carla, diana):
    sent = services.submit(agency_draft, by=ana)
    assert tasks.remind_of_endorsements() == 0
    soon, late = timezone.now() + timedelta(days=7), timezone.now() + timedelta(days=14)
    assert services.remind_of_endorsements(now=soon) == 1
    assert told("endorsement_reminder", carla)
    assert not told("endorsement_silent", diana)
    services.remind_of_endorsements(now=late)
    services.remind_of_endorsements(now=late)
    assert Notice.objects.filter(kind="portfolio.endorsement_silent", recipient=diana).count() == 1
    assert sent.case is None


def test_the_oas_is_told_at_once_when_the_last_coordinator_leaves_while_a_form_waits(
    agency_draft, ana, carla, diana, ministry_cl
):
    second = factories.person(roles=[(Role.COORDINATOR, ministry_cl)])
    sent = services.submit(agency_draft, by=ana)
    for person, is_told in ((carla, False), (second, True)):
        Membership.objects.filter(user=person).update(ends_on=today())
        for _hour in range(2):
            services.remind_of_endorsements(now=timezone.now() + timedelta(days=1))
        assert told("no_coordinator", diana) is is_told
    assert Notice.objects.filter(kind="portfolio.no_coordinator", recipient=diana).count() == 1
    assert permissions.may_proceed(diana, sent)


def test_forms_that_wait_for_the_same_ministry_ask_once_for_its_coordinators(
    ana, agency_cl, carla, diana, django_assert_num_queries
):
    for _form in range(3):
        services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    with django_assert_num_queries(2):
        assert services.remind_of_endorsements() == 0


def test_an_incomplete_form_is_not_submitted(ana, agency_cl):
    draft = services.start(agency_cl, by=ana, language="es", title="Sombra y Agua")
    with pytest.raises(Incomplete) as refusal:
        services.submit(draft, by=ana)
    codes = {row.question.code for row in refusal.value.missing}
    assert {"I.5", "I.8", "II.1", "III.a", "III.b", "III.c", "III.d", "VII.1", "VII.2"} <= codes


def test_what_does_not_apply_is_ticked_or_it_is_missing(ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl, **{"na:contact_fax": False, "non_monetary_support": ""})
    with pytest.raises(Incomplete) as refusal:
        services.submit(draft, by=ana)
    assert {row.question.key for row in refusal.value.missing} == {"contact_fax", "non_monetary_support"}
    services.save_section(draft, by=ana, values={"na:contact_fax": True, "na:non_monetary_support": True})
    assert services.submit(draft, by=ana).reference


def test_an_answer_takes_the_tick_away(ana, agency_draft):
    services.save_section(agency_draft, by=ana, values={"contact_fax": "+56 2 0000 0122"})
    agency_draft.refresh_from_db()
    assert agency_draft.not_applicable == []


def test_nobody_sends_what_a_colleague_changed_meanwhile(agency_draft, ana, luis):
    services.save_section(agency_draft, by=luis, values={"objectives": "Otros objetivos"})
    with pytest.raises(Stale):
        services.submit(agency_draft, by=ana, version=agency_draft.version)


def test_a_submitted_form_never_changes(agency_draft, ana):
    sent = services.submit(agency_draft, by=ana)
    with pytest.raises(NotAllowed):
        services.save_section(sent, by=ana, values={"title": "Another"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(title="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).delete()


def test_a_stranger_neither_sees_nor_writes(agency_draft, victor):
    assert not Submission.objects.visible_to(victor).exists()
    with pytest.raises(NotAllowed):
        services.save_section(agency_draft, by=victor, values={"title": "Another"})
    with pytest.raises(NotAllowed):
        services.submit(agency_draft, by=victor)


def test_the_endorsing_coordinator_reads_what_was_sent_and_writes_nothing(agency_draft, ana, carla):
    assert not Submission.objects.visible_to(carla).exists()
    services.submit(agency_draft, by=ana)
    assert Submission.objects.visible_to(carla).get() == agency_draft
    with pytest.raises(NotAllowed):
        services.save_section(agency_draft, by=carla, values={"title": "Another"})


def test_withdrawn_before_the_endorsement(agency_draft, ana):
    sent = services.submit(agency_draft, by=ana)
    services.withdraw(sent, by=ana)
    sent.refresh_from_db()
    assert (sent.state, sent.is_open) == (SubmissionState.WITHDRAWN, False)


def test_withdrawn_while_the_oas_has_it(ministry_draft, victor):
    sent = services.submit(ministry_draft, by=victor)
    services.withdraw(sent, by=victor)
    sent.refresh_from_db()
    sent.case.refresh_from_db()
    assert (sent.case.state, sent.is_open) == (CaseState.WITHDRAWN, False)
    with pytest.raises((NotAllowed, WrongState)):
        services.withdraw(sent, by=victor)


def test_a_draft_is_thrown_away_with_its_programme_and_its_record_stays(agency_draft, ana):
    stream = agency_draft.program.stream
    services.discard(agency_draft, by=ana)
    assert not Submission.objects.exists()
    assert events.verify(stream)
    assert events.Event.objects.of(stream).last().verb == "discarded"


def test_questions_open_a_round_that_returns_to_the_same_case(ministry_draft, victor, bruno):
    sent = services.submit(ministry_draft, by=victor)
    review.draft_question(sent.case, "evaluations", "Which evaluation is the latest?", by=bruno)
    review.ask(sent.case, by=bruno)
    draft = Submission.objects.open().get()
    assert (draft.round, draft.state, draft.case) == (2, SubmissionState.DRAFT, sent.case)
    assert told("questions", victor)
    with pytest.raises(Incomplete):
        services.submit(draft, by=victor)
    question = draft.case.questions.get()
    review.answer_question(question, "A de 2024.", by=victor)
    services.save_section(draft, by=victor, values={"evaluations_text": "A última é de 2024."})
    again = services.submit(draft, by=victor)
    assert again.case.state == CaseState.IN_REVIEW
    assert again.case.round == 2
    assert told("answered", victor)
    assert events.verify(again.program.stream)


def test_every_later_round_of_an_agency_is_endorsed_again(agency_draft, ana, carla, bruno):
    sent = services.endorse(services.submit(agency_draft, by=ana), by=carla)
    review.draft_question(sent.case, "objectives", "How many?", by=bruno)
    review.ask(sent.case, by=bruno)
    draft = Submission.objects.open().get()
    review.answer_question(draft.case.questions.get(), "6.000", by=ana)
    again = services.submit(draft, by=ana)
    assert again.state == SubmissionState.AWAITING_ENDORSEMENT
    assert again.case.state == CaseState.QUESTIONS
    endorsed = services.endorse(again, by=carla)
    endorsed.case.refresh_from_db()
    assert endorsed.case.state == CaseState.IN_REVIEW


def test_the_receipt_carries_a_copy_in_the_readers_language(ministry_draft, victor, mailoutbox):
    victor.language = "en"
    victor.save()
    sent = services.submit(ministry_draft, by=victor)
    send_owed()
    mail = next(mail for mail in mailoutbox if mail.to == [victor.email])
    assert sent.reference in mail.subject
    name, content, media_type = mail.attachments[0]
    assert (name, media_type) == (f"{sent.reference}.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
