"""Pages that say no."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection, transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from catalogue import services as catalogue
from catalogue.models import Entry
from core.errors import Gone, NotAllowed, Stale
from core.middleware import TypedErrorsMiddleware
from tests import factories

LANGUAGES = ["en", "es", "pt-br", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_a_page_for_a_broken_portal_needs_no_database_and_no_request(template, language):
    with override(language):
        page = render_to_string(template)
    assert "<h1>" in page and f'lang="{"pt-BR" if language == "pt-br" else language}"' in page


@pytest.mark.django_db
def test_a_missing_page_says_nothing_of_the_address_asked_for(client):
    one, other = client.get("/en/nope/"), client.get("/en/desk/x/y/?q=1")
    assert one.status_code == other.status_code == 404
    assert one.content == other.content and not one.cookies


def test_a_missing_page_is_the_same_for_what_belongs_to_others(client, ana, victor):
    from notifications.models import Notice

    foreign = Notice.objects.create(recipient=victor, kind="x", key="k")
    client.force_login(ana)
    assert client.get(f"/en/desk/notices/{foreign.pk}/").content == client.get("/en/nope/").content


def test_a_failing_view_gives_the_plain_page_and_500(monkeypatch, db):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("home.figures.Figures.__init__", fail)
    response = Client(raise_request_exception=False).get("/es/")
    assert response.status_code == 500 and "<h1>" in response.content.decode()


def refused(error, path="/en/x/"):
    request = RequestFactory().get(path)
    return TypedErrorsMiddleware(lambda r: None).process_exception(request, error)


def test_a_conflict_shows_both_texts_and_lets_mine_be_copied():
    response = refused(
        Stale("", theirs={"Title": "Theirs"}, yours={"Title": "Mine <b>", "Aims": ["one", "two"]}, url="/en/draft/")
    )
    page = response.content.decode()
    assert response.status_code == 409 and "Theirs" in page and "Mine &lt;b&gt;" in page and 'href="/en/draft/"' in page
    assert "readonly" in page and "one\ntwo" in page


def test_something_retired_says_what_it_was():
    response = refused(Gone("", title="Más Capaz", country="Chile", lines=["Retired by the ministry on 3 March 2026."]))
    page = response.content.decode()
    assert response.status_code == 410 and "Más Capaz" in page and "Chile" in page and "3 March 2026" in page


def test_a_refusal_gives_its_reason():
    response = refused(NotAllowed("Nobody decides on their own institution."))
    assert response.status_code == 403 and "Nobody decides on their own institution." in response.content.decode()


def test_a_form_that_expired_can_be_sent_again_with_all_it_held(db):
    client = Client(enforce_csrf_checks=True)
    said = {"name": "Rosa <b>", "message": "long text", "new_password": "s3cret", "form_key": "k" * 20}
    page = client.post("/en/contact/", said, headers={"origin": "http://testserver"})
    text = page.content.decode()
    assert page.status_code == 403 and "long text" in text and "Rosa &lt;b&gt;" in text and "s3cret" not in text
    foreign = client.post("/en/contact/", said, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403 and "long text" not in foreign.content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_waited_in_vain_for_others_can_be_sent_again_with_all_it_held(ana, agency_cl):
    program = factories.published_program(agency_cl, by=ana)
    there = reverse("portfolio:program", args=[program.pk])
    said = {"act": "no_registry", "note": "long <b> text", "password": "s3cret", "form_key": "k" * 20}
    client = Client()
    client.force_login(ana)

    def press(**headers):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 200")  # in the settings 10 seconds
            return client.post(there, said, headers={"origin": "http://testserver", **headers})
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        catalogue.raise_version()  # somebody publishes a great deal
        page = pool.submit(press).result(30)
        told = pool.submit(press, **{"x-draft": "autosave"}).result(30)
    text = page.content.decode()
    assert page.status_code == 503 and page["Retry-After"] and "long &lt;b&gt; text" in text and "s3cret" not in text
    assert program.published.title not in text and "LockNotAvailable" not in text
    assert told.status_code == 200 and "was not carried out" in told.json()["problem"]
    assert Entry.objects.filter(kind="portfolio", object_id=program.pk).exists()
    assert client.post(there, said).status_code == 302
    assert not Entry.objects.filter(kind="portfolio", object_id=program.pk).exists()


@pytest.mark.parametrize("error", [Http404, PermissionDenied, SuspiciousOperation])
def test_error_pages_are_drawn_in_every_language(error, db, monkeypatch):
    def fail(request):
        raise error

    monkeypatch.setattr("home.views.pages.figures.newest", lambda labels: fail(None))
    for language in ("en", "es", "pt", "fr"):
        response = Client().get(f"/{language}/")
        assert response.status_code in (400, 403, 404) and "<h1>" in response.content.decode()
