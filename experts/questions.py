"""The questions of a profile, in order: one definition for form, check, review and the messages about what is missing."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from experts.parts import PARTS


@dataclass(frozen=True)
class Question:
    """One question; `columns` of a ProfileRevision hold its answer, `missing` is said where one is required and absent."""

    key: str
    label: str
    columns: tuple[str, ...]
    help: str = ""
    missing: str = ""

    @property
    def name(self) -> str:
        return str(self.label)

    @property
    def required(self) -> bool:
        return bool(self.missing)

    @property
    def lines(self) -> str:
        """The repeated part that answers it, if one does."""
        return self.columns[0] if self.columns[0] in PARTS else ""


@dataclass(frozen=True)
class Section:
    """Questions that belong together."""

    key: str
    label: str
    questions: tuple[Question, ...]
    summary: str = ""


SECTIONS = (
    Section("about", _("About you"), (
        Question("name", _("Your name"), ("name",), _("As it should stand in the directory."), _("Write your name")),
        Question("profession", _("Your professional field"), ("profession",), missing=_("Choose your professional field")),
        Question("position", _("Position"), ("position",), _("What you are at present, in a line.")),
        Question("institution", _("Institution"), ("institution_id", "institution_text")),
        Question("residence", _("Where you live"), ("residence_id", "residence_text")),
        Question("language", _("Language of the text"), ("language",), _("The language in which you write this form.")),
    )),
    Section("knows", _("What you know"), (
        Question(
            "theme_lines", _("Themes"), ("theme_lines",), _("Those on which you could advise a ministry, the strongest first."),
            _("Choose at least one theme, and say how well you know it"),
        ),
        Question(
            "countries", _("Countries of experience"), ("countries",), _("Where you have worked on these themes."),
            _("Tick at least one country in which you have worked"),
        ),
        Question("languages", _("Languages in which you work"), ("languages",), missing=_("Tick at least one language in which you work")),
        Question("modalities", _("How you can help"), ("modalities",), missing=_("Tick at least one way to help")),
    )),
    Section("work", _("What you have done"), (
        Question(
            "biography", _("Short biography"), ("biography",), _("Some ten lines: what you have done, and what others may ask you about."),
            _("Write a short biography: whoever reviews your profile needs it, even if it is not shown"),
        ),
        Question("activities", _("Activities led"), ("activities",), _("Missions, seminars, reforms, studies.")),
        Question("publications", pgettext_lazy("of a person", "Publications"), ("publications",)),
        Question(
            "programmes", _("Programmes known"), ("programmes",),
            _("Programmes of the Portfolio and records of the Table that you know from the inside: their numbers or addresses, one after the other."),
        ),
        Question("orcid", _("ORCID"), ("orcid",), _("The sixteen figures, or the whole address, if you have one.")),
    )),
)  # fmt: skip
QUESTIONS = {question.key: question for section in SECTIONS for question in section.questions}
REFERENCES = Question(
    "referees", _("References"), ("referees",),
    _(
        "One or two people who know your work. Only whoever reviews your profile reads this, and it is erased with the decision. "
        "Ask them before you name them."
    ),
    _("Name at least one person who knows your work, with an e-mail address"),
)  # fmt: skip
SHOWN = Question("shown", _("Fields that everybody may see"), ("shown",))
CONSENT = Question(
    "consent", _("Your consent"), ("consent",), missing=_("Tick your consent: without it nothing can be published")
)
