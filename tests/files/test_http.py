"""A stored file leaves as an attachment that nothing runs; who may not have it gets a 404."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import path

from files import services
from files.http import file_response
from files.models import ScanState, StoredFile
from inla import urls as portal
from tests.files import samples
from tests.files.samples import upload

pytestmark = pytest.mark.django_db

CONTENT = samples.pdf()


@pytest.fixture
def stored(ana):
    return services.store_upload(upload(CONTENT, "informe.pdf"), by=ana)


def scan(stored: StoredFile, state: str) -> StoredFile:
    stored.scan_state = state
    stored.save(update_fields=["scan_state"])
    return stored


def test_a_file_is_saved_and_never_run(stored):
    response = file_response(stored, "Informe «año».pdf")
    assert b"".join(response.streaming_content) == CONTENT
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Informe%20%C2%ABa%C3%B1o%C2%BB.pdf"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Content-Length"] == str(stored.size)
    response.close()


def test_a_hostile_name_breaks_out_of_no_header(stored):
    response = file_response(stored, '..\\x"; filename=evil.html\r\nSet-Cookie: a=b')
    assert "\r" not in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].endswith('.pdf"')
    response.close()


def test_a_quote_that_the_browser_encoded_is_no_code_in_the_name_that_is_saved(stored):
    response = file_response(stored, "Informe %22final%22%0D%0AX: y.pdf")
    assert response.headers["Content-Disposition"] == """attachment; filename="Informe 'final' X- y.pdf\""""
    response.close()


def test_a_waiting_file_is_for_its_uploader_alone(stored, ana, diana):
    scan(stored, ScanState.WAITING)
    file_response(stored, "a.pdf", user=ana).close()
    for user in (None, AnonymousUser(), diana):
        with pytest.raises(Http404):
            file_response(stored, "a.pdf", user=user)


def test_a_refused_removed_or_lost_file_is_for_nobody(stored, ana, diana):
    with pytest.raises(Http404):
        file_response(scan(stored, ScanState.REFUSED), "a.pdf", user=ana)
    scan(stored, ScanState.CLEAN)
    services.remove(stored, by=diana, reason="Rights of others")
    stored.refresh_from_db()
    with pytest.raises(Http404):
        file_response(stored, "a.pdf", user=ana)
    StoredFile.objects.filter(pk=stored.pk).update(removed_at=None)
    with pytest.raises(Http404):
        file_response(StoredFile.objects.get(pk=stored.pk), "a.pdf", user=ana)


def test_the_headers_survive_the_whole_stack_and_nothing_is_compressed_again(stored, ana, client_of, settings):
    def view(request):
        return file_response(stored, "a.pdf", user=request.user)

    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [path("t/file", view), *portal.urlpatterns]})
    client = client_of(ana)
    answer = client.get("/t/file", headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Encoding"] == "identity"
    assert len(b"".join(answer.streaming_content)) == stored.size == int(answer.headers["Content-Length"])
    head = client.head("/t/file")
    head.close()
    assert head.status_code == 200 and head.headers["Content-Length"] == str(stored.size)
