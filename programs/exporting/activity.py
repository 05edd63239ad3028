"""One record as an IATI activity: its elements in the order of the standard's schema."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import current
from core.xml import XmlStream
from network.choices import InstitutionKind
from programs.choices import CooperationType, PartnerRole, Region
from programs.exporting.activity_money import Money
from programs.exporting.columns import Item
from programs.exporting.uris import uri
from programs.parts import lines

OWN = "99"  # a vocabulary of the reporting organisation
DAC, SDG_TARGETS, OECD_MARKERS = "1", "3", "1"
GENERAL, OBJECTIVES, TARGET_GROUPS, OTHER = "1", "2", "3", "4"
DESCRIPTIONS = (
    ("description", GENERAL),
    ("objectives", OBJECTIVES),
    ("population_served", TARGET_GROUPS),
    ("implementation_strategy", OTHER),
)
ROLES = {
    PartnerRole.FUNDING: "1",
    PartnerRole.EXTENDING: "3",
    PartnerRole.IMPLEMENTING: "4",
    PartnerRole.PARTNER: "4",  # the standard knows no other part in carrying it out
}
IMPLEMENTING = "4"
ORGANISATIONS = {
    InstitutionKind.MINISTRY: "10",
    InstitutionKind.AGENCY: "10",
    InstitutionKind.INSTITUTE: "80",
    InstitutionKind.INTERNATIONAL: "40",
    InstitutionKind.ACADEMIC: "80",
    InstitutionKind.WORKERS: "90",
    InstitutionKind.EMPLOYERS: "90",
    InstitutionKind.OTHER: "90",
}
STATUS = {"planned": "1", "active": "2", "ended": "4", "unknown": "2"}
REGIONS = {
    Region.AMERICAS: "498",
    Region.CENTRAL: "1032",
    Region.CARIBBEAN: "1031",
    Region.SOUTH: "489",
}  # the DAC has no code for North America
COLLABORATION = {CooperationType.BILATERAL: "1", CooperationType.TRIANGULAR: "8"}
MARKERS = (("gender_marker", "1"), ("disability_marker", "11"))
WEB_PAGE = "A12"
RESULTS = (("products", "1"), ("accomplishments", "2"), ("results", "2"), ("impact", "3"))
QUALITATIVE = "5"


def shares(weights: dict[str, int]) -> dict[str, str]:
    """Percentages by weight, with two decimals at most, that make exactly 100."""
    total, cent = sum(weights.values()), Decimal("0.01")
    found = {code: (Decimal(100) * weight / total).quantize(cent) for code, weight in weights.items()}
    first = next(iter(found))
    found[first] += 100 - sum(found.values())
    return {code: f"{share.normalize():f}" for code, share in found.items()}


class Activity:
    """Writes one activity. The record's own words are in the activity's language; the portal's say theirs."""

    def __init__(self, xml: XmlStream, item: Item, reporter, themes: dict):
        self.xml, self.item, self.reporter, self.themes = xml, item, reporter, themes
        self.project, self.text, self.labels = item.project, item.text, item.labels
        self.today = timezone.localdate()

    @cached_property
    def money(self) -> Money:
        return Money(self)

    def write(self) -> None:
        """The whole activity."""
        attributes = {
            "xml:lang": self.text.language,
            "default-currency": self.money.currency,
            "last-updated-datetime": self.project.published_at.isoformat(timespec="seconds"),
        }
        with self.xml.inside("iati-activity", attributes):
            self._identity()
            self._descriptions()
            self._organisations()
            self._other_identifier()
            self._status_and_dates()
            self._places()
            self._sectors()
            self._markers()
            self.money.write()
            self._documents()
            self._results()

    # --- narratives
    def own(self, text: str) -> None:
        """Words of the record."""
        self.xml.element("narrative", text)

    def ours(self, text: str) -> None:
        """Words of the portal, in the language of the download."""
        other = current() if current() != self.text.language else ""
        self.xml.element("narrative", text, {"xml:lang": other})

    # --- elements
    def _identity(self) -> None:
        reporter = self.reporter
        self.xml.element("iati-identifier", f"{reporter.ref}-INLA-{self.project.permanent_id}")
        attributes = {"ref": reporter.ref, "type": reporter.type, "secondary-reporter": "1"}
        with self.xml.inside("reporting-org", attributes):
            self.xml.element("narrative", reporter.name, {"xml:lang": "en" if self.text.language != "en" else ""})
        with self.xml.inside("title"):
            self.own(self.text.title)

    def _descriptions(self) -> None:
        for column, type_ in DESCRIPTIONS:
            words = getattr(self.text, column) or (self.text.title if column == "description" else "")
            if words:
                with self.xml.inside("description", {"type": type_}):
                    self.own(words)

    def _organisations(self) -> None:
        written = self._institution()
        for partner in lines(self.text, "partners"):
            if partner.role not in ROLES:
                self.xml.comment(f"participating-org left out, its role is not stated: {partner.name}")
            elif partner.name:
                written = self._organisation(partner.name, ROLES[partner.role])
        if not written:  # the schema wants one
            with self.xml.inside("participating-org", {"role": IMPLEMENTING}):
                self.ours(_("Not stated"))

    def _institution(self) -> bool:
        linked, name = self.text.institution, self.text.institution_text
        if linked:
            return self._organisation(linked.name, IMPLEMENTING, ORGANISATIONS.get(linked.kind, ""))
        return self._organisation(name, IMPLEMENTING) if name else False

    def _organisation(self, name: str, role: str, type_: str = "") -> bool:
        with self.xml.inside("participating-org", {"role": role, "type": type_}):
            self.own(name)
        return True

    def _other_identifier(self) -> None:
        with (
            self.xml.inside("other-identifier", {"ref": self.project.permanent_id, "type": "A1"}),
            self.xml.inside("owner-org", {"ref": self.reporter.ref}),
        ):
            self.xml.element("narrative", self.reporter.name)

    def _status_and_dates(self) -> None:
        span, status = self.text.span, self.text.span.status(self.today)
        self.xml.element("activity-status", attributes={"code": STATUS[status]})
        if status == "unknown":
            self.xml.comment("begun; whether it goes on is not known")
        if span.first_day:
            self._date("2" if span.first_day <= self.today else "1", span.first_day, span.start)
        if span.last_day:
            self._date("4" if status == "ended" else "3", span.last_day, span.end)

    def _date(self, type_: str, day, partial) -> None:
        attributes = {"type": type_, "iso-date": day.isoformat()}
        _year, month, known_day = partial
        if month and known_day:
            self.xml.element("activity-date", attributes=attributes)
            return
        with self.xml.inside("activity-date", attributes):
            self.ours(_("Exact to the month") if month else _("Exact to the year"))

    def _places(self) -> None:
        countries = [code for code in self.text.countries if code in self.labels.country]
        if countries:
            for code, share in shares(dict.fromkeys(countries, 1)).items():
                self.xml.element("recipient-country", attributes={"code": code, "percentage": share})
        elif self.text.region:
            code = REGIONS.get(self.text.region)
            own = {} if code else {"vocabulary": OWN, "vocabulary-uri": self._list("subregions")}
            attributes = {"code": code or self.text.region, **(own or {"vocabulary": DAC}), "percentage": "100"}
            with self.xml.inside("recipient-region", attributes):
                self.ours(str(Region(self.text.region).label))

    @cached_property
    def _themes(self) -> list:
        return [self.themes[code] for code in self.text.themes if code in self.themes]

    def _sectors(self) -> None:
        purposes: dict[str, int] = {}
        for theme in self._themes:
            if theme.dac:
                purposes[theme.dac] = purposes.get(theme.dac, 0) + 1
        for code, share in shares(purposes).items() if purposes else ():
            self.xml.element("sector", attributes={"vocabulary": DAC, "code": code, "percentage": share})
        own = {"vocabulary": OWN, "vocabulary-uri": self._list("themes")}
        for code, share in shares({theme.code: 1 for theme in self._themes}).items() if self._themes else ():
            with self.xml.inside("sector", {**own, "code": code, "percentage": share}):
                self.ours(self.labels.theme[code].label)
        for target in self._targets():
            self.xml.element("tag", attributes={"vocabulary": SDG_TARGETS, "code": target})

    def _targets(self) -> Iterable[str]:
        """The targets that the record names, else those of its themes."""
        crosswalk = (target for theme in self._themes for target in theme.sdg_targets)
        return dict.fromkeys(self.text.sdg_targets or crosswalk)

    def _markers(self) -> None:
        for column, code in MARKERS:
            weight = getattr(self.text, column)
            if weight is not None:
                attributes = {"vocabulary": OECD_MARKERS, "code": code, "significance": str(weight)}
                self.xml.element("policy-marker", attributes=attributes)
        if code := COLLABORATION.get(self.text.cooperation_type):
            self.xml.element("collaboration-type", attributes={"code": code})

    def _documents(self) -> None:
        source = self.text.information_source.strip()
        places = [self.text.website.strip(), source if " " not in source and "\n" not in source else ""]
        for place in dict.fromkeys(places):
            if place.lower().startswith(("https://", "http://")):
                self._document(place)

    def _document(self, place: str) -> None:
        url = uri(place)
        if not url:
            self.xml.comment(f"document-link left out, its address is no URI: {place}")
            return
        with self.xml.inside("document-link", {"format": "text/html", "url": url}):
            with self.xml.inside("title"):
                self.ours(_("Information source"))
            self.xml.element("category", attributes={"code": WEB_PAGE})

    def _results(self) -> None:
        for column, type_ in RESULTS:
            if not getattr(self.text, column):
                continue
            label = str(self.text._meta.get_field(column).verbose_name).capitalize()
            with self.xml.inside("result", {"type": type_}):
                with self.xml.inside("title"):
                    self.ours(label)
                with self.xml.inside("description"):
                    self.own(getattr(self.text, column))
                with (
                    self.xml.inside("indicator", {"measure": QUALITATIVE}),
                    self.xml.inside("title"),
                ):  # the schema wants one
                    self.ours(_("In words"))

    @staticmethod
    def _list(name: str) -> str:
        return settings.SITE_URL + reverse("api:list", args=[name])
