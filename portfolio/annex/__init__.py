"""The one definition of the form of Annex II: sections, questions, what is required, what may be skipped."""

from portfolio.annex.first import II, III, I
from portfolio.annex.parts import Question, Section
from portfolio.annex.second import CRITERIA, IV, VI, VII, V

SECTIONS: tuple[Section, ...] = (I, II, III, IV, V, VI, VII)
ALL: tuple[Section, ...] = (*SECTIONS, CRITERIA)
CONTACT = ("contact_name", "contact_position", "contact_telephone", "contact_email", "contact_fax")

_SECTIONS = {section.key: section for section in ALL}
_QUESTIONS = {question.key: question for section in ALL for question in section.questions}
_BY_COLUMN = {column: question for question in _QUESTIONS.values() for column in question.all_columns}


def section(key: str) -> Section | None:
    """The section by its numeral, or None."""
    return _SECTIONS.get(key)


def question(key: str) -> Question | None:
    """The question by its key, or None."""
    return _QUESTIONS.get(key)


def question_of(column: str) -> Question:
    """The question whose answer a column of the revision or programme holds."""
    return _BY_COLUMN[column]


def questions() -> list[Question]:
    """Every question, in the order of the form."""
    return list(_QUESTIONS.values())


def next_section(key: str) -> Section | None:
    """The section after this one; the statement on the criteria follows VII."""
    keys = list(_SECTIONS)
    after = keys.index(key) + 1
    return _SECTIONS[keys[after]] if after < len(keys) else None


__all__ = [
    "ALL", "CONTACT", "CRITERIA", "SECTIONS", "Question", "Section",
    "next_section", "question", "question_of", "questions", "section",
]  # fmt: skip
