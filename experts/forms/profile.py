"""The form of a profile. Lax for drafts: what fits is saved, what does not is shown beside its question."""

from django import forms
from django.utils.functional import cached_property

from catalogue import labels
from core.forms import fields
from core.languages import HTML_LANG
from experts.choices import Shown
from experts.forms.fields import control
from experts.forms.lines import LineGroup
from experts.forms.showing import QuestionShown, SectionShown
from experts.questions import QUESTIONS, REFERENCES, SECTIONS, SHOWN

NEVER_EMPTY = frozenset(("language",))  # a draft keeps what it had


class ProfileForm(forms.Form):
    """Every question for one version; for a first profile also the references, and what will be shown."""

    def __init__(self, revision, data=None, *, more: str = ""):
        super().__init__(data, initial={})
        self.revision, self.labels = revision, labels.read()
        self.is_first = revision.expert.published_id is None
        self.groups: dict[str, LineGroup] = {}
        for question in QUESTIONS.values():
            self._add(question, data, more)
        if self.is_first:
            rows = list(revision.expert.referees.values("name", "position", "email", "note"))
            self.groups["referees"] = LineGroup("referees", rows, data, 2 if more == "referees" else 0)
            self.fields["shown"] = fields.CodesField(choices=Shown.choices, label=SHOWN.label)
            self.initial["shown"] = revision.expert.shown
        self._dress()

    def _add(self, question, data, more: str) -> None:
        if question.lines:
            rows = getattr(self.revision, question.lines)
            self.groups[question.lines] = LineGroup(question.lines, rows, data, 3 if more == question.lines else 0)
            return
        for column in question.columns:
            self.fields[column] = control(column, question, self.labels)
            self.initial[column] = getattr(self.revision, column)
            if len(question.columns) == 1:
                self.fields[column].help_text = question.help  # Django ties it to the control
        if "programmes" in question.columns:
            self.fields["programmes"].known = list(self.revision.programmes)

    def _dress(self) -> None:
        spoken = HTML_LANG.get(self.revision.language, "")
        for name, field in self.fields.items():
            widget = field.widget
            wrong = " is-invalid" if self.is_bound and self[name].errors else ""
            if isinstance(widget, forms.Textarea | forms.TextInput):
                widget.attrs["class"] = f"form-control{wrong}"
                if isinstance(widget, forms.Textarea) and spoken:
                    widget.attrs["lang"] = spoken
            elif isinstance(widget, forms.Select) and not isinstance(widget, forms.CheckboxSelectMultiple):
                widget.attrs["class"] = f"form-select{wrong}"

    # --- reading
    def is_valid(self) -> bool:
        verdicts = [super().is_valid(), *(group.is_valid() for group in self.groups.values())]
        return all(verdicts)

    def values(self) -> dict:
        """What could be read, by column; what is wrong is left as it was."""
        self.is_valid()
        read = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data and name != "shown"}
        for column in NEVER_EMPTY:
            if not read.get(column):
                read.pop(column, None)
        for name, group in self.groups.items():
            if name != "referees" and group.is_bound and group.is_valid():
                read[name] = group.value()
        return read

    def referees(self) -> list[dict] | None:
        """The references, if they stand in this form and can be read."""
        group = self.groups.get("referees")
        return group.value() if group and group.is_bound and group.is_valid() else None

    def shown(self) -> list[str] | None:
        """The fields to be shown, if they are chosen in this form."""
        self.is_valid()
        return self.cleaned_data.get("shown") if self.is_first else None

    # --- showing
    @cached_property
    def sections(self) -> list[SectionShown]:
        """The sections with their questions and controls, as the page shows them."""
        return [SectionShown(self, section) for section in SECTIONS]

    @cached_property
    def references(self) -> QuestionShown | None:
        """The references, in a first profile."""
        return QuestionShown(self, REFERENCES) if self.is_first else None

    @cached_property
    def showing(self) -> QuestionShown | None:
        """What everybody may see, in a first profile."""
        return QuestionShown(self, SHOWN) if self.is_first else None

    def all_errors(self) -> list[dict]:
        """What is wrong, with links to the controls, in the order of the page."""
        shown = [question for section in self.sections for question in section.fields]
        shown += [question for question in (self.references, self.showing) if question]
        return [row for question in shown for row in question.error_rows()]
