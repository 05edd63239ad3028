"""Bytes once, taken down for good, and scanned before anyone else gets them."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from core.errors import NotAllowed
from files import clamd, services, tasks
from files.errors import UploadRefused
from files.models import SCANNING_OFF, ScanState, StoredFile
from tests.files import clamd_server, samples
from tests.files.samples import upload

pytestmark = pytest.mark.django_db


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def read(stored: StoredFile) -> bytes:
    with services.content(stored) as stream:
        return stream.read()


@pytest.fixture
def daemon(settings):
    """A running ClamAV of sorts, and the portal told of it."""
    with clamd_server.running() as server:
        settings.CLAMD_URL = server.url
        yield server


# --- what a killed process leaves -----------------------------------------------------------------------
def test_bytes_that_no_row_names_go_after_a_day_and_nothing_else(ana, media):
    stored = services.store_upload(upload(samples.pdf(), "cv.pdf"), by=ana)
    other = services.store_upload(upload(samples.picture(), "photo.png"), by=ana)
    stray = media / other.storage_key
    other.delete()  # the row alone, as where its transaction was undone
    default_storage.save("erasures/7.json", ContentFile(b"{}"))
    for path in kept(media):
        if path != stray:
            os.utime(path, (0, 0))
    assert services.forget_strays() == 0 and stray.exists()
    os.utime(stray, (0, 0))
    assert tasks.forget_strays() == 1 and not stray.exists()
    assert read(stored) and default_storage.exists("erasures/7.json")


def test_files_that_are_restored_before_their_rows_stay(ana, media):
    services.store_upload(upload(samples.pdf(), "cv.pdf"), by=ana)
    [path] = kept(media)
    os.utime(path, (0, 0))
    StoredFile.objects.all().delete()
    assert services.forget_strays() == 0 and path.exists()


# --- keeping ------------------------------------------------------------------------------------------
def test_an_upload_is_kept_under_a_random_key_with_what_its_content_says(ana, media):
    stored = services.store_upload(upload(samples.pdf(), "cv.exe"), by=ana)
    assert (stored.extension, stored.media_type, stored.uploaded_by) == ("pdf", "application/pdf", ana)
    assert stored.sha256 == hashlib.sha256(read(stored)).hexdigest()
    [path] = kept(media)
    assert "cv" not in str(path.relative_to(media)) and stored.sha256[:8] not in str(path)
    assert path.stat().st_size == stored.size


def test_the_same_bytes_are_kept_once_whoever_brings_them(ana, luis, media):
    content = samples.docx()
    first = services.store_upload(upload(content, "a.docx"), by=ana)
    assert services.store_upload(upload(content, "b.docx"), by=luis) == first
    assert len(kept(media)) == 1


def test_the_same_photo_is_kept_once_though_it_is_drawn_anew(ana, media):
    content = samples.photo_with_gps()
    first = services.store_upload(upload(content, "a.jpg"), by=ana)
    assert services.store_upload(upload(content, "b.jpg"), by=ana) == first
    assert b"Telephone" not in read(first)


def test_a_large_upload_on_disk_is_read_from_disk(ana):
    content = samples.added(samples.docx(), {"word/media/noise.emf": hashlib.shake_256(b"x").digest(2_000_000)})
    large = TemporaryUploadedFile("grande.docx", "", len(content), None)
    large.write(content)
    assert services.store_upload(large, by=ana).size == len(content)


def test_more_than_twenty_megabytes_are_refused_unread(ana, media):
    large = upload(b"", "grande.pdf")
    large.file, large.size = io.BytesIO(b"%PDF-" + b"0" * (21 * 1024 * 1024)), 21 * 1024 * 1024
    with pytest.raises(UploadRefused) as refused:
        services.store_upload(large, by=ana)
    assert refused.value.cause == "size" and "20 MB" in refused.value.message
    assert kept(media) == []


def test_a_refused_upload_leaves_nothing(ana, media):
    with pytest.raises(UploadRefused):
        services.store_upload(upload(b"MZ\x90", "a.pdf"), by=ana)
    assert kept(media) == [] and not StoredFile.objects.exists()


def test_two_at_the_same_moment_keep_one(ana, luis, media, monkeypatch):
    """The second has looked before the first has written: the database decides, the spare bytes go."""
    content, really = samples.pdf(), services._known
    first = services.store_upload(upload(content, "a.pdf"), by=ana)
    calls = []

    def late(digest):
        calls.append(digest)
        return None if len(calls) == 1 else really(digest)

    monkeypatch.setattr(services, "_known", late)
    assert services.store_upload(upload(content, "b.pdf"), by=luis) == first
    assert len(kept(media)) == 1


# --- takedown -----------------------------------------------------------------------------------------
def test_a_takedown_removes_the_bytes_and_keeps_the_reason(ana, diana, media):
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    services.remove(stored, by=diana, reason="  Shows a person's file  ")
    stored.refresh_from_db()
    assert (stored.removed_by, stored.removed_reason) == (diana, "Shows a person's file")
    assert stored.sha256 and kept(media) == []
    with pytest.raises(FileNotFoundError):
        services.content(stored)


def test_what_was_taken_down_is_not_taken_again(ana, diana):
    content = samples.pdf()
    services.remove(services.store_upload(upload(content, "a.pdf"), by=ana), by=diana, reason="Rights of others")
    with pytest.raises(UploadRefused) as refused:
        services.store_upload(upload(content, "b.pdf"), by=ana)
    assert refused.value.cause == "removed"


def test_only_administrators_take_down_and_say_why(ana, bruno, diana, media):
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    for by, reason in [(ana, "mine"), (bruno, "no"), (diana, "  ")]:
        with pytest.raises(NotAllowed):
            services.remove(stored, by=by, reason=reason)
    assert len(kept(media)) == 1


def test_a_takedown_stands_only_if_the_bytes_went(ana, diana, monkeypatch):
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)

    def broken(_key):
        raise OSError("the storage is away")

    monkeypatch.setattr(default_storage, "delete", broken)
    with pytest.raises(OSError, match="away"), transaction.atomic():
        services.remove(stored, by=diana, reason="Rights of others")
    stored.refresh_from_db()
    assert stored.removed_at is None


# --- scan -----------------------------------------------------------------------------------------------
def test_without_a_scanner_files_are_free_at_once_and_say_so(ana):
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    assert (stored.scan_state, stored.scan_note) == (ScanState.CLEAN, SCANNING_OFF)


def test_with_a_scanner_files_wait_and_a_clean_one_is_freed(ana, daemon):
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    assert stored.scan_state == ScanState.WAITING
    assert tasks.scan_waiting() == 1
    stored.refresh_from_db()
    assert (stored.scan_state, stored.scan_note) == (ScanState.CLEAN, "")
    assert daemon.received == [read(stored)]


def test_an_infected_file_is_refused_and_not_taken_again(ana, diana, daemon):
    content = b"Words. " + clamd_server.EICAR
    stored = services.store_upload(upload(content, "a.txt"), by=ana)
    assert services.scan_waiting() == 1
    stored.refresh_from_db()
    assert (stored.scan_state, stored.scan_note) == (ScanState.REFUSED, "Eicar-Test-Signature FOUND")
    with pytest.raises(UploadRefused) as refused:
        services.store_upload(upload(content, "b.txt"), by=ana)
    assert refused.value.cause == "infected"
    services.scan_again(stored, by=diana)
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.WAITING


@pytest.mark.parametrize("mood", ["silent", "full"])
def test_a_scanner_that_cannot_tell_leaves_the_file_waiting(ana, daemon, monkeypatch, mood):
    monkeypatch.setattr(clamd, "TIMEOUT", 0.3)
    daemon.mood = mood
    stored = services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    assert services.scan_waiting() == 0
    stored.refresh_from_db()
    assert stored.scan_state == ScanState.WAITING and stored.scan_note
    daemon.mood = "awake"
    assert services.scan_waiting() == 1


def test_a_scanner_that_is_away_leaves_files_waiting(ana, settings, tmp_path):
    for url in ("tcp://127.0.0.1:9", f"unix://{tmp_path}/nobody.sock", "http://127.0.0.1"):
        settings.CLAMD_URL = url
        services.store_upload(upload(samples.pdf(url), "a.pdf"), by=ana)
        assert services.scan_waiting() == 0
    assert StoredFile.objects.waiting().count() == 3


def test_switching_the_scanner_off_frees_what_waits(ana, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
    settings.CLAMD_URL = ""
    assert services.scan_waiting() == 1


def test_a_missing_file_does_not_hold_up_the_others(ana, daemon):
    lost = services.store_upload(upload(samples.pdf("one"), "a.pdf"), by=ana)
    default_storage.delete(lost.storage_key)
    services.store_upload(upload(samples.pdf("two"), "b.pdf"), by=ana)
    assert services.scan_waiting() == 1


def test_the_scan_is_asked_for_after_the_commit(ana, daemon, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **how: asked.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana)
        assert asked == []
    assert asked == [tasks.scan_waiting.name]


def test_a_broker_that_is_away_does_not_hold_up_the_page(ana, daemon, monkeypatch, django_capture_on_commit_callbacks):
    def away(_name, **_how):
        raise ConnectionRefusedError

    monkeypatch.setattr(current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.store_upload(upload(samples.pdf(), "a.pdf"), by=ana).pk
