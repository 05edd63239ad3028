"""A public record of the Table as its page draws it: facts, the columns of Annex I as sections, what may be done."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.labels import LANGUAGES, STATUS, TEXT_IN, Labels
from core import dates
from core.addresses import one_of
from core.choices import EvaluationKind
from core.languages import current
from core.reading import Part, money
from programs import annex, reading
from programs.choices import PartnerRole, Region
from programs.parts import lines
from taxonomy.choices import FundingSource

WEB = ("https://", "http://")


@lru_cache(maxsize=len(LANGUAGES))
def _named_in(language: str) -> dict[tuple[str, str], str]:
    """Names of the columns and their fields in the active language, by (column, field)."""
    columns = {(column.key, ""): str(column.label) for column in annex.COLUMNS}
    return columns | {(column.key, one.key): one.name for column in annex.COLUMNS for one in column.fields}


@lru_cache(maxsize=256)
def _label_in(language: str, choices, code: str) -> str:
    return str(choices(code).label) if code in choices else ""


@dataclass
class Item:
    """One field: free texts, chosen values, or a table. The column's own text has no label."""

    key: str
    label: str
    texts: list[Part] = field(default_factory=list)
    chosen: list[Part] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    rows: list[tuple] = field(default_factory=list)
    nothing: str = ""  # a question without an answer is left out


@dataclass
class Section:
    """One column of Annex I with what is stated in it."""

    key: str
    label: str
    items: list[Item]
    ours: bool = False


class Record:
    """Everything the page shows; asks nothing of the database beyond what it was given."""

    def __init__(self, project, labels: Labels):
        self.project, self.text, self.labels = project, project.published, labels

    # --- facts
    @cached_property
    def permanent_url(self) -> str:
        return settings.SITE_URL + one_of("permanent", "T-000000", self.project.permanent_id)

    @property
    def source(self) -> str:
        """Where a carried record comes from, if that is an address."""
        return web_address(self.project.source.strip())

    @property
    def type(self):
        return self.labels.type[self.text.type_id]

    @cached_property
    def countries(self) -> list:
        return [self.labels.country[code] for code in self.text.countries if code in self.labels.country]

    @property
    def places(self) -> str:
        """Its countries by name, or its region."""
        return ", ".join(country.label for country in self.countries) or self.region

    @property
    def region(self) -> str:
        return str(Region(self.text.region).label) if self.text.region in Region.values else ""

    @cached_property
    def themes(self) -> list:
        return [self.labels.theme[code] for code in self.text.themes if code in self.labels.theme]

    @property
    def areas(self) -> list:
        """The areas of its themes, each once."""
        return [self.labels.area[code] for code in dict.fromkeys(theme.parent for theme in self.themes)]

    @property
    def institution(self) -> str:
        linked = self.text.institution
        return linked.name if linked else self.text.institution_text

    @property
    def institution_website(self) -> str:
        return web_address(self.text.institution.website) if self.text.institution else ""

    @cached_property
    def start(self) -> str:
        return dates.spoken(self.text.span.start)

    @cached_property
    def end(self) -> str:
        return dates.spoken(self.text.span.end)

    @property
    def dates(self) -> str:
        if self.start and self.end:
            return _("%(start)s to %(end)s") % {"start": self.start, "end": self.end}
        if self.start and self.text.ongoing:
            return _("%(start)s to today") % {"start": self.start}
        if self.start:
            return pgettext("date", "since %(start)s") % {"start": self.start}
        return _("until %(end)s") % {"end": self.end} if self.end else ""

    @property
    def status(self) -> str:
        return str(STATUS[self.text.span.status()])

    @property
    def funding(self) -> str:
        chosen = self.text.funding_sources
        return ", ".join(str(FundingSource(code).label) for code in FundingSource.values if code in chosen)

    @property
    def is_in_another_language(self) -> bool:
        return self.text.language != current()

    @property
    def text_in(self) -> str:
        return str(TEXT_IN[self.text.language])

    @property
    def language_name(self) -> str:
        return str(LANGUAGES[self.text.language])

    # --- text
    @cached_property
    def table(self) -> list[Section]:
        """The ten columns, in Annex I's order."""
        return [self._section(column) for column in reading.read(self.text, self.labels, annex.TABLE)]

    @cached_property
    def cooperation(self) -> Section:
        """What the portal adds; related records have a place of their own."""
        section = self._section(reading.read(self.text, self.labels, (annex.COOPERATION,))[0])
        section.items = [item for item in section.items if item.key != "related"]
        return section

    def _section(self, column: reading.ColumnAnswers) -> Section:
        names, key = _named_in(current()), column.column.key
        items = [self._item(answer, names[key, answer.question.key]) for answer in column.filled]
        return Section(key, names[key, ""], items, column.column.ours)

    def _item(self, answer, name: str) -> Item:
        question = answer.question
        item = Item(question.key, "" if question.whole else name)
        if question.lines:
            item.heads, item.rows = getattr(self, f"_{question.lines}")()
        else:
            item.chosen = [part for part in answer.parts if part.item]
            item.texts = [part for part in answer.parts if not part.item]
        return item

    def _budget(self):
        rows = [
            (row.source, str(row.year or ""), _money(row.budgeted, row.currency), _money(row.executed, row.currency))
            for row in lines(self.text, "budget")
        ]
        return (pgettext("of money", "Source"), _("Year"), _("Budgeted"), _("Executed")), rows

    def _evaluations(self):
        rows = [
            (row.findings, _named(EvaluationKind, row.kind), row.by, str(row.year or ""))
            for row in lines(self.text, "evaluations")
        ]
        return (_("Main findings"), _("Kind"), _("Made by"), _("Year")), rows

    def _partners(self):
        known = self.labels.country
        rows = [
            (row.name, _named(PartnerRole, row.role), known[row.country].label if row.country in known else "")
            for row in lines(self.text, "partners")
        ]
        return (_("Organisation"), pgettext("in a project", "Part"), _("Country")), rows


def web_address(text: str) -> str:
    """The address if a browser may be sent there, else nothing."""
    return text if text.lower().startswith(WEB) else ""


def _money(amount, currency: str) -> str:
    return money(amount, currency) if amount else ""


def _named(choices, code: str) -> str:
    return _label_in(current(), choices, code) if code else ""
