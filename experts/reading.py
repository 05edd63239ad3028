"""How a profile reads in the active language: one definition for the check, the case and the profile page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.labels import Labels
from core.languages import ENDONYMS
from core.reading import Answer, Part
from experts.choices import Level
from experts.parts import lines
from experts.questions import QUESTIONS, SECTIONS, Section
from taxonomy.choices import Modality, Profession, Spoken


@dataclass
class SectionAnswers:
    """One section with its answers."""

    section: Section
    answers: list[Answer]

    @property
    def filled(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.is_empty]


def read(revision, labels: Labels) -> list[SectionAnswers]:
    """Every answer of a version. Asks the database for nothing but its institution, if not at hand."""
    reader = _Reader(revision, labels)
    return [SectionAnswers(one, [reader.answer(question) for question in one.questions]) for one in SECTIONS]


def answers(revision, labels: Labels) -> dict[str, Answer]:
    """Every answer by the key of its question."""
    reader = _Reader(revision, labels)
    return {key: reader.answer(one) for key, one in QUESTIONS.items()}


class _Reader:
    """Labels were fetched once for all answers."""

    def __init__(self, revision, labels: Labels):
        self.revision, self.labels = revision, labels

    def answer(self, question) -> Answer:
        reader = getattr(self, f"_{question.key}", None) or self._text
        return Answer(question, [part for part in reader(question) if part.text])

    def _text(self, question):
        return [Part(getattr(self.revision, question.columns[0]) or "", own=True)]

    def _chosen(self, choices, codes):
        return [Part(str(choices(code).label), item=True) for code in choices.values if code in codes]

    def _profession(self, _question):
        return self._chosen(Profession, [self.revision.profession])

    def _institution(self, _question):
        linked, written = self.revision.institution, self.revision.institution_text
        return [Part(linked.name if linked else "", own=True), Part(written if linked is None else "", own=True)]

    def _residence(self, _question):
        known, code = self.labels.country, self.revision.residence_id
        if code in known:
            return [Part(known[code].label, code=code)]
        return [Part(self.revision.residence_text, own=True)]

    def _language(self, _question):
        return [Part(ENDONYMS.get(self.revision.language, self.revision.language))]

    def _theme_lines(self, _question):
        return [
            Part(spoken_theme(row, self.labels), code=row.theme, item=True)
            for row in lines(self.revision, "theme_lines")
        ]

    def _countries(self, _question):
        known = self.labels.country
        return [Part(known[code].label, code=code, item=True) for code in self.revision.countries if code in known]

    def _languages(self, _question):
        return self._chosen(Spoken, self.revision.languages)

    def _modalities(self, _question):
        return self._chosen(Modality, self.revision.modalities)

    def _activities(self, _question):
        return [
            Part(spoken_activity(row, self.labels), own=True, item=True) for row in lines(self.revision, "activities")
        ]

    def _publications(self, _question):
        return [Part(spoken_publication(row), own=True, item=True) for row in lines(self.revision, "publications")]

    def _programmes(self, _question):
        return [Part(number, item=True) for number in self.revision.programmes]


def spoken_theme(row, labels: Labels) -> str:
    """A theme with how well the person knows it."""
    name = labels.theme[row.theme].label if row.theme in labels.theme else row.theme
    if row.level not in Level.values:
        return name
    return _("%(theme)s: %(level)s") % {"theme": name, "level": Level(row.level).label}


def spoken_activity(row, labels: Labels) -> str:
    """What they led, in which part, where and when."""
    country = labels.country[row.country].label if row.country in labels.country else ""
    about = ", ".join(piece for piece in (row.role, country, str(row.year or "")) if piece)
    return f"{row.title} ({about})" if about and row.title else row.title or about


def spoken_publication(row) -> str:
    """Title and year, and where it is found."""
    head = f"{row.title} ({row.year})" if row.year and row.title else row.title or str(row.year or "")
    return " · ".join(piece for piece in (head, row.link, row.item) if piece)
