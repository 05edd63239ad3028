"""How an item reads in the active language: one definition for check, proposal, review and differences."""

from catalogue.labels import Labels
from core.languages import ENDONYMS
from core.reading import Answer, Part
from library.choices import Licence
from library.fields import FIELDS, SECTIONS, Field, Section
from library.identifiers import doi_address
from library.parts import authors
from taxonomy.choices import ItemType


def read(revision, labels: Labels) -> list[tuple[Section | None, list[Answer]]]:
    """Every field of a revision by section; the file comes last, without one."""
    found = answers(revision, labels)
    grouped = [(section, [found[one.key] for one in section.fields]) for section in SECTIONS]
    return [*grouped, (None, [found["file"]])]


def answers(revision, labels: Labels) -> dict[str, Answer]:
    """Every answer by the key of its field."""
    reader = _Reader(revision, labels)
    return {key: reader.answer(one) for key, one in FIELDS.items()}


class _Reader:
    """Labels were fetched once for all answers."""

    def __init__(self, revision, labels: Labels):
        self.revision, self.labels = revision, labels

    def answer(self, one: Field) -> Answer:
        reader = getattr(self, f"_{one.key}", None) or self._text
        return Answer(one, [part for part in reader(one) if part.text])

    def _text(self, one):
        return [Part(getattr(self.revision, name) or "", own=True) for name in one.columns]

    def _year(self, _one):
        return [Part(str(self.revision.year or ""))]

    def _item_type(self, _one):
        return [Part(_label(ItemType, self.revision.item_type))]

    def _language(self, _one):
        return [Part(ENDONYMS.get(self.revision.language, self.revision.language))]

    def _authors(self, _one):
        return [Part(author.inverted, own=True, item=True) for author in authors(self.revision)]

    def _themes(self, _one):
        known = self.labels.theme
        return [Part(known[code].label, code=code, item=True) for code in self.revision.themes if code in known]

    def _countries(self, _one):
        known = self.labels.country
        return [Part(known[code].label, code=code, item=True) for code in self.revision.countries if code in known]

    def _about(self, _one):
        return [Part(number, item=True) for number in self.revision.about]

    def _link(self, _one):
        return [Part(self.revision.link, own=True, url=self.revision.link)]

    def _doi(self, _one):
        number = self.revision.doi
        return [Part(number, url=doi_address(number) if number else "")]

    def _licence(self, _one):
        return [Part(_label(Licence, self.revision.licence)), Part(self.revision.licence_text, own=True)]

    def _file(self, _one):
        return [Part(self.revision.file_name, own=True)]


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""
