"""Who may do what with a programme and its submissions. Who may see is SubmissionQuerySet.visible_to."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from network.choices import MINISTRY_ROLES, Role
from network.models import User
from portfolio.choices import SubmissionState
from review.choices import OPEN_STATES


def belongs(user, institution_id: int) -> bool:
    """Whether a person is an officer or coordinator of the institution now."""
    return institution_id in user.institutions_as(*MINISTRY_ROLES)


def may_start(user, institution) -> Decision:
    """Officers and coordinators start submissions of their own institution."""
    if not belongs(user, institution.pk):
        return no(_("Only officers and coordinators of this institution may present its programmes."))
    return YES


def may_invite_for(user, institution) -> Decision:
    """Its coordinators and the network administrators bring colleagues in."""
    if user.is_administrator or institution.pk in user.institutions_as(Role.COORDINATOR):
        return YES
    return no(_("Ask your coordinator to invite a colleague."))


def may_write(user, submission) -> Decision:
    """Officers and coordinators of the institution write its drafts."""
    if not belongs(user, submission.program.institution_id):
        return no(_("Only officers and coordinators of the institution that presents the programme may change it."))
    if submission.state != SubmissionState.DRAFT or not submission.is_open:
        return no(
            _("This form was submitted and does not change any more. If the OAS has questions, a new round opens.")
        )
    return YES


def may_endorse(user, submission) -> Decision:
    """Coordinators of the institution that endorses."""
    endorser = submission.program.institution.endorser
    if endorser is None or endorser.pk not in user.institutions_as(Role.COORDINATOR):
        return no(_("Only a coordinator of the endorsing ministry may endorse this submission."))
    if submission.state != SubmissionState.AWAITING_ENDORSEMENT:
        return no(_("This submission does not wait for an endorsement."))
    return YES


def may_read_answers(user, submission) -> bool:
    """Answers to the OAS are between the institution's people until they are sent, and the coordinator who reads them first."""
    return belongs(user, submission.program.institution_id) or bool(may_endorse(user, submission))


def endorses_by_submitting(user, submission) -> bool:
    """A coordinator of the endorsing institution need not ask for an endorsement; nobody need where none is required."""
    endorser = submission.program.institution.endorser
    return endorser is None or endorser.pk in user.institutions_as(Role.COORDINATOR)


def administers(user) -> Decision:
    """Network administrators look after what awaits an endorsement."""
    return YES if user.is_administrator else no(_("Only a network administrator may go on without an endorsement."))


def may_proceed(user, submission) -> Decision:
    """Network administrators, when the endorsing institution has no coordinator or is silent for 14 days."""
    if not (decision := administers(user)):
        return decision
    if belongs(user, submission.program.institution_id):
        return no(_("Nobody decides on a submission of an institution to which they belong."))
    if submission.state != SubmissionState.AWAITING_ENDORSEMENT:
        return no(_("This submission does not wait for an endorsement."))
    if not is_silent(submission) and coordinators(submission).exists():
        return no(_("The coordinator still has time to answer."))
    return YES


def coordinators(submission):
    """The coordinators who may endorse; none if nobody endorses for the institution."""
    endorser = submission.program.institution.endorser
    return User.objects.holding(Role.COORDINATOR, institution=endorser) if endorser else User.objects.none()


def is_silent(submission) -> bool:
    """Whether an endorsement has been waited for longer than the days of patience."""
    patience = timedelta(days=settings.ENDORSEMENT_SILENCE_DAYS)
    return bool(submission.submitted_at and timezone.now() - submission.submitted_at >= patience)


def may_withdraw(user, submission) -> Decision:
    """The institution withdraws a submission while nothing is decided."""
    if not belongs(user, submission.program.institution_id):
        return no(_("Only officers and coordinators of the institution that presents the programme may withdraw it."))
    if not submission.is_open:
        return no(_("There is nothing to withdraw any more: this submission has had its decision."))
    if submission.case_id and submission.case.state not in OPEN_STATES:
        return no(_("There is nothing to withdraw any more: this submission has had its decision."))
    return YES


def may_present_again(user, submission) -> Decision:
    """What was declined or withdrawn may be presented again by its institution, changed or not, as long as no other form is open."""
    program = submission.program
    if not belongs(user, program.institution_id):
        return no(_("Only officers and coordinators of this institution may present its programmes."))
    if program.retired_at:
        return no(_("This programme was retired."))
    if program.published_id:
        return no(_("This programme is published already: start a correction."))
    if submission.is_open or program.submissions.open().exists():
        return no(_("A form of this programme is already open. Finish or withdraw it first."))
    return YES


def may_discard(user, submission) -> Decision:
    """A draft that nobody has received yet can be thrown away."""
    decision = may_write(user, submission)
    if decision and submission.reference:
        return no(_("This draft answers a submission that has a reference: withdraw the submission instead."))
    return decision


def may_manage(user, program) -> Decision:
    """What a ministry changes at once: contact, consent, confirmation, retirement."""
    if not belongs(user, program.institution_id):
        return no(_("Only officers and coordinators of the institution that presents the programme may change it."))
    if program.retired_at:
        return no(_("This programme was retired."))
    return may_take_consent_back(user, program)


def may_take_consent_back(user, program) -> Decision:
    """VII.1 ends whenever its ministry says so, after retirement too: the address then leaves no trace."""
    if not belongs(user, program.institution_id):
        return no(_("Only officers and coordinators of the institution that presents the programme may change it."))
    if not program.published_id:
        return no(_("This programme was not published yet."))
    return YES


def may_see_attachment(user, attachment) -> bool:
    """Whoever sees the submission sees its files.."""
    return type(attachment.submission).objects.visible_to(user).filter(pk=attachment.submission_id).exists()
