"""The small forms: call off, upload, what remains, a task, an hour to plan, which meetings to list."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.forms.fields import PlainLine, PlainText, WebAddress
from core.languages import RECORD_LANGUAGES, sort_key
from meetings.choices import Audience, FileKind, MeetingKind, RegistrationState
from meetings.forms.fields import DayField, HourField
from meetings.models.meetings import TEXT_LIMIT
from meetings.planner import LONGEST
from network.choices import Role
from network.models import User
from network.zones import ZoneField

QUERY_LIMIT = 200
LAST_PAGE = 1000
PLANNED = timedelta(days=2 * 366)  # how far from today, or from its meeting, a day is planned
MORE = ("area", "theme", "country", "language", "day")


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = PlainLine(
        label=_("Reason"), max_length=500, help_text=_("It is told to everybody who registered, and stands on the page."),
        error_messages={"required": _("Write the reason")},
    )  # fmt: skip


class UploadForm(forms.Form):
    """A document beside a meeting."""

    file = forms.FileField(
        label=pgettext_lazy("of a meeting", "File"), help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, TXT or CSV; up to 20 MB."),
        error_messages={
            "required": _("Choose a file"), "invalid": _("Choose a file"), "empty": _("The file is empty. Choose another one."),
        },
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What it is"), choices=FileKind.choices)
    audience = forms.ChoiceField(label=_("Who may open it"), choices=Audience.choices)


class AfterForm(forms.Form):
    """Recording and minutes."""

    recording_link = WebAddress(
        label=_("Address of the recording"), required=False, max_length=500,
        help_text=_("Whoever sees the meeting sees it: leave it empty if the recording is not for all of them."),
    )  # fmt: skip
    minutes = PlainText(
        label=_("Minutes"), required=False, max_length=TEXT_LIMIT * 4, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What was said and agreed. A document can stand beside them."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class TaskForm(forms.Form):
    """What somebody does after a meeting."""

    text = PlainLine(
        label=_("What is to be done"), max_length=300, error_messages={"required": _("Say what is to be done")},
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label=_("Who does it"), queryset=User.objects.none(), empty_label=pgettext_lazy("person", "Choose"),
        help_text=_("Those who registered, and those who organise."),
        error_messages={"required": _("Choose who does it"), "invalid_choice": _("Choose somebody of the list")},
    )  # fmt: skip
    due = DayField(label=_("By when"), required=True)

    def __init__(self, meeting, data=None, *, task=None):
        super().__init__(data, initial=task and {"text": task.text, "owner": task.owner_id, "due": task.due})
        self.due_before = task and task.due
        if task:
            self.fields["seen"] = forms.CharField(
                required=False, strip=False, max_length=400, widget=forms.HiddenInput, initial=task.stands
            )
        self.fields["owner"].queryset = people_of(meeting, task.owner_id if task else None)

    def clean_due(self) -> date:
        """From today on; what is overdue keeps its day while something else of it changes."""
        due = self.cleaned_data["due"]
        if due < timezone.localdate() and due != self.due_before:
            raise ValidationError(_("This day is over: nobody could keep it any more. Choose today or a later day."))
        return due


def people_of(meeting, also: int | None = None):
    """Those who may be asked to do something: with a place in the meeting, or organising it; and who was asked already."""
    went = User.objects.filter(
        is_active=True, meeting_registrations__meeting=meeting, meeting_registrations__state=RegistrationState.CONFIRMED
    )
    found = went.values("pk").union(User.objects.holding(Role.ADMINISTRATOR, Role.MODERATOR).values("pk"))
    if meeting.institution_id:
        found = found.union(User.objects.holding(Role.COORDINATOR, institution=meeting.institution).values("pk"))
    return User.objects.filter(Q(pk__in=found) | Q(pk=also), is_active=True).order_by("name", "pk")


class PlannerForm(forms.Form):
    """A day, an hour, a zone and a length to look at."""

    day = DayField(label=_("Day"))
    time = HourField(label=_("Hour"))
    zone = ZoneField(required=False, label=_("On the clock of"))
    minutes = forms.TypedChoiceField(
        label=_("How long"), required=False, coerce=int, empty_value=None,
        choices=[(30, _("30 minutes")), (60, _("1 hour")), (90, _("1 hour 30 minutes")), (120, _("2 hours")), (180, _("3 hours")),
                 (240, _("4 hours")), (480, _("8 hours"))],
    )  # fmt: skip

    def __init__(self, data, *, minutes: int, around: date):
        super().__init__(data)
        self.around = around
        known = self.fields["minutes"].choices
        own = {minutes, _minutes_of(data)} - {None, *dict(known)}
        self.fields["minutes"].choices = sorted([*known, *((number, _length(number)) for number in own)])

    def clean_day(self) -> date | None:
        """Near today, or near the meeting: each other day of a century would be drawn, with its holidays, for whoever asks."""
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day is None or abs(day - today) <= PLANNED or abs(day - self.around) <= PLANNED:
            return day
        raise ValidationError(_("Choose a later day") if day < today else _("Choose an earlier day"))

    @property
    def asks_day(self) -> bool:
        """Whether a day is given, and right."""
        self.is_valid()
        return self.cleaned_data.get("day") is not None

    @property
    def asks_hour(self) -> bool:
        """Whether an hour is given, and right."""
        self.is_valid()
        return self.cleaned_data.get("time") is not None

    def read(self, begins: datetime, zone: str, minutes: int) -> tuple[datetime, str, int]:
        """(moment, zone, minutes) to look at: what is given and right, else what was given to start from."""
        self.is_valid()
        said = self.cleaned_data
        chosen = said.get("zone") or zone
        there = begins.astimezone(ZoneInfo(chosen))
        day: date = said.get("day") or there.date()
        hour = said.get("time") if said.get("time") is not None else there.time().replace(second=0, microsecond=0)
        clock = ZoneInfo(chosen)
        moment = datetime.combine(day, hour, clock).astimezone(UTC)  # an hour that clocks leave out is the next one
        return moment.astimezone(clock), chosen, said.get("minutes") or minutes


def _minutes_of(data) -> int | None:
    """The length that an address asks for, if a meeting of a day can have it."""
    said = (data or {}).get("minutes", "")
    asked = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
    return asked if 0 < asked <= LONGEST else None


def _length(minutes: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


class ListForm(forms.Form):
    """Which meetings the list shows. A value that its list does not hold is left out, and said."""

    q = PlainLine(label=_("Words"), required=False, max_length=QUERY_LIMIT)
    when = forms.ChoiceField(
        label=pgettext_lazy("of meetings", "When"), required=False,
        choices=[("", pgettext_lazy("meetings", "All")), ("coming", _("To come")), ("past", pgettext_lazy("meetings", "Past"))],
    )  # fmt: skip
    format = forms.ChoiceField(
        label=_("Kind of meeting"),
        required=False,
        choices=[("", pgettext_lazy("meetings", "All")), *MeetingKind.choices],
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(
        label=_("Working language"), required=False, choices=[("", pgettext_lazy("meetings", "All")), *RECORD_LANGUAGES]
    )
    day = DayField(label=_("Day"))
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput)

    def __init__(self, data, *, labels):
        super().__init__(data, auto_id="f-%s")
        for name in ("area", "theme"):
            known = getattr(labels, name)
            self.fields[name].choices = [
                ("", pgettext_lazy("meetings", "All")),
                *((code, f"{code} {one.label}") for code, one in known.items()),
            ]
        countries = sorted(
            ((code, one.label) for code, one in labels.country.items()), key=lambda row: sort_key(row[1])
        )
        self.fields["country"].choices = [("", pgettext_lazy("meetings", "All")), *countries]
        for field in self.fields.values():
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = css
        self.is_valid()

    @property
    def chosen(self) -> dict:
        """Filters in force."""
        return {name: value for name, value in self.cleaned_data.items() if name != "page" and value not in (None, "")}

    @property
    def first_fields(self) -> list:
        """Those that stand open."""
        return [self[name] for name in ("q", "when", "format")]

    @property
    def more_fields(self) -> list:
        """Those that unfold."""
        return [self[name] for name in MORE]

    @property
    def more_open(self) -> bool:
        """Whether one of them is in force, or wrong."""
        return any(name in self.chosen or name in self.errors for name in MORE)

    @property
    def number(self) -> int:
        return self.cleaned_data.get("page") or 1

    def narrow(self, rows):
        """The meetings that the filters leave, in their order."""
        said, now = self.chosen, timezone.now()
        if "q" in said:
            rows = rows.saying(said["q"])
        if "format" in said:
            rows = rows.filter(kind=said["format"])
        if "theme" in said:
            rows = rows.filter(themes__contains=[said["theme"]])
        if "area" in said:
            rows = rows.filter(themes__overlap=self._themes_of(said["area"]))
        if "country" in said:
            rows = rows.filter(country=said["country"])
        if "language" in said:
            rows = rows.filter(spoken__contains=[said["language"]])
        if "day" in said:
            return rows.between(said["day"], said["day"]).order_by("starts_at", "pk")
        if said.get("when") == "coming":
            return rows.filter(ends_at__gt=now).order_by("starts_at", "pk")
        if said.get("when") == "past":
            rows = rows.exclude(ends_at__gt=now)
        return rows.next_first(now)

    @property
    def mixes(self) -> bool:
        """Whether what is to come and what is past stand in one list."""
        return "when" not in self.chosen and "day" not in self.chosen

    def _themes_of(self, area: str) -> list[str]:
        return [code for code, _name in self.fields["theme"].choices if code.startswith(f"{area}-")]
