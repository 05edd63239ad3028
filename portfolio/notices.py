"""What each step of a programme tells the ministry's side and, before a case exists, the OAS."""

from django.utils.translation import gettext_lazy as _

from core.languages import current
from network.choices import MINISTRY_ROLES, Role
from network.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell
from portfolio import permissions
from portfolio.models import Submission

WHY_YOURS = _("You receive this because you work on this programme in your institution.")
WHY_ENDORSER = _("You receive this because you are a coordinator of the ministry that endorses this programme.")
WHY_OAS = _("You receive this because you are an administrator of the network.")


def _copy(notice) -> list[tuple[str, bytes, str]]:
    """The form as PDF for whoever may still read it when the mail goes out."""
    seen = Submission.objects.visible_to(notice.recipient).filter(pk=notice.url_args[0])
    submission = seen.select_related("program__institution", "program__country").first()
    if submission is None:
        return []
    from portfolio.pdf import submission_pdf  # a quarter of the portal's whole start, for what is seldom asked

    content = submission_pdf(submission, language=current(), include_contact=True)
    return [(f"{submission.reference}.pdf", content, "application/pdf")]


KINDS = (
    NoticeKind(
        "portfolio.submitted",
        _("%(reference)s: the OAS received “%(title)s”"),
        _(
            "%(who)s submitted “%(title)s” to the OAS. The reference number is %(reference)s. The OAS answers by %(due)s, at "
            "the end of the day in Washington, D.C. A copy of the form comes with the mail; you may read it in the portal at any time."
        ),
        _("See where it is"),
        WHY_YOURS,
        files=_copy,
    ),
    NoticeKind(
        "portfolio.sent_for_endorsement",
        _("%(reference)s: “%(title)s” waits for an endorsement"),
        _(
            "%(who)s submitted “%(title)s”. The reference number is %(reference)s. It goes to the OAS as soon as a coordinator of "
            "%(endorser)s endorses it. A copy of the form comes with the mail; you may read it in the portal at any time."
        ),
        _("See where it is"),
        WHY_YOURS,
        files=_copy,
    ),
    NoticeKind(
        "portfolio.endorsement_asked",
        _("Please endorse “%(title)s”"),
        _(
            "%(institution)s submitted “%(title)s” (%(reference)s, round %(round)s). The OAS sees it when a coordinator endorses "
            "it. You may also return it with a reason."
        ),
        _("Read and endorse"),
        WHY_ENDORSER,
    ),
    NoticeKind(
        "portfolio.endorsement_reminder",
        _("“%(title)s” still waits for your endorsement"),
        _(
            "%(institution)s submitted “%(title)s” (%(reference)s) on %(since)s. If nobody answers within 14 days, the OAS is "
            "told and may go on without an endorsement."
        ),
        _("Read and endorse"),
        WHY_ENDORSER,
    ),
    NoticeKind(
        "portfolio.endorsement_silent",
        _("%(reference)s has waited 14 days for an endorsement"),
        _(
            "“%(title)s” of %(institution)s was submitted on %(since)s and no coordinator has answered. You may write to the "
            "ministry, or go on with a reason that is kept on record."
        ),
        _("Open what awaits endorsement"),
        WHY_OAS,
    ),
    NoticeKind(
        "portfolio.no_coordinator",
        _("%(reference)s has nobody to endorse it"),
        _(
            "“%(title)s” of %(institution)s needs the endorsement of %(endorser)s, which has no coordinator. You may write to "
            "the ministry, or go on with a reason that is kept on record."
        ),
        _("Open what awaits endorsement"),
        WHY_OAS,
    ),
    NoticeKind(
        "portfolio.nobody_told",
        _("%(reference)s: nobody at %(institution)s was told"),
        _(
            "There was news of “%(title)s” for %(institution)s, which has neither an officer nor a coordinator any more, so "
            "nobody there was told. You may write to the institution, or invite somebody who works there."
        ),
        _("Open the institution"),
        WHY_OAS,
    ),
    NoticeKind(
        "portfolio.endorsed",
        _("%(reference)s: “%(title)s” was endorsed"),
        _("%(who)s endorsed “%(title)s”. The OAS has it now and answers by %(due)s, at the end of the day in Washington, D.C."),
        _("See where it is"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.endorsement_refused",
        _("%(reference)s: “%(title)s” came back from the coordinator"),
        _(
            "%(who)s did not endorse “%(title)s” and gives a reason, which you can read in the portal. A new round with all your "
            "answers is open: change what is needed and submit it again."
        ),
        _("Read the reason"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.proceeded",
        _("%(reference)s: the OAS goes on without the endorsement"),
        _(
            "The OAS did not hear from a coordinator of %(endorser)s and goes on with the review of “%(title)s”. The reason is "
            "kept on record. The OAS answers by %(due)s, at the end of the day in Washington, D.C."
        ),
        _("See where it is"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.questions",
        _("%(reference)s: the OAS has questions about “%(title)s”"),
        _(
            "The OAS asks about one or more answers of “%(title)s”. A new round with all your answers is open: answer the "
            "questions, change what is needed and submit it again. Meanwhile the clock stands still."
        ),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.questions_reminder",
        _("%(reference)s: the questions of the OAS wait for you"),
        _("The OAS asked about “%(title)s” on %(since)s and goes on when you answer."),
        _("Answer the questions"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.answered",
        _("%(reference)s: your answers reached the OAS"),
        _("%(who)s submitted round %(round)s of “%(title)s”. The OAS answers by %(due)s, at the end of the day in Washington, D.C."),
        _("See where it is"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.approved",
        _("%(reference)s: “%(title)s” was approved"),
        _("The OAS approved “%(title)s”. The letter of the decision and the address of the programme are in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.approved_unlisted",
        _("%(reference)s: “%(title)s” was approved"),
        _("The OAS approved “%(title)s”. The letter of the decision is in the portal. The programme is not shown in public, since your institution does not consent to the registry."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.declined",
        _("%(reference)s: decision on “%(title)s”"),
        _("The OAS did not take “%(title)s” into the Portfolio. The letter with the reasons is in the portal."),
        _("Read the decision"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.on_hold",
        _("%(reference)s: “%(title)s” is on hold"),
        _("The OAS put the review of “%(title)s” on hold. Meanwhile the clock stands still; you need do nothing."),
        _("See where it is"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.resumed",
        _("%(reference)s: the review of “%(title)s” goes on"),
        _("The OAS took up the review of “%(title)s” again and answers by %(due)s, at the end of the day in Washington, D.C."),
        _("See where it is"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.withdrawn",
        _("%(reference)s: “%(title)s” was withdrawn"),
        _("%(who)s withdrew “%(title)s”. Nothing more happens with it; your institution may present it again."),
        _("See the submission"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.consent_withdrawn",
        _("“%(title)s” is no longer public"),
        _("%(who)s withdrew the consent to the registry for “%(title)s”. It left every list at once."),
        _("Open the programme"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.sharing_withdrawn",
        _("“%(title)s” is no longer offered"),
        _("%(who)s took back the commitment to share “%(title)s”. It stays listed and is no longer offered."),
        _("Open the programme"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.contact_changed",
        _("The contact of “%(title)s” changed"),
        _("%(who)s changed the contact person of “%(title)s”. The change counts at once."),
        _("Open the programme"),
        WHY_YOURS,
    ),
    NoticeKind(
        "portfolio.retired",
        _("“%(title)s” was retired"),
        _("%(who)s retired “%(title)s” from the Portfolio. Its address says so; it left every list."),
        _("Open the programme"),
        WHY_YOURS,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def concerned(submission) -> list[User]:
    """Who works on the submission in its institution: those who wrote or sent it, and its coordinators.

    Where none of them is left, the other officers; nobody only where the institution has no staff at all.
    """
    program = submission.program
    ids = {submission.created_by_id, submission.saved_by_id, submission.submitted_by_id, program.created_by_id}
    staff = User.objects.holding(*MINISTRY_ROLES, institution=program.institution)
    leads = User.objects.holding(Role.COORDINATOR, institution=program.institution)
    return list({person.pk: person for person in [*staff.filter(pk__in=ids), *leads]}.values()) or list(staff)


def tell_institution(kind: str, submission, *, by=None, key: str = "", **params) -> None:
    """Tell those concerned at the institution; whoever acted is told only of receipts. With nobody there, the OAS is told."""
    receipts = ("portfolio.submitted", "portfolio.sent_for_endorsement", "portfolio.answered")
    known, key = concerned(submission), key or f"{kind}:{submission.pk}"
    if not known:
        _tell_that_nobody_was_told(submission, key)
    people = [p for p in known if by is None or p.pk != by.pk or kind in receipts]
    tell(
        kind,
        people,
        key=key,
        url_name="portfolio:submission",
        url_args=[submission.pk],
        **_about(submission, by),
        **params,
    )


def _tell_that_nobody_was_told(submission, key: str) -> None:
    """The administrators, who can bring somebody of the institution in: once for each thing that reached nobody."""
    tell(
        "portfolio.nobody_told",
        User.objects.holding(Role.ADMINISTRATOR),
        key=f"nobody:{key}",
        url_name="admin:network_institution_change",
        url_args=[submission.program.institution_id],
        **_about(submission, None),
    )


def tell_of_program(kind: str, program, *, by, event: int) -> None:
    """Tell the institution's people of a change that counts at once."""
    staff = User.objects.holding(*MINISTRY_ROLES, institution=program.institution)
    leads = User.objects.holding(Role.COORDINATOR, institution=program.institution)
    people = [*staff.filter(pk__in=[program.created_by_id, by.pk]), *leads]
    tell(
        kind,
        people,
        key=f"{kind}:{program.pk}:{event}",
        url_name="portfolio:program",
        url_args=[program.pk],
        title=program.published.title,
        who=by,
    )


def ask_endorsement(submission) -> None:
    """Tell the coordinators who may endorse, or the administrators if there is none."""
    people = list(permissions.coordinators(submission))
    if people:
        _tell_endorsers("portfolio.endorsement_asked", submission, people, _about(submission, None))
    else:
        tell_of_no_coordinator(submission)


def tell_of_no_coordinator(submission) -> None:
    """At the submission, or when the last coordinator leaves while it waits: the administrators, who may go on."""
    _tell_administrators("portfolio.no_coordinator", submission, _about(submission, None))


def remind_endorsers(submission) -> None:
    """After a week: the coordinators once more."""
    about = {**_about(submission, None), "since": submission.submitted_at}
    _tell_endorsers("portfolio.endorsement_reminder", submission, permissions.coordinators(submission), about)


def tell_of_silence(submission) -> None:
    """After two weeks: the administrators, who may go on."""
    about = {**_about(submission, None), "since": submission.submitted_at}
    _tell_administrators("portfolio.endorsement_silent", submission, about)


def _tell_endorsers(kind: str, submission, people, about: dict) -> None:
    key = f"{kind}:{submission.pk}"
    tell(kind, people, key=key, url_name="portfolio:endorse", url_args=[submission.pk], **about)


def _tell_administrators(kind: str, submission, about: dict) -> None:
    people = User.objects.holding(Role.ADMINISTRATOR)
    key = f"{kind}:{submission.pk}"
    tell(kind, people, key=key, url_name="admin:portfolio_submission_awaiting", **about)


def _about(submission, by) -> dict:
    institution = submission.program.institution
    return {
        "title": submission.title,
        "reference": submission.reference,
        "round": submission.round,
        "institution": institution.name,
        "endorser": institution.endorser.name if institution.endorser else institution.name,
        "who": by or "",
    }
