"""Days and hours as people give them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from core.forms.fields import plain

OLDEST, FURTHEST = date(2000, 1, 1), date(2099, 12, 31)
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
HOURS = ["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M"]


class DayField(forms.DateField):
    """A day, by the browser's own calendar or in figures."""

    def __init__(self, **options):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": _("Write the day as year, month and day, for example 2027-03-12")}
        within = [
            MinValueValidator(OLDEST, _("Choose a later day")), MaxValueValidator(FURTHEST, _("Choose an earlier day")),
        ]  # fmt: skip
        options.setdefault("required", False)
        super().__init__(widget=widget, input_formats=DAYS, error_messages=messages, validators=within, **options)

    def to_python(self, value):
        return super().to_python(plain(value)[:40] if isinstance(value, str) else value)


class HourField(forms.TimeField):
    """An hour."""

    def __init__(self, **options):
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        messages = {"invalid": _("Write the hour with hours and minutes, for example 15:00")}
        options.setdefault("required", False)
        super().__init__(widget=widget, input_formats=HOURS, error_messages=messages, **options)

    def to_python(self, value):
        return super().to_python(plain(value)[:20] if isinstance(value, str) else value)


def is_first_of_two(moment: datetime) -> bool:
    """Whether a local moment's hour comes once more, because clocks go back over it."""
    return not moment.fold and moment.utcoffset() != moment.replace(fold=1).utcoffset()


def moment_of(day: date, hour: time, zone: str) -> datetime:
    """A moment on the clock of a zone; refused where clocks go forward and the hour does not exist. Of an hour that comes
    twice it is the first."""
    there = datetime.combine(day, hour, ZoneInfo(zone))
    back = there.astimezone(UTC).astimezone(there.tzinfo)
    if back.replace(tzinfo=None) != there.replace(tzinfo=None):
        raise ValidationError(
            _("This hour does not exist on that day in that zone: clocks go forward. Choose another one.")
        )
    return there.astimezone(UTC)
