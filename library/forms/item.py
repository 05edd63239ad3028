"""The form of an item, for proposals and for administrators. Lax for drafts: what fits is saved, what does not is shown."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue import labels
from catalogue.models import Entry
from core.forms import fields as plain_fields
from core.forms import lines
from core.forms.controls import Control
from core.languages import HTML_LANG
from library.fields import SECTIONS, Field, Section
from library.forms.fields import control
from library.parts import PARTS
from library.services import missing

NEVER_EMPTY = frozenset(("language",))  # a draft keeps what it had
SHOWN_COLUMNS = tuple(name for section in SECTIONS for one in section.fields for name in one.columns)


class AuthorLine(forms.Form):
    """A person, or a body."""

    family = plain_fields.line(label=gettext_lazy("Family name"))
    given = plain_fields.line(label=gettext_lazy("Given name"))
    corporate = plain_fields.line(label=gettext_lazy("Or a body that writes in its own name"))

    def clean(self):
        data = super().clean()
        if data.get("corporate") and (data.get("family") or data.get("given")):
            self.add_error("corporate", _("Write a person or a body, each on a line of its own."))
        elif data.get("given") and not data.get("family"):
            self.add_error("family", _("Write the family name as well. If there is but one name, it stands here."))
        return data


class LineGroup(lines.LineGroup):
    """The authors, one on each line."""

    line_forms = {"authors": AuthorLine}
    parts = PARTS
    names = {"authors": gettext_lazy("Author %(number)s")}
    adds = {"authors": pgettext_lazy("library", "Add an author")}


class FieldShown:
    """One field on the page: controls, lines, messages (templates/programs/form/_field.html draws it)."""

    asked = None  # the question of the OAS, if there is one
    theirs = ""
    is_date = False

    def __init__(self, form, one: Field):
        self.form, self.field = form, one
        self.controls = [Control(form[name]) for name in one.columns if name in form.fields]
        for shown in self.controls:
            shown.alone = str(shown.label) == str(one.label)
        self.group = form.groups.get(one.lines)
        self.is_single = len(self.controls) == 1 and not self.controls[0].is_choices and self.group is None

    @property
    def anchor(self) -> str:
        return f"f-{self.field.key}"

    @cached_property
    def has_errors(self) -> bool:
        return any(shown.errors for shown in self.controls)

    def error_rows(self) -> list[dict]:
        """What is wrong, with links to the controls."""
        rows = [(shown.first_id, words) for shown in self.controls for words in shown.errors]
        if self.group and self.group.is_bound:
            rows += [(cell.id, words) for line in self.group.lines for cell in line.cells for words in cell.errors]
        return [{"href": f"#{target}", "words": f"{self.field.name}: {words}"} for target, words in rows]


class ItemForm(forms.Form):
    """Every field of an item for one revision (an unsaved one for a new item)."""

    def __init__(self, revision, data=None, *, more: str = "", strict: bool = False):
        super().__init__(data, initial={})
        self.revision, self.strict = revision, strict
        known = labels.read()
        self.groups = {"authors": LineGroup("authors", revision.authors, data, 3 if more == "authors" else 0)}
        for section in SECTIONS:
            for one in section.fields:
                for column in one.columns:
                    self.fields[column] = control(column, one, known)
                    self.initial[column] = getattr(revision, column)
                if len(one.columns) == 1:
                    self.fields[one.columns[0]].help_text = one.help  # Django ties it to the control
        self._dress()

    # --- reading
    def is_valid(self) -> bool:
        verdicts = [super().is_valid(), *(group.is_valid() for group in self.groups.values())]
        return all(verdicts)

    def clean(self):
        data = super().clean()
        new = [number for number in data.get("about") or [] if number not in self.revision.about]
        there = set(Entry.objects.filter(permanent_id__in=new).values_list("permanent_id", flat=True)) if new else set()
        for number in new:
            if number not in there:
                self.add_error("about", _("There is no public record with the number %(number)s.") % {"number": number})
        if self.strict:
            self._check_complete(data)
        return data

    def _check_complete(self, data) -> None:
        lines = self.groups["authors"]
        wrote = lines.rows() if lines.is_bound and lines.is_valid() else self.revision.authors
        said = {**data, "authors": [row for row in wrote if any(row.values())], "file_id": self.revision.file_id}
        for key, words in missing(said):
            column = "publisher" if key == "authors" else key
            if column not in self.errors:
                self.add_error(column, words)

    def values(self) -> dict:
        """What could be read, by column; for a draft what is wrong is left as it was."""
        self.is_valid()
        read = {column: self.cleaned_data[column] for column in SHOWN_COLUMNS if column in self.cleaned_data}
        for column in NEVER_EMPTY:
            if not read.get(column):
                read.pop(column, None)
        authors = self.groups["authors"]
        if authors.is_bound and authors.is_valid():
            read["authors"] = authors.value()
        return read

    # --- showing
    def _dress(self) -> None:
        spoken = HTML_LANG.get(self.revision.language, "")
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, forms.Textarea | forms.TextInput | forms.URLInput):
                wrong = " is-invalid" if self.is_bound and self[name].errors else ""
                widget.attrs["class"] = f"form-control{wrong}"
                if isinstance(widget, forms.Textarea) and spoken:
                    widget.attrs["lang"] = spoken
            elif isinstance(widget, forms.Select):
                widget.attrs["class"] = "form-select"

    @cached_property
    def sections(self) -> list[tuple[Section, list[FieldShown]]]:
        """The sections with their fields and controls, as the page shows them."""
        return [(section, [FieldShown(self, one) for one in section.fields]) for section in SECTIONS]

    def all_errors(self) -> list[dict]:
        """What is wrong, with links to the controls, in the order of the page."""
        return [row for _section, shown in self.sections for one in shown for row in one.error_rows()]
