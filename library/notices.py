"""What each step of a proposal tells whoever proposed it, and the OAS."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell
from review.permissions import reviewers

WHY_YOURS = _("You receive this because you proposed this item for the library.")
WHY_REVIEWER = _("You receive this because you review cases of the network.")
SEE = _("See where it is")

KINDS = (
    NoticeKind(
        "library.submitted",
        _("%(reference)s: the OAS received your proposal “%(title)s”"),
        _(
            "You proposed “%(title)s” for the library. The reference number is %(reference)s. The OAS answers by %(due)s, at the "
            "end of the day in Washington, D.C."
        ),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "library.questions",
        _("%(reference)s: the OAS has questions about your proposal “%(title)s”"),
        _(
            "The OAS asks about one or more fields of “%(title)s”. A new round with all your answers is open: answer the "
            "questions, change what is needed and submit it again. Meanwhile the clock stands still."
        ),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "library.questions_reminder",
        _("%(reference)s: the questions of the OAS about your proposal wait for you"),
        _("The OAS asked about “%(title)s” on %(since)s and goes on when you answer."),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "library.answered",
        _("%(reference)s: your answers about “%(title)s” reached the OAS"),
        _("You submitted round %(round)s of “%(title)s”. The OAS answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "library.approved",
        _("%(reference)s: your proposal “%(title)s” was approved"),
        _("The OAS approved “%(title)s”. It stands in the library now; the address is in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "library.declined",
        _("%(reference)s: decision on your proposal “%(title)s”"),
        _("The OAS did not take “%(title)s” into the library. The letter with the reasons is in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "library.on_hold",
        _("%(reference)s: your proposal “%(title)s” is on hold"),
        _("The OAS put the review of “%(title)s” on hold. Meanwhile the clock stands still; you need do nothing."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "library.resumed",
        _("%(reference)s: the review of your proposal “%(title)s” goes on"),
        _("The OAS took up the review of “%(title)s” again and answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "library.ended",
        _("The proposal “%(title)s” has ended: the item left the library"),
        _("%(who)s took the item out of the library to which your proposal “%(title)s” belongs. The proposal is closed with it."),
        _("See the proposal"),
        WHY_YOURS,
    ),
    NoticeKind(
        "library.base_moved",
        _("%(reference)s: the published text changed under “%(title)s”"),
        _(
            "The item to which the proposal “%(title)s” belongs was published anew. The proposal cannot be approved as it is: "
            "ask the proposer, and the next round starts from the new text."
        ),
        _("Open the case"),
        WHY_REVIEWER,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def tell_proposer(kind: str, revision, *, by=None, key: str = "", **params) -> None:
    """Tell whoever proposed it, unless they acted themselves; receipts name nobody in `by`."""
    person = revision.proposer
    if person is None or (by is not None and by.pk == person.pk):
        return
    tell(
        kind, [person], key=key or f"{kind}:{revision.pk}", url_name="library:proposal", url_args=[revision.pk],
        title=revision.title, reference=revision.reference, round=revision.round, who=by or "", **params,
    )  # fmt: skip


def tell_of_moved_base(revision, *, event: int, by) -> None:
    """Whoever has the case, else all who may decide it."""
    case = revision.case
    people = [case.assignee] if case.assignee else reviewers(case)
    tell(
        "library.base_moved", [p for p in people if by is None or p.pk != by.pk], key=f"library.base_moved:{case.pk}:{event}",
        url_name="admin:review_case_change", url_args=[case.pk], reference=case.reference, title=case.title,
    )  # fmt: skip
