"""Time zones in words: the place that gives a zone its name, and how far it is from UTC at a moment."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

# tzdata writes names of places without accents
SPELLED = {
    "Asuncion": "Asunción", "Bogota": "Bogotá", "Sao_Paulo": "São Paulo", "Mexico_City": "México", "Panama": "Panamá",
    "Cancun": "Cancún", "Merida": "Mérida", "Mazatlan": "Mazatlán", "Cordoba": "Córdoba", "Tucuman": "Tucumán",
    "Belem": "Belém", "Maceio": "Maceió", "Cuiaba": "Cuiabá", "Santarem": "Santarém", "Araguaina": "Araguaína",
    "New_York": "New York", "Zurich": "Zürich", "Port-au-Prince": "Port-au-Prince", "St_Johns": "St. John’s",
}  # fmt: skip


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Every zone of tzdata."""
    return frozenset(available_timezones())


def is_zone(value: str) -> None:
    """Refuse what is no zone of tzdata, in its own spelling: every clock of the portal reads it."""
    if value not in names():
        raise ValidationError(_("This is no time zone. Write it as tzdata does, for example America/Bogota."))


def place_of(zone: str) -> str:
    """The place that gives a zone its name."""
    last = zone.rpartition("/")[2]
    return SPELLED.get(last, last.replace("_", " "))


def offset_words(moment: datetime) -> str:
    """How far an aware moment's own clock is from UTC: `UTC−05:00`."""
    minutes = int(moment.utcoffset().total_seconds() // 60)
    sign, size = ("−" if minutes < 0 else "+"), abs(minutes)
    return f"UTC{sign}{size // 60:02d}:{size % 60:02d}"


def zone_words(zone: str, moment: datetime) -> str:
    """The zone at a moment: `Bogotá, UTC−05:00`."""
    there = moment.astimezone(ZoneInfo(zone))
    return offset_words(there) if zone == "UTC" else f"{place_of(zone)}, {offset_words(there)}"


def moment_words(moment: datetime, zone: str) -> str:
    """Day and hour on the clock of a zone, which is named: `12 March 2027, 15:00 (Bogotá, UTC−05:00)`."""
    there = moment.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(hour)s (%(zone)s)") % {
        "day": date_format(there, "DATE_FORMAT"),
        "hour": time_format(there.time(), "H:i"),
        "zone": zone_words(zone, moment),
    }
