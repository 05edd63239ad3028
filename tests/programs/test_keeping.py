"""Those who keep the Table, in the admin: write, compare, merge, hand over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalogue.models import Departure, Entry
from core.errors import NotAllowed, WrongState
from network.choices import Role
from network.managers import today
from notifications.models import Notice
from programs import services
from programs.models import Custody, Project, ProjectRevision
from programs.related import linked
from review import events
from review import services as review
from review.choices import CaseState
from review.models import Case, Event
from tests import factories
from tests.meanwhile import meanwhile
from tests.programs.test_proposals import told

pytestmark = pytest.mark.django_db

LIST = reverse("admin:programs_project_changelist")
ADD = reverse("admin:programs_project_add")


def page_of(project, what="change"):
    return reverse(f"admin:programs_project_{what}", args=[project.pk])


@pytest.fixture
def desk(client_of, teo):
    """Teo's browser."""
    return client_of(teo)


@pytest.fixture
def project(teo):
    return factories.project(teo)


# --- the list -------------------------------------------------------------------------------------
def test_the_list_is_searched_by_words_and_by_number(desk, project, teo):
    other = factories.project(teo, title="Feria de empleo")
    assert "Feria de empleo" not in desk.get(LIST, {"q": "inspeccion"}).content.decode()
    assert "Red de inspección" not in desk.get(LIST, {"q": other.permanent_id}).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"type": "PRG"}, True), ({"type": "POL"}, False), ({"area": "LAB"}, True), ({"area": "EMP"}, False),
        ({"status": "active"}, True), ({"status": "ended"}, False), ({"status": "planned"}, False), ({"status": "unknown"}, False),
        ({"proposals": "open"}, False), ({"proposals": "moved"}, False), ({"standing": "public"}, True),
        ({"standing": "out"}, False), ({"status": "nonsense"}, True),
    ],
)  # fmt: skip
def test_the_list_is_filtered(desk, project, query, found):
    page = desk.get(LIST, query)
    assert page.status_code == 200 and (page_of(project) in page.content.decode()) is found


@pytest.mark.parametrize("offset", [-400, -1, 0, 1, 400])
def test_the_filter_of_status_says_what_the_record_says(desk, teo, offset):
    day = today() + timedelta(days=offset)
    exact = {"end_year": day.year, "end_month": day.month, "end_day": day.day, "ongoing": False, "start_year": None}
    project = factories.project(teo, **exact)
    status = project.published.span.status()
    for name in ("planned", "active", "ended", "unknown"):
        shown = page_of(project) in desk.get(LIST, {"status": name}).content.decode()
        assert shown is (name == status), (name, status)


def test_open_proposals_and_those_whose_base_moved_are_found(desk, project, ana, agency_cl, teo):
    factories.proposal(ana, agency_cl, project, submitted=True, title="X")
    assert page_of(project) in desk.get(LIST, {"proposals": "open"}).content.decode()
    assert page_of(project) not in desk.get(LIST, {"proposals": "moved"}).content.decode()
    services.publish_edit(project, by=teo, values={"impact": "Y"})
    assert page_of(project) in desk.get(LIST, {"proposals": "moved"}).content.decode()


# --- the form -------------------------------------------------------------------------------------
def browser_fields(page, project):
    form = page.context["form"]
    sent = {
        "seen": form.seen_json,
        "version": project.version if project else "",
        "source": project.source if project else "",
    }
    for name in form.fields:
        value = form.initial[name]
        if value not in (None, False, "", []):
            sent[name] = "on" if value is True else form.fields[name].prepare_value(value)
    for group in form.groups.values():
        sent[group.rows_name] = len(group.lines)
    return sent


def lines_of(page) -> dict:
    """The repeating lines as they stand."""
    groups = page.context["form"].groups.values()
    return {cell.name: cell.bound.value() or "" for group in groups for line in group.lines for cell in line.cells}


