"""What each step of a proposal tells the ministry, the OAS and the custodian of the Table."""

from django.utils.translation import gettext_lazy as _

from network.choices import MINISTRY_ROLES, Role
from network.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell
from programs.custody import editors
from review.permissions import reviewers

WHY_YOURS = _("You receive this because you work on this proposal in your institution.")
WHY_COORDINATOR = _("You receive this because you are a coordinator of the institution that proposes.")
WHY_REVIEWER = _("You receive this because you review cases of the network.")
WHY_EDITOR = _("You receive this because you keep the Table.")
WHY_CUSTODY = _("You receive this because you keep the Table, or will keep it.")
WHY_IMPORT = _("You receive this because you keep the Table, or because your institution sent this file.")
RECEIPTS = ("programs.submitted", "programs.answered")
SEE = _("See where it is")

KINDS = (
    NoticeKind(
        "programs.submitted",
        _("%(reference)s: the OAS received your proposal “%(title)s”"),
        _(
            "%(who)s proposed “%(title)s” for the Table. The reference number is %(reference)s. The OAS answers by %(due)s, at the "
            "end of the day in Washington, D.C."
        ),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.proposed_by_colleague",
        _("%(reference)s: %(institution)s proposed “%(title)s” for the Table"),
        _(
            "%(who)s sent the proposal “%(title)s” to the OAS in the name of %(institution)s. A proposal for the Table needs no "
            "endorsement: this tells you of it, and you need do nothing."
        ),
        SEE,
        WHY_COORDINATOR,
    ),
    NoticeKind(
        "programs.questions",
        _("%(reference)s: the OAS has questions about your proposal “%(title)s”"),
        _(
            "The OAS asks about one or more fields of “%(title)s”. A new round with all your answers is open: answer the "
            "questions, change what is needed and submit it again. Meanwhile the clock stands still."
        ),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.questions_reminder",
        _("%(reference)s: the questions of the OAS about your proposal wait for you"),
        _("The OAS asked about “%(title)s” on %(since)s and goes on when you answer."),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.answered",
        _("%(reference)s: your answers about “%(title)s” reached the OAS"),
        _("%(who)s submitted round %(round)s of “%(title)s”. The OAS answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.approved",
        _("%(reference)s: your proposal “%(title)s” was approved"),
        _("The OAS approved “%(title)s”. It stands in the Table now; the address is in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.declined",
        _("%(reference)s: decision on your proposal “%(title)s”"),
        _("The OAS did not take “%(title)s” into the Table. The letter with the reasons is in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.on_hold",
        _("%(reference)s: your proposal “%(title)s” is on hold"),
        _("The OAS put the review of “%(title)s” on hold. Meanwhile the clock stands still; you need do nothing."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.resumed",
        _("%(reference)s: the review of your proposal “%(title)s” goes on"),
        _("The OAS took up the review of “%(title)s” again and answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.withdrawn",
        _("Your institution withdrew the proposal “%(title)s”"),
        _("%(who)s withdrew “%(title)s”. Nothing more happens with it; your institution may propose it again."),
        _("See the proposal"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.ended",
        _("The proposal “%(title)s” has ended: the record left the Table"),
        _("%(who)s took the record out of the Table to which your proposal “%(title)s” belongs. The proposal is closed with it."),
        _("See the proposal"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.moved",
        _("Your proposal “%(title)s” is about %(other)s now"),
        _(
            "%(who)s merged two records of the Table that described the same thing. Your proposal “%(title)s” goes on as a draft "
            "about %(other)s, with every word that you wrote. Look at what is published there, then submit it."
        ),
        _("Open the proposal"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.base_moved",
        _("%(reference)s: the published text changed under “%(title)s”"),
        _(
            "The record to which the proposal “%(title)s” of %(institution)s belongs was published anew. The proposal cannot be "
            "approved as it is: ask the institution, and the next round starts from the new text."
        ),
        _("Open the case"),
        WHY_REVIEWER,
    ),
    NoticeKind(
        "programs.table_changed",
        _("The Table changed: “%(title)s” (%(number)s)"),
        _("%(who)s approved the correction that %(institution)s proposed of “%(title)s”. It is published; its history shows what changed."),
        _("Open the record"),
        WHY_EDITOR,
    ),
    NoticeKind(
        "programs.table_grew",
        _("New in the Table: “%(title)s” (%(number)s)"),
        _("%(who)s approved “%(title)s”, which %(institution)s proposed. It is published in the Table."),
        _("Open the record"),
        WHY_EDITOR,
    ),
    NoticeKind(
        "programs.ending",
        _("“%(title)s” (%(number)s) ends on %(day)s"),
        _(
            "By its ending date, “%(title)s” is shown as ended from the day after %(day)s. If it goes on, change the date before "
            "then."
        ),
        _("Open the record"),
        WHY_EDITOR,
    ),
    NoticeKind(
        "programs.ending_yours",
        _("“%(title)s” ends on %(day)s by what the Table says"),
        _(
            "By its ending date, “%(title)s” (%(number)s) is shown as ended from the day after %(day)s. If it goes on, propose a "
            "correction before then."
        ),
        _("Propose a correction"),
        WHY_YOURS,
    ),
    NoticeKind(
        "programs.handed_over",
        _("The Table is kept by %(institution)s from %(day)s"),
        _("%(who)s logged the hand-over of the Table. From %(day)s on, its editors at %(institution)s change its records; others may look at them."),
        _("Open the Table"),
        WHY_CUSTODY,
    ),
    NoticeKind(
        "programs.imported",
        _("“%(name)s” was imported into the Table"),
        _("Applied by %(who)s. Records new in the Table: %(new)s. Records with a new text: %(changed)s."),
        _("See what became of each row"),
        WHY_IMPORT,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def concerned(revision) -> list[User]:
    """Who works on the proposal in its institution: those who wrote or sent it, and its coordinators."""
    ids = {revision.created_by_id, revision.saved_by_id, revision.submitted_by_id}
    staff = User.objects.holding(*MINISTRY_ROLES, institution=revision.proposed_by)
    leads = User.objects.holding(Role.COORDINATOR, institution=revision.proposed_by)
    return list({person.pk: person for person in [*staff.filter(pk__in=ids), *leads]}.values())


def tell_institution(kind: str, revision, *, by=None, key: str = "", **params) -> None:
    """Tell those concerned at the institution; whoever acted is told only of receipts."""
    people = concerned(revision)
    if kind in RECEIPTS:
        people = [person for person in people if by is None or person.pk == by.pk or not _leads(person, revision)]
    else:
        people = [person for person in people if by is None or person.pk != by.pk]
    tell(
        kind, people, key=key or f"{kind}:{revision.pk}", url_name="programs:proposal", url_args=[revision.pk],
        **_about(revision, by), **params,
    )  # fmt: skip


def _leads(person, revision) -> bool:
    return revision.proposed_by_id in person.institutions_as(Role.COORDINATOR)


def tell_coordinators(revision, *, by, due) -> None:
    """Coordinators of the institution, and of the ministry that endorses for it, are told; nobody waits for them."""
    places = {revision.proposed_by_id, revision.proposed_by.endorsed_by_id} - {None}
    people = {
        person.pk: person
        for place in places
        for person in User.objects.holding(Role.COORDINATOR, institution=place)
        if person.pk != by.pk
    }
    tell(
        "programs.proposed_by_colleague", people.values(), key=f"programs.proposed:{revision.pk}",
        url_name="programs:proposal", url_args=[revision.pk], due=due, **_about(revision, by),
    )  # fmt: skip


def tell_of_moved_base(revision, *, event: int, by) -> None:
    """Whoever has the case, else all who may decide it."""
    case = revision.case
    people = [case.assignee] if case.assignee else reviewers(case)
    tell(
        "programs.base_moved", [p for p in people if by is None or p.pk != by.pk], key=f"programs.base_moved:{case.pk}:{event}",
        url_name="admin:review_case_change", url_args=[case.pk],
        reference=case.reference, title=case.title, institution=case.institution_name,
    )  # fmt: skip


def tell_custodian_of_approval(project, revision, *, by, is_new: bool) -> None:
    """The editors of the Table hear of what a reviewer published in it."""
    kind = "programs.table_grew" if is_new else "programs.table_changed"
    tell(
        kind, editors().exclude(pk=by.pk if by else None), key=f"{kind}:{revision.pk}",
        url_name="admin:programs_project_change", url_args=[project.pk],
        title=revision.title, number=project.permanent_id, who=by or "", institution=revision.proposed_by.name,
    )  # fmt: skip


def tell_of_ending(project) -> None:
    """The custodian's editors, and the staff of the institution whose proposal is the published text."""
    about = {"title": project.published.title, "number": project.permanent_id, "day": project.published.span.last_day}
    tell(
        "programs.ending", editors(), key=f"programs.ending:{project.pk}:{project.version}",
        url_name="admin:programs_project_change", url_args=[project.pk], **about,
    )  # fmt: skip
    last = project.revisions.filter(state="submitted", proposed_by__isnull=False, number__lte=project.published.number)
    proposal = last.order_by("-number").first()
    if proposal and project.is_public:
        tell(
            "programs.ending_yours", concerned(proposal), key=f"programs.ending_yours:{project.pk}:{project.version}",
            url_name="programs:proposal_correct", url_args=[project.permanent_id], **about,
        )  # fmt: skip


def tell_of_hand_over(custody, before, *, event: int, by) -> None:
    """Editors of both custodians, old and new, and the administrators."""
    places = [place for place in (before, custody.institution) if place]
    people = {p.pk: p for place in places for p in User.objects.holding(Role.TABLE_EDITOR, institution=place)}
    people |= {p.pk: p for p in User.objects.holding(Role.ADMINISTRATOR)}
    tell(
        "programs.handed_over", [p for p in people.values() if p.pk != by.pk], key=f"programs.handed_over:{event}",
        url_name="admin:programs_project_changelist", who=by, institution=custody.institution.name, day=custody.from_day,
    )  # fmt: skip


def _about(revision, by) -> dict:
    return {
        "title": revision.title,
        "reference": revision.reference,
        "round": revision.round,
        "institution": revision.proposed_by.name,
        "who": by or "",
    }


def tell_of_import(batch, new: int, changed: int, *, by) -> None:
    """The editors of the Table, and whoever handed the file in: each is led to the page that is theirs."""
    about = {"name": batch.name, "new": new, "changed": changed, "who": by or batch.created_by or "–"}
    sent_by = senders(batch)
    kind, key = "programs.imported", f"programs.imported:{batch.pk}"
    keepers = [person for person in editors() if person.pk not in {one.pk for one in sent_by}]
    tell(kind, keepers, key=key, url_name="admin:programs_importbatch_change", url_args=[batch.pk], **about)
    if sent_by:
        tell(kind, sent_by, key=key, url_name="programs:import", url_args=[batch.pk], **about)


def senders(batch) -> list[User]:
    """Who handed a file in for a ministry, and its coordinators."""
    if batch.institution is None:
        return []
    staff = User.objects.holding(*MINISTRY_ROLES, institution=batch.institution).filter(pk=batch.created_by_id)
    leads = User.objects.holding(Role.COORDINATOR, institution=batch.institution)
    return list({person.pk: person for person in [*staff, *leads]}.values())


def tell_import(step: str, batch, *, by=None, key: str = "", **params) -> None:
    """Tell those who handed a file in of a step of its case, in the words of proposals."""
    tell(
        f"programs.{step}", [one for one in senders(batch) if by is None or one.pk != by.pk],
        key=key or f"programs.{step}:import:{batch.pk}", url_name="programs:import", url_args=[batch.pk],
        title=batch.name, reference=batch.case.reference, institution=batch.institution.name, who=by or "", **params,
    )  # fmt: skip
