"""Proposals of the countries: begun, written beside colleagues, submitted, answered, withdrawn."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Stale
from programs import notices, permissions
from programs.choices import RevisionState
from programs.errors import Conflicting
from programs.models import Project, ProjectRevision
from programs.services import texts
from programs.services.keeping import lock, lock_project
from programs.services.moves import move
from programs.services.records import check_required
from review import events
from review import services as review

KIND = "programs.proposal"


@transaction.atomic
def start_proposal(project: Project | None, *, by, institution, values: dict | None = None) -> ProjectRevision:
    """Begin a proposal: a new record, or a correction that starts as a copy of what is published."""
    permissions.may_start(by, institution).or_refuse()
    values = texts.cleaned(values or {})
    if project is None:
        project = Project.objects.create(created_by=by, is_demo=institution.is_demo)
        values = {"countries": [institution.country_id]} | values
    else:
        project = lock_project(project.pk)
        permissions.may_correct(by, project).or_refuse()
        values = texts.values_of(project.published) | values
    draft = ProjectRevision.objects.create(
        project=project, number=texts.next_number(project.pk), base=project.published, proposed_by=institution,
        created_by=by, saved_by=by, **values,
    )  # fmt: skip
    events.record(project.stream, "proposal_started", by=by, revision=draft.pk)
    return draft


@transaction.atomic
def save_proposal(
    revision, *, by, values: dict, version: int | None = None, seen: dict[str, str] | None = None, reason: str | None = None
) -> ProjectRevision:  # fmt: skip
    """Save a draft, complete or not. With `version`, what a colleague wrote since is never overwritten: with `seen` what only
    one of the two changed is merged, and what both changed comes back (Conflicting) with nothing saved. `seen` decides whatever
    the version: a page that saved by itself has the newest version, but may show an older text of what a colleague wrote."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    values = texts.cleaned(values)
    if version is not None and (seen or version != draft.version):
        values, reason = _settled(draft, values, reason, seen, by)
    written = texts.changed(draft, values)
    for column in written:
        setattr(draft, column, values[column])
    if reason is not None and reason.strip() != draft.reason:
        draft.reason = reason.strip()
        written.append("reason")
    if written:
        draft.saved_by, draft.saved_at = by, timezone.now()
        draft.version += 1
        draft.save(update_fields=[*written, "saved_by", "saved_at", "version"])
        draft = ProjectRevision.objects.get(pk=draft.pk)
    return draft


def _settled(draft, values: dict, reason: str | None, seen, by) -> tuple[dict, str | None]:
    """What to write where a colleague may have saved since the form was shown: the reason is settled as the columns are."""
    if not seen:
        raise Stale(_("A colleague changed this proposal since you opened the page. Reload it to see what stands now."))
    wanted = values if reason is None else {**values, "reason": texts.normal("reason", reason)}
    write, conflicts = texts.settle(draft, wanted, seen)
    if conflicts:
        raise Conflicting(
            _("A colleague changed the same fields since you opened the page. Nothing that you wrote is lost: both texts stand below."),
            conflicts, draft.saved_by if draft.saved_by_id != by.pk else None,
        )  # fmt: skip
    reason = write.pop("reason", None)
    return write, reason


@transaction.atomic
def rebase(revision, *, by) -> ProjectRevision:
    """Start a draft from what is published now: what it left as it was takes the published text, what it changed stays."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    if draft.base_moved and draft.project.published:
        for column, value in texts.carried_over(draft.base, draft, draft.project.published).items():
            setattr(draft, column, value)
        draft.base, draft.saved_by, draft.saved_at = draft.project.published, by, timezone.now()
        draft.version += 1
        draft.save()
        events.record(draft.project.stream, "rebased", by=by, case=draft.case, revision=draft.pk)
    return draft


@transaction.atomic
def submit_proposal(revision, *, by, version: int | None = None) -> ProjectRevision:
    """Send a proposal to the OAS: a case opens, or the open case gets its next round. The text is frozen."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    again = reverse("programs:proposal_edit", args=[draft.pk])
    if version is not None and version != draft.version:
        raise Stale(
            _("A colleague changed the proposal after you opened this page. Read it once more, then submit."), url=again
        )
    if draft.base_moved:
        raise Stale(
            _("The record was published anew since this proposal was begun. Look at what changed first."), url=again
        )
    check_required(texts.values_of(draft))
    permissions.covers_own_country(draft).or_refuse()
    reference = draft.reference or review.next_reference()
    move(draft, "submit", by=by, submitted_by=by, submitted_at=timezone.now(), reference=reference)
    _hand_in(draft, by)
    return draft


