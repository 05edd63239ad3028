"""A proposal for the Table as a kind of Case: what the reviewer reads, and what approving it does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from core.prepared import Prepared
from programs import annex, notices, reading
from programs.choices import RevisionState
from programs.models import ProjectRevision
from programs.services import check_base, close, current_revision, open_next_round, publish, take_answer
from programs.services.proposals import KIND
from programs.similar import similar
from review.kinds import Against, CaseKind, Related, ReviewField, register


class ProposalCase(CaseKind):
    """A record that a country proposes for the Table, or a correction of one."""

    key = KIND
    label = gettext_lazy("Proposal for the Table")
    icon = "table"
    can_ask = True
    approve_label = gettext_lazy("Approve and publish")
    related_title = gettext_lazy("Similar records")

    verbs = {
        "submit": gettext_lazy("%(who)s sent the proposal to the OAS"),
        "published": gettext_lazy("%(who)s published the record"),
        "edited": gettext_lazy("%(who)s edited the published record"),
        "imported": gettext_lazy("%(who)s imported a new text of the record"),
        "base_moved": gettext_lazy("The published text changed under this proposal, by %(who)s"),
        "rebased": gettext_lazy("%(who)s took over what is published now"),
        "merged_from": gettext_lazy("%(who)s merged another record into this one"),
        "merged_into": gettext_lazy("%(who)s merged the record into another one"),
        "retired": gettext_lazy("%(who)s retired the record"),
        "taken_out": gettext_lazy("%(who)s took the record out of the Table"),
        "put_back": gettext_lazy("%(who)s put the record back into the Table"),
        "confirmed": gettext_lazy("%(who)s confirmed the record"),
    }

    # --- what there is to read
    def names(self, cases) -> dict[int, tuple[str, str]]:
        found = {pk: _name(*row) for pk, *row in NEWEST.rows([case.pk for case in cases])}
        return {case.pk: found.get(case.pk, (str(self.label), self.icon)) for case in cases}

    def revision(self, case) -> ProjectRevision:
        return self._whole(case)

    def revisions(self, case) -> list[ProjectRevision]:
        sent = case.proposals.filter(state=RevisionState.SUBMITTED)
        return list(sent.select_related("project", "institution").order_by("number"))

    def _whole(self, case) -> ProjectRevision:
        """The revision under review with all that its page needs, fetched once for a case at hand."""
        if "whole" not in case.__dict__:
            sent = case.proposals.filter(state=RevisionState.SUBMITTED)
            case.whole = sent.select_related(
                "project__published__institution",
                "base__institution",
                "institution",
                "submitted_by",
                "proposed_by__country",
            ).latest("number")
        return case.whole

    def _before(self, case) -> ProjectRevision | None:
        """What it is held against: the text from which it started, which is the published one unless that moved."""
        return self._whole(case).base

    def fields(self, case, *, against=None) -> list[ReviewField]:
        known, new = labels.read(), self._whole(case)
        old = against or self._before(case)
        before = reading.answers(old, known) if old else {}
        return [
            _field(column, answer, before.get(answer.question.key), new)
            for part in reading.read(new, known)
            for column, answer in ((part.column, answer) for answer in part.answers)
        ]

    def against(self, case, *, against=None) -> Against:
        new, old = self._whole(case), against or self._before(case)
        head = published = ""
        if against:
            head = _("Version %(number)s") % {"number": against.number}
        elif old and case.is_open and new.base_moved:
            head = _("Version %(number)s, from which the proposal started") % {"number": old.number}
            if new.project.published:
                published = _("Published, version %(number)s") % {"number": new.project.published.number}
        elif old:
            head = _("Published, version %(number)s") % {"number": old.number}
        words = _("Proposed, version %(number)s") % {"number": new.number}
        return Against(head, words, self.public_url(case), tuple(self._facts(case, new)), published)

    def _facts(self, case, new):
        if new.submitted_by:
            yield _("From"), new.submitted_by.name
        yield _("Record"), new.project.permanent_id
        if new.reason:
            yield _("Why"), new.reason
        if case.is_open and new.base_moved:
            yield (
                _("Base moved"),
                _(
                    "Another version of the record was published since this proposal was begun. It cannot be approved as it is: "
                    "ask a question, and the next round starts from what is published now. Below it is held against the version "
                    "from which it was begun."
                ),
            )

    def approve_words(self, case) -> str:
        return _("Approve and publish version %(number)s") % {"number": self._whole(case).number}

    def related(self, case) -> list[Related]:
        if not case.is_open:
            return []
        near = similar(self._whole(case))
        return [
            Related(
                f"{one.permanent_id} {one.title}", one.url, one.language,
                _("%(institution)s. In common: %(reasons)s") % {"institution": one.institution, "reasons": one.reason}
                if one.institution else _("In common: %(reasons)s") % {"reasons": one.reason},
            )
            for one in near
        ]  # fmt: skip

    # --- what a decision does
    def before_approve(self, case, *, by) -> None:
        check_base(current_revision(case))

    def approve(self, case, *, by, completion: dict) -> None:
        publish(current_revision(case), by=by)

    def ask_back(self, case, *, by) -> None:
        open_next_round(case, by=by)

    def take_answer(self, case) -> bool:
        return take_answer(case)

    def end(self, case, *, by) -> None:
        close(case, by=by)

    # --- whom it concerns
    def people(self, case) -> list:
        return notices.concerned(self._newest(case))

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        notices.tell_institution(f"programs.{step}", self._newest(case), by=by, key=key, **params)

    def waits_for_institution(self, case) -> bool:
        return self._newest(case).state == RevisionState.DRAFT

    def _newest(self, case) -> ProjectRevision:
        return case.proposals.select_related("project", "proposed_by").latest("number")

    def status_url(self, case) -> tuple[str, list]:
        return ("programs:proposal", [self._newest(case).pk])

    def public_url(self, case) -> str:
        project = self._whole(case).project
        return reverse("programs:record", args=[project.slug]) if project.is_public and project.slug else ""


# of the newest revision in each case, what the queue names it by
NEWEST = Prepared(
    "SELECT DISTINCT ON (r.case_id) r.case_id, r.base_id, r.number, r.is_open AND r.state = 'submitted', "
    "r.base_id IS DISTINCT FROM o.published_id FROM programs_projectrevision r JOIN programs_project o ON o.id = r.project_id "
    "WHERE r.case_id = ANY(%s) ORDER BY r.case_id, r.number DESC"
)


def _name(base: int | None, number: int, waits: bool, base_moved: bool) -> tuple[str, str]:
    """What the queue calls it; an open one whose base moved says so."""
    if base is None and number == 1:
        return _("New record of the Table"), "table"
    if waits and base_moved:
        return _("Correction of the Table, base moved"), "alert"
    return _("Correction of the Table"), "share"


def _field(column: annex.Column, answer, before, new: ProjectRevision) -> ReviewField:
    return ReviewField(
        code=answer.question.key,
        number="",
        label=answer.question.name,
        section=str(column.label),
        old=before.text if before else "",
        new=answer.text,
        language=new.language if any(part.own for part in answer.parts) else "",
    )


register(ProposalCase())
