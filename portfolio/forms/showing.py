"""A question of the form as the page draws it: its controls, its lines, its messages."""

from django.utils.functional import cached_property

from portfolio import annex


class Control:
    """One control of a question."""

    def __init__(self, bound):
        self.bound = bound
        self.name, self.label, self.id = bound.name, bound.field.label, bound.id_for_label
        self.auto_id = bound.auto_id
        self.is_choices = bound.use_fieldset
        self.input_type = getattr(bound.field.widget, "input_type", "")

    def __str__(self) -> str:
        return str(self.bound)

    @cached_property
    def errors(self) -> list[str]:
        return list(self.bound.errors) if self.bound.form.is_bound else []

    @cached_property
    def groups(self) -> list[tuple[str, list[dict]]]:
        """Choices by group: `[("", [...])]` where there is none."""
        chosen = self.bound.value() or []
        chosen = {str(value) for value in (chosen if isinstance(chosen, list | tuple) else [chosen])}
        choices = self.bound.field.choices
        grouped = choices if choices and isinstance(choices[0][1], list | tuple) else [("", choices)]
        number, groups = 0, []
        for name, options in grouped:
            rows = []
            for value, label in options:
                row = {"id": f"{self.auto_id}_{number}", "value": value, "label": label, "on": str(value) in chosen}
                rows.append(row)
                number += 1
            groups.append((name, rows))
        return groups

    @property
    def first_id(self) -> str:
        """Where a link of the error summary leads."""
        return f"{self.auto_id}_0" if self.is_choices else self.id


class Shown:
    """One question on the page."""

    asked = None  # the question of the OAS, if there is one
    fixed = None  # the answer as it reads, where it cannot be changed here

    def __init__(self, form, question: annex.Question):
        self.form, self.question = form, question
        self.controls = [Control(form[name]) for name in question.columns if name in form.fields]
        self.group = form.groups.get(question.lines)
        skip = f"na_{question.key}"
        self.skip = form[skip] if skip in form.fields else None
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
            cells = (cell for line in self.group.lines for cell in line)
            rows += [(cell.id_for_label, words) for cell in cells for words in cell.errors]
        return [{"href": f"#{target}", "words": f"{letter}{words}"} for target, words in rows]
