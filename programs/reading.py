"""How a record of the Table reads in the active language: one definition for page, print, table view, comparison, diff."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from catalogue.labels import Labels
from core import dates
from core.choices import EvaluationKind
from core.languages import ENDONYMS
from core.reading import Answer, Part, money
from programs import annex
from programs.choices import CooperationType, PartnerRole, Region, Weight
from programs.parts import lines
from taxonomy.choices import FundingSource, Population

MARKERS = ("gender_marker", "disability_marker", "tripartism_marker")


@dataclass
class ColumnAnswers:
    """One column of Annex I with its answers."""

    column: annex.Column
    answers: list[Answer]

    @property
    def filled(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.is_empty]

    @property
    def is_empty(self) -> bool:
        return not self.filled


def read(revision, labels: Labels, columns=annex.COLUMNS) -> list[ColumnAnswers]:
    """Every field of a revision, column by column. Asks the database for nothing but its institution, if not at hand."""
    reader = _Reader(revision, labels)
    return [ColumnAnswers(column, [reader.answer(one) for one in column.fields]) for column in columns]


def answers(revision, labels: Labels) -> dict[str, Answer]:
    """Every answer by the key of its field."""
    reader = _Reader(revision, labels)
    return {key: reader.answer(one) for key, one in annex.FIELDS.items()}


def whole_number(number: int | None) -> str:
    """In the reader's way of writing numbers."""
    return "" if number is None else number_format(number, use_l10n=True, force_grouping=True)


class _Reader:
    """Labels were fetched once for all answers."""

    def __init__(self, revision, labels: Labels):
        self.revision, self.labels = revision, labels

    def answer(self, one: annex.Field) -> Answer:
        reader = getattr(self, f"_{one.key}", None) or self._text
        return Answer(one, [part for part in reader(one) if part.text])

    def _text(self, one):
        return [Part(getattr(self.revision, name) or "", own=True) for name in one.columns]

    def _number(self, one):
        return [Part(whole_number(getattr(self.revision, one.columns[0])))]

    _population_number = _staff_number = _outside_number = _number

    # --- heading
    def _language(self, _one):
        return [Part(ENDONYMS.get(self.revision.language, self.revision.language))]

    def _type(self, _one):
        return [Part(self.labels.type[self.revision.type_id].label, code=self.revision.type_id)]

    def _countries(self, _one):
        known = self.labels.country
        found = [Part(known[code].label, code=code, item=True) for code in self.revision.countries if code in known]
        return [*found, Part(str(Region(self.revision.region).label) if self.revision.region else "")]

    def _start(self, _one):
        return [Part(dates.spoken(self.revision.span.start))]

    def _end(self, _one):
        spoken = dates.spoken(self.revision.span.end)
        return [Part(spoken or (_("It goes on") if self.revision.ongoing else ""))]

    def _theme(self, _one):
        return self._themes([self.revision.theme_id])

    def _further_themes(self, _one):
        return self._themes(self.revision.further_themes)

    def _themes(self, codes):
        return [
            Part(self.labels.theme[code].label, code=code, item=True) for code in codes if code in self.labels.theme
        ]

    # --- columns
    def _institution(self, _one):
        linked = self.revision.institution
        written = self.revision.institution_text
        return [
            Part(linked.name if linked else "", own=True),
            Part(written if written != str(linked or "") else "", own=True),
        ]

    def _funding_sources(self, _one):
        return [
            Part(str(source.label), item=True) for source in FundingSource if source in self.revision.funding_sources
        ]

    def _populations(self, _one):
        return [Part(str(group.label), item=True) for group in Population if group in self.revision.populations]

    def _budget(self, _one):
        return [Part(_spoken_budget(line), own=True, item=True) for line in lines(self.revision, "budget")]

    def _evaluations(self, _one):
        return [Part(_spoken_evaluation(line), own=True, item=True) for line in lines(self.revision, "evaluations")]

    def _website(self, _one):
        return [Part(self.revision.website, own=True, url=self.revision.website)]

    # --- cooperation
    def _cooperation_type(self, _one):
        return [Part(_label(CooperationType, self.revision.cooperation_type))]

    def _partners(self, _one):
        return [
            Part(_spoken_partner(line, self.labels), own=True, item=True) for line in lines(self.revision, "partners")
        ]

    def _conventions(self, _one):
        return [Part(_("No. %(number)s") % {"number": number}, item=True) for number in self.revision.conventions]

    def _sdg_targets(self, _one):
        return [Part(target, item=True) for target in self.revision.sdg_targets]

    def _marker(self, one):
        weight = getattr(self.revision, one.key)
        return [Part(str(Weight(weight).label) if weight is not None else "")]

    _gender_marker = _disability_marker = _tripartism_marker = _marker

    def _related(self, _one):
        return [Part(number, item=True) for number in self.revision.related]


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def _spoken_budget(line) -> str:
    budgeted = _("budgeted %(amount)s") % {"amount": money(line.budgeted, line.currency)} if line.budgeted else ""
    executed = _("executed %(amount)s") % {"amount": money(line.executed, line.currency)} if line.executed else ""
    return _joined(line.source, str(line.year or ""), budgeted, executed)


def _spoken_evaluation(line) -> str:
    head = _joined(_label(EvaluationKind, line.kind), str(line.year or ""), line.by)
    return f"{head}: {line.findings}" if head and line.findings else head or line.findings


def _spoken_partner(line, labels: Labels) -> str:
    country = labels.country[line.country].label if line.country in labels.country else ""
    about = _joined(_label(PartnerRole, line.role), country)
    return f"{line.name} ({about})" if about else line.name
