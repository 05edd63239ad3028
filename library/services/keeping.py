"""Locks, the address, and the catalogue: what every change of a published item shares."""

from django.db import connection
from django.utils.text import slugify

from catalogue import services as catalogue
from library import notices
from library.models import ItemRevision, LibraryItem
from review import events
from review.models import Case

ENTRY = "library"
RESERVED_SLUGS = frozenset(("proposals", "feed", "export", "file", "cite", "new", "compare", "similar", "map"))
WITH = ("item__published", "base", "case", "proposer", "file")


def lock_item(item_id: int) -> LibraryItem:
    """The item as it stands now, locked with its stream of events until the transaction ends."""
    events.hold(LibraryItem(pk=item_id).stream)
    LibraryItem.objects.select_for_update().get(pk=item_id)
    return LibraryItem.objects.select_related("published").get(pk=item_id)


def lock(revision) -> ItemRevision:
    """A proposal as it stands now, locked with its case and its item. The order is the same everywhere: case, stream of
    events, item, revision, and last the catalogue."""
    case_id = ItemRevision.objects.values_list("case_id", flat=True).get(pk=revision.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    lock_item(revision.item_id)
    locked = ItemRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    return ItemRevision.objects.select_related(*WITH).get(pk=locked.pk)


def free_slug(title: str, number: int) -> str:
    """An address that no other item has; two that are published at once ask one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('library.slug'))")
    base = slugify(title)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or LibraryItem.objects.filter(slug=base).exists():
        return f"{base or 'item'}-{number}"
    return base


def show(item) -> None:
    """Bring the catalogue in line with what is public."""
    if item.is_public:
        catalogue.publish(ENTRY, item.pk)
    else:
        catalogue.withdraw(ENTRY, item.pk)


def say_base_moved(item, *, by, except_case=None) -> None:
    """Put into the record of each open proposal that what it started from is not published any more; tell those who decide."""
    held = item.revisions.open().proposals().filter(case__isnull=False, state="submitted")
    for revision in held.exclude(case=except_case).select_related("case__assignee"):
        if revision.base_id == item.published_id:
            continue
        event = events.record(item.stream, "base_moved", by=by, case=revision.case, revision=revision.pk)
        notices.tell_of_moved_base(revision, event=event.number, by=by)
