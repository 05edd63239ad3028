"""Forms of live rooms."""

import zoneinfo
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainLine, PlainText, plain
from core.languages import RECORD_LANGUAGES
from forums.choices_rooms import RoomState
from forums.forms.moderation import TurnForm
from forums.models import Forum
from forums.models.rooms import ABOUT_LIMIT, WHY_LIMIT
from forums.permissions import may_moderate
from network.models import User
from network.zones import ZoneField

HOSTS = 10
INPUT = "%Y-%m-%dT%H:%M"


class Moment(forms.Field):
    """A day and an hour as a browser's control sends it; in which zone, another field says."""

    def __init__(self, **options):
        widget = forms.TextInput()
        widget.input_type = "datetime-local"
        super().__init__(widget=widget, **options)

    def to_python(self, value):
        text = str(value or "").strip().replace(" ", "T")[:16]
        if not text:
            return None
        try:
            found = datetime.strptime(text, INPUT)
        except ValueError as error:
            raise ValidationError(_("Write the day and the hour like this: 2026-11-25 14:00")) from error
        if not 2000 <= found.year <= 2100:
            raise ValidationError(_("Write a year between 2000 and 2100"))
        return found


class RoomForm(forms.Form):
    """What is announced of a room."""

    forum = forms.TypedChoiceField(
        label=_("Forum"), coerce=int, help_text=_("Whoever reads this forum reads the room.")
    )
    title = PlainLine(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the text"), choices=RECORD_LANGUAGES)
    about = PlainText(label=_("What it is about"), max_length=ABOUT_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))
    opens_at = Moment(label=_("Opens"))
    closes_at = Moment(label=_("Closes"))
    zone = ZoneField(label=_("Time zone of these hours"))
    hosts = PlainText(
        label=_("Further hosts"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("E-mail addresses of members of the network, one on each line. Hosts may hide messages and write the summary."),
    )  # fmt: skip
    beside = forms.RegexField(
        r"\A[A-Z]-[0-9]{6,8}\Z", label=_("Stands beside"), required=False, max_length=12,
        help_text=_("The number of a meeting, such as M-000012, where the room stands beside one."),
        error_messages={"invalid": _("Write a number such as M-000012")},
    )  # fmt: skip

    def __init__(self, data=None, *, user, room=None):
        self.user, self.room = user, room
        super().__init__(data, initial=self._initial(user, room))
        self.fields["zone"].keep(self.initial["zone"])
        if room is not None:
            del self.fields["forum"]
            self.fields["seen"] = _seen(room.stands)
        else:
            rows = [f for f in Forum.objects.visible_to(user).filter(archived_at=None) if may_moderate(user, f)]
            self.fields["forum"].choices = [(forum.pk, forum.name) for forum in rows]
            self.forums = {forum.pk: forum for forum in rows}

    @staticmethod
    def _initial(user, room) -> dict:
        if room is None:
            return {"language": user.language[:2], "zone": user.timezone}
        opens, closes = (moment.astimezone(room.timezone).strftime(INPUT) for moment in (room.opens_at, room.closes_at))
        others = "\n".join(sorted(host.name for host in room.hosts.all() if host.pk != room.created_by_id))
        return {
            "title": room.title, "language": room.language, "about": room.about, "zone": room.zone, "beside": room.beside,
            "opens_at": opens, "closes_at": closes, "hosts": others,
        }  # fmt: skip

    @property
    def is_overtaken(self) -> bool:
        """Whether the room was changed after the page was read from which this comes."""
        seen = self["seen"].value() if "seen" in self.fields else ""
        return bool(seen) and seen != self.room.stands

    def said(self, name: str) -> str:
        """What a field holds, as it is shown beside what somebody else wrote."""
        text = plain(str(self[name].value() or "")).strip()
        if isinstance(self.fields[name], Moment):
            return text.replace("T", " ")
        return str(dict(getattr(self.fields[name], "choices", ())).get(text, text))

    def clean_hosts(self) -> list[User]:
        """Those who are hosts already stand by their names, others are named by their addresses: nobody reads an address here."""
        lines = {line.strip().lower() for line in self.cleaned_data["hosts"].splitlines() if line.strip()}
        if len(lines) > HOSTS:
            raise ValidationError(_("Name at most %(most)s hosts") % {"most": HOSTS})
        stay = [host for host in self._hosts() if host.name.strip().lower() in lines]
        lines -= {host.name.strip().lower() for host in stay}
        found = {
            user.email: user for user in User.objects.filter(email__in=lines, is_active=True) if user.is_network_member
        }
        if missing := sorted(lines - set(found)):
            raise ValidationError(
                _("No member of the network has this address: %(address)s") % {"address": missing[0][:100]}
            )
        return list({host.pk: host for host in (*stay, *found.values())}.values())

    def _hosts(self) -> list[User]:
        return list(self.room.hosts.exclude(pk=self.room.created_by_id)) if self.room else []

    def clean(self) -> dict:
        data = super().clean()
        if not {"opens_at", "closes_at", "zone"} <= {k for k, v in data.items() if v}:
            return data
        zone = zoneinfo.ZoneInfo(data["zone"])
        for name in ("opens_at", "closes_at"):
            aware = data[name].replace(tzinfo=zone)
            if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != data[name]:
                self.add_error(name, _("This hour does not exist in this zone: clocks are put forward then"))
            data[name] = aware
        if not self.errors and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("A room closes after it opens"))
        if (
            not self.errors
            and self.room
            and self.room.state == RoomState.ANNOUNCED
            and data["closes_at"] <= timezone.now()
        ):
            self.add_error(
                "closes_at", _("Choose an hour that is still to come. A room that will not take place is called off.")
            )
        return data

    @property
    def values(self) -> dict:
        """For the service."""
        values = dict(self.cleaned_data)
        if "forum" in values:
            values["forum"] = self.forums[values["forum"]]
        if self.room is not None:
            own = User.objects.filter(pk=self.room.created_by_id)
            values["hosts"] = [*values["hosts"], *own]
        return values


def _seen(stands: str) -> forms.CharField:
    """How it stood on the page."""
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=stands)


class SummaryForm(forms.Form):
    """What came out of the hour."""

    summary = PlainText(
        label=_("Closing summary"), max_length=ABOUT_LIMIT, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What was asked, what was answered, and where to read on. Everybody who reads the room reads it."),
    )  # fmt: skip

    def __init__(self, data=None, *, room):
        super().__init__(data, initial={"summary": room.summary})
        self.fields["seen"] = _seen(room.summary_stands)


class CallOffForm(forms.Form):
    """Why a room is not held."""

    reason = PlainLine(
        label=_("Why it is called off"), max_length=WHY_LIMIT,
        help_text=_("The page of the room says it, and so does the message to its hosts and to those who watch the forum."),
    )  # fmt: skip


class HideForm(TurnForm):
    """Why a message is hidden; to show it again needs no reason."""

    reason = PlainLine(label=_("Reason"), max_length=500)

    def __init__(self, data=None, *, hidden: bool):
        super().__init__(data, hidden=hidden)
        self.fields["reason"].required = not self.shows