def test_a_save_is_published_at_once_as_a_new_version(desk, project, form_key):
    data = browser_fields(desk.get(page_of(project)), project)
    lines = {
        "budget-0-source": "Tesoro",
        "budget-0-budgeted": "1.250.000,50",
        "budget-0-currency": "clp",
        "budget-0-year": "2024",
    }
    more = {
        "end_year": "",
        "start_month": "3",
        "conventions": "81, 129",
        "sdg_targets": "8.5 8.8",
        "gender_marker": "2",
    }
    to = desk.post(page_of(project), data | lines | more | {"title": "Otro", "form_key": form_key()})
    assert to.status_code == 302
    text = Project.objects.get().published
    assert (text.title, text.number, text.start_month, text.gender_marker) == ("Otro", 2, 3, 2)
    assert text.budget == [
        {"source": "Tesoro", "budgeted": "1250000.50", "executed": None, "currency": "CLP", "year": 2024}
    ]
    assert (text.conventions, text.sdg_targets) == ([81, 129], ["8.5", "8.8"])
    assert Entry.objects.get().title == "Otro" and not Case.objects.exists()


def test_the_form_sent_back_as_shown_changes_nothing(desk, teo, form_key):
    full = {
        "evaluations": [{"kind": "external", "year": 2023, "by": "U", "findings": "F"}], "population_number": 12500,
        "partners": [{"name": "BID", "role": "funding", "country": ""}], "further_themes": ["LAB-2"], "populations": ["WOM", "YOU"],
        "funding_sources": ["PUB"], "cooperation_type": "TRI", "website": "https://example.org/x", "disability_marker": 0,
    }  # fmt: skip
    project = factories.project(teo, **full)
    page = desk.get(page_of(project))
    data = browser_fields(page, project) | lines_of(page) | {"disability_marker": "0"}
    assert desk.post(page_of(project), data | {"form_key": form_key()}).status_code == 302
    assert project.revisions.count() == 1


def test_a_year_that_nobody_may_type_stays_where_it_stands(desk, teo, form_key):
    evaluations = [{"kind": "external", "year": 1790, "by": "U", "findings": "F"}]
    project = factories.project(teo, start_year=1790, end_year=2190, ongoing=False, evaluations=evaluations)
    page = desk.get(page_of(project))
    data = browser_fields(page, project) | lines_of(page) | {"impact": "Y"}
    for other in ({"start_year": "1791"}, {"end_year": "2191"}, {"evaluations-0-year": "1791"}):
        assert desk.post(page_of(project), data | other | {"form_key": form_key()}).status_code == 422
    assert desk.post(page_of(project), data | {"form_key": form_key()}).status_code == 302
    text = Project.objects.get().published
    assert (text.impact, text.start_year, text.end_year, text.evaluations) == ("Y", 1790, 2190, evaluations)


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(desk, project, form_key):
    data = browser_fields(desk.get(page_of(project)), project)
    page = desk.post(page_of(project), data | {"title": "", "impact": "No se pierde", "form_key": form_key()})
    assert page.status_code == 422
    body = page.content.decode()
    assert "Write the title" in body and "No se pierde" in body
    assert project.revisions.count() == 1


def test_two_editors_in_one_field_see_both_texts(desk, client_of, project, diana, form_key):
    data = browser_fields(desk.get(page_of(project)), project)
    client_of(diana).post(page_of(project), data | {"title": "De Diana", "impact": "Suyo", "form_key": form_key()})
    page = desk.post(page_of(project), data | {"title": "De Teo", "form_key": form_key()})
    body = page.content.decode()
    assert page.status_code == 409 and "De Diana" in body and "De Teo" in body and "Diana Silva" in body
    again = data | {"title": "De los dos", "seen": page.context["form"].seen_json, "form_key": form_key()}
    assert desk.post(page_of(project), again).status_code == 302
    text = Project.objects.get().published
    assert (text.title, text.impact) == ("De los dos", "Suyo")


def test_more_lines_publish_nothing(desk, project):
    data = browser_fields(desk.get(page_of(project)), project)
    page = desk.post(page_of(project), data | {"then": "add:budget", "title": "X"})
    assert page.status_code == 200 and 'name="budget-5-source"' in page.content.decode()
    assert project.revisions.count() == 1


