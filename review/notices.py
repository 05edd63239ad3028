"""What the reviewers' side is told. The institution's side is told by the kind of case (CaseKind.tell)."""

from django.utils.translation import gettext_lazy as _

from network.models import User
from notifications import kinds as notice_kinds
from notifications.kinds import NoticeKind
from notifications.services import tell
from review import kinds
from review.models import Case
from review.permissions import may_act, reviewers

WHY_REVIEWER = _("You receive this because you review cases of the network.")
WHY_ASSIGNED = _("You receive this because the case is assigned to you.")
WHY_ADMINISTRATOR = _("You receive this because you are an administrator of the network.")
OPEN = _("Open the case")

KINDS = (
    NoticeKind(
        "review.arrived",
        _("%(reference)s (%(kind)s): “%(title)s” waits for review"),
        _(
            "“%(title)s” (%(kind)s, %(institution)s) has arrived in the review queue. An answer is due by %(due)s, at the end of "
            "the day in Washington, D.C."
        ),
        OPEN,
        WHY_REVIEWER,
    ),
    NoticeKind(
        "review.assigned",
        _("%(reference)s (%(kind)s) is assigned to you: “%(title)s”"),
        _(
            "%(who)s assigned “%(title)s” (%(kind)s, %(institution)s) to you. An answer is due by %(due)s, at the end of the day "
            "in Washington, D.C."
        ),
        OPEN,
        WHY_ASSIGNED,
    ),
    NoticeKind(
        "review.returned",
        _("%(reference)s (%(kind)s) is back in the queue: “%(title)s”"),
        _(
            "Whoever worked on “%(title)s” (%(kind)s, %(institution)s) cannot do so any more, and nobody has the case now."
        ),
        OPEN,
        WHY_REVIEWER,
    ),
    NoticeKind(
        "review.answered",
        _("%(reference)s (%(kind)s): the institution answered on “%(title)s”"),
        _(
            "%(institution)s answered: round %(round)s of “%(title)s” (%(kind)s) is in review. An answer is due by %(due)s, at "
            "the end of the day in Washington, D.C."
        ),
        OPEN,
        WHY_REVIEWER,
    ),
    NoticeKind(
        "review.withdrawn",
        _("%(reference)s (%(kind)s): “%(title)s” was withdrawn"),
        _("%(institution)s withdrew “%(title)s” (%(kind)s). The case is closed and nothing more is expected of you."),
        OPEN,
        WHY_ASSIGNED,
    ),
    NoticeKind(
        "review.due_soon",
        _("%(reference)s (%(kind)s): an answer is due by %(due)s"),
        _(
            "“%(title)s” (%(kind)s, %(institution)s) waits for an answer, which is due by %(due)s, at the end of the day in "
            "Washington, D.C."
        ),
        OPEN,
        WHY_REVIEWER,
    ),
    NoticeKind(
        "review.overdue",
        _("%(reference)s (%(kind)s): the answer was due on %(due)s"),
        _(
            "“%(title)s” (%(kind)s, %(institution)s) still waits for an answer, which was due on %(due)s, at the end of the day in "
            "Washington, D.C."
        ),
        OPEN,
        WHY_REVIEWER,
    ),
    NoticeKind(
        "review.overdue_week",
        _("%(reference)s (%(kind)s) is more than a week overdue"),
        _(
            "“%(title)s” (%(kind)s, %(institution)s) waits for an answer that was due on %(due)s, at the end of the day in "
            "Washington, D.C. Assigned to: %(assignee)s."
        ),
        OPEN,
        WHY_ADMINISTRATOR,
    ),
)
REMINDERS = ("review.due_soon", "review.overdue")

notice_kinds.register(*KINDS)


def tell_of_arrival(case: Case) -> None:
    """A new case: everyone who may act on it."""
    _tell("review.arrived", case, reviewers(case), f"case:{case.pk}:arrived")


def tell_of_answer(case: Case) -> None:
    """The next round came in: whoever has the case and may still act on it, else everyone who may."""
    _tell("review.answered", case, _holder(case) or reviewers(case), f"case:{case.pk}:answered:{case.round}")


def tell_of_assignment(case: Case, to: User, *, by: User, event: int) -> None:
    """The case was given to somebody by a colleague."""
    _tell("review.assigned", case, [to], f"case:{case.pk}:assigned:{event}", who=by)


def tell_of_return(case: Case, *, event: int) -> None:
    """Whoever had the case may not act on it any more: those who may are told that nobody has it."""
    _tell("review.returned", case, reviewers(case), f"case:{case.pk}:returned:{event}")


def tell_of_withdrawal(case: Case) -> None:
    """Whoever worked on it need not go on."""
    _tell("review.withdrawn", case, _holder(case), f"case:{case.pk}:withdrawn")


def remind_reviewer(case: Case, days: int, people: list[User]) -> None:
    """The answer is due in five days, today, or was due some weeks ago."""
    _tell("review.due_soon" if days <= 0 else "review.overdue", case, people, reminder_key(case, days))


def remind_administrators(case: Case, people: list[User]) -> None:
    """Once, a week after the day."""
    key = f"case:{case.pk}:due:{case.due_on}:administrators"
    _tell("review.overdue_week", case, people, key, assignee=case.assignee or "–")


def reminder_key(case: Case, days: int) -> str:
    """One key a case, due day and stage: when the clock has stood still, the reminders begin anew."""
    return f"case:{case.pk}:due:{case.due_on}:{days}"


def _holder(case: Case) -> list[User]:
    """Whoever has the case, unless they left, were suspended or review other themes now."""
    return [case.assignee] if case.assignee_id and may_act(case.assignee, case) else []


def _title(case: Case):
    """A person's name stands in nobody's notice: where the title is one, the notice holds whose."""
    return case.opened_by or case.title if kinds.of(case).is_about_opener else case.title


def _tell(kind: str, case: Case, people, key: str, **params) -> None:
    tell(
        kind, people, key=key, url_name="admin:review_case_change", url_args=[case.pk],
        reference=case.reference, kind=kinds.of(case).label, title=_title(case), institution=case.institution_name or "–", due=case.due_on,
        round=case.round, **params,
    )  # fmt: skip
