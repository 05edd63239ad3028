"""What each step of a proposal tells those whom it concerns."""

from django.utils.translation import gettext_lazy as _

from forums import telling
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from notifications.services import tell

WHY = _("You receive this because you watch this topic or its forum, wrote in it, or took a position.")

KINDS = (
    NoticeKind(
        "forums.proposal_opened",
        _("Your position is asked for: %(title)s"),
        _("%(who)s put a proposal to everybody in the topic “%(title)s” of the forum “%(forum)s”. Positions are taken until "
          "%(closes)s."),
        _("Read the proposal"), WHY, reads=telling.proposals_of,
    ),
    NoticeKind(
        "forums.proposal_closing",
        _("One day left to take a position: %(title)s"),
        _("The proposal in the topic “%(title)s” of the forum “%(forum)s” closes on %(closes)s. You have not taken a position so far."),
        _("Take a position"), WHY, reads=telling.proposals_of,
    ),
    NoticeKind(
        "forums.proposal_closed",
        _("The proposal has closed: %(title)s"),
        _("The proposal in the topic “%(title)s” of the forum “%(forum)s” has closed. The result by constituency is in the portal."),
        _("See the result"), WHY, reads=telling.proposals_of,
    ),
    NoticeKind(
        "forums.proposal_withdrawn",
        _("The proposal was withdrawn: %(title)s"),
        _("The proposal in the topic “%(title)s” of the forum “%(forum)s” was withdrawn. The reason is in the portal."),
        _("Read why"), WHY, reads=telling.proposals_of,
    ),
    NoticeKind(
        "forums.proposal_summary",
        _("Closing summary: %(title)s"),
        _("The closing summary of the proposal in the topic “%(title)s” of the forum “%(forum)s” is in the portal."),
        _("Read the summary"), WHY, reads=telling.proposals_of,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def tell_opened(proposal, *, by) -> None:
    """Those who follow the topic or wrote in it."""
    _tell("proposal_opened", proposal, telling.concerned(proposal.topic) - {by.pk})


def tell_ended(step: str, proposal, *, by=None) -> None:
    """The same, and whoever took a position; whoever acted knows."""
    spoke = proposal.positions.exclude(user=None).values_list("user", flat=True)
    people = {*telling.concerned(proposal.topic), *spoke, proposal.opened_by_id} - {None, by.pk if by else None}
    _tell(step, proposal, people)


def remind(proposal, people) -> int:
    """Tell those who have a day left, once; answers how many were told now."""
    key = f"forums.proposal_closing:{proposal.pk}"
    known = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient", flat=True))
    fresh = set(people) - known
    return len(_tell("proposal_closing", proposal, fresh)) if fresh else 0


def _tell(step: str, proposal, people) -> list[Notice]:
    readers = telling.readers_of(proposal.topic, people)
    return tell(f"forums.{step}", readers, key=f"forums.{step}:{proposal.pk}", proposal=proposal.pk) if readers else []
