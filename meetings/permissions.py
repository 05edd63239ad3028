"""Who may do what with meetings. Who may see one is MeetingQuerySet.visible_to."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from core.zones import moment_words
from meetings.choices import Access, Audience, MeetingState, RegistrationMode, RegistrationState
from meetings.models import Registration
from meetings.models.meetings import ORGANISING
from network.choices import Role

LONGER = timedelta(hours=6)  # than it was to last, a meeting may go on
AFTER_REVIEW = ("title", "about", "kind", "access", "language")  # what a coordinator's public meeting keeps as reviewed


def is_staff_organiser(user) -> bool:
    """Network administrators and moderators organise every meeting, and announce without a review."""
    return user.is_authenticated and user.holds(*ORGANISING)


def organises(user, meeting) -> bool:
    """Whether the person may change this meeting."""
    if not user.is_authenticated:
        return False
    return is_staff_organiser(user) or meeting.institution_id in user.institutions_as(Role.COORDINATOR)


def may_organise(user) -> Decision:
    """Staff and coordinators call meetings."""
    if user.is_authenticated and user.holds(*ORGANISING, Role.COORDINATOR):
        return YES
    return no(_("Meetings are called by coordinators of institutions, moderators and network administrators."))


def may_look(user) -> Decision:
    """The list of all meetings in the admin."""
    return YES if is_staff_organiser(user) else no(_("Only moderators and network administrators see this page."))


def may_change(user, meeting) -> Decision:
    """An organiser, unless the OAS has it under review or it was called off."""
    if not organises(user, meeting):
        return no(_("Only those who organise this meeting change it."))
    if meeting.state == MeetingState.PROPOSED:
        return no(_("The OAS has this meeting under review. Take it back first, then change it."))
    if meeting.is_cancelled:
        return no(_("This meeting was called off."))
    return YES


def fixed_for(user, meeting) -> tuple[str, ...]:
    """What this organiser may not change once it is announced: what the OAS read, and that nothing goes public unread."""
    if not meeting.is_announced or is_staff_organiser(user):
        return ()
    return AFTER_REVIEW if meeting.access == Access.PUBLIC else ("access",)


def needs_review(user, meeting) -> bool:
    """A coordinator's public meeting is read by the OAS before it is announced."""
    return meeting.access == Access.PUBLIC and not is_staff_organiser(user)


def may_announce(user, meeting) -> Decision:
    """An organiser, a draft."""
    if decision := may_change(user, meeting):
        return YES if meeting.is_draft else no(_("This meeting is announced already."))
    return decision


def may_take_back(user, meeting) -> Decision:
    """An organiser, while the OAS has it."""
    if not organises(user, meeting):
        return no(_("Only those who organise this meeting change it."))
    return YES if meeting.state == MeetingState.PROPOSED else no(_("This meeting is not under review."))


def may_cancel(user, meeting) -> Decision:
    """An organiser, a meeting that is announced and not over."""
    if not organises(user, meeting):
        return no(_("Only those who organise this meeting change it."))
    if not meeting.is_announced:
        return no(_("Only a meeting that is announced can be called off."))
    return no(_("This meeting is over.")) if meeting.is_past else YES


def may_discard(user, meeting) -> Decision:
    """A draft that nobody outside has seen."""
    if not organises(user, meeting):
        return no(_("Only those who organise this meeting change it."))
    if not meeting.is_draft or meeting.case_id:
        return no(_("Only a draft that the OAS never received can be thrown away."))
    return YES


def may_keep_after(user, meeting) -> Decision:
    """Attendance, tasks, and what is published after: an organiser, once it is announced."""
    if not organises(user, meeting):
        return no(_("Only those who organise this meeting change it."))
    return YES if meeting.is_announced else no(_("This meeting is not announced."))


def may_publish(user, meeting) -> Decision:
    """Recording and minutes: an organiser, once the meeting has begun; what stands there already may be taken away."""
    decision = may_keep_after(user, meeting)
    if not decision or meeting.has_begun or meeting.is_past or meeting.recording_link or meeting.minutes:
        return decision
    words = _("The meeting has not begun yet. Recording and minutes are written here from %(when)s on.")
    return no(words % {"when": moment_words(meeting.starts_at, meeting.zone)})


def may_decide(user, meeting) -> Decision:
    """Who has a place: an organiser, until it is over."""
    if decision := may_keep_after(user, meeting):
        return no(_("This meeting is over.")) if meeting.is_past else YES
    return decision


# --- taking part ------------------------------------------------------------------------------------
def may_register(user, meeting) -> Decision:
    """Whoever sees an announced meeting that takes registrations."""
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to register."))
    if meeting.access == Access.MEMBERS and not user.is_network_member:
        return no(_("This meeting is for members of the network."))
    if not meeting.is_announced:
        return no(_("This meeting takes no registrations."))
    if meeting.is_past:
        return no(_("This meeting is over."))
    if meeting.registration == RegistrationMode.NONE:
        return no(_("Nobody needs to register for this meeting."))
    return YES


def may_join(user, meeting, registration: Registration | None = None) -> bool:
    """Who gets the address to join until it is over: those with a place, and organisers; members where nobody registers."""
    if not user.is_authenticated or not meeting.join_link or not meeting.is_announced:
        return False
    if meeting.ends_at and meeting.ends_at + LONGER <= timezone.now():
        return False
    if organises(user, meeting):
        return True
    if meeting.access == Access.MEMBERS and not user.is_network_member:
        return False
    if meeting.registration == RegistrationMode.NONE:
        return user.is_network_member
    return registration is not None and registration.state == RegistrationState.CONFIRMED


def may_open(user, kept, registration: Registration | None = None) -> bool:
    """Whether a person who sees the meeting may open one of its documents."""
    if kept.audience == Audience.PAGE or organises(user, kept.meeting):
        return True
    return registration is not None and registration.state == RegistrationState.CONFIRMED


def may_finish(user, task) -> Decision:
    """Whoever owes a task, and the organisers of its meeting."""
    if user.is_authenticated and (task.owner_id == user.pk or organises(user, task.meeting)):
        return YES
    return no(_("Only whoever has the task, or the organisers, mark it as done."))
