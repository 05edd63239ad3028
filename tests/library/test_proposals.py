"""Proposals for the library: written, sent, decided in the one queue."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from catalogue.services import raise_version
from core.errors import NotAllowed, Stale, WrongState
from files.models import ScanState, StoredFile
from library import services
from library.choices import RevisionState
from library.errors import Incomplete
from library.models import ItemRevision, LibraryItem
from library.services import texts
from network.idempotency import new_key
from notifications.models import Notice
from review import services as review
from review.choices import CaseState
from review.models import Case
from tests import factories
from tests.experts.factories import expert
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db
TEXT = b"Resumen del informe.\n"


@pytest.fixture
def item(diana):
    return factories.item(diana)


@pytest.fixture
def sent(ana):
    return factories.item_proposal(ana, submitted=True, title="Informe sobre mediación")


def approve(case, by):
    case.refresh_from_db()
    return review.approve(case, by=by, version=case.version, letter="Thank you.")


def form_of(draft, **changes) -> dict:
    """What the page of a draft sends."""
    values = texts.values_of(draft)
    data = {name: "" if values[name] is None else values[name] for name in values if name not in ("authors", "file_id")}
    data |= {"about": ", ".join(values["about"]), "version": draft.version, "authors-rows": len(values["authors"])}
    for place, row in enumerate(values["authors"]):
        data |= {f"authors-{place}-{key}": value for key, value in row.items()}
    return data | changes


# --- who proposes
def test_anyone_with_a_role_and_experts_propose_and_others_do_not(ana, pablo, teo):
    known, stranger = factories.person(), factories.person()
    expert("Elena Pruebas", user=known)
    for person in (ana, pablo, teo, known):
        assert services.start_proposal(None, by=person, values={"title": "Uno"}).proposer == person
    with pytest.raises(NotAllowed):
        services.start_proposal(None, by=stranger, values={"title": "Uno"})


# --- writing
def test_the_form_is_begun_saved_checked_and_sent(client_of, ana):
    client = client_of(ana)
    begun = client.post(
        reverse("library:proposal_new"),
        {"title": "Guía de inspección", "item_type": "GUI", "language": "es", "form_key": new_key()},
    )
    draft = ItemRevision.objects.get(title="Guía de inspección")
    assert begun["Location"] == reverse("library:proposal_edit", args=[draft.pk])
    assert client.get(begun["Location"]).status_code == 200
    answer = client.post(begun["Location"], form_of(draft, abstract="Qué mirar.", doi="https://doi.org/10.1234/AbC"))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.abstract, draft.doi) == ("Qué mirar.", "10.1234/abc")
    lacking = client.post(begun["Location"], form_of(draft, then="send"))
    assert lacking.status_code == 422 and "Choose a theme" in lacking.content.decode()
    whole = {
        "themes": ["LAB-1"],
        "authors-rows": "1",
        "authors-0-family": "Pérez",
        "authors-0-given": "Ana",
        "then": "send",
    }
    draft.refresh_from_db()
    checked = client.post(begun["Location"], form_of(draft, **whole))
    assert checked["Location"] == reverse("library:proposal_check", args=[draft.pk])
    assert client.get(checked["Location"]).status_code == 200
    draft.refresh_from_db()
    key = new_key()
    for _twice in range(2):
        answer = client.post(checked["Location"], {"version": draft.version, "declared": "on", "form_key": key})
        assert answer["Location"] == reverse("library:proposal", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.state == RevisionState.SUBMITTED and Case.objects.filter(stream=draft.item.stream).count() == 1
    body = client.get(answer["Location"]).content.decode()
    assert draft.reference in body


def test_a_draft_is_lax_and_says_what_is_wrong(client_of, ana):
    draft = factories.item_proposal(ana)
    bad = form_of(draft, doi="not a doi", isbn="9789223137305", year="98", about="X12, T-999999", title="Nuevo")
    body = client_of(ana).post(reverse("library:proposal_edit", args=[draft.pk]), bad)
    assert body.status_code == 422
    for words in ("This is not a DOI", "This is not an ISBN", "Write the year with four figures", "X12"):
        assert words in body.content.decode(), words
    draft.refresh_from_db()
    assert (draft.title, draft.year) == ("Nuevo", 1998)


def test_what_is_said_to_be_about_must_be_public(client_of, ana):
    draft = factories.item_proposal(ana)
    answer = client_of(ana).post(reverse("library:proposal_edit", args=[draft.pk]), form_of(draft, about="T-000999"))
    assert answer.status_code == 422 and "There is no public record with the number T-000999" in answer.content.decode()


def test_what_another_window_saved_is_not_overwritten(client_of, ana):
    draft = factories.item_proposal(ana)
    services.save_proposal(draft, by=ana, values={"title": "Saved elsewhere"})
    answer = client_of(ana).post(
        reverse("library:proposal_edit", args=[draft.pk]), form_of(draft, title="Typed here", abstract="Typed here too")
    )
    assert answer.status_code == 409 and "Typed here too" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Saved elsewhere"


def test_the_form_saves_by_itself_and_says_so(client_of, client, ana):
    draft = services.start_proposal(None, by=ana, values={"title": "Uno", "item_type": "GUI", "language": "es"})
    mine, there = client_of(ana), reverse("library:proposal_edit", args=[draft.pk])
    head = {"headers": {"X-Draft": "autosave"}}
    assert f'data-draft="{there}"' in mine.get(there).text
    told = mine.post(there, form_of(draft, title="Dos", reason="Falta"), **head).json()
    draft.refresh_from_db()
    assert told["saved"].startswith("Saved at") and told["fields"] == {"version": draft.version}
    assert (draft.title, draft.reason) == ("Dos", "Falta")
    late = mine.post(there, form_of(draft, title="Tres", version=draft.version - 1), **head).json()
    draft.refresh_from_db()
    assert "another window" in late["problem"] and draft.title == "Dos"
    answer = client.post(there, {}, **head)
    assert answer.status_code == 401 and answer.json()["sign_in"].endswith(f"?next={there}")


def test_nobody_is_in_conflict_with_their_own_words_where_an_answer_was_lost(client_of, ana):
    draft = services.start_proposal(None, by=ana, values={"title": "Uno", "item_type": "GUI", "language": "es"})
    mine, there = client_of(ana), reverse("library:proposal_edit", args=[draft.pk])
    head, first, second = {"headers": {"X-Draft": "autosave"}}, mine.get(there), mine.get(there)
    version, note = draft.version, first.context["note"]
    for title in ("Dos", "Dos y tres"):  # the page never hears the first answer
        assert "saved" in mine.post(there, form_of(draft, title=title, version=version, holder=note), **head).json()
    other = form_of(draft, title="Otra ventana", version=version, holder=second.context["note"])
    assert "another window" in mine.post(there, other, **head).json()["problem"]
    assert mine.post(there, form_of(draft, title="Cuatro", version=version, holder=note)).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Cuatro"


def test_what_was_typed_in_an_expired_session_comes_back(client_of, ana):
    draft = services.start_proposal(None, by=ana, values={"title": "Uno", "item_type": "GUI", "language": "es"})
    mine, there = client_of(ana), reverse("library:proposal_edit", args=[draft.pk])
    data = form_of(draft, title="Escrito sin sesión", reason="", holder=mine.get(there).context["note"])
    mine.logout()
    assert "login" in mine.post(there, data).url
    mine.force_login(ana)
    assert "Escrito sin sesión" in mine.get(there).text


def test_each_answer_of_the_check_page_leads_back_to_its_question(client_of, ana):
    draft = factories.item_proposal(ana)
    form = client_of(ana).get(reverse("library:proposal_edit", args=[draft.pk])).text
    page = client_of(ana).get(reverse("library:proposal_check", args=[draft.pk])).text
    anchors = re.findall(r'#([\w-]+)">Change', page)
    assert "f-title" in anchors and all(f'id="{one}"' in form for one in anchors)


def test_similar_items_are_shown_by_number_and_title(client_of, ana, diana):
    there = factories.item(diana, doi="10.1234/abc", title="Otra cosa enteramente")
    alike = factories.item(diana, title="La inspección del trabajo en las Américas hoy")
    draft = factories.item_proposal(ana, doi="10.1234/abc")
    body = client_of(ana).get(reverse("library:proposal_edit", args=[draft.pk])).content.decode()
    assert there.permanent_id in body and "the same DOI" in body and alike.permanent_id in body


def test_nobody_else_sees_or_writes_a_draft(client_of, ana, luis, bruno):
    draft = factories.item_proposal(ana)
    for person in (luis, bruno):
        assert client_of(person).get(reverse("library:proposal_edit", args=[draft.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            services.save_proposal(draft, by=person, values={"title": "Mine"})


def test_an_incomplete_draft_is_not_sent(ana):
    draft = services.start_proposal(None, by=ana, values={"title": "Solo un título"})
    with pytest.raises(Incomplete) as refusal:
        services.submit_proposal(draft, by=ana)
    assert {key for key, _words in refusal.value.missing} >= {"abstract", "themes", "authors", "link", "item_type"}


def test_what_was_submitted_never_changes(sent):
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemRevision.objects.filter(pk=sent.pk).update(abstract="Something else")
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemRevision.objects.filter(pk=sent.pk).delete()


# --- deciding
def test_approval_publishes(client, client_of, ana, bruno, sent):
    page = client_of(bruno).get(reverse("admin:review_case_change", args=[sent.case_id])).content.decode()
    assert "Informe sobre mediación" in page and "New item of the library" in page
    approve(sent.case, bruno)
    item = LibraryItem.objects.get(pk=sent.item_id)
    assert item.is_public and item.published_id == sent.pk
    assert client.get(reverse("library:item", args=[item.slug])).status_code == 200
    assert Notice.objects.filter(recipient=ana, kind="library.approved").exists()


def test_questions_open_a_round_and_the_answers_come_back(client_of, ana, bruno, sent):
    case = sent.case
    question = review.draft_question(case, "abstract", "For whom is it of use?", by=bruno)
    case.refresh_from_db()
    review.ask(case, by=bruno, version=case.version)
    draft = ItemRevision.objects.open().get(case=case)
    assert draft.is_draft and draft.round == 2
    page = reverse("library:proposal", args=[draft.pk])
    assert "For whom is it of use?" in client_of(ana).get(page).content.decode()
    client_of(ana).post(page, {f"answer-{question.pk}": "For inspectors."})
    services.save_proposal(draft, by=ana, values={"abstract": "Para inspectores."})
    again = services.submit_proposal(draft, by=ana)
    case.refresh_from_db()
    assert (again.round, case.round, case.state) == (2, 2, CaseState.IN_REVIEW)
    body = client_of(bruno).get(reverse("admin:review_case_change", args=[case.pk])).content.decode()
    assert "For inspectors." in body


def test_a_correction_leaves_what_is_published_until_it_is_approved(client, ana, bruno, item):
    change = factories.item_proposal(ana, item, submitted=True, abstract="Un resumen mejor.")
    here = reverse("library:item", args=[item.slug])
    assert "Un resumen mejor." not in client.get(here).content.decode()
    approve(change.case, bruno)
    body = client.get(here).content.decode()
    assert "Un resumen mejor." in body and "Oficina Internacional del Trabajo" in body


def test_two_approvals_of_one_text_one_stands(ana, pablo, bruno, item):
    first = factories.item_proposal(ana, item, submitted=True, publisher="Primera")
    second = factories.item_proposal(pablo, item, submitted=True, publisher="Segunda")
    approve(first.case, bruno)
    with pytest.raises(Stale):
        approve(second.case, bruno)
    item.refresh_from_db()
    assert item.published_id == first.pk
    assert Notice.objects.filter(recipient=bruno, kind="library.base_moved").count() == 0  # who moved it knows
    assert ItemRevision.objects.get(pk=second.pk).base_moved


def test_a_draft_whose_base_moved_takes_over_what_is_published(client_of, ana, diana, item):
    draft = factories.item_proposal(ana, item, abstract="Mi resumen.")
    services.publish_edit(item, by=diana, values={"publisher": "Otra editorial"})
    with pytest.raises(Stale):
        services.submit_proposal(draft, by=ana)
    here = reverse("library:proposal_edit", args=[draft.pk])
    assert "published anew" in client_of(ana).get(here).content.decode()
    client_of(ana).post(reverse("library:proposal_rebase", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.publisher, draft.abstract) == ("Otra editorial", "Mi resumen.")
    assert services.submit_proposal(draft, by=ana).state == RevisionState.SUBMITTED


def test_withdrawing_and_declining_publish_nothing(ana, bruno, sent):
    services.withdraw_proposal(sent, by=ana)
    sent.case.refresh_from_db()
    assert sent.case.state == CaseState.WITHDRAWN and not LibraryItem.objects.public().exists()
    other = factories.item_proposal(ana, submitted=True, title="Otro")
    case = other.case
    case.refresh_from_db()
    review.decline(case, by=bruno, version=case.version, letter="No.", reason="Not about labour.")
    assert not LibraryItem.objects.public().exists()
    assert Notice.objects.filter(recipient=ana, kind="library.declined").exists()


def test_nobody_decides_on_what_they_proposed(bruno):
    own = factories.item_proposal(bruno, submitted=True)
    with pytest.raises(NotAllowed):
        approve(own.case, bruno)


def test_a_reviewer_of_the_same_institution_does_not_decide(ana, bruno, agency_cl):
    sent = factories.item_proposal(ana, submitted=True)
    assert sent.case.institution == agency_cl


# --- the file
def upload(name="informe.txt", content=TEXT):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def test_a_file_is_public_only_when_approved_clean_and_allowed(client, client_of, ana, bruno, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    draft = services.attach(factories.item_proposal(ana), upload(), by=ana, may_publish=True)
    assert client_of(bruno).get(reverse("library:proposal_file", args=[draft.pk])).status_code == 404
    sent = services.submit_proposal(draft, by=ana)
    approve(sent.case, bruno)
    item = LibraryItem.objects.get(pk=sent.item_id)
    page, file = reverse("library:item", args=[item.slug]), reverse("library:file", args=[item.slug])
    assert client.get(file).status_code == 404 and file not in client.get(page).content.decode()
    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    raise_version()
    assert client.get(file).getvalue() == TEXT and file in client.get(page).content.decode()
    StoredFile.objects.update(scan_state=ScanState.REFUSED)
    assert client.get(file).status_code == 404


def test_a_file_whose_licence_does_not_allow_it_stays_inside(client, client_of, ana, bruno):
    draft = services.attach(factories.item_proposal(ana), upload(), by=ana, may_publish=False)
    sent = services.submit_proposal(draft, by=ana)
    assert client_of(bruno).get(reverse("library:proposal_file", args=[sent.pk])).status_code == 200
    approve(sent.case, bruno)
    item = LibraryItem.objects.get(pk=sent.item_id)
    assert client.get(reverse("library:file", args=[item.slug])).status_code == 404
    found = client.get(f"/api/v1/literature/{item.permanent_id}/").json()
    assert found["file"] is None


def test_the_page_of_the_file_attaches_and_takes_away(client_of, ana):
    draft = factories.item_proposal(ana)
    client, here = client_of(ana), reverse("library:proposal_attach", args=[draft.pk])
    assert client.get(here).status_code == 200
    wrong = client.post(here, {"file": upload("x.exe", b"MZ\x00\x01"), "form_key": new_key()})
    assert wrong.status_code == 422
    client.post(here, {"file": upload(), "may_publish": "on", "form_key": new_key()})
    draft.refresh_from_db()
    assert draft.file_id and draft.may_publish_file
    assert client.get(here).status_code == 200
    client.post(here, {"form_key": new_key()})
    draft.refresh_from_db()
    assert draft.file_id and not draft.may_publish_file
    client.post(here, {"then": "remove"})
    draft.refresh_from_db()
    assert draft.file_id is None and not StoredFile.objects.exists()


# --- desk and admin
def test_the_desk_shows_drafts_and_what_the_oas_has(client_of, ana, sent):
    factories.item_proposal(ana, title="Borrador en curso")
    body = client_of(ana).get(reverse("home:desk")).content.decode()
    assert "Borrador en curso" in body and sent.title in body


def test_the_day_of_an_item_is_the_secretariats_whoever_publishes_from_wherever(diana):
    with timezone.override("Europe/Madrid"):
        item = factories.item(diana, at=datetime(2027, 3, 16, 1, 30, tzinfo=UTC))  # in Washington the evening before
    assert item.confirmed_on == date(2027, 3, 15)


def test_administrators_publish_at_once_and_see_versions(client_of, diana, item):
    client, here = client_of(diana), reverse("admin:library_libraryitem_change", args=[item.pk])
    assert client.get(here).status_code == 200
    data = form_of(item.published, publisher="Otra", version=item.version, form_key=new_key(), source="")
    assert client.post(here, data).status_code == 302
    item.refresh_from_db()
    assert item.published.publisher == "Otra"
    stale = client.post(here, {**data, "publisher": "Tercera", "form_key": new_key()})
    assert stale.status_code == 409 and "Tercera" in stale.content.decode()
    history = client.get(reverse("admin:library_libraryitem_history", args=[item.pk])).content.decode()
    assert "Version 2" in history and "Otra" in history


def test_an_item_like_another_is_published_only_after_a_look(client_of, diana, item):
    client, here = client_of(diana), reverse("admin:library_libraryitem_add")
    data = form_of(item.published, form_key=new_key(), source="")
    first = client.post(here, data)
    assert first.status_code == 200 and item.permanent_id in first.content.decode()
    assert LibraryItem.objects.count() == 1
    assert client.post(here, {**data, "looked": "1", "form_key": new_key()}).status_code == 302
    assert LibraryItem.objects.count() == 2


def test_merging_and_retiring_in_the_admin(client_of, diana, item):
    client, other = client_of(diana), factories.item(diana, title="La misma")
    there = reverse("admin:library_libraryitem_merge", args=[other.pk])
    look = client.post(there, {"into": item.permanent_id, "reason": "Twice.", "form_key": new_key()})
    assert look.status_code == 200 and "Merge them" in look.content.decode()
    done = {"into": item.permanent_id, "reason": "Twice.", "confirmed": "yes", "form_key": new_key()}
    assert client.post(there, done).status_code == 302
    away = reverse("admin:library_libraryitem_retire", args=[item.pk])
    assert client.get(away).status_code == 200
    assert client.post(away, {"reason": "Wrong.", "form_key": new_key()}).status_code == 302
    assert not LibraryItem.objects.public().exists()


def test_a_form_sent_without_its_lines_is_answered(client_of, ana, diana):
    draft = factories.item_proposal(ana)
    sent = client_of(ana).post(
        reverse("library:proposal_edit", args=[draft.pk]), {"then": "send", "version": draft.version}
    )
    assert sent.status_code == 422
    assert client_of(diana).post(reverse("admin:library_libraryitem_add"), {"title": "x"}).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["retire", "merge"])
def test_an_item_does_not_leave_while_a_proposal_on_it_is_sent(client_of, ana, diana, item, act):
    draft = factories.item_proposal(ana, item, title="Otro nombre")
    more = {"into": factories.item(title="Otra")} if act == "merge" else {}
    with pytest.raises(WrongState):
        meanwhile(
            lambda: services.submit_proposal(draft, by=ana),
            lambda: getattr(services, act)(item, by=diana, reason="Twice", **more),
        )
    draft.refresh_from_db()
    assert (draft.state, draft.is_open) == (RevisionState.SUBMITTED, True)
    case = Case.objects.get()
    assert client_of(diana).get(reverse("admin:review_case_change", args=[case.pk])).status_code == 200
    getattr(services, act)(item, by=diana, reason="Twice", **more)
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