def test_a_new_record_like_another_one_asks_first_and_is_made_once(desk, project, form_key):
    data = factories.PROJECT_TEXT | {"ongoing": "on", "form_key": form_key()}
    page = desk.post(ADD, data)
    assert page.status_code == 200 and Project.objects.count() == 1
    assert project.permanent_id in page.content.decode()
    data |= {"looked": "1"}
    assert desk.post(ADD, data).url == desk.post(ADD, data).url
    assert Project.objects.count() == 2


def test_words_typed_in_an_expired_session_come_back(desk, teo, project):
    page = desk.get(page_of(project))
    data = browser_fields(page, project) | {"impact": "Sin sesión", "holder": page.context["note"]}
    desk.logout()
    assert "login" in desk.post(page_of(project), data).url
    desk.force_login(teo)
    assert "Sin sesión" in desk.get(page_of(project)).content.decode()


def test_reviewers_and_officers_have_no_door_here(client_of, bruno, ana, project):
    for person in (bruno, ana):
        for there in (LIST, page_of(project), page_of(project, "history"), ADD):
            assert client_of(person).get(there).status_code == 403


def test_versions_are_compared_and_events_told(desk, project, teo, bruno, ana, agency_cl):
    services.publish_edit(project, by=teo, values={"title": "Segundo nombre"})
    sent = factories.proposal(ana, agency_cl, Project.objects.get(), submitted=True, impact="De Ana")
    factories.proposal(ana, agency_cl, Project.objects.get(), title="Nunca publicado")

    review.approve(sent.case, by=bruno)
    body = desk.get(page_of(project, "history")).content.decode()
    assert "De Ana" in body and "Nunca publicado" not in body and "Bruno Díaz" in body
    body = desk.get(page_of(project, "history"), {"new": 2}).content.decode()
    assert "<ins>" in body and "From version 1 to version 2" in body


def test_the_page_shows_open_proposals(desk, project, ana, agency_cl):
    sent = factories.proposal(ana, agency_cl, project, submitted=True, title="X")
    assert sent.reference in desk.get(page_of(project)).content.decode()


def test_single_acts_have_their_page(desk, project, form_key):
    for verb, extra in (("confirm", {}), ("take_out", {"reason": "R"}), ("put_back", {}), ("retire", {"reason": "R"})):
        there = page_of(project, verb)
        assert desk.get(there).status_code == 200
        assert desk.post(there, extra | {"form_key": form_key()}).status_code == 302, verb
    assert Departure.objects.get().reason == "retired"
    assert "was retired" in desk.get(page_of(project)).content.decode()


# --- custody --------------------------------------------------------------------------------------
def test_a_hand_over_is_one_logged_action_and_counts_from_its_day(client_of, diana, oas, project, teo, form_key):
    new_editor = factories.person(roles=[(Role.TABLE_EDITOR, oas)])
    there, client = reverse("admin:programs_project_custody"), client_of(diana)
    day = today() + timedelta(days=10)
    data = {"institution": oas.pk, "from_day": day.isoformat(), "note": "Agreement", "form_key": form_key()}
    asked = client.post(there, data)
    assert asked.status_code == 200 and not Custody.objects.exists()
    assert client.post(there, data | {"confirmed": "yes"}).status_code == 302
    assert Event.objects.get(verb="handed_over").data["institution"] == oas.pk and events.verify("programs:custody")
    assert "programs.handed_over" in told(teo) and "programs.handed_over" in told(new_editor)
    services.publish_edit(project, by=teo, values={"impact": "Todavía"})
    with pytest.raises(NotAllowed):
        services.publish_edit(project, by=new_editor, values={"impact": "Todavía no"})


def test_afterwards_the_old_editors_only_look(client_of, diana, oas, project, teo):
    new_editor = factories.person(roles=[(Role.TABLE_EDITOR, oas)])
    services.hand_over(oas, from_day=today(), by=diana)
    services.publish_edit(project, by=new_editor, values={"impact": "Ya"})
    page = client_of(teo).get(page_of(project))
    assert page.status_code == 200 and "Organization of American States keeps the Table now" in page.content.decode()
    assert client_of(teo).post(page_of(project), {}).status_code == 403
    assert client_of(teo).get(ADD).status_code == 403
    assert "keeps the Table now" in client_of(teo).get(LIST).content.decode()


