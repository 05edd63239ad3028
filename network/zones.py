"""Time zones to choose from: those of the countries of the network, and of the capitals it works with."""

from functools import lru_cache
from importlib.resources import files

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.languages import sort_key
from core.zones import names, place_of
from network.models import Country

ELSEWHERE = ("Europe/Brussels", "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Rome", "Europe/Zurich")


@lru_cache(maxsize=1)
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Every zone of each country as tzdata lists them, the most populous first."""
    found: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _position, zone = line.split("\t")[:3]
            found.setdefault(code, []).append(zone)
    return {code: tuple(zones) for code, zones in found.items()}


def zone_choices() -> list:
    """Zones by country, in the reader's language."""
    found, every = [("UTC", "UTC")], zones_by_country()
    for country in sorted(Country.objects.all(), key=lambda one: sort_key(one.label)):
        zones = dict.fromkeys((country.timezone, *every.get(country.iso2, ())))
        found.append((str(country), [(zone, place_of(zone)) for zone in zones]))
    return [*found, (gettext("Elsewhere"), [(zone, place_of(zone)) for zone in ELSEWHERE])]


class ZoneField(forms.ChoiceField):
    """A zone of one of the countries of the network, of a capital it works with, or UTC."""

    def __init__(self, **options):
        options.setdefault("label", _("Time zone"))
        super().__init__(choices=zone_choices, **options)

    def keep(self, zone: str) -> None:
        """Whatever zone is in force can stay."""
        offered = zone_choices()
        if zone in names() and zone not in {name for _group, zones in offered[1:] for name, _place in zones} | {"UTC"}:
            self.choices = [(zone, place_of(zone)), *offered]
