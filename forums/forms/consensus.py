"""Forms of a proposal: to put it, to take a position, to end it, to sum it up."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainLine, PlainText
from forums.choices import Stance
from forums.models.consensus import POSITION_LIMIT, TEXT_LIMIT
from network.zones import ZoneField

LONGEST = timedelta(days=366)


class ProposalForm(forms.Form):
    """What everybody is asked to agree to, which mandate it answers, and until when."""

    text = PlainText(
        label=_("Proposal"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The words that everybody is asked to support. They do not change while positions are taken."),
        error_messages={"required": _("Write the proposal")},
    )  # fmt: skip
    conference = PlainLine(
        label=_("Conference whose mandate it answers"), max_length=200, required=False,
        help_text=_("For example: XXI Inter-American Conference of Ministers of Labor. You may leave it empty."),
    )  # fmt: skip
    paragraph = PlainLine(
        label=_("Paragraph"), max_length=80, required=False, help_text=_("Document and paragraph, for example: Plan of Action, 14.")
    )  # fmt: skip
    meeting = forms.RegexField(
        r"^M-\d{6,8}$", label=_("Number of that conference in the calendar"), max_length=10, required=False,
        help_text=_("For example M-000012, where the portal has a page of it."),
        error_messages={"invalid": _("Write the number as it stands on its page, for example M-000012")},
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(date(2000, 1, 1), _("Choose a later day")), MaxValueValidator(date(2099, 12, 31), _("Choose an earlier day"))],
        error_messages={"required": _("Say on which day it closes"), "invalid": _("Write the day as year-month-day")},
    )  # fmt: skip
    closes_hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="17:00",
        error_messages={"required": _("Say at which hour it closes"), "invalid": _("Write the hour as 17:00")},
    )  # fmt: skip
    zone = ZoneField(
        label=_("Time zone of that hour"), help_text=_("It is shown with the hour, so that everybody knows when it closes.")
    )  # fmt: skip

    def __init__(self, data=None, *, user):
        super().__init__(data, initial={"zone": user.timezone})
        self.fields["zone"].keep(user.timezone)

    def clean(self) -> dict:
        values = super().clean()
        if "closes_on" in values and "closes_hour" in values and "zone" in values:
            values["closes_at"] = self._moment(values)
        return values

    def _moment(self, values: dict) -> datetime:
        there = datetime.combine(values["closes_on"], values["closes_hour"], tzinfo=ZoneInfo(values["zone"]))
        if there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != there.replace(tzinfo=None):
            words = _("This hour does not exist in this zone: clocks are put forward then")
            self.add_error("closes_hour", ValidationError(words))
        elif there <= timezone.now():
            self.add_error("closes_on", ValidationError(_("This hour has passed already in that time zone")))
        elif there > timezone.now() + LONGEST:
            self.add_error("closes_on", ValidationError(_("Choose a day within a year")))
        return there

    @property
    def values(self) -> dict:
        return {
            name: self.cleaned_data[name]
            for name in ("text", "conference", "paragraph", "meeting", "closes_at", "zone")
        }


class PositionForm(forms.Form):
    """Where one stands, for whom, and why."""

    stance = forms.ChoiceField(
        label=_("Your position"), choices=Stance.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position")},
    )  # fmt: skip
    institution = forms.ChoiceField(label=_("For which institution"))
    text = PlainText(
        label=_("In words"), max_length=POSITION_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control short"}),
        help_text=_("Everybody who reads this forum reads it, with your name and institution."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, institutions, position=None):
        super().__init__(data, initial=self._before(position))
        self.institutions = {str(one.pk): one for one in institutions}
        if institutions:
            self.fields["institution"].choices = [(key, one.name) for key, one in self.institutions.items()]
        else:
            del self.fields["institution"]

    @staticmethod
    def _before(position) -> dict:
        if position is None:
            return {"version": 0}
        return {
            "stance": position.stance, "text": position.text, "institution": str(position.institution_id or ""),
            "version": position.version,
        }  # fmt: skip

    def clean(self) -> dict:
        values = super().clean()
        if values.get("stance") in (Stance.CHANGES, Stance.OBJECT) and "text" in values and not values["text"].strip():
            self.add_error("text", ValidationError(_("Say which changes you ask for, or why you object")))
        return values

    @property
    def values(self) -> dict:
        chosen = self.institutions.get(self.cleaned_data.get("institution", ""))
        return {name: self.cleaned_data[name] for name in ("stance", "text", "version")} | {"institution": chosen}


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = PlainLine(
        label=_("Why it is withdrawn"), max_length=500, help_text=_("Everybody who reads this forum reads it."),
        error_messages={"required": _("Say why: those who took a position will ask")},
    )  # fmt: skip


class SummaryForm(forms.Form):
    """What the positions come to."""

    summary = PlainText(
        label=_("Closing summary"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What was agreed, which reservations stand and whose they are, and what follows."),
        error_messages={"required": _("Write the summary")},
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
