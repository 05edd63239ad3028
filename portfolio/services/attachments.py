"""Files of a form (Annex II, VI)."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from files import services as files
from files.naming import safe_name
from portfolio import permissions
from portfolio.models import Attachment
from portfolio.services.moves import lock
from review import events

MOST = 20


@transaction.atomic
def attach(
    submission, upload, *, by, kind: str, shows: str = "", title: str = "", may_publish: bool = False
) -> Attachment:
    """Add a file to a draft."""
    draft = lock(submission)
    permissions.may_write(by, draft).or_refuse()
    if draft.attachments.count() >= MOST:
        raise NotAllowed(_("A form holds up to 20 files. Remove one first."))
    stored = files.store_upload(upload, by=by)
    attachment = Attachment.objects.create(
        submission=draft, file=stored, name=safe_name(upload.name, stored.extension), title=title.strip(), kind=kind, shows=shows,
        may_publish=may_publish, added_by=by,
    )  # fmt: skip
    _touch(draft, by, "file_attached", attachment.pk)
    return attachment


@transaction.atomic
def describe(attachment, *, by, kind: str, shows: str = "", title: str = "", may_publish: bool = False) -> None:
    """Say anew what a file of a draft is, and whether it may be published."""
    draft = lock(attachment.submission)
    permissions.may_write(by, draft).or_refuse()
    Attachment.objects.filter(pk=attachment.pk).update(
        kind=kind, shows=shows, title=title.strip(), may_publish=may_publish
    )
    _touch(draft, by, "file_described", attachment.pk)


@transaction.atomic
def detach(attachment, *, by) -> None:
    """Remove a file from a draft; other revisions that link it keep it, else its bytes go."""
    draft = lock(attachment.submission)
    permissions.may_write(by, draft).or_refuse()
    pk, file = attachment.pk, attachment.file_id
    Attachment.objects.filter(pk=pk).delete()
    files.forget_unlinked([file])
    _touch(draft, by, "file_detached", pk)


def _touch(draft, by, verb: str, attachment: int) -> None:
    draft.version += 1
    draft.saved_by = by
    draft.save(update_fields=["version", "saved_by"])
    events.record(draft.program.stream, verb, by=by, submission=draft.pk, attachment=attachment)
