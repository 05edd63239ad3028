"""A public programme as its page draws it: facts, the text by the headings of Annex II, what may be done."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.labels import LANGUAGES, TEXT_IN, Labels
from core.addresses import one_of
from core.languages import current
from portfolio import annex, reading
from portfolio.choices import ActorPart, DocumentKind, DocumentShows, EvaluationKind
from portfolio.parts import lines
from taxonomy.choices import Coverage

SECTIONS = tuple(annex.section(key) for key in ("III", "IV", "V"))


@lru_cache(maxsize=len(LANGUAGES))
def _named_in(language: str) -> dict[str, str]:
    """Names of the sections and their questions, by key, in the active language."""
    sections = {section.key: str(section.label) for section in SECTIONS}
    return sections | {question.key: question.name for section in SECTIONS for question in section.questions}


@lru_cache(maxsize=len(LANGUAGES))
def _heads_in(language: str) -> dict[str, tuple[str, ...]]:
    """Heads of the tables, by what they hold, in the active language."""
    return {
        "actors": (_("Institution or actor"), _("Part in")),
        "funding": (pgettext("of money", "Source"), _("Amount"), _("Year")),
        "evaluations": (_("Main findings"), _("Kind"), _("Made by"), _("Year")),
    }


@lru_cache(maxsize=256)
def _label_in(language: str, choices, code: str) -> str:
    return str(choices(code).label) if code in choices else ""


@dataclass
class Item:
    """One question: free texts, chosen values, a table; or nothing, which is said."""

    label: str
    texts: list[reading.Part] = field(default_factory=list)
    chosen: list[reading.Part] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    rows: list[tuple] = field(default_factory=list)
    skipped: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.chosen or self.rows)

    @property
    def nothing(self) -> str:
        """What is said where there is no answer."""
        if not self.is_empty:
            return ""
        if self.skipped:
            return _("Not applicable, or not known to the institution.")
        return _("Not stated by the institution.")


@dataclass
class Section:
    """One numbered section with its answers."""

    key: str
    label: str
    items: list[Item]


@dataclass(frozen=True)
class Paper:
    """A document of section VI: cited with an address, or attached and public."""

    title: str
    details: str
    url: str = ""
    attached: bool = False


class Record:
    """Everything the page shows; asks nothing of the database beyond what it was given."""

    def __init__(self, program, attachments, labels: Labels):
        self.program, self.form, self.labels = program, program.published, labels
        self.attachments = attachments

    # --- facts
    @cached_property
    def permanent_url(self) -> str:
        return settings.SITE_URL + one_of("permanent", "P-000000", self.program.permanent_id)

    @property
    def country(self):
        return self.labels.country.get(self.program.country_id)

    @property
    def is_carried(self) -> bool:
        """Compiled from public sources; the institution was not asked yet."""
        return self.program.is_carried

    @property
    def source(self) -> str:
        """Where a carried record comes from, if that is an address."""
        return web_address(self.program.source.strip())

    @property
    def website(self) -> str:
        return web_address(self.form.website)

    @property
    def institution_website(self) -> str:
        return web_address(self.program.institution.website)

    @property
    def is_in_another_language(self) -> bool:
        return self.form.language != current()

    @property
    def text_in(self) -> str:
        return str(TEXT_IN[self.form.language])

    @property
    def language_name(self) -> str:
        return str(LANGUAGES[self.form.language])

    @cached_property
    def themes(self) -> list:
        return [self.labels.theme[code] for code in self.program.themes if code in self.labels.theme]

    @cached_property
    def categories(self) -> list:
        return [self.labels.category[code] for code in self.program.categories if code in self.labels.category]

    @property
    def boxes(self) -> list[tuple]:
        """The five categories of section II as Annex II prints them: (category, whether ticked)."""
        return [(item, item.code in self.program.categories) for item in self.labels.category.values()]

    @property
    def dates(self) -> str:
        form = self.form
        start = reading.when(form.start_year, form.start_month)
        end = reading.when(form.end_year, form.end_month)
        if start and end:
            return _("%(start)s to %(end)s") % {"start": start, "end": end}
        if start and form.ongoing:
            return _("%(start)s to today") % {"start": start}
        return start or end or (pgettext("programme", "Under way") if form.ongoing else "")

    @property
    def coverage(self) -> str:
        return ", ".join(str(level.label) for level in Coverage if level.value in self.form.coverage)

    @property
    def evaluated(self) -> str:
        """`Yes: external, 2019`, from the lines of V.d that name their kind."""
        kinds = [row for row in lines(self.form, "evaluations") if row.kind in EvaluationKind]
        named = dict.fromkeys(", ".join(filter(None, (_kind(row.kind).lower(), str(row.year or "")))) for row in kinds)
        if named:
            return _("Yes: %(kinds)s") % {"kinds": "; ".join(named)}
        return _("Described in section V") if self.form.evaluations_text else ""

    # --- text
    @cached_property
    def sections(self) -> list[Section]:
        names, reader = _named_in(current()), reading.Reader(self.form, [])
        return [
            Section(section.key, names[section.key], [self._item(one, names, reader) for one in section.questions])
            for section in SECTIONS
        ]

    def _item(self, question, names: dict[str, str], reader: reading.Reader) -> Item:
        item = Item(names[question.key])
        if question.lines:
            item.heads, item.rows = _heads_in(current())[question.lines], getattr(self, f"_{question.lines}")()
            if item.rows:
                item.texts = reader.own_words(question)
                return item
        answer = reader.answer(question)
        item.chosen = [part for part in answer.parts if part.item and not question.lines]
        item.texts = [part for part in answer.parts if not part.item]
        item.skipped = answer.skipped
        return item

    def _actors(self) -> list[tuple]:
        return [(row.name, _named(ActorPart, row.part)) for row in lines(self.form, "actors") if row.name]

    def _funding(self) -> list[tuple]:
        return [
            (row.source, reading.money(row.amount, row.currency), str(row.year or ""))
            for row in lines(self.form, "funding")
            if not row.is_empty()
        ]

    def _evaluations(self) -> list[tuple]:
        return [
            (row.findings, _kind(row.kind), row.by, str(row.year or ""))
            for row in lines(self.form, "evaluations")
            if not row.is_empty()
        ]

    @cached_property
    def papers(self) -> list[Paper]:
        """Section VI: what is cited, then the files that may be published."""
        cited = [
            Paper(
                row.title or row.citation or row.url,
                _joined(row.citation if row.title else "", *_what(row)),
                web_address(row.url),
            )
            for row in lines(self.form, "documents")
            if not row.is_empty()
        ]
        attached = [
            Paper(
                file.title or file.name,
                _joined(*_what(file), file.file.extension.upper(), _size(file.file.size)),
                reverse("portfolio:published_file", args=[file.pk]),
                attached=True,
            )
            for file in self.attachments
        ]
        return cited + attached


def web_address(text: str) -> str:
    """The address if a browser may be sent there, else nothing."""
    return text if text.lower().startswith(("https://", "http://")) else ""


def _what(document) -> tuple[str, str]:
    return _named(DocumentKind, document.kind), _named(DocumentShows, document.shows)


def _named(choices, code: str) -> str:
    return _label_in(current(), choices, code) if code else ""


def _kind(code: str) -> str:
    return _named(EvaluationKind, code)


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def _size(size: int) -> str:

    return filesizeformat(size)
