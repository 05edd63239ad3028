"""Bytes of a file go with the last form that holds it, and never before."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from files.models import ScanState, StoredFile
from portfolio import services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_drafts(ana, agency_cl):
    return [factories.draft_submission(ana, agency_cl) for _turn in range(2)]


def attach(draft, by, text: bytes):
    return services.attach(draft, SimpleUploadedFile("nota.txt", text), by=by, kind="study")


def test_a_discarded_draft_takes_its_bytes_along(ana, two_drafts, django_capture_on_commit_callbacks):
    key = attach(two_drafts[0], ana, b"Solo de este borrador").file.storage_key
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(two_drafts[0], by=ana)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(key)


def test_bytes_that_another_form_holds_stay_until_it_lets_go_too(ana, two_drafts, django_capture_on_commit_callbacks):
    first, second = (attach(draft, ana, b"De los dos") for draft in two_drafts)
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(first, by=ana)
    assert default_storage.exists(second.file.storage_key)
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(second, by=ana)
    assert not default_storage.exists(second.file.storage_key)


def test_a_refused_file_stays_known_by_its_hash(ana, two_drafts):
    attachment = attach(two_drafts[0], ana, b"Malo")
    StoredFile.objects.update(scan_state=ScanState.REFUSED)
    services.detach(attachment, by=ana)
    assert StoredFile.objects.exists()
