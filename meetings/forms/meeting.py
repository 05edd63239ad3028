"""The form of a meeting."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from catalogue import labels
from catalogue.sorting import sort_key
from core.forms.fields import CodesField, PlainLine, PlainText, WebAddress
from core.languages import RECORD_LANGUAGES
from core.zones import offset_words
from meetings import permissions, when
from meetings.choices import Access, MeetingKind, Provider, RegistrationMode
from meetings.forms.fields import DayField, HourField, is_first_of_two, moment_of
from meetings.forms.lines import Lines
from meetings.models import Meeting
from meetings.models.meetings import TEXT_LIMIT
from meetings.parts import PARTS
from network.choices import Role
from network.models import Institution
from network.zones import ZoneField

LONGEST = timedelta(days=31)
MOST_PLACES = 100_000
WHEN = ("day", "hour", "last_day", "last_hour")
SECTIONS = (
    ("what", _("What it is"), ("institution", "language", "title", "kind", "access", "about", "themes")),
    ("when", _("When"), ("zone", "day", "hour", "last_day", "last_hour")),
    ("where", _("Where"), ("provider", "join_link", "place", "country_id")),
    ("how", _("Languages"), ("spoken", "interpretation")),
    ("register", _("Registration"), ("registration", "capacity")),
)


class MeetingForm(forms.Form):
    """A draft needs a title; what else is missing is said when it is announced."""

    institution = forms.ChoiceField(label=_("Organised by"), required=False)
    language = forms.ChoiceField(
        label=_("Language of this text"), choices=RECORD_LANGUAGES,
        help_text=_("In which title, text and agenda are written here."),
    )  # fmt: skip
    title = PlainLine(label=_("Title"), max_length=200, error_messages={"required": _("Write the title")})
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    access = forms.ChoiceField(
        label=_("Who finds it in the calendar"), choices=Access.choices, widget=forms.RadioSelect,
        help_text=_("A public meeting that a coordinator calls is read by the OAS before it is announced."),
    )  # fmt: skip
    about = PlainText(
        label=_("What it is about"), required=False, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For whom it is, and what people take home. Two or three sentences are enough."),
    )  # fmt: skip
    themes = CodesField(label=_("Themes"))
    zone = ZoneField(
        help_text=_("The hours below are those of this zone. Everybody reads them on their own clock too.")
    )
    day = DayField(label=_("First day"))
    hour = HourField(label=_("Begins at"))
    last_day = DayField(
        label=_("Last day, if it is another one"), help_text=_("Also for a meeting that goes on after midnight.")
    )
    last_hour = HourField(label=_("Ends at"))
    provider = forms.ChoiceField(label=_("On line"), choices=Provider.choices, widget=forms.RadioSelect)
    join_link = WebAddress(
        label=_("Address to join, on another service"), required=False, max_length=500,
        help_text=_("Only those who have a place ever see it."),
    )  # fmt: skip
    place = PlainLine(
        label=_("Place"), required=False, max_length=200, help_text=_("Hall and city, if people come together.")
    )
    country_id = forms.ChoiceField(label=_("Country"), required=False)
    spoken = CodesField(label=_("Working languages"), choices=RECORD_LANGUAGES)
    interpretation = CodesField(
        label=_("Interpretation into"), choices=RECORD_LANGUAGES,
        help_text=_("Leave it empty if nobody interprets."),
    )  # fmt: skip
    registration = forms.ChoiceField(
        label=_("How people register"), choices=RegistrationMode.choices, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label=_("Number of places"), required=False, min_value=1, max_value=MOST_PLACES,
        help_text=_("Empty: as many as come. Who comes later stands on a waiting list."),
        error_messages={"invalid": _("Write a whole number")},
    )  # fmt: skip
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, meeting: Meeting, data=None, *, user, more: str = ""):
        super().__init__(data, initial=_initial(meeting))
        self.meeting = meeting
        self.groups = {name: Lines(name, getattr(meeting, name), data, 3 if more == name else 0) for name in PARTS}
        known = labels.read()
        self.fields["themes"].choices = [(code, f"{code} {one.label}") for code, one in known.theme.items()]
        countries = sorted(((code, one.label) for code, one in known.country.items()), key=lambda row: sort_key(row[1]))
        self.fields["country_id"].choices = [("", pgettext_lazy("place of a meeting", "None")), *countries]
        self.fields["zone"].keep(meeting.zone)
        self._offer_institutions(user)
        for name in permissions.fixed_for(user, meeting) if meeting.pk else ():
            self.fields.pop(name)

    def _offer_institutions(self, user) -> None:
        """Staff call meetings of the network or of any institution; coordinators those of their own."""
        if self.meeting.pk:
            self.fields.pop("institution")
            return
        if permissions.is_staff_organiser(user):
            found = [("", _("The network")), *_institutions_by_country()]
        else:
            own = [m.institution for m in user.memberships_now if m.role == Role.COORDINATOR]
            found = [(str(one.pk), one.name) for one in own]
        self.fields["institution"].choices = found

    # --- reading
    def is_valid(self) -> bool:
        verdicts = [super().is_valid(), *(group.is_valid() for group in self.groups.values())]
        return all(verdicts)

    def clean(self):
        data = super().clean()
        data["starts_at"] = data["ends_at"] = None
        if any(name in self.errors for name in (*WHEN, "zone")) or not any(data.get(name) for name in WHEN):
            return data
        for name, words in (
            ("day", _("Choose the day")), ("hour", _("Write when it begins")), ("last_hour", _("Write when it ends")),
        ):  # fmt: skip
            if data.get(name) is None:
                self.add_error(name, words)
        if not self.errors.keys() & set(WHEN):
            self._read_moments(data)
        return data

    def _read_moments(self, data) -> None:
        try:
            begins = moment_of(data["day"], data["hour"], data["zone"])
        except ValidationError as error:
            self.add_error("hour", error)
            return
        try:
            ends = moment_of(data.get("last_day") or data["day"], data["last_hour"], data["zone"])
        except ValidationError as error:
            self.add_error("last_hour", error)
            return
        if ends <= begins:
            self.add_error(
                "last_hour", _("The end is not after the beginning. If it ends on the next day, write that day.")
            )
        elif ends - begins > LONGEST:
            self.add_error("last_day", _("A meeting lasts a month at most."))
        else:
            data["starts_at"], data["ends_at"] = begins, ends

    @property
    def hours_that_come_twice(self) -> list[str]:
        """Which of the hours come twice, because clocks go back, and that the first one is meant."""
        data = self.cleaned_data
        moments = [data[name] for name in ("starts_at", "ends_at") if data[name]]
        local = [moment.astimezone(ZoneInfo(data["zone"])) for moment in moments]
        words = _("Clocks go back on that day, and %(hour)s comes twice. The first one is meant: %(offset)s.")
        return [
            words % {"hour": when.hour(moment), "offset": offset_words(moment)}
            for moment in local if is_first_of_two(moment)
        ]  # fmt: skip

    @property
    def values(self) -> dict:
        """Columns of the meeting as the form says them."""
        data = self.cleaned_data
        names = (
            "language", "title", "kind", "access", "about", "themes", "zone", "starts_at", "ends_at", "provider", "join_link",
            "place", "spoken", "interpretation", "registration", "capacity",
        )  # fmt: skip
        found = {name: data[name] for name in names if name in self.fields or name in ("starts_at", "ends_at")}
        found["country_id"] = data["country_id"] or None
        if found["provider"] != Provider.LINK:
            found.pop("join_link")
        for name, group in self.groups.items():
            if group.is_bound:
                found[name] = group.value()
        return found

    @property
    def chosen_institution(self) -> Institution | None:
        """In whose name a new meeting is called."""
        number = self.cleaned_data.get("institution")
        return Institution.objects.get(pk=number) if number else None

    # --- showing
    @cached_property
    def sections(self) -> list[tuple[str, str, list]]:
        """The fields by section, those that may be changed."""
        return [(key, title, [self[name] for name in names if name in self.fields]) for key, title, names in SECTIONS]

    def all_errors(self) -> list[dict]:
        """What is wrong in the lines, with links to the controls."""
        return [
            {"href": f"#{cell.id}", "words": f"{line.heading}: {words}"}
            for group in self.groups.values() if group.is_bound
            for line in group.lines for cell in line.cells for words in cell.errors
        ]  # fmt: skip


def _institutions_by_country() -> list[tuple[str, list]]:
    """Institutions under the name of their country, as the reader's language sorts them; at the end those of no country."""
    found: dict[str, list] = {}
    of_none = pgettext("institutions", "Of no single country")
    for one in Institution.objects.open().by_country().select_related("country"):
        found.setdefault(str(one.country or of_none), []).append((str(one.pk), one.name))
    return list(found.items())


def _initial(meeting: Meeting) -> dict:
    found = {
        name: getattr(meeting, name)
        for name in (
            "language", "title", "kind", "access", "about", "themes", "zone", "provider", "place", "country_id", "spoken",
            "interpretation", "registration", "capacity", "version",
        )
    }  # fmt: skip
    found["join_link"] = meeting.join_link if meeting.provider == Provider.LINK else ""
    if meeting.starts_at:
        begins, ends = meeting.local_start, meeting.local_end
        found |= {"day": begins.date(), "hour": begins.time(), "last_hour": ends.time()}
        if ends.date() != begins.date():
            found["last_day"] = ends.date()
    return found
