"""The published record: edited by its custodian, published from a proposal, confirmed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import NotAllowed, Stale
from network.managers import today
from programs import annex, notices, permissions
from programs.choices import RevisionState
from programs.errors import Conflicting, Incomplete
from programs.models import Project, ProjectRevision
from programs.services import texts
from programs.services.keeping import free_slug, lock_project, say_base_moved, show
from review import clock, events


@transaction.atomic
def publish_edit(
    project: Project | None, *, by, values: dict, source: str = "", version: int | None = None,
    seen: dict[str, str] | None = None, is_demo: bool = False, at: datetime | None = None, shown: bool = True,
) -> Project:  # fmt: skip
    """The custodian's edit: a new revision, published at once, without a case. No project makes a new record.

    `values` are columns of a revision; those not named stay as published. With `version`, an edit made upon another text is
    refused; with `seen` (texts.seen) as well, what only one of two colleagues changed is merged. Not `shown`: the caller brings
    the catalogue in line, for many records at once.
    """
    if by is not None:
        permissions.may_edit(by, project).or_refuse()
    values, now = texts.cleaned(values), at or timezone.now()
    if project is None:
        project = _new_project(by, source, is_demo)
    else:
        project = lock_project(project.pk)
        permissions.is_kept(project).or_refuse()
        values, source = _settled(project, values, source, version, seen, by)
    before = project.published
    if before is not None and not texts.changed(before, values) and (not source or source == project.source):
        return project
    whole = {**(texts.values_of(before) if before else {}), **values}
    check_required(whole)
    revision = ProjectRevision.objects.create(
        project=project, number=texts.next_number(project.pk), base=before, state=RevisionState.EDITED, is_open=False,
        created_by=by, saved_by=by, saved_at=now, submitted_by=by, submitted_at=now, **whole,
    )  # fmt: skip
    project.source = source or project.source
    point_at(project, revision, at=now)
    fields = texts.changed(before, whole) if before else []
    events.record(project.stream, "edited" if before else "published", by=by, revision=revision.pk, fields=fields)
    if shown:
        show(project)
    if before:
        say_base_moved(project, by=by)
    return project


def _new_project(by, source: str, is_demo: bool) -> Project:
    consent = "" if source else YesNo.YES  # carried from a public source, or the custodian's own word
    return Project.objects.create(created_by=by, source=source, is_demo=is_demo, registry_consent=consent)


def _settled(project, values: dict, source: str, version: int | None, seen, by) -> tuple[dict, str]:
    """What to write where a colleague may have been faster: the source is settled as the columns are."""
    if version is None or version == project.version:
        return values, source
    if not seen:
        raise Stale(_("A colleague changed this record since you opened the page. Reload it to see what stands now."))
    write, conflicts = texts.settle(project.published, values, seen)
    if source and texts.is_contested(source, project.source, seen.get("source")):
        conflicts.append(texts.Conflict("source", source, project.source))
    if conflicts:
        colleague = project.published.saved_by
        raise Conflicting(
            _("A colleague changed the same fields since you opened the page. Nothing that you wrote is lost: both texts stand below."),
            conflicts, colleague if colleague != by else None,
        )  # fmt: skip
    return write, "" if texts.digest(source) == seen.get("source") else source


def check_required(values: dict) -> None:
    """The fields of Annex I without which no record is published."""
    if lacking := missing(values):
        raise Incomplete(_("The record is not complete yet."), lacking)


def missing(values: dict) -> list[annex.Field]:
    """Required fields without an answer; countries may be replaced by a region."""
    given = {column: bool(values.get(column)) for column in texts.COLUMNS}
    return [
        one for one in annex.FIELDS.values()
        if one.required and not any(given.get(column) for column in (*one.all_columns, f"{one.key}_id"))
    ]  # fmt: skip


def point_at(project: Project, revision: ProjectRevision, *, at: datetime) -> None:
    """Make a revision the text that the public reads. The address is given once and never changes."""
    project.published, project.published_at = revision, at
    project.first_published_at = project.first_published_at or at
    project.slug = project.slug or free_slug(revision.title, project.pk)
    project.confirmed_on = clock.day_of(at)
    project.ending_told_on = None
    project.version += 1
    project.save()


@transaction.atomic
def publish(revision, *, by) -> Project:
    """Approval of a proposal: its text becomes the public one, with the ministry's consent."""
    project = lock_project(revision.project_id)
    permissions.is_kept(project).or_refuse()
    check_base(revision, project)
    is_new = project.published is None
    if is_new or project.is_carried:
        project.registry_consent = YesNo.YES
    point_at(project, revision, at=timezone.now())
    if revision.is_open:
        revision.is_open = False
        revision.save(update_fields=["is_open"])
    events.record(project.stream, "published", by=by, case=revision.case, revision=revision.pk)
    show(project)
    say_base_moved(project, by=by, except_case=revision.case)
    notices.tell_custodian_of_approval(project, revision, by=by, is_new=is_new)
    return project


def check_base(revision, project: Project | None = None) -> None:
    """A proposal whose base is no longer what is published would undo somebody's edit: refuse (409)."""
    published = (project or revision.project).published_id
    if revision.base_id != published:
        raise Stale(
            _(
                "Another version of this record was published since this proposal was begun. Ask the institution a question: "
                "the next round starts from what is published now."
            )
        )


@transaction.atomic
def confirm(project, *, by) -> None:
    """The custodian says that the record is still as described."""
    project = lock_project(project.pk)
    permissions.may_edit(by, project).or_refuse()
    if not project.published_id:
        raise NotAllowed(_("This record was not published yet."))
    project.confirmed_on = today()
    project.save(update_fields=["confirmed_on"])
    events.record(project.stream, "confirmed", by=by)
    show(project)
