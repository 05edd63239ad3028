"""The published programme: corrections, consent, contact, confirmation, retirement."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue import services as catalogue
from catalogue.models import Departure, Entry
from core.errors import NotAllowed, Stale, WrongState
from notifications.models import Notice
from portfolio import services
from portfolio.models import ConsolidatedProgram, Submission
from review import events
from review import services as review
from review.choices import CaseState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(victor, ministry_br, bruno):
    """Approved through the queue."""
    sent = services.submit(factories.draft_submission(victor, ministry_br, language="pt"), by=victor)
    review.approve(
        sent.case, by=bruno, completion={"themes": ["EMP-3", "EMP-5"], "categories": ["SKL"], "populations": ["WOM"]}
    )
    return ConsolidatedProgram.objects.get()


def listed(program) -> bool:
    return Entry.objects.filter(kind="portfolio", object_id=program.pk).exists()


def test_approval_publishes_with_the_codes_of_the_reviewer_and_keeps_those_of_the_ministry(program):
    assert listed(program)
    assert program.slug == "cuidar-con-certificado"
    assert program.themes == ["EMP-3", "EMP-5"]
    assert program.published.themes == ["EMP-3"]
    assert not program.published.is_open


def test_the_published_text_stays_while_a_correction_is_reviewed(program, victor, bruno):
    draft = services.correct(program, by=victor)
    assert (draft.base, draft.is_correction) == (program.published, True)
    services.save_section(draft, by=victor, values={"title": "Cuidar com Certificado"})
    sent = services.submit(draft, by=victor)
    program.refresh_from_db()
    assert program.published.title == "Cuidar con Certificado"
    review.approve(sent.case, by=bruno)
    program.refresh_from_db()
    assert program.published.title == "Cuidar com Certificado"
    assert program.slug == "cuidar-con-certificado"


def test_one_form_at_a_time(program, victor):
    services.correct(program, by=victor)
    with pytest.raises(WrongState):
        services.correct(program, by=victor)


def test_a_correction_of_a_text_that_has_moved_is_not_approved(program, victor, bruno):
    sent = services.submit(services.correct(program, by=victor), by=victor)
    other = factories.published_program(program.institution, publish=False).published
    ConsolidatedProgram.objects.filter(pk=program.pk).update(published=other)
    with pytest.raises(Stale):
        review.approve(sent.case, by=bruno)


def test_a_declined_correction_leaves_the_text(program, victor, bruno):
    sent = services.submit(services.correct(program, by=victor), by=victor)
    review.decline(sent.case, by=bruno, letter="Não.", reason="Not yet.")
    program.refresh_from_db()
    assert listed(program)
    assert not Submission.objects.open().exists()


def test_consent_withdrawn_at_once_and_given_back_by_a_case(program, victor, bruno):
    services.withdraw_registry_consent(program, by=victor)
    assert not listed(program)
    assert not Departure.objects.exists()
    draft = services.ask_registry_consent_back(program, by=victor)
    assert not listed(program)
    review.approve(services.submit(draft, by=victor).case, by=bruno)
    assert listed(program)


def test_a_consent_withdrawn_during_review_is_not_brought_back_by_the_approval(program, victor, bruno):
    sent = services.submit(services.correct(program, by=victor), by=victor)
    services.withdraw_registry_consent(program, by=victor)
    review.approve(sent.case, by=bruno)
    program.refresh_from_db()
    assert program.registry_consent == "no"
    assert not listed(program)


def test_a_withdrawal_reaches_the_open_draft_and_the_next_round(program, victor, bruno):
    draft = services.correct(program, by=victor)
    services.withdraw_sharing(program, by=victor)
    draft.refresh_from_db()
    assert draft.sharing_commitment == "no"
    sent = services.submit(draft, by=victor)
    services.withdraw_registry_consent(program, by=victor)
    review.draft_question(sent.case, "title", "?", by=bruno)
    review.ask(sent.case, by=bruno)
    assert Submission.objects.open().get().registry_consent == "no"


def test_sharing_taken_back_stays_listed(program, victor):
    services.withdraw_sharing(program, by=victor)
    assert Entry.objects.get(object_id=program.pk).offered is False


def test_no_to_the_registry_is_approved_and_never_listed(victor, ministry_br, bruno):
    sent = services.submit(factories.draft_submission(victor, ministry_br, registry_consent="no"), by=victor)
    review.approve(sent.case, by=bruno)
    assert not Entry.objects.exists()


def test_the_contact_changes_at_once_and_the_record_holds_names_of_fields_only(program, victor):
    version = program.version
    services.change_contact(
        program, by=victor, version=version, contact_name="Nova Pessoa", contact_email="n@demo.example"
    )
    program.refresh_from_db()
    assert program.contact_name == "Nova Pessoa"
    last = events.Event.objects.of(program.stream).last()
    assert (last.verb, last.data) == ("contact_changed", {"fields": ["contact_name", "contact_email"]})
    with pytest.raises(Stale):
        services.change_contact(program, by=victor, version=version, contact_name="Outra")


def test_writing_a_correction_does_not_stop_another_window_from_changing_the_contact(
    client_of, program, victor, form_key
):
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    version = client.get(there).context["program"].version
    draft = services.correct(program, by=victor)
    services.save_section(draft, by=victor, values={"objectives": "Formar a mais pessoas."})
    contact = {"act": "contact", "contact_name": "Nova", "contact_telephone": "61 5555-0100", "version": version}
    assert client.post(there, contact | {"form_key": form_key()}).status_code == 302
    program.refresh_from_db()
    assert (program.contact_name, program.contact_telephone) == ("Nova", "61 5555-0100")


def test_of_two_who_change_the_contact_the_slower_one_sees_both(client_of, program, victor, form_key):
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    version = client.get(there).context["program"].version
    services.change_contact(program, by=victor, contact_name="Primeira", contact_email="p@demo.example")
    contact = {"act": "contact", "contact_name": "Segunda", "contact_email": "s@demo.example", "version": version}
    late = client.post(there, contact | {"form_key": form_key()})
    assert late.status_code == 409
    for words in ("Primeira", "p@demo.example", "Segunda", "s@demo.example", there):
        assert words in late.text


def test_a_published_contact_is_not_changed_through_the_form(program, victor):
    draft = services.correct(program, by=victor)
    services.save_section(draft, by=victor, values={"contact_name": "Outra"})
    program.refresh_from_db()
    assert program.contact_name == "Ana Rojas"


def test_retired_leaves_the_lists_and_ends_the_open_case(program, victor):
    sent = services.submit(services.correct(program, by=victor), by=victor)
    with pytest.raises(NotAllowed):
        services.retire(program, by=victor, reason=" ")
    sent.case.refresh_from_db()
    services.retire(program, by=victor, reason="Substituído por outro programa.")
    sent.case.refresh_from_db()
    assert sent.case.state == CaseState.WITHDRAWN
    assert not listed(program)
    assert Departure.objects.get().reason == "retired"
    with pytest.raises(NotAllowed):
        services.correct(program, by=victor)


def entry_of(program) -> tuple:
    return Entry.objects.values_list("confirmed_on", "updated_at").get(kind="portfolio", object_id=program.pk)


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Vancouver"])
def test_the_days_of_a_record_are_the_secretariats_whoever_acts_from_wherever(program, victor, monkeypatch, zone):
    day = date(2027, 3, 15)
    monkeypatch.setattr(
        timezone, "now", lambda: datetime(2027, 3, 16, 1, 30, tzinfo=UTC)
    )  # half past nine in Washington
    with timezone.override(zone):
        services.confirm(program, by=victor)
        said = entry_of(program)
        assert said == (day, datetime(2027, 3, 15, tzinfo=timezone.get_default_timezone()))
        catalogue.rebuild()
        assert entry_of(program) == said
        services.retire(program, by=victor, reason="It ended")
    assert Departure.objects.get().left_on == day


def test_an_approval_of_an_evening_is_of_that_day(victor, ministry_br, bruno, monkeypatch):
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    late = datetime(2027, 3, 16, 1, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override("Europe/Madrid"):
        review.approve(sent.case, by=bruno)
    assert entry_of(sent.program) == (date(2027, 3, 15), late)


def test_a_stranger_changes_nothing(program, ana):
    for act in (services.correct, services.confirm, services.withdraw_registry_consent, services.withdraw_sharing):
        with pytest.raises(NotAllowed):
            act(program, by=ana)
    with pytest.raises(NotAllowed):
        services.retire(program, by=ana, reason="x")


def test_what_the_ministry_does_on_the_page(client_of, program, victor, form_key):
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    assert "It is still up to date" in client.get(there).content.decode()
    client.post(there, {"act": "confirm"})
    bad = client.post(there, {"act": "contact", "contact_name": "", "version": program.version})
    assert bad.status_code == 422
    client.post(
        there,
        {"act": "contact", "contact_name": "Nova", "contact_telephone": "1", "version": "", "form_key": form_key()},
    )
    client.post(there, {"act": "no_sharing", "form_key": form_key()})
    client.post(there, {"act": "no_registry", "form_key": form_key()})
    program.refresh_from_db()
    assert (program.contact_name, program.registry_consent, program.sharing_commitment) == ("Nova", "no", "no")
    answer = client.post(there, {"act": "registry", "form_key": form_key()})
    assert answer.url == reverse("portfolio:tasklist", args=[Submission.objects.open().get().pk])
    client.post(there, {"act": "retire", "reason": "Fim", "form_key": form_key()})
    program.refresh_from_db()
    assert program.retired_at
    assert client.get(there).status_code == 200
    assert Notice.objects.filter(kind="portfolio.retired", recipient=victor).exists()


def test_a_correction_is_started_from_the_page(client_of, program, victor, form_key):
    there, data = reverse("portfolio:correct", args=[program.pk]), {"form_key": form_key()}
    client = client_of(victor)
    assert client.post(there, data).url == client.post(there, data).url
    page = client.get(reverse("portfolio:section", args=[Submission.objects.open().get().pk, "I"])).content.decode()
    assert "it counts at once and needs no review" in page


def test_the_chain_of_events_holds(program, victor):
    services.confirm(program, by=victor)
    assert events.verify(program.stream)


def test_a_carried_record_that_its_ministry_took_over_shows_when_it_was_confirmed(client_of, ana):
    from catalogue import labels
    from portfolio.exporting.rows import COLUMNS, Item

    taken = factories.published_program(source="https://demo.example", confirmed_on="2026-01-05")
    carried = factories.published_program(source="https://demo.example", registry_consent="", confirmed_on="2026-01-05")
    column = next(column for column in COLUMNS if column.key == "confirmed_on")
    for program, is_shown in ((taken, True), (carried, False)):
        program.refresh_from_db()
        assert bool(Entry.objects.get(object_id=program.pk).confirmed_on) is is_shown
        assert bool(column.value(Item(program, [], labels.read()))) is is_shown


@pytest.mark.django_db(transaction=True)
def test_two_programmes_of_one_title_published_at_once_get_two_addresses(bruno, ministry_br):
    from threading import Thread
    from time import sleep

    from django.db import connection, transaction

    first, second = (
        factories.published_program(ministry_br, publish=False, title="Obra Escuela", slug=None) for _turn in range(2)
    )
    ConsolidatedProgram.objects.update(slug=None)
    said = []

    def publish() -> None:
        try:
            said.append(services.publish(second.published, by=bruno).slug)
        finally:
            connection.close()

    other = Thread(target=publish)
    with transaction.atomic():
        said.append(services.publish(first.published, by=bruno).slug)
        other.start()
        sleep(1)
    other.join(20)
    assert said == ["obra-escuela", f"obra-escuela-{second.pk}"]


def test_where_it_is_names_the_oas_when_nobody_endorses_any_more(ana, agency_cl):
    from portfolio import walk

    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    agency_cl.endorsed_by = None
    agency_cl.save()
    assert walk.where(Submission.objects.get(pk=waiting.pk)).who == "the OAS"
