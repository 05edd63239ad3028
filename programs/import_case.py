"""A ministry's file for the Table as a kind of Case: looked at row by row on its own page, applied by those who keep the Table."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import NotAllowed
from programs import notices, permissions
from programs.choices import BatchState
from programs.importing.words import ACTIONS
from programs.models import ImportBatch
from programs.services import imports
from programs.services.imports.applying import MOST_IN_A_REQUEST
from programs.services.imports.handing_in import KIND, end
from programs.services.imports.telling import applied_by, counts
from review.kinds import Against, CaseKind, Related, ReviewField, ReviewFile, register


class ImportCase(CaseKind):
    """A file with records of the Table."""

    key = KIND
    label = gettext_lazy("File for the Table")
    icon = "table"
    approve_label = gettext_lazy("Approve and apply the import")

    verbs = {
        "handed_in": gettext_lazy("%(who)s handed the file in"),
        "read": gettext_lazy("%(who)s read the file"),
        "refuse": gettext_lazy("%(who)s could not read the file"),
        "ticked": gettext_lazy("%(who)s chose the text of the file in a conflict"),
        "unticked": gettext_lazy("%(who)s chose the published text in a conflict"),
        "start_applying": gettext_lazy("%(who)s had the import applied"),
        "stop_applying": gettext_lazy("%(who)s applied nothing: the Table had changed"),
        "applied": gettext_lazy("%(who)s applied the import"),
        "discard": gettext_lazy("%(who)s discarded the import"),
    }

    def _batch(self, case) -> ImportBatch:
        """The import of a case, fetched once for a case at hand."""
        if "batch" not in case.__dict__:
            case.batch = case.imports.select_related("file", "institution", "created_by", "case").get()
        return case.batch

    def _page(self, case) -> str:
        return reverse("admin:programs_importbatch_change", args=[self._batch(case).pk])

    # --- what there is to read
    def fields(self, case, *, against=None) -> list[ReviewField]:
        tally, section = counts(self._batch(case)), _("What was understood")
        by_action = {code: sum(n for (action, _e, _t), n in tally.items() if action == code) for code in ACTIONS}
        rows = [
            ReviewField(f"rows-{code}", "", str(ACTIONS[code]), section, "", _rows(number))
            for code, number in by_action.items() if number
        ]  # fmt: skip
        new, changed, waiting = applied_by(tally)
        told = (
            (_("New records"), new),
            (_("Records with a new text"), changed),
            (_("Conflicts without a tick"), waiting),
        )
        return rows + [
            ReviewField(f"count-{number}", "", label, _("What applying does"), "", _rows(count))
            for number, (label, count) in enumerate(told, start=1)
        ]

    def against(self, case, *, against=None) -> Against:
        batch = self._batch(case)
        facts = [(_("State of the import"), batch.get_state_display())]
        if batch.created_by:
            facts.append((_("From"), batch.created_by.name))
        if batch.error:
            facts.append((_("Remark"), batch.error))
        return Against("", _("The file"), self._page(case), tuple(facts))

    def related(self, case) -> list[Related]:
        return [
            Related(
                _("Look at the file row by row"),
                self._page(case),
                "",
                _("What was understood of each, and what is published"),
            )
        ]

    def files(self, case) -> list[ReviewFile]:
        batch = self._batch(case)
        where = reverse("admin:programs_importbatch_file", args=[batch.pk])
        return [ReviewFile(batch.name, where, batch.file.size)] if batch.file_id else []

    # --- what a decision does
    def before_approve(self, case, *, by) -> None:
        permissions.may_keep(by).or_refuse()
        batch = self._batch(case)
        if batch.state not in (BatchState.READ, BatchState.APPLYING):
            raise NotAllowed(_("The file is not read yet, or it could not be read: there is nothing to apply."))
        if batch.state == BatchState.READ and batch.rows.count() > MOST_IN_A_REQUEST:
            raise NotAllowed(_("This import is large: apply it on its own page, where it goes on in the background."))

    def approve(self, case, *, by, completion: dict) -> None:
        imports.apply(self._batch(case), by=by)

    def end(self, case, *, by) -> None:
        end(self._batch(case), by=by)

    # --- whom it concerns
    def entrusts(self, case, user) -> bool:
        """Editors of the institution that keeps the Table decide, though they are no reviewers."""
        outside = case.institution_id not in {one.institution_id for one in user.memberships_now}
        return not user.is_reviewer and outside and bool(permissions.may_keep(user))

    def people(self, case) -> list:
        return notices.senders(self._batch(case))

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if step != "approved":  # the import itself says that it was applied
            notices.tell_import(step, self._batch(case), by=by, key=key, **params)

    def status_url(self, case) -> tuple[str, list]:
        return ("programs:import", [self._batch(case).pk])


def _rows(number: int) -> str:
    return ngettext("%(number)s row", "%(number)s rows", number) % {"number": number}


register(ImportCase())
