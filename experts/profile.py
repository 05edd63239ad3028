"""A public profile as its page draws it: only what the person says yes to. Asks the database for nothing but what it names."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from catalogue import kinds
from catalogue import linked as machines
from catalogue.labels import LANGUAGES, TEXT_IN, Labels, Named
from catalogue.models import Entry
from core.languages import current
from experts import freshness, orcid
from experts.choices import Level, Shown
from experts.entries import KEY
from experts.parts import lines
from network.managers import today
from taxonomy.choices import Modality, Profession, Spoken


@dataclass(frozen=True)
class KnownTheme:
    """A theme with how well it is known, in words."""

    theme: Named
    level: str


@dataclass(frozen=True)
class Linked:
    """Something public of the portal that the profile names."""

    number: str
    title: str
    url: str
    language: str
    kind: str


@dataclass(frozen=True)
class Published:
    """What they wrote; `link` leads to the web, `item` to the library."""

    title: str
    year: int | None
    link: str
    item: Linked | None


class Profile:
    """Everything the page shows."""

    def __init__(self, expert, labels: Labels):
        self.expert, self.text, self.labels = expert, expert.published, labels
        self.named = self._named()

    def _named(self) -> dict[str, Linked]:
        """What the text names by number, as far as it is public: one query, none where nothing is named."""
        numbers = list(self.text.programmes) if self.shows(Shown.PROGRAMMES) else []
        if self.shows(Shown.PUBLICATIONS):
            numbers += [row.item for row in lines(self.text, "publications") if row.item]
        if not numbers:
            return {}
        rows = Entry.objects.filter(permanent_id__in=numbers).only("permanent_id", "title", "slug", "language", "kind")
        return {row.permanent_id: _linked(row) for row in rows}

    def shows(self, name: str) -> bool:
        return self.expert.shows(name)

    # --- facts
    @property
    def profession(self) -> str:
        return str(Profession(self.text.profession).label) if self.text.profession in Profession.values else ""

    @property
    def position(self) -> str:
        return self.text.position if self.shows(Shown.POSITION) else ""

    @property
    def institution(self) -> str:
        if not self.shows(Shown.POSITION):
            return ""
        return self.text.institution.name if self.text.institution else self.text.institution_text

    @property
    def residence(self) -> Named | None:
        return self.labels.country.get(self.text.residence_id) if self.shows(Shown.RESIDENCE) else None

    @property
    def residence_text(self) -> str:
        return self.text.residence_text if self.shows(Shown.RESIDENCE) and not self.text.residence_id else ""

    @cached_property
    def countries(self) -> list[Named]:
        return [self.labels.country[code] for code in self.text.countries if code in self.labels.country]

    @cached_property
    def themes(self) -> list[KnownTheme]:
        """In the order in which the person wrote them, each once."""
        found = {}
        for row in lines(self.text, "theme_lines"):
            if row.theme in self.labels.theme and row.theme not in found:
                level = str(Level(row.level).label) if row.level in Level.values else ""
                found[row.theme] = KnownTheme(self.labels.theme[row.theme], level)
        return list(found.values())

    @property
    def languages(self) -> str:
        return ", ".join(str(Spoken(code).label) for code in Spoken.values if code in self.text.languages)

    @property
    def modalities(self) -> list[str]:
        return [str(Modality(code).label) for code in Modality.values if code in self.text.modalities]

    @property
    def notice(self) -> str:
        weeks = self.expert.notice_weeks
        if not weeks:
            return ""
        return ngettext("Needs to know %(weeks)s week before", "Needs to know %(weeks)s weeks before", weeks) % {
            "weeks": weeks
        }

    @cached_property
    def fresh(self) -> freshness.Freshness | None:
        return freshness.freshness(self.expert.confirmed_on, today())

    # --- text
    @property
    def biography(self) -> str:
        return self.text.biography if self.shows(Shown.BIOGRAPHY) else ""

    @cached_property
    def publications(self) -> list[Published]:
        if not self.shows(Shown.PUBLICATIONS):
            return []
        return [
            Published(row.title or row.link, row.year, row.link, self.named.get(row.item))
            for row in lines(self.text, "publications")
            if row.title or row.link
        ]

    @cached_property
    def activities(self) -> list[tuple]:
        """Title, part, country, year."""
        if not self.shows(Shown.ACTIVITIES):
            return []
        known = self.labels.country
        return [
            (row.title, row.role, known[row.country].label if row.country in known else "", str(row.year or ""))
            for row in lines(self.text, "activities")
        ]

    @cached_property
    def programmes(self) -> list[Linked]:
        if not self.shows(Shown.PROGRAMMES):
            return []
        return [self.named[number] for number in self.text.programmes if number in self.named]

    @property
    def orcid(self) -> str:
        return self.text.orcid if self.shows(Shown.ORCID) else ""

    @property
    def orcid_address(self) -> str:
        return orcid.address(self.orcid) if self.orcid else ""

    # --- the page
    @property
    def permanent_url(self) -> str:
        return settings.SITE_URL + reverse("permanent", args=[self.expert.permanent_id])

    @property
    def is_in_another_language(self) -> bool:
        return self.text.language != current()

    @property
    def text_in(self) -> str:
        return str(TEXT_IN[self.text.language])

    @property
    def language_name(self) -> str:
        return str(LANGUAGES[self.text.language])

    def linked_data(self) -> dict:
        """The person as schema.org's Person: nothing that the page does not show, and no address to write to."""
        kind = kinds.get(KEY)
        found = {
            **machines.record(kind, kind.data(self.expert), self.labels),
            "jobTitle": self.position,
            "description": self.biography,
            "sameAs": self.orcid_address,
        }
        return {key: value for key, value in found.items() if value}


def _linked(row) -> Linked:
    kind = kinds.get(row.kind)
    return Linked(row.permanent_id, row.title, reverse(kind.url_name, args=[row.slug]), row.language, str(kind.one))
