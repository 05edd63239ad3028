"""People of a meeting: who registered, who owes what, and whose calendar follows."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.choices import Access, RegistrationState
from meetings.models.meetings import Meeting
from meetings.states import COMING
from network.models import Membership
from review.models import Event

BETWEEN_ROLES = timedelta(hours=1)  # somebody who holds none keeps what they registered for


class RegistrationQuerySet(models.QuerySet):
    """Registrations."""

    def confirmed(self):
        """Those with a place."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def in_line(self):
        """The waiting list, who came first first."""
        return self.filter(state=RegistrationState.WAITING).order_by("asked_at", "pk")

    def shut_out(self):
        """Live ones of people who may take part no more: without an account that is open, or no members where members meet."""
        return self.filter(Q(user=None) | Q(user__is_active=False) | _strangers(), state__in=COMING)

    def gone(self):
        """Those of them to let go: not yet of whoever lost a role just now, since another one is often given after it."""
        stream = Concat(Value("person:"), Cast(OuterRef("user"), models.CharField()))
        ended = Event.objects.of(stream).filter(verb="membership_ended", at__gt=timezone.now() - BETWEEN_ROLES)
        strangers = _strangers() & ~Exists(ended)
        return self.filter(Q(user=None) | Q(user__is_active=False) | strangers, state__in=COMING)


def _strangers() -> Q:
    """No members where members meet."""
    members = Membership.objects.current().filter(user=OuterRef("user"))
    return Q(meeting__access=Access.MEMBERS) & ~Exists(members)


class Registration(models.Model):
    """One person and one meeting. The constituency is a copy, so that figures outlive the account and a change of job."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="registrations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="meeting_registrations")
    state = models.CharField(_("state"), max_length=9, choices=RegistrationState.choices)
    constituency = models.CharField(_("constituency"), max_length=20, blank=True)
    institution = models.ForeignKey("network.Institution", models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    state_since = models.DateTimeField(default=timezone.now)
    attended = models.BooleanField(_("took part"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="registration_once")]
        indexes = [models.Index(fields=["meeting", "state", "asked_at"], name="registration_in_line")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == RegistrationState.CONFIRMED

    @property
    def is_live(self) -> bool:
        """Neither taken back nor refused."""
        return self.state not in (RegistrationState.LEFT, RegistrationState.DECLINED)


class FollowUpTaskQuerySet(models.QuerySet):
    """Tasks of meetings."""

    def of(self, user):
        """What somebody has to do, after meetings that they still see."""
        return self.filter(owner=user, meeting__in=Meeting.objects.visible_to(user))


class FollowUpTask(models.Model):
    """What somebody does after a meeting, by a day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks")
    text = models.CharField(_("what is to be done"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="meeting_tasks",
        verbose_name=_("who does it"),
    )
    due = models.DateField(_("due"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = FollowUpTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("task of a meeting")
        verbose_name_plural = _("tasks of meetings")
        indexes = [models.Index(fields=["owner", "due"], condition=Q(done_at=None), name="meeting_task_open")]

    def __str__(self) -> str:
        return self.text

    @property
    def stands(self) -> str:
        """What a page says of it: whoever changes it says back what they saw."""
        return f"{self.owner_id or 0} {self.due} {self.text}"


class CalendarKey(models.Model):
    """What makes the address of a person's own calendar: raising the number ends every address given out before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} {self.number}"