def _hand_in(sent: ProjectRevision, by) -> None:
    copies = {
        "title": sent.title,
        "language": sent.language,
        "country": sent.proposed_by.country_id or "",
        "themes": sent.themes,
    }
    kind = "programs.answered" if sent.case_id else "programs.submitted"
    if sent.case_id:
        case = sent.case = review.return_to_review(sent.case, by=by, **copies)
    else:
        case = sent.case = review.open_case(
            KIND, by=by, stream=sent.project.stream, institution=sent.proposed_by, reference=sent.reference, **copies
        )
        sent.save(update_fields=["case"])
    notices.tell_institution(kind, sent, by=by, due=case.due_on)
    notices.tell_coordinators(sent, by=by, due=case.due_on)


@transaction.atomic
def withdraw_proposal(revision, *, by) -> None:
    """The institution takes back what has no decision yet; the case, if there is one, ends with it."""
    current = lock(revision)
    permissions.may_withdraw(by, current).or_refuse()
    if current.case_id:
        review.withdraw(current.case, by=by)  # the kind of case closes the proposal through `close`
    else:
        move(current, "withdraw", by=by, is_open=False)
    notices.tell_institution("programs.withdrawn", current, by=by)


@transaction.atomic
def discard_proposal(revision, *, by) -> None:
    """Throw away a draft that nobody has received; and a record that has nothing else."""
    draft = lock(revision)
    permissions.may_discard(by, draft).or_refuse()
    project = draft.project
    events.record(project.stream, "discarded", by=by, revision=draft.pk)
    draft.delete()
    if not project.revisions.exists():
        project.delete()


# --- what a case does to its proposal --------------------------------------------------------------
def current_revision(case) -> ProjectRevision | None:
    """The newest revision that the OAS has in this case."""
    return (
        case.proposals.filter(state=RevisionState.SUBMITTED)
        .select_related(*("project", "case"))
        .order_by("-number")
        .first()
    )


@transaction.atomic
def open_next_round(case, *, by) -> ProjectRevision:
    """Questions: what was submitted becomes the draft of the next round, upon what is published now."""
    sent = lock(current_revision(case))
    sent.is_open = False
    sent.save(update_fields=["is_open"])
    published = sent.project.published
    values = texts.carried_over(sent.base, sent, published) if published and sent.base_moved else texts.values_of(sent)
    draft = ProjectRevision.objects.create(
        project=sent.project, number=texts.next_number(sent.project_id), base=published, proposed_by=sent.proposed_by,
        case=case, reference=sent.reference, round=sent.round + 1, reason=sent.reason,
        created_by=sent.submitted_by, saved_by=sent.submitted_by, **values,
    )  # fmt: skip
    events.record(sent.project.stream, "round_opened", by=by, case=case, revision=draft.pk, round=draft.round)
    return draft


@transaction.atomic
def take_answer(case) -> bool:
    """Whether the round that answers is still a draft. What is read of it before it is sent changes: so does its version."""
    draft = case.proposals.open().filter(state=RevisionState.DRAFT).first()
    held = lock(draft) if draft else None
    if held is None or held.state != RevisionState.DRAFT:
        return False
    held.version += 1
    held.save(update_fields=["version"])
    return True


@transaction.atomic
def close(case, *, by) -> None:
    """Declined or withdrawn: no revision of the case is open any more. What is published stays."""
    for revision in case.proposals.filter(is_open=True):
        held = lock(revision)
        if held.state == RevisionState.DRAFT:
            move(held, "close", by=by, is_open=False)
        else:
            held.is_open = False
            held.save(update_fields=["is_open"])
