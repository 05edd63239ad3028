"""The form of a record by Annex I, for the custodian's editors and for proposals. Lax for drafts: what fits is saved, what does not
is shown; strict where it is published or sent."""

import json

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from catalogue import labels
from catalogue.models import Entry
from core.dates import Span
from core.forms.fields import WholeField
from core.languages import HTML_LANG
from programs import annex
from programs.forms.fields import control, date_problem
from programs.forms.lines import LineGroup
from programs.forms.showing import ColumnShown
from programs.models import ProjectRevision
from programs.services import texts

SEEN, REASON, SOURCE = "seen", "reason", "source"
NEVER_EMPTY = frozenset(("type_id", "theme_id", "language"))  # a draft keeps what it had


def attnames(one: annex.Field) -> list[str]:
    """The columns of a field as a form names them."""
    return [ProjectRevision._meta.get_field(name).attname for name in one.columns]


class RecordForm(forms.Form):
    """Every field of Annex I for one revision (an unsaved one for a new record)."""

    def __init__(self, revision, data=None, *, more: str = "", strict: bool = False, own_country=None):
        super().__init__(data, initial={})
        self.revision, self.strict, self.own_country = revision, strict, own_country
        self.labels = labels.read()
        self.groups: dict[str, LineGroup] = {}
        self.theirs: dict[str, str] = {}  # what a colleague wrote meanwhile, by field of Annex I
        for one in annex.FIELDS.values():
            self._add(one, data, more)
        self.seen = self._read_seen(data) if self.is_bound else self._seen_now(revision)
        self._dress()

    def _add(self, one: annex.Field, data, more: str) -> None:
        if one.lines:
            rows = getattr(self.revision, one.lines)
            self.groups[one.lines] = LineGroup(one.lines, rows, data, 3 if more == one.lines else 0)
            return
        for column in attnames(one):
            self.fields[column] = control(column, one, self.labels)
            self.initial[column] = getattr(self.revision, column)
            if isinstance(self.fields[column], WholeField):
                self.fields[column].kept = frozenset([self.initial[column]])
            if len(attnames(one)) == 1:
                self.fields[column].help_text = one.help  # Django ties it to the control

    @staticmethod
    def _seen_now(revision) -> dict[str, str]:
        source = revision.project.source if revision.project_id else ""
        return texts.seen(revision) | {
            REASON: texts.digest(texts.normal(REASON, revision.reason)), SOURCE: texts.digest(source),
        }  # fmt: skip

    def _read_seen(self, data) -> dict[str, str]:
        try:
            seen = json.loads(data.get(SEEN, ""))
        except (ValueError, RecursionError):
            return {}
        known = {*texts.COLUMNS, REASON, SOURCE}
        return {k: v for k, v in seen.items() if k in known and isinstance(v, str)} if isinstance(seen, dict) else {}

    @property
    def seen_json(self) -> str:
        return json.dumps(self.seen, separators=(",", ":"))

    # --- reading
    def is_valid(self) -> bool:
        verdicts = [super().is_valid(), *(group.is_valid() for group in self.groups.values())]
        return all(verdicts)

    def clean(self):
        data = super().clean()
        self._check_dates(data)
        self._check_related(data)
        if self.strict:
            self._check_required(data)
        return data

    def _check_dates(self, data) -> None:
        whole = {}
        for end in ("start", "end"):
            parts = [data.get(f"{end}_{part}") for part in ("year", "month", "day")]
            if any(f"{end}_{part}" in self.errors for part in ("year", "month", "day")):
                return
            if problem := date_problem(*parts):
                self.add_error(f"{end}_year", problem)
                return
            whole[end] = tuple(parts)
        span = Span(whole["start"], whole["end"])
        if span.first_day and span.last_day and span.last_day < span.first_day:
            self.add_error("end_year", _("It cannot end before it begins."))
        elif span.last_day and data.get("ongoing"):
            self.add_error("ongoing", _("It has an ending date: take away the date, or this tick."))

    def _check_related(self, data) -> None:
        new = [number for number in data.get("related") or [] if number not in self.revision.related]
        there = set(Entry.objects.filter(permanent_id__in=new).values_list("permanent_id", flat=True)) if new else set()
        for number in new:
            if number not in there:
                self.add_error(
                    "related", _("There is no public record with the number %(number)s.") % {"number": number}
                )

    def _check_required(self, data) -> None:
        for one in annex.FIELDS.values():
            columns = attnames(one)
            if one.required and not any(data.get(c) for c in columns) and not any(c in self.errors for c in columns):
                self.add_error(columns[0], str(one.missing))
        place = self.own_country
        if place and not data.get("region") and data.get("countries") and place.iso2 not in data["countries"]:
            self.add_error(
                "countries",
                _("You propose for %(country)s: it must be among the countries.") % {"country": place.label},
            )

    def values(self) -> dict:
        """What could be read, by column; for a draft what is wrong is left as it was."""
        self.is_valid()
        read = {column: self.cleaned_data[column] for column in self.fields if column in self.cleaned_data}
        for column in NEVER_EMPTY:
            if not read.get(column):
                read.pop(column, None)
        for name, group in self.groups.items():
            if group.is_valid() and group.is_bound:
                read[name] = group.value()
        return read

    def agree(self, stored) -> None:
        """After a save: what the page and the stored text agree on counts as seen."""
        reason = texts.normal(REASON, stored.reason)
        if texts.normal(REASON, self.data.get(REASON, "")) == reason:
            self.seen[REASON] = texts.digest(reason)
        now = texts.values_of(stored)
        mine = texts.cleaned(self.values())
        self.seen |= {column: texts.digest(now[column]) for column, value in mine.items() if now[column] == value}

    def take_conflicts(self, conflicts, theirs: dict) -> None:
        """Show what a colleague wrote beside what stands in the form; saving once more decides for the form."""
        for conflict in conflicts:
            key = texts.FIELD_OF[conflict.column].key if conflict.column in texts.FIELD_OF else conflict.column
            self.theirs[key] = (theirs[key].text if key in theirs else conflict.theirs) or _("Nothing")
            self.seen[conflict.column] = texts.digest(conflict.theirs)

    # --- showing
    def _dress(self) -> None:
        spoken = HTML_LANG.get(self.revision.language, "")
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, forms.Textarea | forms.TextInput | forms.URLInput):
                wrong = " is-invalid" if self.is_bound and self[name].errors else ""
                short = " short" if widget.attrs.get("rows", 9) <= 5 else ""
                widget.attrs["class"] = f"form-control{short}{wrong}"
                if isinstance(widget, forms.Textarea) and spoken:
                    widget.attrs["lang"] = spoken
            elif isinstance(widget, forms.Select):
                widget.attrs["class"] = "form-select"
            elif isinstance(widget, forms.CheckboxInput):
                widget.attrs["class"] = "form-check-input"

    @cached_property
    def columns(self) -> list[ColumnShown]:
        """The columns of Annex I with their fields and controls, as the page shows them."""
        return [ColumnShown(self, column) for column in annex.COLUMNS]

    def all_errors(self) -> list[dict]:
        """What is wrong, with links to the controls, in the order of the page."""
        return [row for column in self.columns for shown in column.fields for row in shown.error_rows()]
