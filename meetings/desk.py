"""Meetings on My desk: those one goes to, tasks, who waits for the organiser's yes, drafts."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from core.zones import moment_words
from meetings import permissions
from meetings.choices import MeetingState, RegistrationState
from meetings.models import FollowUpTask, Meeting, Registration
from meetings.states import COMING

MOST = 5
TONES = {RegistrationState.CONFIRMED: "ok", RegistrationState.WAITING: "warn", RegistrationState.REQUESTED: "on"}


def _when(meeting) -> str:
    return moment_words(meeting.starts_at, timezone.get_current_timezone_name())


def own(user) -> list[DeskItem]:
    """Meetings to come for which one registered."""
    coming = Meeting.objects.visible_to(user).coming()
    rows = Registration.objects.filter(user=user, state__in=COMING, meeting__in=coming).select_related("meeting")
    return [
        DeskItem(
            title=row.meeting.title, sentence=_("Begins on %(when)s.") % {"when": _when(row.meeting)},
            url=reverse("meetings:meeting", args=[row.meeting.slug]), icon="calendar", action=_("Open the meeting"),
            tag=row.get_state_display(), tone=TONES[row.state], language=row.meeting.language,
        )
        for row in rows.order_by("meeting__starts_at")[:MOST]
    ]  # fmt: skip


def tasks(user) -> list[DeskItem]:
    """What one owes after meetings."""
    rows = FollowUpTask.objects.of(user).filter(done_at=None).select_related("meeting").order_by("due", "pk")
    today = timezone.localdate()
    return [
        DeskItem(
            title=row.text,
            sentence=_("By %(date)s. After “%(title)s”.") % {"date": date_format(row.due, "DATE_FORMAT"), "title": row.meeting.title},
            url=reverse("meetings:own"), icon="check", action=_("Say that it is done"),
            tag=_("Overdue") if row.due < today else _("Task"), tone="bad" if row.due < today else "on",
        )
        for row in rows[:MOST]
    ]  # fmt: skip


def for_organiser(user) -> list[DeskItem]:
    """People who wait for a yes, and drafts."""
    if not permissions.may_organise(user):
        return []
    ours = Meeting.objects.organised_by(user)
    waiting = Count("registrations", filter=Q(registrations__state=RegistrationState.REQUESTED))
    asked = ours.coming().annotate(asked=waiting).filter(asked__gt=0)
    drafts = ours.filter(state=MeetingState.DRAFT, created_by=user).order_by("-changed_at")
    return [*(_asked(row) for row in asked[:MOST]), *(_draft(row) for row in drafts[:MOST])]


def _asked(row) -> DeskItem:
    words = ngettext("%(number)d person waits for your yes.", "%(number)d people wait for your yes.", row.asked)
    return DeskItem(
        title=_("Say who takes part in “%(title)s”") % {"title": row.title}, sentence=words % {"number": row.asked},
        url=reverse("meetings:organise_people", args=[row.pk]), icon="people", action=_("See who registered"), tone="warn",
        tag=_("Registrations"),
    )  # fmt: skip


def _draft(row) -> DeskItem:
    saved = date_format(timezone.localtime(row.changed_at), "DATE_FORMAT")
    return DeskItem(
        title=_("Go on with the meeting “%(title)s”") % {"title": row.title}, sentence=_("Saved on %(date)s.") % {"date": saved},
        url=reverse("meetings:organise_edit", args=[row.pk]), icon="edit", action=_("Continue"), tag=row.get_state_display(),
    )  # fmt: skip


def with_the_oas(user) -> list[DeskItem]:
    """Meetings that the OAS reads before they are announced."""
    rows = Meeting.objects.filter(created_by=user, state=MeetingState.PROPOSED).select_related("case")
    return [
        DeskItem(
            title=row.title, url=reverse("meetings:organise_edit", args=[row.pk]), icon="wait", tag=row.get_state_display(),
            sentence=_("With the OAS, which answers by %(due)s.") % {"due": date_format(row.case.due_on, "DATE_FORMAT")},
            language=row.language,
        )
        for row in rows[:MOST]
    ]  # fmt: skip


def ways(user) -> list[DeskItem]:
    """Where else to go."""
    found = [DeskItem(_("My meetings and my calendar"), "", reverse("meetings:own"), "calendar")]
    if permissions.may_organise(user):
        found.append(DeskItem(_("Call a meeting"), "", reverse("meetings:organise"), "people"))
    return found


register_panel(DeskPanel("meetings.asked", 18, "mine", for_organiser))
register_panel(DeskPanel("meetings.tasks", 19, "mine", tasks))
register_panel(DeskPanel("meetings.own", 26, "mine", own))
register_panel(DeskPanel("meetings.waiting", 18, "others", with_the_oas))
register_panel(DeskPanel("meetings.ways", 30, "ways", ways))
