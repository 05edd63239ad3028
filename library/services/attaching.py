"""The file of a draft: one at most, kept private until the item is published and the scan found nothing."""

from django.db import transaction
from django.utils import timezone

from files import services as files
from files.naming import safe_name
from library import permissions
from library.models import ItemRevision
from library.services.keeping import lock
from review import events


@transaction.atomic
def attach(revision, upload, *, by, may_publish: bool) -> ItemRevision:
    """Put a file to a draft in place of the one it had; the bytes of that one go if nothing else has them."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    before, stored = draft.file_id, files.store_upload(upload, by=by)
    draft.file, draft.file_name = stored, safe_name(upload.name, stored.extension)
    draft.may_publish_file = may_publish
    _save(draft, by, "file_attached")
    if before and before != stored.pk:
        files.forget_unlinked([before])
    return draft


@transaction.atomic
def describe(revision, *, by, may_publish: bool) -> ItemRevision:
    """Say anew whether the file of a draft may be published."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    if draft.file_id and draft.may_publish_file != may_publish:
        draft.may_publish_file = may_publish
        _save(draft, by, "file_described")
    return draft


@transaction.atomic
def detach(revision, *, by) -> ItemRevision:
    """Take the file away from a draft; another revision that links it keeps it, else its bytes go."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    before = draft.file_id
    if before:
        draft.file, draft.file_name, draft.may_publish_file = None, "", False
        _save(draft, by, "file_detached")
        files.forget_unlinked([before])
    return draft


def _save(draft: ItemRevision, by, verb: str) -> None:
    draft.version += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["file", "file_name", "may_publish_file", "version", "saved_at"])
    events.record(draft.item.stream, verb, by=by, revision=draft.pk)
