"""What stands on the paper: sections, questions, and their answers as text, ticks and tables, in the active language."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.languages import ENDONYMS, HTML_LANG
from portfolio import annex, reading
from portfolio.annex import Question
from portfolio.choices import ActorPart, DocumentKind, DocumentShows, EvaluationKind, SubmissionState, YesNo
from portfolio.parts import lines
from review.choices import Criterion
from taxonomy.choices import Coverage
from taxonomy.models import ProgramCategory

PRIVATE = ("contact_telephone", "contact_email", "contact_fax")


@dataclass(frozen=True)
class Text:
    """Words: the institution's `own`, in the language of the text, or the portal's."""

    text: str
    own: bool = False
    url: str = ""
    kind: str = "text"

    @property
    def web(self) -> str:
        """The address, if it is one of the web: only those become links."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Ticks:
    """Boxes: (words, code, whether ticked)."""

    options: tuple[tuple[str, str, bool], ...]
    kind: str = "ticks"

    @property
    def in_a_row(self) -> bool:
        """Few short ones stand beside one another."""
        return len(self.options) <= 4 and all(len(words) < 18 for words, _code, _chosen in self.options)


@dataclass(frozen=True)
class Row:
    """One line of a table; `detail` is the long text below it."""

    cells: tuple[str, ...]
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Table:
    """A repeated part. `shares` are the widths of the columns in hundredths; `numbers` those set to the right.

    `own` are the columns in the words of the institution; a detail always is.
    """

    heads: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...] = ()
    own: tuple[int, ...] = (0,)
    kind: str = "table"

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, str, bool, bool]]]]:
        """Each row with its cells as (head, words, whether a number, whether own)."""
        return [
            (row, [(self.heads[n], cell, n in self.numbers, n in self.own) for n, cell in enumerate(row.cells)])
            for row in self.rows
        ]


@dataclass(frozen=True)
class Note:
    """Said in place of an answer."""

    text: str
    kind: str = "note"


Block = Text | Ticks | Table | Note


@dataclass
class Item:
    """One question with what stands below it."""

    question: Question
    blocks: list[Block]


@dataclass
class Part:
    """One section of the form."""

    roman: str
    label: str
    key: str
    items: list[Item]

    @property
    def is_list(self) -> bool:
        """Section I is a list of short answers: label beside answer."""
        return self.key == "I"


