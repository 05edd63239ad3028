"""Administrators look at stored files and take them down; nobody adds, edits or deletes one by hand."""

import pytest
from django.urls import reverse

from files import services
from files.models import ScanState
from tests.files import samples
from tests.files.samples import upload

pytestmark = pytest.mark.django_db

LIST = reverse("admin:files_storedfile_changelist")


@pytest.fixture
def stored(ana):
    return services.store_upload(upload(samples.pdf(), "informe.pdf"), by=ana)


def page(client, **query) -> str:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_that_scanning_is_off(stored, diana, client_of, settings):
    assert "The virus scan is off" in page(client_of(diana))
    assert "not scanned: scanning is off" in page(client_of(diana))
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    assert "The virus scan is off" not in page(client_of(diana))


def test_a_file_is_found_by_the_beginning_of_its_hash(stored, ana, diana, client_of):
    services.store_upload(upload(samples.docx(), "otro.docx"), by=ana)
    found = page(client_of(diana), q=stored.sha256[:10].upper())
    assert stored.sha256[:16] in found and "1 stored file" in found
    assert stored.sha256[:16] not in page(client_of(diana), q=stored.sha256[4:14])
    assert stored.sha256[:16] in page(client_of(diana), extension="pdf", removed="no", scan_state="clean")


def test_nobody_else_gets_in(stored, ana, bruno, teo, client_of):
    for user in (ana, bruno, teo):
        assert client_of(user).get(LIST).status_code in (302, 403)


def test_nothing_is_added_edited_or_deleted_by_hand(stored, diana, client_of):
    client = client_of(diana)
    assert client.get(reverse("admin:files_storedfile_add")).status_code == 403
    assert client.get(reverse("admin:files_storedfile_delete", args=[stored.pk])).status_code == 403
    change = reverse("admin:files_storedfile_change", args=[stored.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"scan_state": "refused"}).status_code == 403


def test_a_takedown_asks_for_the_reason_first(stored, diana, client_of):
    client = client_of(diana)
    post = {"action": "take_down", "_selected_action": [stored.pk]}
    question = client.post(LIST, post)
    assert question.status_code == 200 and "Reason of the removal" in question.content.decode()
    again = client.post(LIST, {**post, "confirmed": "yes", "reason": " "})
    assert "This field is required." in again.content.decode()
    stored.refresh_from_db()
    assert stored.removed_at is None
    answer = client.post(LIST, {**post, "confirmed": "yes", "reason": "Shows a minor"}, follow=True)
    assert "1 file was taken down." in answer.content.decode()
    stored.refresh_from_db()
    assert (stored.removed_by, stored.removed_reason) == (diana, "Shows a minor")


def test_a_file_is_put_back_in_the_line_of_the_scan(stored, diana, client_of):
    client_of(diana).post(LIST, {"action": "scan_again", "_selected_action": [stored.pk]})
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.WAITING


def test_the_list_asks_no_more_for_more_rows(stored, ana, diana, client_of, django_assert_max_num_queries):
    client = client_of(diana)
    page(client)
    for number in range(5):
        services.store_upload(upload(samples.pdf(str(number)), "a.pdf"), by=ana)
    with django_assert_max_num_queries(8):
        page(client)
