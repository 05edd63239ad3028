"""How the answers of a form read in the active language: one definition for check page, status, print, PDF, diff."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core.languages import ENDONYMS
from core.reading import Answer, Part, money
from portfolio import annex
from portfolio.annex import Question, Section
from portfolio.choices import ActorPart, DocumentKind, DocumentShows, EvaluationKind, YesNo
from portfolio.parts import lines
from review.choices import Criterion
from taxonomy.choices import Coverage, Population
from taxonomy.models import ProgramCategory, Theme


@dataclass
class SectionAnswers:
    """One section with its answers."""

    section: Section
    answers: list[Answer]


def read(submission, sections=annex.SECTIONS, attachments=None) -> list[SectionAnswers]:
    """Every answer of the form, section by section. `attachments` saves a query where they are at hand."""
    reader = Reader(submission, attachments)
    return [SectionAnswers(s, [reader.answer(q) for q in s.questions]) for s in sections]


def read_one(submission, key: str) -> Answer:
    """One answer by the key of its question."""
    return Reader(submission, None).answer(annex.question(key))


def when(year: int | None, month: int | None) -> str:
    """`October 2002`, or the year alone."""
    if not year:
        return ""
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT") if month and 1 <= month <= 12 else str(year)


class Reader:
    """Reads answers of one form, question by question. Labels are fetched once for all of them."""

    def __init__(self, submission, attachments):
        self.form, self.program = submission, submission.program
        self.attachments = attachments
        self._labels: dict[type, dict[str, str]] = {}

    def answer(self, question: Question) -> Answer:
        reader = getattr(self, f"_{question.key}", None) or self._text
        parts = [part for part in reader(question) if part.text]
        skipped = question.key in self.form.not_applicable and not parts
        return Answer(question, parts, skipped)

    def own_words(self, question: Question) -> list[Part]:
        """What stands in its columns, beside the lines of a repeated part if it has one."""
        return [part for part in self._text(question) if part.text]

    def _text(self, question):
        holder = self.program if question.on_program else self.form
        return [Part(str(getattr(holder, column) or ""), own=True) for column in question.columns]

    def _language(self, _question):
        return [Part(ENDONYMS.get(self.form.language, self.form.language))]

    def _website(self, _question):
        return [Part(self.form.website, own=True, url=self.form.website)]

    def _country(self, _question):
        country = self.program.country
        return [Part(country.label, code=country.pk)] if country else []

    def _institution(self, _question):
        return [Part(self.program.institution.name, own=True)]

    def _categories(self, _question):
        return self._coded(ProgramCategory, self.form.categories)

    def _themes(self, _question):
        return self._coded(Theme, self.form.themes)

    def _coded(self, model, codes):
        if codes and model not in self._labels:
            self._labels[model] = {thing.pk: thing.label for thing in model.objects.all()}
        labels = self._labels.get(model, {})
        return [Part(label, code=code, item=True) for code, label in labels.items() if code in codes]

    def _start_year(self, _question):
        form = self.form
        start, end = when(form.start_year, form.start_month), when(form.end_year, form.end_month)
        if start and end:
            span = _("From %(start)s to %(end)s") % {"start": start, "end": end}
        elif start and form.ongoing:
            span = _("Since %(start)s; the programme continues") % {"start": start}
        elif start:
            span = _("Started: %(start)s") % {"start": start}
        elif end:
            span = _("Ended: %(end)s") % {"end": end}
        else:
            span = _("The programme continues") if form.ongoing else ""
        return [Part(span), Part(form.time_span, own=True)]

    def _coverage(self, _question):
        chosen = [Part(str(level.label), item=True) for level in Coverage if level.value in self.form.coverage]
        return [*chosen, Part(self.form.coverage_text, own=True)]

    def _populations(self, _question):
        form = self.form
        chosen = [Part(str(group.label), item=True) for group in Population if group.value in form.populations]
        number = ""
        if form.population_number is not None:
            count = number_format(form.population_number, use_l10n=True, force_grouping=True)
            number = _("Number of persons: %(count)s") % {"count": count}
        return [*chosen, Part(form.population_text, own=True), Part(number)]

    def _actors(self, _question):
        rows = [
            Part(_with(row.name, _label(ActorPart, row.part)), own=True, item=True)
            for row in lines(self.form, "actors")
        ]
        return [*rows, Part(self.form.actors_text, own=True)]

    def _funding(self, _question):
        rows = [
            Part(_joined(row.source, money(row.amount, row.currency), str(row.year or "")), own=True, item=True)
            for row in lines(self.form, "funding")
        ]
        return [*rows, Part(self.form.funding_text, own=True)]

    def _evaluations(self, _question):
        rows = []
        for row in lines(self.form, "evaluations"):
            head = _joined(_label(EvaluationKind, row.kind), str(row.year or ""), row.by)
            rows.append(
                Part(f"{head}: {row.findings}" if row.findings and head else head or row.findings, own=True, item=True)
            )
        return [*rows, Part(self.form.evaluations_text, own=True)]

    def _documents(self, _question):
        rows = [
            Part(_document(row.kind, row.shows, row.title, row.citation, row.url), own=True, url=row.url, item=True)
            for row in lines(self.form, "documents")
        ]
        files = self.form.attachments.all() if self.attachments is None else self.attachments
        attached = [
            Part(
                _document(file.kind, file.shows, file.title, _("attached: %(name)s") % {"name": file.name}),
                own=True,
                item=True,
            )
            for file in files
        ]
        return [*rows, *attached]

    def _registry_consent(self, _question):
        return [Part(_label(YesNo, self.form.registry_consent))]

    def _sharing_commitment(self, _question):
        return [Part(_label(YesNo, self.form.sharing_commitment)), Part(self.form.sharing_text, own=True)]

    def _criteria(self, _question):
        rows = []
        for row in lines(self.form, "criteria"):
            words = "\n".join(text for text in (row.statement, row.evidence) if text)
            if words:
                rows.append(Part(f"{_label(Criterion, row.criterion)}: {words}", own=True, item=True))
        return rows


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def _with(name: str, detail: str) -> str:
    return f"{name} ({detail})" if name and detail else name or detail


def _document(kind: str, shows: str, *pieces: str) -> str:
    return _joined(*pieces, _label(DocumentKind, kind), _label(DocumentShows, shows))