def test_only_administrators_hand_over_and_never_into_the_past(diana, teo, oas):
    with pytest.raises(NotAllowed):
        services.hand_over(oas, from_day=today(), by=teo)
    with pytest.raises(NotAllowed):
        services.hand_over(oas, from_day=today() - timedelta(days=1), by=diana)


# --- merging --------------------------------------------------------------------------------------
@pytest.fixture
def three(teo):
    return [factories.project(teo, title=f"Programa {name}") for name in ("Uno", "Dos", "Tres")]


def test_a_chain_of_merges_leads_to_the_last(client, teo, three):
    one, two, last = three
    services.merge(one, into=two, by=teo, reason="The same")
    services.merge(two, into=last, by=teo, reason="The same")
    for gone in (one, two):
        assert Departure.objects.get(permanent_id=gone.permanent_id).moved_to == last.permanent_id
        answer = client.get(f"/en/programs/{gone.slug}/")
        assert answer.status_code == 301 and last.permanent_id in answer.url
        landed = client.get(f"/id/{gone.permanent_id}", follow=True)
        assert landed.redirect_chain[-1][0].endswith(f"/programs/{last.slug}/")
    assert Project.objects.get(pk=one.pk).merged_into == last


def test_merges_never_go_round(teo, three):
    one, two, _last = three
    services.merge(one, into=two, by=teo, reason="R")
    with pytest.raises(NotAllowed):
        services.merge(two, into=one, by=teo, reason="R")
    with pytest.raises(NotAllowed):
        services.merge(two, into=two, by=teo, reason="R")


def test_both_keep_their_history_and_one_is_found(teo, three):
    one, two, _last = three
    services.merge(one, into=two, by=teo, reason="R")
    assert Event.objects.of(one.stream).filter(verb="merged_into").exists()
    assert Event.objects.of(two.stream).filter(verb="merged_from").exists()
    assert Entry.objects.count() == 2 and one.revisions.count() == 1


def test_proposals_on_the_record_that_leaves_go_on_about_the_other(teo, three, ana, agency_cl):
    one, two, _last = three
    sent = factories.proposal(ana, agency_cl, one, submitted=True, impact="De Ana")
    draft = factories.proposal(ana, agency_cl, one, impact="Borrador")
    services.merge(one, into=two, by=teo, reason="R")
    assert Case.objects.get(pk=sent.case_id).state == CaseState.WITHDRAWN
    moved = ProjectRevision.objects.open().filter(project=two).order_by("pk")
    assert {row.impact for row in moved} == {"De Ana", "Borrador"} and draft in moved
    assert Notice.objects.filter(recipient=ana, kind="programs.moved").count() == 2
    fresh = services.rebase(moved[0], by=ana)
    assert services.submit_proposal(fresh, by=ana).case.state == CaseState.IN_REVIEW


def test_two_are_merged_on_a_page_that_shows_both_first(desk, three, form_key):
    one, two, _last = three
    there = page_of(one, "merge")
    data = {"into": two.permanent_id, "reason": "The same", "form_key": form_key()}
    asked = desk.post(there, data)
    assert asked.status_code == 200 and "Programa Dos" in asked.content.decode()
    assert desk.post(there, data | {"confirmed": "yes"}).url == page_of(two)
    assert "merged into another" in desk.get(page_of(one)).content.decode()
    assert desk.post(page_of(two, "merge"), {"into": "T-999999", "reason": "R"}).status_code == 422


# --- endings --------------------------------------------------------------------------------------
def ends_in(days):
    day = today() + timedelta(days=days)
    return {"end_year": day.year, "end_month": day.month, "end_day": day.day, "ongoing": False}


