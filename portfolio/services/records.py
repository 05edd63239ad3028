"""The published programme: published, corrected, and what its ministry changes at once."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue import services as catalogue
from core.errors import NotAllowed, Stale, WrongState
from network.managers import today
from portfolio import annex, notices, permissions
from portfolio.choices import SubmissionState, YesNo
from portfolio.models import Attachment, ConsolidatedProgram, Submission
from portfolio.services.copying import consents, copy, gives_back
from portfolio.services.moves import lock_program, move
from portfolio.services.rounds import check_base
from review import events
from review import services as review

ENTRY = "portfolio"
RESERVED_SLUGS = frozenset(("submissions", "proposals", "feed", "compare", "export", "files"))


@transaction.atomic
def publish(submission, *, by, themes=None, categories=None, populations=None) -> ConsolidatedProgram:
    """Approval: the revision becomes the public text, with the codes that the reviewer completed."""
    program = lock_program(submission.program_id)
    if submission.case_id:
        check_base(submission.case)
    now = timezone.now()
    program.published, program.published_at = submission, now
    program.first_published_at = program.first_published_at or now
    program.slug = program.slug or _free_slug(submission.title, program.pk)
    for column, answer in consents(submission).items():
        setattr(program, column, answer)
    program.themes = list(submission.themes if themes is None else themes)
    program.categories = list(submission.categories if categories is None else categories)
    program.populations = list(submission.populations if populations is None else populations)
    program.confirmed_on = today()
    program.version += 1
    program.save()
    if submission.is_open:
        submission.is_open = False
        submission.save(update_fields=["is_open"])
    verb = "published" if program.is_public else "approved_unlisted"
    events.record(program.stream, verb, by=by, case=submission.case, submission=submission.pk)
    _show(program)
    return program


def _free_slug(title: str, number: int) -> str:
    """An address that no other programme has; two that are published at once ask one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portfolio.slug'))")
    base = slugify(title)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or ConsolidatedProgram.objects.filter(slug=base).exists():
        return f"{base or 'programme'}-{number}"
    return base


def _show(program) -> None:
    """Bring the catalogue in line with what is public."""
    if program.is_public:
        catalogue.publish(ENTRY, program.pk)
    else:
        catalogue.withdraw(ENTRY, program.pk)


@transaction.atomic
def correct(program, *, by) -> Submission:
    """Begin a correction: a copy of the published text, which stays public meanwhile."""
    program = lock_program(program.pk)
    permissions.may_manage(by, program).or_refuse()
    if program.submissions.open().exists():
        raise WrongState(_("A form of this programme is already open. Finish or withdraw it first."))
    draft = copy(
        program.published, by=by, base=program.published, is_correction=True,
        registry_consent=program.registry_consent, sharing_commitment=program.sharing_commitment,
    )  # fmt: skip
    events.record(program.stream, "correction_started", by=by, submission=draft.pk)
    return draft


@transaction.atomic
def ask_registry_consent_back(program, *, by) -> Submission:
    """Consent is given back by a correction, which the OAS reviews; answers its draft, with the answer filled in."""
    draft = correct(program, by=by)
    draft.registry_consent = YesNo.YES
    draft.save(update_fields=["registry_consent"])
    return draft


@transaction.atomic
def withdraw_registry_consent(program, *, by) -> None:
    """VII.1 becomes No at once: out of every list, export and count, and the address answers 404, after retirement too."""
    permissions.may_take_consent_back(by, program).or_refuse()
    _withdraw(program, "registry_consent", "registry_consent_withdrawn", "portfolio.consent_withdrawn", by)


@transaction.atomic
def withdraw_sharing(program, *, by) -> None:
    """VII.2 becomes No at once: listed, no longer offered."""
    permissions.may_manage(by, program).or_refuse()
    _withdraw(program, "sharing_commitment", "sharing_withdrawn", "portfolio.sharing_withdrawn", by)


def _withdraw(program, column: str, verb: str, kind: str, by) -> None:
    program = lock_program(program.pk)
    if getattr(program, column) == YesNo.NO and not gives_back(program, column):
        return
    setattr(program, column, YesNo.NO)
    program.version += 1
    program.save(update_fields=[column, "version"])
    Submission.objects.filter(program=program, is_open=True, state=SubmissionState.DRAFT).update(**{column: YesNo.NO})
    event = events.record(program.stream, verb, by=by, fields=[column])
    _show(program)
    notices.tell_of_program(kind, program, by=by, event=event.number)


@transaction.atomic
def change_contact(program, *, by, version: int | None = None, **contact) -> None:
    """Another contact person, at once."""
    program = lock_program(program.pk)
    permissions.may_manage(by, program).or_refuse()
    if version is not None and version != program.version:
        raise Stale(
            _("A colleague changed this programme since you opened the page. Reload it to see what stands now.")
        )
    changed = [name for name in annex.CONTACT if name in contact and getattr(program, name) != contact[name]]
    if not changed:
        return
    for name in changed:
        setattr(program, name, contact[name])
    program.version += 1
    program.save(update_fields=[*changed, "version"])
    event = events.record(program.stream, "contact_changed", by=by, fields=changed)
    _show(program)
    notices.tell_of_program("portfolio.contact_changed", program, by=by, event=event.number)


@transaction.atomic
def confirm(program, *, by) -> None:
    """The ministry says that the programme is still as described."""
    program = lock_program(program.pk)
    permissions.may_manage(by, program).or_refuse()
    program.confirmed_on = today()
    program.save(update_fields=["confirmed_on"])
    events.record(program.stream, "confirmed", by=by)
    _show(program)


@transaction.atomic
def stop_publishing_file(attachment, *, by) -> None:
    """Take back the permission to publish one file, at once."""
    program = lock_program(attachment.submission.program_id)
    permissions.may_manage(by, program).or_refuse()
    Attachment.objects.filter(submission__program=program, file_id=attachment.file_id).update(may_publish=False)
    events.record(program.stream, "file_unpublished", by=by, attachment=attachment.pk)
    _show(program)


@transaction.atomic
def retire(program, *, by, reason: str) -> None:
    """The ministry takes the programme out of the Portfolio; its address says so (410). Open work on it ends."""
    _end_open_case(program, by)
    program = lock_program(program.pk)
    permissions.may_manage(by, program).or_refuse()
    if not reason.strip():
        raise NotAllowed(_("Give the reason: it is kept on record."))
    was_public = program.is_public
    program.retired_at, program.retired_by, program.retired_reason = timezone.now(), by, reason.strip()
    program.version += 1
    program.save(update_fields=["retired_at", "retired_by", "retired_reason", "version"])
    for draft in program.submissions.open():
        move(draft, "withdraw", by=by, is_open=False)
    event = events.record(program.stream, "retired", by=by)
    if was_public:
        catalogue.depart(ENTRY, program.pk)
    else:
        catalogue.withdraw(ENTRY, program.pk)
    notices.tell_of_program("portfolio.retired", program, by=by, event=event.number)


def _end_open_case(program, by) -> None:
    """A correction in review has no object once the programme leaves. Its case is locked before the programme (see moves)."""
    permissions.may_manage(by, program).or_refuse()
    held = program.submissions.open().select_related("case").filter(case__isnull=False).first()
    if held:
        review.withdraw(held.case, by=by)
