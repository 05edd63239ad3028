"""A proposed item as a kind of Case: what the reviewer reads, and what approving it does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from core.prepared import Prepared
from core.templatetags.answers import web_link
from library import notices, reading
from library.choices import RevisionState
from library.identifiers import doi_address
from library.models import ItemRevision
from library.services import check_base, close, current_revision, open_next_round, publish
from library.services.proposals import KIND
from library.similar import similar
from review.kinds import Against, CaseKind, Related, ReviewField, ReviewFile, register


class ItemCase(CaseKind):
    """An item that somebody proposes for the library, or a correction of one."""

    key = KIND
    label = gettext_lazy("Proposal for the library")
    icon = "page"
    can_ask = True
    approve_label = gettext_lazy("Approve and publish")
    related_title = gettext_lazy("Similar items")

    verbs = {
        "submit": gettext_lazy("%(who)s sent the proposal to the OAS"),
        "published": gettext_lazy("%(who)s published the item"),
        "edited": gettext_lazy("%(who)s edited the published item"),
        "base_moved": gettext_lazy("The published text changed under this proposal, by %(who)s"),
        "rebased": gettext_lazy("%(who)s took over what is published now"),
        "merged_from": gettext_lazy("%(who)s merged another item into this one"),
        "merged_into": gettext_lazy("%(who)s merged the item into another one"),
        "retired": gettext_lazy("%(who)s retired the item"),
    }

    # --- what there is to read
    def names(self, cases) -> dict[int, tuple[str, str]]:
        found = {pk: _name(*row) for pk, *row in NEWEST.rows([case.pk for case in cases])}
        return {case.pk: found.get(case.pk, (str(self.label), self.icon)) for case in cases}

    def revision(self, case) -> ItemRevision:
        return self._whole(case)

    def revisions(self, case) -> list[ItemRevision]:
        sent = case.library_items.filter(state=RevisionState.SUBMITTED)
        return list(sent.select_related("item").order_by("number"))

    def _whole(self, case) -> ItemRevision:
        """The revision under review with all that its page needs, fetched once for a case at hand."""
        if "whole" not in case.__dict__:
            sent = case.library_items.filter(state=RevisionState.SUBMITTED)
            case.whole = sent.select_related("item__published", "base", "proposer", "file").latest("number")
        return case.whole

    def fields(self, case, *, against=None) -> list[ReviewField]:
        known, new = labels.read(), self._whole(case)
        old = against or new.base
        before = reading.answers(old, known) if old else {}
        return [
            _field(section, answer, before.get(answer.question.key), new)
            for section, answers in reading.read(new, known)
            for answer in answers
        ]

    def against(self, case, *, against=None) -> Against:
        new = self._whole(case)
        old, head, published = against or new.base, "", ""
        if against:
            head = _("Version %(number)s") % {"number": against.number}
        elif old and case.is_open and new.base_moved:
            head = _("Version %(number)s, from which the proposal started") % {"number": old.number}
            published = _("Published, version %(number)s") % {"number": new.item.published.number}
        elif old:
            head = _("Published, version %(number)s") % {"number": old.number}
        words = _("Proposed, version %(number)s") % {"number": new.number}
        return Against(head, words, self.public_url(case), tuple(self._facts(case, new)), published)

    def _facts(self, case, new):
        if new.proposer:
            yield _("From"), new.proposer.name
        yield _("Item"), new.item.permanent_id
        if new.link or new.doi:
            yield _("Where it can be read"), web_link(new.link or doi_address(new.doi))
        if new.reason:
            yield _("Why"), new.reason
        if new.file_id:
            yield _("File to the public"), _file_words(new)
        if case.is_open and new.base_moved:
            yield (
                _("Base moved"),
                _(
                    "Another version of the item was published since this proposal was begun. It cannot be approved as it is: "
                    "ask a question, and the next round starts from what is published now."
                ),
            )

    def files(self, case) -> list[ReviewFile]:
        new = self._whole(case)
        if not new.file_id:
            return []
        url = reverse("library:proposal_file", args=[new.pk])
        return [ReviewFile(new.file_name, url, new.file.size, new.file.get_scan_state_display())]

    def approve_words(self, case) -> str:
        return _("Approve and publish version %(number)s") % {"number": self._whole(case).number}

    def related(self, case) -> list[Related]:
        if not case.is_open:
            return []
        words = _("%(who)s. In common: %(reasons)s")
        return [
            Related(
                f"{one.permanent_id} {one.title}", one.url, one.language,
                words % {"who": one.institution or "–", "reasons": one.reason},
            )
            for one in similar(self._whole(case))
        ]  # fmt: skip

    # --- what a decision does
    def before_approve(self, case, *, by) -> None:
        check_base(current_revision(case))

    def approve(self, case, *, by, completion: dict) -> None:
        publish(current_revision(case), by=by)

    def ask_back(self, case, *, by) -> None:
        open_next_round(case, by=by)

    def end(self, case, *, by) -> None:
        close(case, by=by)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        return case.opened_by_id == user.pk

    def people(self, case) -> list:
        proposer = self._newest(case).proposer
        return [proposer] if proposer else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        notices.tell_proposer(f"library.{step}", self._newest(case), by=by, key=key, **params)

    def waits_for_institution(self, case) -> bool:
        return self._newest(case).state == RevisionState.DRAFT

    def _newest(self, case) -> ItemRevision:
        return case.library_items.select_related("item", "proposer").latest("number")

    def status_url(self, case) -> tuple[str, list]:
        return ("library:proposal", [self._newest(case).pk])

    def public_url(self, case) -> str:
        item = self._whole(case).item
        return reverse("library:item", args=[item.slug]) if item.is_public and item.slug else ""


# of the newest revision in each case, what the queue names it by
NEWEST = Prepared(
    "SELECT DISTINCT ON (r.case_id) r.case_id, r.base_id, r.is_open AND r.state = 'submitted', "
    "r.base_id IS DISTINCT FROM o.published_id FROM library_itemrevision r JOIN library_libraryitem o ON o.id = r.item_id "
    "WHERE r.case_id = ANY(%s) ORDER BY r.case_id, r.number DESC"
)


def _name(base: int | None, waits: bool, base_moved: bool) -> tuple[str, str]:
    """What the queue calls it; an open one whose base moved says so."""
    if base is None:
        return _("New item of the library"), "page"
    if waits and base_moved:
        return _("Correction of the library, base moved"), "alert"
    return _("Correction of the library"), "share"


def _file_words(new: ItemRevision) -> str:
    if not new.may_publish_file:
        return _("No: the proposer does not say that its licence allows it.")
    return _("Yes, once it is approved and the virus scan found nothing: the proposer says that its licence allows it.")


def _field(section, answer, before, new: ItemRevision) -> ReviewField:
    return ReviewField(
        code=answer.question.key,
        number="",
        label=answer.question.name,
        section=str(section.label) if section else "",
        old=before.text if before else "",
        new=answer.text,
        language=new.language if any(part.own for part in answer.parts) else "",
    )


register(ItemCase())
