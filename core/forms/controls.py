"""One control of a question as the page draws it."""

import itertools

from django.utils.functional import cached_property

from core.forms.drawing import choices, draw, in_line, labelled


class Control:
    """One control of a question."""

    def __init__(self, bound):
        self.bound = bound
        self.name, self.label, self.id = bound.html_name, bound.field.label, bound.id_for_label
        self.is_hidden = bound.is_hidden
        self.auto_id = bound.auto_id
        self.alone = False
        self.is_choices = bound.use_fieldset
        self.input_type = getattr(bound.field.widget, "input_type", "")

    def __str__(self) -> str:
        return draw(self.bound)

    @property
    def is_tick(self) -> bool:
        return self.input_type == "checkbox" and not self.is_choices

    @property
    def labelled(self) -> str:
        return labelled(self)

    @property
    def in_line(self) -> str:
        return in_line(self)

    @cached_property
    def errors(self) -> list[str]:
        return list(self.bound.errors) if self.bound.form.is_bound else []

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Choices drawn, by group: `[("", ...)]` where there is none."""
        chosen = self.bound.value() or []
        chosen = {str(value) for value in (chosen if isinstance(chosen, list | tuple) else [chosen])}
        options = self.bound.field.choices
        grouped = options if options and isinstance(options[0][1], list | tuple) else [("", options)]
        number, groups = itertools.count(), []
        for name, rows in grouped:
            drawn = [(f"{self.auto_id}_{next(number)}", value, label, str(value) in chosen) for value, label in rows]
            groups.append((name, choices(self.input_type, self.name, drawn)))
        return groups

    @property
    def first_id(self) -> str:
        """Where a link of the error summary leads."""
        return f"{self.auto_id}_0" if self.is_choices else self.id
