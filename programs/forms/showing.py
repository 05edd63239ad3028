"""Columns and fields of Annex I as the page draws them: controls, lines, messages."""

from django.utils.functional import cached_property

from core.forms.controls import Control
from programs import annex

OPEN_FIRST = ("heading", "description")


class FieldShown:
    """One field of Annex I on the page."""

    asked = None  # the question of the OAS, if there is one

    def __init__(self, form, one: annex.Field):
        self.form, self.field = form, one
        names = [f"{name}_id" if f"{name}_id" in form.fields else name for name in one.columns]
        self.controls = [Control(form[name]) for name in names if name in form.fields]
        for control in self.controls:
            control.alone = str(control.label) == str(one.label)
        self.group = form.groups.get(one.lines)
        self.is_single = len(self.controls) == 1 and not self.controls[0].is_choices and self.group is None
        self.is_date = one.key in ("start", "end")

    @property
    def anchor(self) -> str:
        return f"f-{self.field.key}"

    @property
    def theirs(self) -> str:
        """What a colleague wrote here meanwhile."""
        return self.form.theirs.get(self.field.key, "")

    @cached_property
    def has_errors(self) -> bool:
        return any(control.errors for control in self.controls)

    @property
    def is_touched(self) -> bool:
        """Whether the page must show it open."""
        wrong = self.group and self.group.is_bound and not self.group.is_valid()
        return bool(self.has_errors or wrong or self.theirs or self.asked)

    def error_rows(self) -> list[dict]:
        """What is wrong, with links to the controls."""
        rows = [(control.first_id, words) for control in self.controls for words in control.errors]
        if self.group and self.group.is_bound:
            rows += [(cell.id, words) for line in self.group.lines for cell in line.cells for words in cell.errors]
        return [{"href": f"#{target}", "words": f"{self.field.name}: {words}"} for target, words in rows]


class ColumnShown:
    """One column of Annex I on the page."""

    def __init__(self, form, column: annex.Column):
        self.column = column
        self.fields = [FieldShown(form, one) for one in column.fields]

    @property
    def anchor(self) -> str:
        return f"c-{self.column.key}"
