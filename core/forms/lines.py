"""Repeating lines of a form: a part of a record that is a JSON list of small rows."""

from django import forms

from core.forms.controls import Control
from core.forms.fields import WholeField

BLANK_LINES = 3
MOST_LINES = 60


def choice(choices, label, empty) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(required=False, label=label, choices=[("", empty), *choices.choices])


class LineGroup:
    """The lines of one repeated part, shown with blank ones at the end; a line is dropped by emptying it.

    A subclass says which form and which dataclass (core.lines.Line) each part has, and its words.
    """

    line_forms: dict[str, type[forms.Form]] = {}
    parts: dict[str, type] = {}
    names: dict[str, str] = {}
    adds: dict[str, str] = {}

    def __init__(self, name: str, rows: list[dict], data=None, more: int = 0):
        self.name, self.form, self.part = name, self.line_forms[name], self.parts[name]
        self.is_bound = data is not None and f"{name}-rows" in data
        if self.is_bound:
            count = _count(data.get(f"{name}-rows"))
            self.lines = [self.form(data, prefix=f"{name}-{place}") for place in range(count)]
        else:
            self.lines = [
                self.form(initial=row, prefix=f"{name}-{place}") for place, row in enumerate(self.shown(rows, more))
            ]
        for place, shown in enumerate(self.lines, start=1):
            _keep(shown, rows)
            shown.heading = getattr(shown, "legend", None) or self.names[name] % {"number": place}
            _dress(shown)
            shown.cells = [Control(bound) for bound in shown]

    def shown(self, rows: list[dict], more: int) -> list[dict]:
        """The rows with blank ones after them."""
        return [*rows, *([{}] * min(BLANK_LINES + more, MOST_LINES - len(rows)))]

    @property
    def rows_name(self) -> str:
        return f"{self.name}-rows"

    @property
    def add(self):
        return self.adds.get(self.name, "")

    def is_valid(self) -> bool:
        verdicts = [line.is_valid() for line in self.lines]  # every line is checked, not only up to the first wrong one
        return all(verdicts)

    def rows(self) -> list[dict]:
        """Every line; a cell that could not be read is left out, its message stands beside it."""
        return [self.part.from_row(line.cleaned_data).to_row() for line in self.lines]

    def value(self) -> list[dict]:
        """The lines that hold something."""
        return [row for row in self.rows() if not self.part.from_row(row).is_empty()]


def _count(text) -> int:
    return min(int(text), MOST_LINES) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


def _keep(line: forms.Form, rows: list[dict]) -> None:
    for name, field in line.fields.items():
        if isinstance(field, WholeField):
            field.kept = frozenset(row.get(name) for row in rows)


def _dress(line: forms.Form) -> None:
    for bound in line:
        select = isinstance(bound.field.widget, forms.Select)
        area = isinstance(bound.field.widget, forms.Textarea)
        css = "form-select" if select else "form-control short" if area else "form-control"
        bound.field.widget.attrs["class"] = f"{css} is-invalid" if line.is_bound and bound.errors else css
