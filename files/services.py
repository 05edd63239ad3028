"""Keeping files: bytes once by hash, under a random key, in any Django storage; scanned, read, taken down."""

import hashlib
import logging
import re
import secrets
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed
from core.queue import wake
from files import checking, clamd, permissions
from files.checking import Checked
from files.errors import UploadRefused
from files.models import SCANNING_OFF, ScanState, StoredFile

logger = logging.getLogger(__name__)

_BLOCK = 256 * 1024
_FOLDER, _NAME = (
    re.compile("[0-9a-f]{2}"),
    re.compile("[0-9a-f]{40}(_[A-Za-z0-9]+)?"),
)  # of storage keys, as _keep makes them
STRAY_AFTER = timedelta(days=1)
GIVE_UP_AFTER = 3  # silences in one turn: one file that chokes the scanner does not hold up the others


def store_upload(uploaded_file, *, by, table: bool = False) -> StoredFile:
    """Check an upload by its content and keep it, once whatever its name; UploadRefused says why not.

    A `table` is for the portal to read, not for people: its text may be in UTF-16, as Excel saves it.
    """
    with _checked(uploaded_file, table) as checked:
        digest, size = _measure(checked.stream)
        return _known(digest) or _keep(checked, digest, size, by)


def inspect(uploaded_file) -> None:
    """UploadRefused where `store_upload` would refuse; nothing is kept, so that what is undone afterwards leaves no bytes."""
    with _checked(uploaded_file) as checked:
        _known(_measure(checked.stream)[0])


@contextmanager
def _checked(uploaded_file, table: bool = False):
    """An upload, checked by its size and content, for as long as its bytes are needed."""
    if uploaded_file.size > settings.MAX_UPLOAD_BYTES:
        raise UploadRefused(
            "size",
            _("The file is larger than %(limit)d MB. Make it smaller or split it, or give it as a link.")
            % {"limit": settings.MAX_UPLOAD_BYTES // (1024 * 1024)},
        )
    checked = checking.check(uploaded_file.file, uploaded_file.name or "", table=table)
    try:
        yield checked
    finally:
        if checked.stream is not uploaded_file.file:
            checked.stream.close()


def content(stored: StoredFile) -> BinaryIO:
    """The bytes, opened for reading; FileNotFoundError once they are removed."""
    return default_storage.open(stored.storage_key, "rb")


def remove(stored: StoredFile, *, by, reason: str) -> None:
    """Take a file down: the bytes go, name, hash and reason stay, and the same bytes are not taken again."""
    permissions.may_remove(by).or_refuse()
    reason = reason.strip()
    if not reason:
        raise NotAllowed(_("Write the reason of the removal: it is kept in place of the file."))
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update().get(pk=stored.pk)
        if locked.removed_at:
            return
        locked.removed_at, locked.removed_by, locked.removed_reason = timezone.now(), by, reason
        locked.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        # Last, and inside: a takedown stands only once the bytes are gone; if that fails, it is asked for again.
        default_storage.delete(locked.storage_key)


def forget_unlinked(ids) -> int:
    """Delete bytes and row of those that nothing links any more; what was taken down or refused stays known by its hash."""
    forgotten = 0
    with transaction.atomic():
        held = StoredFile.objects.select_for_update().filter(pk__in=list(ids), removed_at__isnull=True).order_by("pk")
        for stored in held.exclude(scan_state=ScanState.REFUSED):
            if any(_linked(stored, relation) for relation in StoredFile._meta.related_objects):
                continue
            transaction.on_commit(partial(default_storage.delete, stored.storage_key), robust=True)
            stored.delete()
            forgotten += 1
    return forgotten


def forget_strays(now=None) -> int:
    """Delete bytes that no row names, as a process leaves them that was killed between the two; answers how many.

    Those of the last day are let be: their row may be about to be written. So is everything where there is no row at all: files
    are being restored there before the database.
    """
    if not StoredFile.objects.exists():
        return 0
    over = (now or timezone.now()) - STRAY_AFTER
    forgotten = 0
    for folder in filter(_FOLDER.fullmatch, default_storage.listdir("")[0]):
        keys = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1] if _NAME.fullmatch(name)}
        keys -= set(StoredFile.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True))
        for key in sorted(key for key in keys if default_storage.get_modified_time(key) < over):
            default_storage.delete(key)
            forgotten += 1
    return forgotten


