"""What each step of a profile tells the person. Nobody else is told of it by name, but for those who review."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from notifications.services import tell

WHY_PROFILE = _("You receive this because you have a profile in the experts' network, or asked for one.")
SEE = _("See where it is")
OPEN = _("Open my profile")
CONFIRM = _("Look and confirm")

KINDS = (
    NoticeKind(
        "experts.submitted",
        _("%(reference)s: the OAS received your profile"),
        _(
            "You asked to join the experts' network. The reference number is %(reference)s. The OAS answers by %(due)s, at the end of "
            "the day in Washington, D.C. Until then nothing of your profile is public."
        ),
        SEE,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.answered",
        _("%(reference)s: your answers reached the OAS"),
        _("You sent round %(round)s of your profile. The OAS answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.questions",
        _("%(reference)s: the OAS has questions about your profile"),
        _(
            "The OAS asks about one or more answers in your profile. A new round with all that you wrote is open: answer the "
            "questions, change what is needed and send it again. Meanwhile the clock stands still."
        ),
        _("Answer the questions"),
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.questions_reminder",
        _("%(reference)s: the questions of the OAS about your profile wait for you"),
        _("The OAS asked about your profile on %(since)s and goes on when you answer."),
        _("Answer the questions"),
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.approved",
        _("%(reference)s: your profile is in the directory"),
        _(
            "The OAS approved your profile. It stands in the directory of experts now, with the fields that you chose to show. You "
            "may change that, take a pause or leave at any time."
        ),
        OPEN,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.declined",
        _("%(reference)s: decision on your profile"),
        _("The OAS did not take your profile into the directory. The letter with the reasons is in the portal. You may send a profile again."),
        _("Read the decision"),
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.on_hold",
        _("%(reference)s: your profile is on hold"),
        _("The OAS put the review of your profile on hold. Meanwhile the clock stands still; you need do nothing."),
        SEE,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.resumed",
        _("%(reference)s: the review of your profile goes on"),
        _("The OAS took up the review of your profile again and answers by %(due)s, at the end of the day in Washington, D.C."),
        SEE,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.confirm",
        _("Is your profile in the experts' network still right?"),
        _(
            "You confirmed your profile last on %(day)s. Please look at it and say whether it still is as it stands: one button, no "
            "signing in. Profiles that nobody has confirmed for thirteen months leave the list, so that whoever looks for advice finds "
            "people who answer."
        ),
        CONFIRM,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.confirm_again",
        _("A reminder: is your profile in the experts' network still right?"),
        _(
            "You confirmed your profile last on %(day)s. If nobody confirms it, it leaves the list thirteen months after that day. "
            "One button is enough; you may also take a pause, or leave."
        ),
        CONFIRM,
        WHY_PROFILE,
    ),
    NoticeKind(
        "experts.silent",
        _("Your profile left the list of experts for now"),
        _(
            "Your profile was confirmed last on %(day)s, and our questions found no answer. It is out of the list for now, and nothing "
            "of it is lost. Whenever you like, one button brings you back."
        ),
        _("Confirm and come back"),
        WHY_PROFILE,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def tell_person(kind: str, revision, *, key: str = "", **params) -> None:
    """Tell the person of a step of their profile."""
    person = revision.expert.user
    if person is None:
        return
    tell(
        kind, [person], key=key or f"{kind}:{revision.pk}", url_name="experts:me", reference=revision.reference,
        round=revision.round, **params,
    )  # fmt: skip


def tell_to_confirm(kind: str, expert, *, token: str, stage: str = "") -> int:
    """Ask, remind or tell of the silence, once for each question; answers how many were told."""
    key = f"{kind}:{expert.pk}:{expert.confirmation_asked_on}:{stage}"
    if expert.user is None or Notice.objects.filter(recipient=expert.user, key=key).exists():
        return 0
    told = tell(
        kind, [expert.user], key=key, url_name="experts:confirm", url_args=[token], day=expert.confirmed_on
    )  # fmt: skip
    return len(told)
