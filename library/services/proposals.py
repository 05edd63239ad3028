"""Proposals: begun, written, sent, answered, withdrawn."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Stale
from files import services as files
from library import notices, permissions
from library.choices import RevisionState
from library.models import ItemRevision, LibraryItem
from library.services import texts
from library.services.keeping import lock, lock_item
from library.services.moves import move
from library.services.records import check_complete
from review import events
from review import services as review

KIND = "library.item"


@transaction.atomic
def start_proposal(item: LibraryItem | None, *, by, values: dict | None = None, is_demo: bool = False) -> ItemRevision:
    """Begin a proposal: a new item, or a correction that starts as a copy of what is published."""
    permissions.may_propose(by).or_refuse()
    values = texts.cleaned(values or {})
    if item is None:
        item = LibraryItem.objects.create(created_by=by, is_demo=is_demo)
    else:
        item = lock_item(item.pk)
        permissions.may_correct(by, item).or_refuse()
        values = texts.values_of(item.published) | values
    draft = ItemRevision.objects.create(
        item=item, number=texts.next_number(item.pk), base=item.published, proposer=by, **values
    )
    events.record(item.stream, "proposal_started", by=by, revision=draft.pk)
    return draft


@transaction.atomic
def save_proposal(
    revision, *, by, values: dict, version: int | None = None, reason: str | None = None
) -> ItemRevision:  # fmt: skip
    """Save a draft, complete or not. With `version`, what was saved from another window since is never overwritten."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    values = texts.cleaned(values)
    written = texts.changed(draft, values)
    if version is not None and version != draft.version and written:
        raise Stale(_("This proposal was saved in another window since you opened this page."))
    for column in written:
        setattr(draft, column, values[column])
    if reason is not None and reason.strip() != draft.reason:
        draft.reason = reason.strip()
        written.append("reason")
    if written:
        draft.saved_at = timezone.now()
        draft.version += 1
        draft.save(update_fields=[*{*written, "saved_at", "version"}])
        draft = ItemRevision.objects.get(pk=draft.pk)
    return draft


@transaction.atomic
def rebase(revision, *, by) -> ItemRevision:
    """Start a draft from what is published now: what it left as it was takes the published text, what it changed stays."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    if draft.base_moved and draft.item.published:
        for column, value in texts.carried_over(draft.base, draft, draft.item.published).items():
            setattr(draft, column, value)
        draft.base, draft.saved_at = draft.item.published, timezone.now()
        draft.version += 1
        draft.save()
        events.record(draft.item.stream, "rebased", by=by, case=draft.case, revision=draft.pk)
    return draft


@transaction.atomic
def submit_proposal(revision, *, by, version: int | None = None) -> ItemRevision:
    """Send a proposal to the OAS: a case opens, or the open case gets its next round. The text is frozen."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    again = reverse("library:proposal_edit", args=[draft.pk])
    if version is not None and version != draft.version:
        raise Stale(_("The proposal was saved after you opened this page. Read it once more, then submit."), url=again)
    if draft.base_moved:
        raise Stale(
            _("The item was published anew since this proposal was begun. Look at what changed first."), url=again
        )
    check_complete(texts.values_of(draft))
    reference = draft.reference or review.next_reference()
    move(draft, "submit", by=by, submitted_at=timezone.now(), reference=reference)
    _hand_in(draft, by)
    return draft


def _hand_in(sent: ItemRevision, by) -> None:
    copies = {"title": sent.title, "language": sent.language, "country": "", "themes": sent.themes}
    if sent.case_id:
        kind, case = "library.answered", review.return_to_review(sent.case, by=by, **copies)
    else:
        institution = permissions.institution_of(by)
        kind, case = "library.submitted", review.open_case(
            KIND, by=by, stream=sent.item.stream, institution=institution, reference=sent.reference, **copies
        )  # fmt: skip
        sent.case = case
        sent.save(update_fields=["case"])
    sent.case = case
    notices.tell_proposer(kind, sent, due=case.due_on)


@transaction.atomic
def withdraw_proposal(revision, *, by) -> None:
    """The proposer takes back what has no decision yet; the case, if there is one, ends with it."""
    current = lock(revision)
    permissions.may_withdraw(by, current).or_refuse()
    if current.case_id:
        review.withdraw(current.case, by=by)  # the kind of case closes the proposal through `close`
    else:
        move(current, "withdraw", by=by, is_open=False)


@transaction.atomic
def discard_proposal(revision, *, by) -> None:
    """Throw away a draft that nobody has received, with a file that only it had; and an item that has nothing else."""
    draft = lock(revision)
    permissions.may_discard(by, draft).or_refuse()
    item, stored = draft.item, draft.file_id
    events.record(item.stream, "discarded", by=by, revision=draft.pk)
    draft.delete()
    if not item.revisions.exists():
        item.delete()
    if stored:
        files.forget_unlinked([stored])


# --- what a case does to its proposal --------------------------------------------------------------
def current_revision(case) -> ItemRevision | None:
    """The newest revision that the OAS has in this case."""
    sent = case.library_items.filter(state=RevisionState.SUBMITTED)
    return sent.select_related("item", "case", "proposer").order_by("-number").first()


@transaction.atomic
def open_next_round(case, *, by) -> ItemRevision:
    """Questions: what was submitted becomes the draft of the next round, upon what is published now."""
    sent = lock(current_revision(case))
    sent.is_open = False
    sent.save(update_fields=["is_open"])
    published = sent.item.published
    values = texts.carried_over(sent.base, sent, published) if published and sent.base_moved else texts.values_of(sent)
    draft = ItemRevision.objects.create(
        item=sent.item, number=texts.next_number(sent.item_id), base=published, proposer=sent.proposer, case=case,
        reference=sent.reference, round=sent.round + 1, reason=sent.reason, **values,
    )  # fmt: skip
    events.record(sent.item.stream, "round_opened", by=by, case=case, revision=draft.pk, round=draft.round)
    return draft


@transaction.atomic
def close(case, *, by) -> None:
    """Declined or withdrawn: no revision of the case is open any more. What is published stays."""
    for revision in case.library_items.filter(is_open=True):
        held = lock(revision)
        if held.state == RevisionState.DRAFT:
            move(held, "close", by=by, is_open=False)
        else:
            held.is_open = False
            held.save(update_fields=["is_open"])
