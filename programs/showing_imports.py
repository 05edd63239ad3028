"""What the pages of an import show of it: counts as filters, and each row in words with what it would change."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from programs import permissions
from programs.choices import BatchState
from programs.history import changes
from programs.importing.words import ACTIONS, EXISTING, REASONS, WARNINGS
from programs.models import ImportBatch, ImportRow, Project, ProjectRevision
from programs.services.imports.holding_against import CONFLICT, IMPORTS
from programs.services.imports.outcome import whole_of
from programs.services.imports.telling import applied_by, counts

PER_PAGE = 25
TONES = {
    "import": "ok", "import_with_warning": "warn", "skip_duplicate": "off", "reject": "bad", "ignore": "off",
    "none": "on", "unchanged": "off", "update": "on", "conflict": "warn",
}  # fmt: skip
SHORT = {
    "import": gettext_lazy("Imported"),
    "import_with_warning": gettext_lazy("Imported, with a remark"),
    "skip_duplicate": gettext_lazy("Left out: repeated"),
    "reject": gettext_lazy("Not imported"),
    "ignore": gettext_lazy("No table"),
    "none": gettext_lazy("New"),
    "unchanged": gettext_lazy("Unchanged"),
    "update": gettext_lazy("New text"),
    "conflict": gettext_lazy("Conflict"),
}
EXPLAINED = frozenset(["website"])  # a warning says why something of it was left out
OPEN = (BatchState.WAITING, BatchState.READING, BatchState.APPLYING)


@dataclass(frozen=True)
class Choice:
    """A filter with how many rows it shows."""

    name: str
    code: str
    words: str
    number: int
    is_on: bool


class RowShown:
    """One row of the preview."""

    def __init__(self, row: ImportRow, project: Project | None, known):
        self.row, self.project, self.labels = row, project, known

    @property
    def where(self) -> str:
        place = self.row.where
        if "row" in place:
            line = place.get("line")
            return (
                _("Row %(row)s (line %(line)s)") % {"row": place["row"], "line": line}
                if line
                else _("Row %(row)s") % place
            )
        return _("Sheet %(sheet)s, block %(block)s") % {
            "sheet": place.get("sheet", ""),
            "block": place.get("block", "–"),
        }

    @property
    def title(self) -> str:
        return self.row.title or _("Without a title")

    @property
    def states(self) -> list[tuple]:
        """Action and existing as short words with their tones."""
        codes = [self.row.action, *([self.row.existing] if self.row.existing else [])]
        return [(SHORT.get(code, code), TONES.get(code, "off")) for code in codes]

    @property
    def action(self) -> str:
        """What becomes of the row; nothing is promised where it is the same or waits for a tick."""
        if self.row.existing == "unchanged" or (self.row.existing == CONFLICT and not self.row.ticked):
            return ""
        return str(ACTIONS.get(self.row.action, self.row.action))

    @property
    def existing(self) -> str:
        return str(EXISTING.get(self.row.existing, "")) if self.row.action in IMPORTS else ""

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """(code, sentence) of every reason and warning."""
        return [
            (code, str(REASONS.get(code) or WARNINGS.get(code) or code))
            for code in (*self.row.reasons, *self.row.warnings)
        ]

    @property
    def notes(self) -> list[str]:
        """What else a person should know of the row."""
        told, found = self.row.details, []
        if repeats := told.get("repeats"):
            found.append(_("It repeats: %(place)s.") % {"place": _place(repeats)})
        found += [
            _("%(heading)s: %(words)s") % {"heading": head, "words": words}
            for head, words in told.get("wrong", {}).items()
        ]
        found += [
            _("%(heading)s: the text has %(length)s characters.") % {"heading": head, "length": length}
            for head, length in told.get("lengths", {}).items()
        ]
        if told.get("formulas"):
            found.append(_("Formulas without a saved result: %(names)s") % {"names": ", ".join(told["formulas"])})
        found += [
            (
                _("Not taken over: %(text)s")
                if column in EXPLAINED
                else _("Not taken over, since it was not recognised: %(text)s")
            )
            % {"text": text}
            for column, text in told.get("left", {}).items()
        ]
        if told.get("extra"):
            found.append(_("Columns that mean nothing to the portal: %(names)s") % {"names": ", ".join(told["extra"])})
        if told.get("hidden"):
            found.append(_("This sheet is hidden in the workbook."))
        if self.row.existing == CONFLICT and self.row.against is None:
            found.append(_("It cannot be applied: the record was retired, or another row of this file is about it."))
        return found

    @property
    def cells(self) -> list[list[str]]:
        """Heading, what was written, what was understood."""
        return self.row.details.get("cells", [])

    @property
    def language(self) -> str:
        return self.row.values.get("language") or self.row.details.get("language", "")

    @cached_property
    def changes(self):
        """What the row would change of the published text, word by word."""
        if self.project is None or self.project.published is None or self.row.existing not in ("update", CONFLICT):
            return []
        old = self.project.published
        return changes(old, ProjectRevision(**whole_of(self.row, old)), self.labels)

    @property
    def may_tick(self) -> bool:
        return self.row.existing == CONFLICT and self.row.against is not None


def _place(place: dict) -> str:
    return str(place["row"]) if "row" in place else f"{place.get('sheet', '')} {place.get('block', '')}".strip()


class ImportPage:
    """One import as a person sees it."""

    def __init__(self, batch: ImportBatch, user, query):
        self.batch, self.user = batch, user
        self.action = query.get("show", "") if query.get("show", "") in ACTIONS else ""
        self.existing = query.get("existing", "") if query.get("existing", "") in EXISTING else ""
        self.number = query.get("page", "1")[:9]
        self.tally = counts(batch)

    @property
    def query(self) -> dict[str, list[str]]:
        """The filter, for the links of the pages."""
        return {name: [code] for name, code in (("show", self.action), ("existing", self.existing)) if code}

    @property
    def is_open(self) -> bool:
        return self.batch.state in OPEN

    @property
    def is_read(self) -> bool:
        return self.batch.state == BatchState.READ

    @cached_property
    def may_apply(self):
        return permissions.may_keep(self.user)

    @property
    def may_discard(self) -> bool:
        states = (BatchState.WAITING, BatchState.READING, BatchState.READ, BatchState.REFUSED)
        return self.batch.state in states and bool(permissions.may_discard_import(self.user, self.batch))

    @cached_property
    def sums(self) -> tuple[int, int, int]:
        return applied_by(self.tally)

    @property
    def to_apply(self) -> int:
        return self.sums[0] + self.sums[1]

    @property
    def rows_number(self) -> int:
        return sum(self.tally.values())

    @cached_property
    def choices(self) -> list[Choice]:
        """Actions, then what stands against them, with their numbers."""
        found = [
            Choice("show", code, str(SHORT[code]), number, code == self.action)
            for code in ACTIONS
            if (number := sum(n for (action, _e, _t), n in self.tally.items() if action == code))
        ]
        return found + [
            Choice("existing", code, str(SHORT[code]), number, code == self.existing)
            for code in EXISTING
            if (number := sum(n for (action, e, _t), n in self.tally.items() if e == code and action in IMPORTS))
        ]

    @cached_property
    def page_obj(self):
        rows = self.batch.rows.order_by("position")
        if self.action:
            rows = rows.filter(action=self.action)
        if self.existing:
            rows = rows.filter(existing=self.existing, action__in=IMPORTS)
        return Paginator(rows, PER_PAGE).get_page(self.number)

    @property
    def page_numbers(self):
        return self.page_obj.paginator.get_elided_page_range(self.page_obj.number)

    @cached_property
    def rows(self) -> list[RowShown]:
        found = list(self.page_obj)
        wanted = {row.project_id for row in found if row.project_id}
        projects = Project.objects.select_related("published__institution").in_bulk(wanted)
        known = labels.read()
        return [RowShown(row, projects.get(row.project_id), known) for row in found]

    @property
    def has_conflicts(self) -> bool:
        return any(row.may_tick for row in self.rows)


def report_line(row: ImportRow) -> list[str]:
    """One row of the report, in words and codes."""
    shown = RowShown(row, None, None)
    return [
        str(row.where.get("row", "")), str(row.where.get("line", "")), row.where.get("sheet", ""), str(row.where.get("block", "")),
        row.title, row.action, shown.action, row.existing, shown.existing, "; ".join(code for code, _words in shown.remarks),
        " ".join([*(words for _code, words in shown.remarks), *shown.notes]), f"T-{row.project_id:06d}" if row.project_id else "",
    ]  # fmt: skip


REPORT = (
    "row", "line", "sheet", "block", "title", "action", "action_words", "existing", "existing_words", "codes", "remarks", "record",
)  # fmt: skip
