"""Sections and questions of a profile as the page draws them: controls, lines, messages."""

from django.utils.functional import cached_property

from core.forms.controls import Control


class QuestionShown:
    """One question on the page."""

    asked = None  # the question of the OAS, if there is one
    is_date = False
    theirs = ""

    def __init__(self, form, question):
        self.form, self.field = form, question
        self.controls = [Control(form[name]) for name in question.columns if name in form.fields]
        for control in self.controls:
            control.alone = str(control.label) == str(question.label)
        self.group = form.groups.get(question.columns[0])
        self.is_single = len(self.controls) == 1 and not self.controls[0].is_choices and self.group is None

    @property
    def anchor(self) -> str:
        return f"f-{self.field.key}"

    @cached_property
    def has_errors(self) -> bool:
        return any(control.errors for control in self.controls)

    def error_rows(self) -> list[dict]:
        """What is wrong, with links to the controls."""
        rows = [(control.first_id, words) for control in self.controls for words in control.errors]
        if self.group and self.group.is_bound:
            rows += [(cell.id, words) for line in self.group.lines for cell in line.cells for words in cell.errors]
        return [{"href": f"#{target}", "words": f"{self.field.name}: {words}"} for target, words in rows]


class SectionShown:
    """One section on the page."""

    def __init__(self, form, section):
        self.column = section
        self.fields = [QuestionShown(form, question) for question in section.questions]

    @property
    def anchor(self) -> str:
        return f"s-{self.column.key}"
