"""Drafts: one new topic a forum and one reply a topic for each person, with their files."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed, Stale
from files.errors import UploadRefused
from files.naming import KNOWN, extension_of, safe_name
from files.services import forget_unlinked, inspect, store_upload
from forums import permissions
from forums.models import Draft, DraftFile, Forum, Post, PostFile, Topic
from forums.models.posts import FILES

COLUMNS = ("title", "language", "theme", "country", "text", "quoted")


@transaction.atomic
def save_draft(forum: Forum, topic: Topic | None = None, *, by, version: int | None = None, **values) -> Draft:
    """Keep what a person began to write. A version that another window has overtaken is refused, with both texts."""
    may = permissions.may_write(by, forum) if topic is None else permissions.may_reply(by, topic)
    may.or_refuse()
    draft, new = Draft.objects.select_for_update().get_or_create(user=by, forum=forum, topic=topic)
    if not new and version not in (None, draft.version) and draft.text != values.get("text", draft.text):
        raise Stale(theirs={_("Text"): draft.text}, yours={_("Text"): values.get("text", "")})
    for name in COLUMNS:
        if name in values:
            setattr(draft, name, values[name])
    draft.saved_at, draft.version = timezone.now(), draft.version + 1
    draft.save()
    return draft


@transaction.atomic
def attach_to_draft(draft: Draft, uploads: Sequence, *, by) -> list[str]:
    """Keep files with a draft; answers a sentence for each that is not taken, which names it and says why."""
    if draft.user_id != by.pk:
        raise NotAllowed(_("This draft is somebody else's."))
    refuse_too_many(draft, uploads)
    refused = []
    for upload in uploads:
        try:
            stored = store_upload(upload, by=by)
        except UploadRefused as refusal:
            refused.append(named(upload, refusal))
            continue
        name = safe_name(upload.name or "", stored.extension)
        DraftFile.objects.get_or_create(draft=draft, file=stored, defaults={"name": name})
    return refused


def refused_of(uploads: Sequence) -> list[str]:
    """The same sentences before anything is kept."""
    refused = []
    for upload in uploads:
        try:
            inspect(upload)
        except UploadRefused as refusal:
            refused.append(named(upload, refusal))
    return refused


def named(upload, refusal: UploadRefused) -> str:
    """Why a file is not taken, with its name before it."""
    given = upload.name or ""
    ending = extension_of(given)
    name = safe_name(given, ending or "x")
    name = name if ending in KNOWN else name.rpartition(".")[0]
    return gettext("%(file)s: %(why)s") % {"file": name, "why": refusal.message}


def refuse_too_many(holder: Draft | Post, uploads: Sequence) -> None:
    """Refuse more files than a post takes, before the first of them is kept."""
    if uploads and holder.files.count() + len(uploads) > FILES:
        raise NotAllowed(_("A post takes at most %(most)d files.") % {"most": FILES})


@transaction.atomic
def detach_from_draft(draft: Draft, number: int, *, by) -> None:
    """Drop a file of one's own draft."""
    rows = draft.files.filter(pk=number, draft__user=by)
    stored = list(rows.values_list("file", flat=True))
    rows.delete()
    forget_unlinked(stored)


@transaction.atomic
def discard_draft(draft: Draft, *, by) -> None:
    """Throw a draft away with its files."""
    if draft.user_id != by.pk:
        raise NotAllowed(_("This draft is somebody else's."))
    stored = list(draft.files.values_list("file", flat=True))
    draft.delete()
    forget_unlinked(stored)


def drop_draft(by, forum: Forum, topic: Topic | None, *, to: Post) -> None:
    """What was a draft is a post now: its files go over to it."""
    for draft in Draft.objects.select_for_update().filter(user=by, forum=forum, topic=topic):
        files = list(draft.files.all())
        PostFile.objects.bulk_create([PostFile(post=to, file_id=one.file_id, name=one.name) for one in files])
        draft.delete()
