"""The ministry's whole way without JavaScript, as a browser walks it."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portfolio.choices import SubmissionState
from portfolio.models import Submission
from tests import factories

pytestmark = pytest.mark.django_db

SECTIONS = ("I", "II", "III", "IV", "V", "VI", "VII")


def hidden(page: str, name: str) -> str:
    """Value of a hidden field of the page."""
    from html import unescape

    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page).group(1))


def fields_of(client, pk: int, section: str) -> dict:
    """What a browser would send back from a section without changing anything."""
    form = client.get(reverse("portfolio:section", args=[pk, section])).context["form"]
    data = {"seen": form.seen_json}
    for bound in form:
        value = bound.value()
        if value in (None, False):
            continue
        data[bound.html_name] = "on" if value is True else value
    for group in form.groups.values():
        data[group.rows_name] = len(group.lines)
        for line in group.lines:
            data.update({cell.html_name: cell.value() or "" for cell in line})
    return data


def save(client, pk: int, section: str, **answers):
    return client.post(reverse("portfolio:section", args=[pk, section]), fields_of(client, pk, section) | answers)


def write_everything(client, pk: int):
    told = factories.COMPLETE_ANSWERS
    one = {k: told[k] for k in ("title", "website", "address", *[k for k in told if k.startswith("contact")])}
    save(client, pk, "I", **one, na_contact_fax="on")
    save(client, pk, "II", categories=told["categories"], themes=told["themes"])
    three = (
        "needs_addressed",
        "description",
        "objectives",
        "start_year",
        "start_month",
        "coverage",
        "populations",
        "actors_text",
    )
    save(
        client,
        pk,
        "III",
        **{k: told[k] for k in three},
        ongoing="on",
        **{"actors-0-name": "Municipalidades", "actors-0-part": "both"},
    )
    funding = {
        "funding-0-source": "Presupuesto",
        "funding-0-amount": "1.250.000,50",
        "funding-0-currency": "clp",
        "funding-0-year": "2023",
    }
    save(client, pk, "IV", **funding, non_monetary_support="Locales", na_other_sustainability="on")
    save(
        client,
        pk,
        "V",
        achievements="Logros",
        lessons_learned="Lecciones",
        na_aspects_to_improve="on",
        na_evaluations="on",
    )
    save(client, pk, "VI", **{"documents-0-title": "Informe", "documents-0-kind": "study"})
    save(client, pk, "VII", registry_consent="yes", sharing_commitment="no")


def test_from_a_name_to_a_reference_number(client_of, ana, carla, agency_cl, form_key):
    client = client_of(ana)
    assert client.get(reverse("portfolio:submissions")).status_code == 200
    assert client.get(reverse("portfolio:start")).status_code == 200
    answer = client.post(
        reverse("portfolio:start"), {"title": "Sombra y Agua", "language": "es", "form_key": form_key()}
    )
    draft = Submission.objects.get()
    assert answer.url == reverse("portfolio:tasklist", args=[draft.pk])
    page = client.get(answer.url).content.decode()
    assert "0 of 7 sections complete" in page
    write_everything(client, draft.pk)
    page = client.get(answer.url).content.decode()
    assert "7 of 7 sections complete" in page
    draft.refresh_from_db()
    assert draft.funding == [{"source": "Presupuesto", "amount": "1250000.50", "currency": "CLP", "year": 2023}]

    check = client.get(reverse("portfolio:check", args=[draft.pk])).content.decode()
    assert "Submit for endorsement" in check
    data = {"version": hidden(check, "version"), "form_key": hidden(check, "form_key")}
    assert client.post(reverse("portfolio:submit", args=[draft.pk]), data).status_code == 422
    first = client.post(reverse("portfolio:submit", args=[draft.pk]), data | {"declared": "on"})
    again = client.post(reverse("portfolio:submit", args=[draft.pk]), data | {"declared": "on"})
    assert first.url == again.url == reverse("portfolio:submission", args=[draft.pk])
    status = client.get(first.url).content.decode()
    draft.refresh_from_db()
    assert draft.reference in status
    assert "Awaiting endorsement" in status

    lead = client_of(carla)
    page = lead.get(reverse("portfolio:endorse", args=[draft.pk])).content.decode()
    assert "Sombra y Agua" in page or "Cuidar con Certificado" in page
    lead.post(reverse("portfolio:endorse", args=[draft.pk]), {"then": "endorse", "form_key": form_key()})
    draft.refresh_from_db()
    assert draft.state == SubmissionState.SUBMITTED
    assert "With the OAS" in client.get(first.url).content.decode()


def test_what_cannot_be_read_is_shown_again_and_the_rest_is_saved(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client = client_of(ana)
    answer = save(client, draft.pk, "III", start_month="20", start_year="2001", objectives="Otros objetivos")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The month of the start must be between 1 and 12" in page
    assert 'value="20"' in page
    draft.refresh_from_db()
    assert (draft.start_year, draft.start_month, draft.objectives) == (2001, 4, "Otros objetivos")


def test_a_wrong_cell_leaves_the_other_lines_saved(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client = client_of(ana)
    answer = save(client, draft.pk, "IV", **{"funding-1-source": "Donante", "funding-1-amount": "mucho"})
    assert answer.status_code == 422
    assert 'value="mucho"' in answer.content.decode()
    draft.refresh_from_db()
    assert [row["source"] for row in draft.funding] == ["Presupuesto de la Agencia", "Donante"]
    assert draft.funding[0]["amount"] == "1250000.50"


def test_a_line_is_added_without_javascript(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client = client_of(ana)
    answer = save(client, draft.pk, "IV", then="add:funding")
    assert answer.url.endswith("?more=funding#lines-funding")
    assert len(client.get(answer.url).context["form"].groups["funding"].lines) == 1 + 3 + 1


def test_a_line_is_removed_by_emptying_it(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    save(
        client_of(ana), draft.pk, "IV", **{f"funding-0-{cell}": "" for cell in ("source", "amount", "currency", "year")}
    )
    draft.refresh_from_db()
    assert draft.funding == []


def test_every_page_of_a_stranger_is_not_found(client_of, ana, victor, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client = client_of(victor)
    for name in (
        "tasklist",
        "check",
        "submission",
        "withdraw",
        "discard",
        "endorse",
        "attach",
        "presence",
        "print",
        "pdf",
    ):
        assert client.get(reverse(f"portfolio:{name}", args=[draft.pk])).status_code == 404, name
    assert client.get(reverse("portfolio:section", args=[draft.pk, "I"])).status_code == 404
    assert (
        client.post(reverse("portfolio:submit", args=[draft.pk]), {"declared": "on", "version": 1}).status_code == 404
    )
    assert client.get(reverse("portfolio:program", args=[draft.program_id])).status_code == 404


def test_a_section_that_does_not_exist_is_not_found(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    assert client_of(ana).get(reverse("portfolio:section", args=[draft.pk, "XII"])).status_code == 404


def test_a_file_is_attached_read_described_and_removed(client_of, ana, victor, agency_cl, form_key):
    draft = factories.draft_submission(ana, agency_cl)
    client, where = client_of(ana), reverse("portfolio:attach", args=[draft.pk])
    assert client.get(where).status_code == 200
    data = {"kind": "study", "title": "Informe", "form_key": form_key()}
    answer = client.post(where, data | {"file": SimpleUploadedFile("informe.txt", b"Hola")})
    assert answer.status_code == 302, answer.content.decode()
    file = draft.attachments.get()
    assert not file.may_publish
    there = reverse("portfolio:attachment", args=[file.pk])
    assert b"".join(client.get(there).streaming_content) == b"Hola"
    assert client_of(victor).get(there).status_code == 404
    change = reverse("portfolio:describe", args=[file.pk])
    client.post(change, {"kind": "article", "title": "Nota", "may_publish": "on"})
    file.refresh_from_db()
    assert (file.kind, file.may_publish) == ("article", True)
    assert "Nota" in client.get(reverse("portfolio:section", args=[draft.pk, "VI"])).content.decode()
    client.post(change, {"then": "remove"})
    assert not draft.attachments.exists()


def test_a_refused_file_says_why_at_the_field(client_of, ana, agency_cl, form_key):
    draft = factories.draft_submission(ana, agency_cl)
    data = {"kind": "study", "form_key": form_key(), "file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}
    answer = client_of(ana).post(reverse("portfolio:attach", args=[draft.pk]), data)
    assert answer.status_code == 422
    assert "not accepted" in answer.content.decode()


def test_seen_is_what_the_page_shows(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    page = client_of(ana).get(reverse("portfolio:section", args=[draft.pk, "II"])).content.decode()
    assert set(json.loads(hidden(page, "seen"))) == {"categories", "themes"}