def _linked(stored: StoredFile, relation) -> bool:
    """Whether a row of an app above links the file: whichever they are, this app lies below them."""
    return relation.related_model._base_manager.filter(**{relation.field.name: stored}).exists()


def scan_again(stored: StoredFile, *, by) -> None:
    """Put a file back in the line of the scan: after a false alarm, or once scanning was switched on."""
    permissions.may_remove(by).or_refuse()
    waiting = StoredFile.objects.filter(pk=stored.pk, removed_at__isnull=True)
    if waiting.update(scan_state=ScanState.WAITING, scan_note=""):
        transaction.on_commit(scan_soon, robust=True)


def scan_soon() -> None:
    """Wake the worker; with the broker gone the beat scans instead, and the page does not wait."""
    wake("files.tasks.scan_waiting")


def scan_waiting(limit: int = 100) -> int:
    """Scan what waits, oldest first; answers how many got a verdict. Safe to run twice at once."""
    done, after, silences = 0, 0, 0
    for _turn in range(limit):
        with transaction.atomic():
            stored = StoredFile.objects.waiting().filter(pk__gt=after).select_for_update(skip_locked=True).first()
            if stored is None:
                break
            after = stored.pk
            try:
                done += _scan(stored)
            except clamd.Unreachable as error:
                stored.scan_note = str(error)[:200]
                stored.save(update_fields=["scan_note"])
                logger.warning("virus scan out of reach: %s", error)
                silences += 1
        if silences >= GIVE_UP_AFTER:
            break
    return done


def _measure(stream: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
    stream.seek(0)
    return digest.hexdigest(), size


def _known(digest: str) -> StoredFile | None:
    """The same bytes, if they are here; refused if they were taken down or found harmful."""
    with transaction.atomic():  # held until it is linked: meanwhile nobody forgets it
        stored = StoredFile.objects.select_for_update(no_key=True).filter(sha256=digest).first()
    if stored and stored.removed_at:
        raise UploadRefused(
            "removed", _("This file was taken down by the network's administration. Choose another one.")
        )
    if stored and stored.scan_state == ScanState.REFUSED:
        raise UploadRefused("infected", _("The virus scan refused this file. Clean it, or choose another one."))
    return stored


def _keep(checked: Checked, digest: str, size: int, by) -> StoredFile:
    key = secrets.token_hex(20)
    key = default_storage.save(f"{key[:2]}/{key}", File(checked.stream))
    stored = StoredFile(
        sha256=digest,
        size=size,
        media_type=checked.media_type,
        extension=checked.extension,
        storage_key=key,
        uploaded_by=by,
        scan_state=ScanState.WAITING if settings.CLAMD_URL else ScanState.CLEAN,
        scan_note="" if settings.CLAMD_URL else SCANNING_OFF,
    )
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except IntegrityError:  # a colleague uploaded the same bytes this very moment
        default_storage.delete(key)
        return _known(digest)
    except BaseException:
        default_storage.delete(key)
        raise
    if settings.CLAMD_URL:
        transaction.on_commit(scan_soon, robust=True)
    return stored


def _scan(stored: StoredFile) -> bool:
    if not settings.CLAMD_URL:
        stored.scan_state, stored.scan_note = ScanState.CLEAN, SCANNING_OFF
    else:
        try:
            with content(stored) as stream:
                verdict = clamd.scan(stream, settings.CLAMD_URL)
        except FileNotFoundError:
            logger.error("the bytes of file %s are missing", stored.pk)
            return False
        stored.scan_state = {True: ScanState.CLEAN, False: ScanState.REFUSED, None: ScanState.WAITING}[verdict.clean]
        stored.scan_note = verdict.note[:200]
    stored.save(update_fields=["scan_state", "scan_note"])
    return stored.scan_state != ScanState.WAITING
