"""Numbers and names of what entries are filed under: countries, areas, themes, categories, groups, in four languages."""

import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import kinds
from core.languages import current
from taxonomy.choices import (
    Availability,
    Coverage,
    FundingSource,
    ItemType,
    Modality,
    Population,
    PopulationSize,
    Profession,
    Spoken,
    Subregion,
    numbers,
)

LANGUAGES = {"es": _("Spanish"), "pt": _("Portuguese"), "fr": _("French"), "en": _("English")}
TEXT_IN = {
    "es": _("Text in Spanish"),
    "pt": _("Text in Portuguese"),
    "fr": _("Text in French"),
    "en": _("Text in English"),
}
STATUS = {
    "planned": pgettext_lazy("programme", "Planned"),
    "active": pgettext_lazy("programme", "Under way"),
    "ended": pgettext_lazy("programme", "Ended"),
    "unknown": pgettext_lazy("programme", "Not stated"),
}
YES = {"yes": _("Yes"), "no": _("No")}
KEPT_SECONDS = 60
TABLES = ("country", "area", "theme", "category", "type")  # lists that are rows of tables
LISTS = {**{name: name for name in TABLES}, "residence": "country"}  # which of them names the values of a facet


@dataclass(frozen=True)
class Named:
    """One value of a list: its number, code, four names, four short names, and what it belongs to."""

    number: int
    code: str
    names: dict
    short: dict = field(default_factory=dict)
    parent: str = ""

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.names[current()]

    @property
    def short_label(self) -> str:
        return self.short_in(current())

    def short_in(self, language: str) -> str:
        return self.short.get(language) or self.names[language]

    @property
    def all_names(self) -> list[tuple[str, str]]:
        """(language, name) pairs, for the search vector."""
        return list(self.names.items())


@dataclass(frozen=True)
class Labels:
    """Everything named, as of a catalogue version."""

    version: int
    country: dict[str, Named]
    area: dict[str, Named]
    theme: dict[str, Named]
    category: dict[str, Named]
    type: dict[str, Named]
    _said: dict = field(default_factory=dict, compare=False, repr=False)  # lists by what was asked of them

    @cached_property
    def by_number(self) -> dict[str, dict[int, Named]]:
        """Named values of the numbered lists, by their number."""
        return {name: {item.number: item for item in getattr(self, name).values()} for name in TABLES}

    def numbers(self, param: str) -> dict[str, int]:
        """{code: number} of a list."""
        if param == "kind":
            return {kind.key: kind.number for kind in kinds.every()}
        if param not in LISTS:
            return FIXED_NUMBERS[param]
        if param not in self._said:
            self._said[param] = {code: item.number for code, item in getattr(self, LISTS[param]).items()}
        return self._said[param]

    def names(self, param: str) -> dict[str, str]:
        """{code: name in the active language} of a list."""
        if param == "kind":
            return {kind.key: str(kind.label) for kind in kinds.every()}
        key = param, current()
        if key not in self._said:
            named = getattr(self, LISTS[param]) if param in LISTS else FIXED_NAMES[param]
            self._said[key] = {code: str(getattr(item, "label", item)) for code, item in named.items()}
        return self._said[key]

    def kept(self, key: Hashable, make):
        """What is put together from these labels once; it does not depend on the language."""
        if key not in self._said:
            self._said[key] = make()
        return self._said[key]

    def name(self, param: str, code: str) -> str:
        """The name of a value in the active language."""
        return self.names(param)[code]


FIXED_NUMBERS = {
    "subregion": numbers(Subregion),
    "population": numbers(Population),
    "coverage": numbers(Coverage),
    "funding": numbers(FundingSource),
    "size": numbers(PopulationSize),
    "profession": numbers(Profession),
    "modality": numbers(Modality),
    "availability": numbers(Availability),
    "speaks": numbers(Spoken),
    "item_type": numbers(ItemType),
    "language": {code: place for place, code in enumerate(LANGUAGES, start=1)},
    "evaluated": {"yes": 1, "no": 0},
    "offered": {"yes": 1, "no": 0},
    "status": {code: place for place, code in enumerate(STATUS, start=1)},
}
FIXED_NAMES = {
    "subregion": dict(Subregion.choices),
    "population": dict(Population.choices),
    "coverage": dict(Coverage.choices),
    "funding": dict(FundingSource.choices),
    "size": dict(PopulationSize.choices),
    "profession": dict(Profession.choices),
    "modality": dict(Modality.choices),
    "availability": dict(Availability.choices),
    "speaks": dict(Spoken.choices),
    "item_type": dict(ItemType.choices),
    "language": LANGUAGES,
    "evaluated": YES,
    "offered": YES,
    "status": STATUS,
}

_VERSION = "SELECT COALESCE((SELECT number FROM catalogue_catalogueversion ORDER BY id LIMIT 1), 0)"
_NAMES = "json_build_object('en', label_en, 'es', label_es, 'pt', label_pt, 'fr', label_fr)"
_EVERYTHING = f"""{_VERSION},
    (SELECT json_agg(json_build_array(number, iso2, {_NAMES}, '{{}}'::json, subregion) ORDER BY number) FROM network_country),
    (SELECT json_agg(json_build_array(number, code, {_NAMES}) ORDER BY number) FROM taxonomy_area),
    (SELECT json_agg(json_build_array(number, code, {_NAMES}, '{{}}'::json, area_id) ORDER BY number) FROM taxonomy_theme),
    (SELECT json_agg(json_build_array(number, code, {_NAMES},
        json_build_object('en', short_en, 'es', short_es, 'pt', short_pt, 'fr', short_fr)) ORDER BY number)
     FROM taxonomy_programcategory),
    (SELECT json_agg(json_build_array(number, code, {_NAMES}) ORDER BY number) FROM taxonomy_projecttype)
"""

_kept: tuple[float, Labels] | None = None


def read() -> Labels:
    """Version and labels in one statement; the labels themselves only when the version moved, or once a minute."""
    global _kept
    kept_until, labels = _kept or (0.0, None)
    with connection.cursor() as cursor:
        if labels is not None and time.monotonic() < kept_until:
            cursor.execute(_VERSION)
            if cursor.fetchone()[0] == labels.version:
                return labels
        cursor.execute(_EVERYTHING)
        version, *lists = cursor.fetchone()
    tables = [{row[1]: Named(*row) for row in rows or ()} for rows in lists]
    labels = Labels(version, *tables)
    # an empty catalogue has no version to tell one state of the labels from another: nothing is kept of it
    _kept = (time.monotonic() + KEPT_SECONDS, labels) if version else None
    return labels
