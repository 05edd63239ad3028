"""The published item: edited by the OAS, published from a proposal."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import Stale
from library import permissions
from library.choices import Licence, RevisionState
from library.errors import Incomplete
from library.fields import FIELDS
from library.models import ItemRevision, LibraryItem
from library.services import texts
from library.services.keeping import free_slug, lock_item, say_base_moved, show
from review import clock, events


@transaction.atomic
def publish_edit(
    item: LibraryItem | None, *, by, values: dict, source: str = "", version: int | None = None, is_demo: bool = False,
    at: datetime | None = None, shown: bool = True,
) -> LibraryItem:  # fmt: skip
    """An administrator's edit: a new revision, published at once, without a case. No item makes a new one.

    `values` are columns of a revision; those not named stay as published. With `version`, an edit made upon another text is
    refused. Not `shown`: the caller brings the catalogue in line, for many items at once.
    """
    if by is not None:
        permissions.may_keep(by, item).or_refuse()
    values, now = texts.cleaned(values), at or timezone.now()
    if item is None:
        consent = "" if source else YesNo.YES  # carried from a public source, or the administrators' own word
        item = LibraryItem.objects.create(created_by=by, source=source, is_demo=is_demo, registry_consent=consent)
    else:
        item = lock_item(item.pk)
        permissions.is_kept(item).or_refuse()
        if version is not None and version != item.version:
            raise Stale(
                _(
                    "A colleague changed this item since you opened the page. Look at what stands now, then save once more."
                )
            )
    before = item.published
    if before is not None and not texts.changed(before, values) and (not source or source == item.source):
        return item
    whole = {**(texts.values_of(before) if before else {}), **values}
    check_complete(whole)
    revision = ItemRevision.objects.create(
        item=item, number=texts.next_number(item.pk), base=before, state=RevisionState.EDITED, is_open=False,
        proposer=by, saved_at=now, submitted_at=now, **whole,
    )  # fmt: skip
    item.source = source or item.source
    point_at(item, revision, at=now)
    fields = texts.changed(before, whole) if before else []
    events.record(item.stream, "edited" if before else "published", by=by, revision=revision.pk, fields=fields)
    if shown:
        show(item)
    if before:
        say_base_moved(item, by=by)
    return item


def check_complete(values: dict) -> None:
    """The answers without which no item is published."""
    if lacking := missing(values):
        raise Incomplete(_("The item is not complete yet."), lacking)


def missing(values: dict) -> list[tuple[str, str]]:
    """What is not answered yet: (field, sentence)."""
    found = [
        (one.key, str(one.missing))
        for one in FIELDS.values()
        if one.required and not any(values.get(column) for column in one.all_columns)
    ]
    if not values.get("authors") and not values.get("publisher"):
        found.append(("authors", _("Say who wrote it, or who published it")))
    if not any(values.get(name) for name in ("link", "doi", "isbn", "file_id")):
        found.append(("link", _("Say where it can be read: an address, a DOI, an ISBN, or the file itself")))
    if values.get("licence") == Licence.OTHER and not values.get("licence_text"):
        found.append(("licence", _("Write the licence in words")))
    return found


def point_at(item: LibraryItem, revision: ItemRevision, *, at: datetime) -> None:
    """Make a revision what the public reads. The address is given once and never changes."""
    item.published, item.published_at = revision, at
    item.first_published_at = item.first_published_at or at
    item.slug = item.slug or free_slug(revision.title, item.pk)
    item.confirmed_on = clock.day_of(at)
    item.version += 1
    item.save()


@transaction.atomic
def publish(revision, *, by) -> LibraryItem:
    """Approval of a proposal: what it says becomes public."""
    item = lock_item(revision.item_id)
    permissions.is_kept(item).or_refuse()
    check_base(revision, item)
    if item.published is None or item.is_carried:
        item.registry_consent = YesNo.YES
    point_at(item, revision, at=timezone.now())
    if revision.is_open:
        revision.is_open = False
        revision.save(update_fields=["is_open"])
    events.record(item.stream, "published", by=by, case=revision.case, revision=revision.pk)
    show(item)
    say_base_moved(item, by=by, except_case=revision.case)
    return item


def check_base(revision, item: LibraryItem | None = None) -> None:
    """A proposal whose base is no longer what is published would undo somebody's edit: refuse (409)."""
    published = (item or revision.item).published_id
    if revision.base_id != published:
        raise Stale(
            _(
                "Another version of this item was published since this proposal was begun. Ask the proposer a question: "
                "the next round starts from what is published now."
            )
        )