def test_the_owner_is_warned_once_before_a_record_ends(teo, ana, agency_cl, bruno):
    factories.project(teo, **ends_in(31))
    factories.project(teo, **ends_in(-1))
    factories.project(teo, end_year=today().year + 2, ongoing=False)
    soon = factories.project(teo, **ends_in(30))
    assert services.tell_of_endings() == 1 and services.tell_of_endings() == 0
    assert told(teo).count("programs.ending") == 1
    assert Notice.objects.get(recipient=teo, kind="programs.ending").url_args == [soon.pk]


def test_the_institution_that_proposed_it_is_warned_too_and_again_after_a_new_text(ana, agency_cl, bruno, teo):

    sent = factories.proposal(ana, agency_cl, submitted=True, **ends_in(5))
    review.approve(sent.case, by=bruno)
    services.tell_of_endings()
    assert "programs.ending_yours" in told(ana)
    services.publish_edit(Project.objects.get(), by=teo, values=ends_in(9))
    assert services.tell_of_endings() == 1


# --- My desk --------------------------------------------------------------------------------------
def test_each_sees_on_their_desk_what_waits_for_them(client_of, ana, teo, agency_cl, bruno, project):

    def desk_of(person):
        return client_of(person).get("/en/desk/").content.decode()

    factories.proposal(ana, agency_cl, project, title="Borrador de Ana")
    sent = factories.proposal(ana, agency_cl, project, submitted=True, title="Enviado por Ana")
    body = desk_of(ana)
    assert "Borrador de Ana" in body and "Enviado por Ana" in body
    factories.project(teo, title="Termina pronto", **ends_in(3))
    services.publish_edit(project, by=teo, values={"impact": "X"})
    body = desk_of(teo)
    assert "Termina pronto" in body and "base moved" in body
    review.decline(sent.case, by=bruno, letter="L", reason="R")
    other = factories.proposal(ana, agency_cl, Project.objects.get(pk=project.pk), submitted=True, title="Aprobado hoy")
    review.approve(other.case, by=bruno)
    assert "Aprobado hoy" in desk_of(teo)


def test_records_that_name_one_that_was_merged_lead_to_the_other(client, teo, three):
    one, two, last = three
    services.publish_edit(last, by=teo, values={"related": [one.permanent_id]})
    services.merge(one, into=two, by=teo, reason="R")

    assert [row.permanent_id for row in linked(last.permanent_id, [one.permanent_id])] == [two.permanent_id]
    assert [row.permanent_id for row in linked(two.permanent_id, [])] == [last.permanent_id]


def test_an_editor_reads_what_was_proposed_and_changes_nothing_of_it(desk, project, ana, agency_cl):
    sent = factories.proposal(ana, agency_cl, project, submitted=True, title="X")
    draft = factories.proposal(ana, agency_cl, project, title="Y")
    assert reverse("programs:proposal", args=[sent.pk]) in desk.get(page_of(project)).content.decode()
    assert desk.get(reverse("programs:proposal", args=[sent.pk])).status_code == 200
    assert desk.get(reverse("programs:proposal", args=[draft.pk])).status_code == 404
    assert desk.post(reverse("programs:proposal_withdraw", args=[sent.pk])).status_code == 403


# --- at the same moment ---------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["retire", "take_out", "merge"])
def test_a_record_does_not_leave_while_a_proposal_on_it_is_sent(teo, diana, ana, agency_cl, client_of, act):
    project, other = factories.project(teo), factories.project(teo, title="Otra")
    draft = factories.proposal(ana, agency_cl, project, impact="Otro")
    more = {"into": other} if act == "merge" else {}
    with pytest.raises(WrongState):
        meanwhile(
            lambda: services.submit_proposal(draft, by=ana),
            lambda: getattr(services, act)(project, by=diana, reason="Twice", **more),
        )
    draft.refresh_from_db()
    assert (draft.state, draft.is_open) == ("submitted", True)
    case = Case.objects.get()
    assert client_of(diana).get(reverse("admin:review_case_change", args=[case.pk])).status_code == 200
    getattr(services, act)(project, by=diana, reason="Twice", **more)
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert Project.objects.get(pk=project.pk).is_public is False
