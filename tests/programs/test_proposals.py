"""Proposals of the countries: written beside colleagues, sent, decided in the one queue."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed, Stale
from network.choices import Role
from notifications.models import Notice
from programs import services
from programs.choices import RevisionState
from programs.errors import Conflicting, Incomplete
from programs.models import Project, ProjectRevision
from programs.services import texts
from review import services as review
from review.choices import CaseState
from review.models import Case, Event, Question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(teo):
    return factories.project(teo)


@pytest.fixture
def sent(ana, agency_cl, project):
    """A correction that the OAS has."""
    return factories.proposal(
        ana, agency_cl, project, submitted=True, title="Red corregida", objectives="Llegar a todos"
    )


def told(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def ask(case, by, field="title", text="Is this its name?"):
    review.draft_question(case, field, text, by=by)
    return review.ask(Case.objects.get(pk=case.pk), by=by)


# --- beginning and writing ------------------------------------------------------------------------
def test_a_new_record_starts_with_the_proposers_country_and_nothing_public(ana, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    assert draft.countries == ["CL"] and draft.state == RevisionState.DRAFT and draft.base is None
    assert not Project.objects.public().exists()


def test_a_correction_starts_as_a_copy_of_what_is_published(ana, agency_cl, project):
    draft = factories.proposal(ana, agency_cl, project)
    assert texts.values_of(draft) == texts.values_of(project.published) and draft.base == project.published


def test_only_officers_of_a_country_of_the_record_propose_corrections(victor, ministry_br, project, bruno, oas):
    with pytest.raises(NotAllowed, match="your own country"):
        services.start_proposal(project, by=victor, institution=ministry_br)
    with pytest.raises(NotAllowed):
        services.start_proposal(project, by=bruno, institution=oas)


def test_several_proposals_of_one_record_may_be_open(ana, agency_cl, sent, project, carla, ministry_cl):
    assert factories.proposal(carla, ministry_cl, project, submitted=True, title="Otra").case != sent.case


def test_a_draft_may_lack_much_and_a_sent_proposal_nothing(ana, agency_cl):
    draft = factories.proposal(ana, agency_cl, description="")
    with pytest.raises(Incomplete) as refused:
        services.submit_proposal(draft, by=ana)
    assert [one.key for one in refused.value.missing] == ["description"]


def test_a_new_record_elsewhere_only_is_not_the_countrys_to_propose(ana, agency_cl):
    draft = factories.proposal(ana, agency_cl, countries=["PE"])
    with pytest.raises(NotAllowed, match="Chile"):
        services.submit_proposal(draft, by=ana)


def test_what_two_colleagues_wrote_in_different_fields_is_merged_and_in_the_same_field_shown(ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    seen = texts.seen(draft)
    services.save_proposal(draft, by=luis, values={"title": "De Luis"}, version=draft.version, seen=seen)
    merged = services.save_proposal(
        draft, by=ana, values={"title": draft.title, "impact": "De Ana"}, version=draft.version, seen=seen
    )
    assert (merged.title, merged.impact) == ("De Luis", "De Ana")
    with pytest.raises(Conflicting):
        services.save_proposal(draft, by=ana, values={"title": "De Ana"}, version=draft.version, seen=seen)
    assert ProjectRevision.objects.get(pk=draft.pk).title == "De Luis"


def test_a_discarded_draft_of_a_new_record_leaves_nothing(ana, agency_cl):
    services.discard_proposal(factories.proposal(ana, agency_cl), by=ana)
    assert not Project.objects.exists()


# --- sending and deciding -------------------------------------------------------------------------
def test_a_sent_proposal_is_a_case_with_a_reference_and_receipts(sent, ana, carla, bruno, agency_cl):
    assert sent.case.kind == "programs.proposal" and sent.case.reference == sent.reference
    assert sent.case.country == "CL" and sent.case.institution == agency_cl
    assert "programs.submitted" in told(ana)


def test_the_coordinator_is_told_and_nobody_waits_for_an_endorsement(ana, agency_cl, carla, project):
    sent = factories.proposal(ana, agency_cl, project, submitted=True, title="X")
    assert sent.case.state == CaseState.IN_REVIEW and "programs.proposed_by_colleague" in told(carla)
    assert sent in ProjectRevision.objects.visible_to(carla)


def test_approval_publishes_and_tells_the_institution_and_the_custodian(sent, bruno, ana, teo, project):
    review.approve(sent.case, by=bruno)
    project.refresh_from_db()
    assert project.published == sent and project.is_public and project.slug == "red-de-inspeccion-laboral-movil"
    assert "programs.approved" in told(ana) and "programs.table_changed" in told(teo)
    assert not ProjectRevision.objects.open().exists()


def test_a_new_record_is_public_once_approved_with_the_ministrys_consent(ana, agency_cl, bruno, teo):
    sent = factories.proposal(ana, agency_cl, submitted=True)
    review.approve(sent.case, by=bruno)
    project = Project.objects.get()
    assert project.is_public and project.registry_consent == "yes"
    assert "programs.table_grew" in told(teo)


def test_nobody_decides_on_a_proposal_of_their_own_institution(sent, agency_cl):
    reviewer = factories.person(roles=[(Role.REVIEWER, agency_cl)])
    with pytest.raises(NotAllowed):
        review.approve(sent.case, by=reviewer)


def test_declined_and_withdrawn_leave_what_is_published(sent, project, bruno, ana, agency_cl):
    review.decline(sent.case, by=bruno, letter="No.", reason="Wrong")
    other = factories.proposal(ana, agency_cl, project, submitted=True, title="Z")
    services.withdraw_proposal(other, by=ana)
    project.refresh_from_db()
    assert project.published.state == RevisionState.EDITED
    assert not ProjectRevision.objects.open().exists()
    assert Case.objects.get(pk=other.case_id).state == CaseState.WITHDRAWN


def test_questions_open_a_next_round_with_every_answer(sent, bruno, ana):
    ask(sent.case, bruno)
    draft = ProjectRevision.objects.open().get()
    assert (draft.round, draft.case, draft.title, draft.reference) == (2, sent.case, "Red corregida", sent.reference)
    again = services.submit_proposal(draft, by=ana)
    assert Case.objects.get(pk=sent.case_id).state == CaseState.IN_REVIEW
    review.approve(again.case, by=bruno)
    assert Project.objects.get().published == again


def test_an_answer_that_a_colleague_changes_after_the_check_is_not_sent_unread(sent, bruno, ana, luis):
    ask(sent.case, bruno)
    draft = ProjectRevision.objects.open().get()
    review.answer_question(Question.objects.get(), "TODO: ask Marta", by=luis)
    with pytest.raises(Stale):
        services.submit_proposal(draft, by=ana, version=draft.version)
    draft.refresh_from_db()
    assert services.submit_proposal(draft, by=ana, version=draft.version).state == RevisionState.SUBMITTED


def test_nobody_is_said_to_have_withdrawn_what_the_oas_declined(client_of, sent, bruno, ana):
    ask(sent.case, bruno)
    draft = ProjectRevision.objects.open().get()
    review.decline(sent.case, by=bruno, letter="No.", reason="Wrong")
    for shown in (draft, sent):
        page = client_of(ana).get(reverse("programs:proposal", args=[shown.pk])).text
        assert "Declined" in page and "Withdrawn." not in page and bruno.name not in page


# --- the base moves -------------------------------------------------------------------------------
def test_an_editors_edit_marks_open_proposals_and_they_cannot_be_approved(sent, project, teo, bruno):
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    assert Event.objects.filter(verb="base_moved", case_id=sent.case_id).count() == 1
    assert "programs.base_moved" in told(bruno)
    with pytest.raises(Stale):
        review.approve(Case.objects.get(pk=sent.case_id), by=bruno)
    assert Project.objects.get().published.impact == "Grande"


def test_of_two_proposals_the_second_is_not_approved_over_the_first(sent, project, carla, ministry_cl, bruno):
    other = factories.proposal(carla, ministry_cl, project, submitted=True, title="Otra")
    review.approve(other.case, by=bruno)
    with pytest.raises(Stale):
        review.approve(Case.objects.get(pk=sent.case_id), by=bruno)


def test_the_next_round_starts_from_what_is_published_and_keeps_what_was_proposed(sent, project, teo, bruno, ana):
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    ask(sent.case, bruno)
    draft = ProjectRevision.objects.open().get()
    assert (draft.impact, draft.title, draft.objectives) == ("Grande", "Red corregida", "Llegar a todos")
    again = services.submit_proposal(draft, by=ana)
    review.approve(again.case, by=bruno)
    assert Project.objects.get().published.impact == "Grande"


def test_a_draft_whose_base_moved_is_sent_only_after_taking_over(project, ana, agency_cl, teo):
    draft = factories.proposal(ana, agency_cl, project, title="Mía")
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    with pytest.raises(Stale):
        services.submit_proposal(draft, by=ana)
    services.rebase(draft, by=ana)
    sent = services.submit_proposal(ProjectRevision.objects.get(pk=draft.pk), by=ana)
    assert (sent.title, sent.impact) == ("Mía", "Grande")


# --- pages ----------------------------------------------------------------------------------------
def fields_of(page):
    """What a browser would send of the form of a proposal."""
    form = page.context["form"]
    sent = {"seen": form.seen_json, "version": page.context["proposal"].version}
    for name in form.fields:
        value = form.initial[name]
        if value in (None, False, "", []):
            continue
        sent[name] = "on" if value is True else form.fields[name].prepare_value(value)
    for group in form.groups.values():
        sent[group.rows_name] = len(group.lines)
    return sent


def test_a_country_proposes_from_the_first_page_to_the_reference(client_of, ana, form_key):
    client = client_of(ana)
    start = {
        "title": "Feria de empleo",
        "type_id": "PRG",
        "theme_id": "EMP-1",
        "language": "es",
        "form_key": form_key(),
    }
    to = client.post(reverse("programs:proposal_new"), start)
    page = client.get(to.url)
    data = fields_of(page) | {"description": "Ferias en veinte ciudades.", "then": "send", "reason": "Es nueva."}
    to = client.post(to.url, data)
    assert to.status_code == 302 and to.url.endswith("/check/")
    page = client.get(to.url)
    assert "Ferias en veinte ciudades." in page.content.decode()
    draft = ProjectRevision.objects.get()
    sent = client.post(to.url, {"version": draft.version, "declared": "on", "form_key": form_key()}, follow=True)
    assert sent.status_code == 200 and Case.objects.get().reference in sent.content.decode()
    assert ProjectRevision.objects.get().reason == "Es nueva."


def test_what_is_missing_is_said_at_the_field_and_what_fits_is_saved(client_of, ana, agency_cl):
    draft = factories.proposal(ana, agency_cl, description="")
    client, there = client_of(ana), reverse("programs:proposal_edit", args=[draft.pk])
    data = fields_of(client.get(there)) | {"start_year": "20x4", "impact": "Nuevo", "then": "save"}
    page = client.post(there, data)
    assert page.status_code == 422 and "20x4" in page.content.decode()
    assert ProjectRevision.objects.get().impact == "Nuevo"
    page = client.post(there, data | {"start_year": "2024", "version": draft.version, "then": "send"})
    assert page.status_code == 422 and "Describe it in a few sentences" in page.content.decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"start_year": "2024", "start_day": "3"}, "Choose the month as well"),
        ({"start_month": "3", "start_year": ""}, "Write the year as well"),
        ({"start_year": "2024", "start_month": "2", "start_day": "31"}, "no such day"),
        ({"start_year": "2024", "end_year": "2020", "ongoing": ""}, "before it begins"),
        ({"end_year": "2030", "ongoing": "on"}, "take away the date"),
        ({"sdg_targets": "8.99"}, "not a target"),
        ({"conventions": "C81"}, "not the number of a Convention"),
        ({"related": "T-999999"}, "no public record"),
        ({"website": "javascript:alert(1)"}, "Write a full address"),
        ({"website": "ftp://files.example.org/report.pdf"}, "Write a full address"),
        ({"countries": "XX"}, "XX is not one"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_the_field(client_of, ana, agency_cl, answers, words):
    draft = factories.proposal(ana, agency_cl)
    client, there = client_of(ana), reverse("programs:proposal_edit", args=[draft.pk])
    page = client.post(there, fields_of(client.get(there)) | {"then": "save"} | answers)
    assert page.status_code == 422 and words in page.content.decode()


def test_two_colleagues_in_one_field_see_both_texts_and_save_once_more(client_of, ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there = reverse("programs:proposal_edit", args=[draft.pk])
    mine = fields_of(client_of(ana).get(there))
    client_of(luis).post(there, mine | {"title": "De Luis", "impact": "De Luis también", "then": "save"})
    page = client_of(ana).post(there, mine | {"title": "De Ana", "then": "save"})
    assert page.status_code == 409
    assert "De Luis" in page.content.decode() and "De Ana" in page.content.decode()
    assert ProjectRevision.objects.get().title == "De Luis"
    again = mine | {"title": "De los dos", "then": "save", "seen": page.context["form"].seen_json}
    assert client_of(ana).post(there, again).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.impact) == ("De los dos", "De Luis también")


def test_words_typed_after_a_colleague_sent_it_are_shown_to_be_copied(client_of, ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there = reverse("programs:proposal_edit", args=[draft.pk])
    mine = fields_of(client_of(ana).get(there))
    services.submit_proposal(draft, by=luis)
    page = client_of(ana).post(there, mine | {"impact": "No se pierde"})
    assert page.status_code == 409 and "No se pierde" in page.content.decode()


def test_the_form_saves_by_itself_beside_a_colleague(client_of, client, ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there, head = reverse("programs:proposal_edit", args=[draft.pk]), {"headers": {"X-Draft": "autosave"}}
    page = client_of(ana).get(there)
    assert f'data-draft="{there}"' in page.text and "Saved" in page.context["saved"]
    mine = fields_of(page)
    told = client_of(ana).post(there, mine | {"impact": "Uno"}, **head).json()
    assert told["saved"].startswith("Saved at") and not told["conflicts"]
    client_of(luis).post(there, fields_of(client_of(luis).get(there)) | {"impact": "De Luis"})
    other = client_of(ana).post(there, mine | told["fields"] | {"impact": "Dos"}, **head).json()
    assert len(other["conflicts"]) == 1 and other["fields"] == {}
    draft.refresh_from_db()
    assert draft.impact == "De Luis"
    answer = client.post(there, {}, **head)
    assert answer.status_code == 401 and answer.json()["sign_in"].endswith(f"?next={there}")


def test_saving_by_itself_twice_leaves_what_a_colleague_wrote_elsewhere(client_of, ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there, head = reverse("programs:proposal_edit", args=[draft.pk]), {"headers": {"X-Draft": "autosave"}}
    mine = fields_of(client_of(ana).get(there))
    client_of(luis).post(there, fields_of(client_of(luis).get(there)) | {"products": "De Luis", "reason": "Porque sí"})
    for words in ("Uno", "Dos", "Tres"):
        told = client_of(ana).post(there, mine | {"impact": words}, **head).json()
        assert told["saved"] and not told["conflicts"]
        mine |= told["fields"]
    draft.refresh_from_db()
    assert (draft.impact, draft.products, draft.reason) == ("Tres", "De Luis", "Porque sí")


def test_nobody_is_in_conflict_with_their_own_words_where_an_answer_was_lost(client_of, ana, luis, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there, head = reverse("programs:proposal_edit", args=[draft.pk]), {"headers": {"X-Draft": "autosave"}}
    first, second = (client_of(ana).get(there) for _window in range(2))
    mine, other = (fields_of(page) | {"holder": page.context["note"]} for page in (first, second))
    for words in ("Uno", "Uno y dos"):  # the page never hears the first answer
        assert client_of(ana).post(there, mine | {"impact": words}, **head).json()["conflicts"] == []
    assert client_of(ana).post(there, other | {"impact": "Otra ventana"}, **head).json()["conflicts"]
    assert client_of(ana).post(there, mine | {"impact": "Uno, dos y tres", "then": "save"}).status_code == 302
    draft.refresh_from_db()
    assert draft.impact == "Uno, dos y tres"


def test_what_was_typed_in_an_expired_session_comes_back(client_of, ana, agency_cl):
    draft = factories.proposal(ana, agency_cl)
    there = reverse("programs:proposal_edit", args=[draft.pk])
    client = client_of(ana)
    page = client.get(there)
    data = fields_of(page) | {"impact": "Escrito sin sesión", "holder": page.context["note"]}
    client.logout()
    assert "login" in client.post(there, data).url
    client.force_login(ana)
    assert "Escrito sin sesión" in client.get(there).content.decode()


def test_a_record_page_of_another_country_says_why_it_cannot_be_corrected(client_of, victor, project):
    page = client_of(victor).get(reverse("programs:proposal_correct", args=[project.permanent_id]))
    assert page.status_code == 403 and "your own country" in page.content.decode()


def test_the_questions_are_answered_on_the_status_page(client_of, ana, sent, bruno):
    ask(sent.case, bruno)
    draft = ProjectRevision.objects.open().get()
    question = Case.objects.get().questions.get()
    client, there = client_of(ana), reverse("programs:proposal", args=[draft.pk])
    assert "Is this its name?" in client.get(there).content.decode()
    client.post(there, {f"answer-{question.pk}": "Sí.", f"before-{question.pk}": "", "then": "form"})
    question.refresh_from_db()
    assert question.answer == "Sí."


def test_the_queue_and_the_case_page_show_the_proposal(client_of, bruno, sent, project, teo):
    client = client_of(bruno)
    there = reverse("admin:review_case_change", args=[sent.case_id])
    page = client.get(there).content.decode()
    assert "Red corregida" in page and project.permanent_id in page and "Base moved" not in page
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    assert "Base moved" in client.get(there).content.decode()
    assert "base moved" in client.get(reverse("admin:review_case_changelist")).content.decode()


def test_a_proposal_whose_base_moved_is_held_against_that_base(client_of, bruno, sent, project, teo):
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    page = client_of(bruno).get(reverse("admin:review_case_change", args=[sent.case_id]))
    shown, body = page.context["page"], page.content.decode()
    assert {view.field.code for view in shown.changed} == {"title", "objectives"}, "not what others published meanwhile"
    assert "Version 1, from which the proposal started" in body
    assert f">Published, version {Project.objects.get().published.number}</a>" in body


def test_the_case_page_heads_similar_records_as_such(client_of, bruno, sent, teo):
    factories.project(teo, title="Red corregida")
    body = client_of(bruno).get(reverse("admin:review_case_change", args=[sent.case_id])).content.decode()
    assert "Similar records" in body and "In common: " in body
    assert "Published on the same themes" not in body


def test_approving_over_a_moved_base_is_answered_with_both(client_of, bruno, sent, project, teo, form_key):
    services.publish_edit(project, by=teo, values={"impact": "Grande"})
    there = reverse("admin:review_case_change", args=[sent.case_id])
    case = Case.objects.get()
    page = client_of(bruno).post(there, {"do": "approve", "version": case.version, "form_key": form_key()})
    assert page.status_code == 409
    assert Project.objects.get().published.impact == "Grande"
