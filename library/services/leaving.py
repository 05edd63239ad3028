"""How an item leaves: retired, or merged into another one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from catalogue.models import Departure
from core.errors import NotAllowed, WrongState
from library import notices, permissions
from library.models import ItemRevision, LibraryItem
from library.services.keeping import ENTRY, lock_item
from library.services.moves import move
from review import events
from review import services as review
from review.models import Case


@transaction.atomic
def retire(item, *, by, reason: str) -> None:
    """The item leaves the library; its address says so (410). Open proposals on it end."""
    permissions.may_keep(by, item).or_refuse()
    _reasoned(reason)
    cases = _hold_cases(item)
    item = lock_item(item.pk)
    permissions.may_keep(by, item).or_refuse()
    _end_proposals(item, cases, by)
    was_public = item.is_public
    _leave(item, by, reason)
    events.record(item.stream, "retired", by=by)
    if was_public:
        catalogue.depart(ENTRY, item.pk)
    else:
        catalogue.withdraw(ENTRY, item.pk)


@transaction.atomic
def merge(item, *, into, by, reason: str) -> LibraryItem:
    """Two items describe the same thing: the first leaves, and its addresses lead to the second. Open proposals on it end."""
    permissions.may_keep(by, item).or_refuse()
    _reasoned(reason)
    cases = _hold_cases(item)
    locked = {pk: lock_item(pk) for pk in sorted({item.pk, into.pk})}
    item, into = locked[item.pk], locked[into.pk]
    permissions.may_keep(by, item).or_refuse()
    if item.pk == into.pk:
        raise NotAllowed(_("An item cannot be merged into itself."))
    if not into.is_public:
        raise NotAllowed(_("An item can be merged into a public one only."))
    _end_proposals(item, cases, by)
    item.merged_into = into
    _leave(item, by, reason)
    events.record(item.stream, "merged_into", by=by, record=into.permanent_id)
    events.record(into.stream, "merged_from", by=by, record=item.permanent_id)
    catalogue.depart(ENTRY, item.pk, merged_into=into.permanent_id)
    # who was sent to the first item is sent to the second at once: chains stay one step long
    LibraryItem.objects.filter(merged_into=item).update(merged_into=into)
    led = Departure.objects.filter(kind=ENTRY, reason="merged", moved_to=item.permanent_id)
    led.update(moved_to=into.permanent_id)
    return into


def _leave(item: LibraryItem, by, reason: str) -> None:
    item.retired_at, item.retired_by, item.retired_reason = timezone.now(), by, reason.strip()
    item.version += 1
    item.save(update_fields=["merged_into", "retired_at", "retired_by", "retired_reason", "version"])


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("Give the reason: it is kept on record."))


def _hold_cases(item) -> set[int]:
    """Lock the cases of the open proposals on an item that leaves; the item is locked after them (see keeping.lock)."""
    cases = Case.objects.select_for_update().filter(pk__in=item.revisions.open().proposals().values("case"))
    return set(cases.order_by("pk").values_list("pk", flat=True))


def _end_proposals(item, cases: set[int], by) -> None:
    """End every open proposal on a locked item that leaves, with its case, which is locked too."""
    held: list[ItemRevision] = list(
        item.revisions.open().proposals().select_related("case", "item", "proposer").order_by("case_id")
    )
    if any(revision.case_id and revision.case_id not in cases for revision in held):
        raise WrongState(
            _("Somebody was faster: this proposal has moved on. Reload the page to see where it stands now.")
        )
    for revision in held:
        if revision.case_id:
            review.withdraw(revision.case, by=by)
        else:
            move(revision, "withdraw", by=by, is_open=False)
        notices.tell_proposer("library.ended", revision, by=by)
