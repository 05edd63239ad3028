"""How a record leaves: retired, taken out without a trace, or merged into another one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from catalogue.models import Departure
from core.choices import YesNo
from core.errors import NotAllowed, WrongState
from programs import notices, permissions
from programs.choices import RevisionState
from programs.models import Project, ProjectRevision
from programs.services import texts
from programs.services.keeping import ENTRY, lock_project, show
from programs.services.moves import move
from review import events
from review import services as review
from review.models import Case


@transaction.atomic
def retire(project, *, by, reason: str) -> None:
    """The record leaves the Table; its address says so (410). Open proposals on it end."""
    permissions.may_edit(by, project).or_refuse()
    cases = _hold_cases(project)
    project = lock_project(project.pk)
    permissions.may_edit(by, project).or_refuse()
    _reasoned(reason)
    _end_proposals(project, cases, by)
    was_public = project.is_public
    project.retired_at, project.retired_by, project.retired_reason = timezone.now(), by, reason.strip()
    project.version += 1
    project.save(update_fields=["retired_at", "retired_by", "retired_reason", "version"])
    events.record(project.stream, "retired", by=by)
    if was_public:
        catalogue.depart(ENTRY, project.pk)
    else:
        catalogue.withdraw(ENTRY, project.pk)


@transaction.atomic
def take_out(project, *, by, reason: str) -> None:
    """The record leaves without a trace: out of every list, and its address answers 404. Open proposals on it end."""
    permissions.may_keep(by).or_refuse()
    cases = _hold_cases(project)
    project = lock_project(project.pk)
    _reasoned(reason)
    _end_proposals(project, cases, by)
    project.registry_consent, project.retired_reason = YesNo.NO, reason.strip()
    project.version += 1
    project.save(update_fields=["registry_consent", "retired_reason", "version"])
    events.record(project.stream, "taken_out", by=by)
    show(project)


@transaction.atomic
def put_back(project, *, by) -> None:
    """A record that was taken out is shown again."""
    permissions.may_edit(by, project).or_refuse()
    project = lock_project(project.pk)
    if project.registry_consent != YesNo.NO or not project.published_id:
        raise NotAllowed(_("This record was not taken out."))
    project.registry_consent, project.retired_reason = "" if project.source else YesNo.YES, ""
    project.version += 1
    project.save(update_fields=["registry_consent", "retired_reason", "version"])
    events.record(project.stream, "put_back", by=by)
    show(project)


@transaction.atomic
def merge(project, *, into, by, reason: str) -> Project:
    """Two records describe the same thing: the first leaves, and its addresses lead to the second. Both keep their history.

    Proposals on it go on as drafts about the second. Answers the record that stays.
    """
    permissions.may_edit(by, project).or_refuse()
    _reasoned(reason)
    cases = _hold_cases(project)
    project, into = _lock_both(project.pk, into.pk)
    permissions.may_edit(by, project).or_refuse()
    permissions.may_edit(by, into).or_refuse()
    if project.pk == into.pk:
        raise NotAllowed(_("A record cannot be merged into itself."))
    if not into.is_public:
        raise NotAllowed(_("A record can be merged into a public one only."))
    ended = _end_proposals(project, cases, by, told=False)
    project.merged_into, project.retired_at, project.retired_by = into, timezone.now(), by
    project.retired_reason = reason.strip()
    project.version += 1
    project.save(update_fields=["merged_into", "retired_at", "retired_by", "retired_reason", "version"])
    event = events.record(project.stream, "merged_into", by=by, record=into.permanent_id)
    events.record(into.stream, "merged_from", by=by, record=project.permanent_id)
    catalogue.depart(ENTRY, project.pk, merged_into=into.permanent_id)
    _lead_on(project, into)
    _move_proposals(project, into, ended, by=by, event=event.number)
    return into


def _lead_on(project: Project, into: Project) -> None:
    """Who was sent to the first record is sent to the second at once: chains stay one step long."""
    Project.objects.filter(merged_into=project).update(merged_into=into)
    Departure.objects.filter(kind=ENTRY, reason="merged", moved_to=project.permanent_id).update(
        moved_to=into.permanent_id
    )


def _lock_both(one: int, other: int) -> tuple[Project, Project]:
    """Both records, locked in the order of their numbers so that two merges never wait for each other."""
    locked = {pk: lock_project(pk) for pk in sorted({one, other})}
    return locked[one], locked[other]


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("Give the reason: it is kept on record."))


def _hold_cases(project) -> set[int]:
    """Lock the cases of the open proposals on a record that leaves; the record is locked after them (see keeping.lock)."""
    cases = Case.objects.select_for_update().filter(pk__in=project.revisions.open().proposals().values("case"))
    return set(cases.order_by("pk").values_list("pk", flat=True))


def _end_proposals(project, cases: set[int], by, *, told: bool = True) -> list[ProjectRevision]:
    """End every open proposal on a locked record that leaves, with its case, which is locked too. Answers those ended."""
    held = list(
        project.revisions.open().proposals().select_related("case", "project", "proposed_by").order_by("case_id")
    )
    if any(revision.case_id and revision.case_id not in cases for revision in held):
        raise WrongState(
            _("Somebody was faster: this proposal has moved on. Reload the page to see where it stands now.")
        )
    for revision in held:
        if revision.case_id:
            review.withdraw(revision.case, by=by)
        elif not told:
            continue  # a draft that nobody has received goes along
        else:
            move(revision, "withdraw", by=by, is_open=False)
        if told:
            notices.tell_institution("programs.ended", revision, by=by)
    return held


def _move_proposals(project: Project, into: Project, held: list, *, by, event: int) -> None:
    """Proposals on the record that left become drafts about the one that stays, with every word."""
    for revision in held:
        if revision.case_id:
            values = texts.values_of(revision)
            revision = ProjectRevision.objects.create(
                project=into, number=texts.next_number(into.pk), proposed_by=revision.proposed_by, reason=revision.reason,
                created_by=revision.created_by, saved_by=revision.saved_by, state=RevisionState.DRAFT, **values,
            )  # fmt: skip
        else:
            revision.project, revision.number, revision.base = into, texts.next_number(into.pk), None
            revision.version += 1
            revision.save(update_fields=["project", "number", "base", "version"])
        notices.tell_institution(
            "programs.moved", revision, by=by, key=f"programs.moved:{revision.pk}:{event}", other=into.permanent_id
        )
