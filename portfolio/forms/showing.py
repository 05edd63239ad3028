"""A question of the form as the page draws it: its controls, its lines, its messages."""

from django.utils.functional import cached_property

from core.forms.controls import Control
from portfolio import annex


class Shown:
    """One question on the page."""

    asked = None  # the question of the OAS, if there is one
    fixed = None  # the answer as it reads, where it cannot be changed here

    def __init__(self, form, question: annex.Question):
        self.form, self.question = form, question
        self.controls = [Control(form[name]) for name in question.columns if name in form.fields]
        for control in self.controls:
            # the question itself is its label
            control.alone = control.is_choices and str(control.label) == question.title
        self.group = form.groups.get(question.lines)
        skip = f"na_{question.key}"
        self.skip = Control(form[skip]) if skip in form.fields else None
        self.is_single = question.is_single and bool(self.controls) and not self.controls[0].is_choices
        self.is_fixed = not self.controls and self.group is None

    @property
    def anchor(self) -> str:
        return f"q-{self.question.key}"

    @cached_property
    def by_name(self) -> dict[str, Control]:
        return {control.name: control for control in self.controls}

    @cached_property
    def has_errors(self) -> bool:
        """Messages of the question's own controls; those of lines stand in the lines."""
        return any(control.errors for control in self.controls)

    def error_rows(self) -> list[dict]:
        """What is wrong, with links to the controls."""
        letter = f"{self.question.letter}. " if self.question.letter else ""
        rows = [(control.first_id, words) for control in self.controls for words in control.errors]
        if self.group and self.group.is_bound:
            rows += [(cell.id, words) for line in self.group.lines for cell in line.cells for words in cell.errors]
        return [{"href": f"#{target}", "words": f"{letter}{words}"} for target, words in rows]