@dataclass
class Sheet:
    """The whole form."""

    title: str
    institution: str
    country: str
    language: str
    reference: str
    permanent_id: str
    dated: str
    is_draft: bool
    source: str
    sections: list[Part] = field(default_factory=list)

    @property
    def html_lang(self) -> str:
        return HTML_LANG.get(self.language, self.language)

    @property
    def language_name(self) -> str:
        return ENDONYMS.get(self.language, self.language)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The line below the title."""
        pairs = [
            (_("Reference"), self.reference),
            (_("Permanent number"), self.permanent_id),
            (_("Date"), self.dated),
            (_("Language of the text"), self.language_name),
        ]
        return [(label, value) for label, value in pairs if value]


def sheet(submission, *, include_contact: bool = False) -> Sheet:
    """The form as paper. Contact data, private attachments and the statement on the criteria only for those inside."""
    program = submission.program
    paper = Sheet(
        title=submission.title or _("Programme without a name"),
        institution=program.institution.name,
        country=program.country.label if program.country else "",
        language=submission.language,
        reference=submission.reference,
        permanent_id=program.permanent_id if program.published_id else "",
        dated=_dated(submission),
        is_draft=submission.state == SubmissionState.DRAFT,
        source=program.source,
    )
    asked = (*annex.SECTIONS, annex.CRITERIA) if include_contact and submission.criteria else annex.SECTIONS
    attachments = list(
        submission.attachments.all() if include_contact else submission.attachments.filter(may_publish=True)
    )
    for read in reading.read(submission, asked, attachments):
        writer = _Writer(submission, attachments, include_contact)
        items = [Item(answer.question, writer.blocks(answer)) for answer in read.answers]
        paper.sections.append(Part(read.section.roman, str(read.section.label), read.section.key, items))
    return paper


def _dated(submission) -> str:
    moment = submission.submitted_at or submission.saved_at
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


class _Writer:
    """Turns what was read into blocks; the repeated parts become tables, choices become boxes."""

    def __init__(self, submission, attachments, include_contact: bool):
        self.form, self.attachments, self.inside = submission, attachments, include_contact

    def blocks(self, answer) -> list[Block]:
        question = answer.question
        if answer.skipped:
            return [Note(_("Not applicable or not known"))]
        special = getattr(self, f"_{question.key}", None)
        if question.key in PRIVATE and not self.inside:
            return [self._for_members()] if answer.parts else [Note(_("Not stated"))]
        blocks = special(answer) if special else self._plain(answer)
        return blocks or [Note(_("Not stated"))]

    def _plain(self, answer) -> list[Block]:
        chosen = [part for part in answer.parts if part.item]
        listed = [Text(", ".join(f"{part.text} ({part.code})" if part.code else part.text for part in chosen))]
        return (listed if chosen else []) + self._free(answer)

    @staticmethod
    def _free(answer) -> list[Block]:
        return [Text(part.text, own=part.own, url=part.url) for part in answer.parts if not part.item]

    def _for_members(self) -> Note:
        return Note(_("Shown to members of the network only"))

    def _contact_name(self, answer) -> list[Block]:
        program = self.form.program
        if self.inside or not program.contact_name:
            return [Text(line, own=True) for line in (program.contact_name, program.contact_position) if line]
        return (
            [Text(program.contact_position, own=True), self._for_members()]
            if program.contact_position
            else [self._for_members()]
        )

    def _categories(self, _answer) -> list[Block]:
        return [Ticks(tuple((c.label, c.pk, c.pk in self.form.categories) for c in ProgramCategory.objects.all()))]

    def _coverage(self, answer) -> list[Block]:
        if answer.is_empty:
            return []
        return [Ticks(tuple((str(c.label), "", c.value in self.form.coverage) for c in Coverage)), *self._free(answer)]

    def _actors(self, answer) -> list[Block]:
        rows = tuple(Row((row.name, _label(ActorPart, row.part))) for row in lines(self.form, "actors"))
        return _table((_("Institution or actor"), _("Part in")), (64, 36), rows) + self._free(answer)

    def _funding(self, answer) -> list[Block]:
        rows = tuple(
            Row((row.source, reading.money(row.amount, ""), row.currency, str(row.year or "")))
            for row in lines(self.form, "funding")
        )
        heads = (pgettext("of money", "Source"), _("Amount"), _("Currency"), _("Year"))
        return _table(heads, (50, 24, 13, 13), rows, numbers=(1,)) + self._free(answer)

    def _evaluations(self, answer) -> list[Block]:
        rows = tuple(
            Row((_label(EvaluationKind, row.kind), str(row.year or ""), row.by), detail=row.findings)
            for row in lines(self.form, "evaluations")
        )
        return _table((_("Kind"), _("Year"), _("Made by")), (22, 13, 65), rows, own=(2,)) + self._free(answer)

    def _documents(self, _answer) -> list[Block]:
        cited = [
            Row(
                (
                    _label(DocumentKind, row.kind),
                    _lined(row.title, row.citation, row.url),
                    _label(DocumentShows, row.shows),
                ),
                url=row.url,
            )
            for row in lines(self.form, "documents")
        ]
        attached = [
            Row(
                (
                    _label(DocumentKind, file.kind),
                    _lined(file.title, _("attached: %(name)s") % {"name": file.name}),
                    _label(DocumentShows, file.shows),
                )
            )
            for file in self.attachments
        ]
        heads = (_("Kind"), pgettext("evidence", "Document"), _("Shows"))
        return _table(heads, (20, 56, 24), (*cited, *attached), own=(1,))

    def _registry_consent(self, _answer) -> list[Block]:
        return [_yes_or_no(self.form.registry_consent)]

    def _sharing_commitment(self, _answer) -> list[Block]:
        said = [Text(self.form.sharing_text, own=True)] if self.form.sharing_text else []
        return [_yes_or_no(self.form.sharing_commitment), *said]

    def _criteria(self, _answer) -> list[Block]:
        rows = [row for row in lines(self.form, "criteria") if row.statement or row.evidence]
        named = tuple(Row((_label(Criterion, r.criterion),), detail=_lined(r.statement, r.evidence)) for r in rows)
        return _table((_("Criterion"),), (100,), named, own=())


def _table(heads, shares, rows, numbers=(), own=(0,)) -> list[Block]:
    rows = tuple(row for row in rows if any(row.cells) or row.detail)
    return [Table(heads, shares, rows, numbers, own)] if rows else []


def _yes_or_no(answer: str) -> Ticks:
    return Ticks(tuple((str(choice.label), "", choice.value == answer) for choice in YesNo))


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _lined(*pieces: str) -> str:
    return "\n".join(piece for piece in pieces if piece)
