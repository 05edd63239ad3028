"""My profile on My desk: draft, questions, in review, to confirm; and invitations, one's own and those one sent."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from experts import advice_permissions, freshness, permissions, walk
from experts.choices import RevisionState
from experts.models import Expert, ExpertInvitation, ProfileRevision
from experts.services.people.invitations import is_open, token_of
from network.choices import Role
from network.managers import today
from review.choices import CaseState


def _open(user) -> ProfileRevision | None:
    rows = ProfileRevision.objects.open().filter(expert__user=user).select_related("expert", "case")
    return rows.first()


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def mine(user) -> list[DeskItem]:
    """What waits for the person: a draft, questions, the yearly confirmation, an invitation."""
    return [*_draft(_open(user)), *_to_confirm(user), *_invited(user)]


def _draft(row) -> list[DeskItem]:
    if row is None or row.state != RevisionState.DRAFT:
        return []
    if row.case is not None and row.case.state == CaseState.QUESTIONS:
        return [
            DeskItem(
                title=_("Answer the questions about your profile"),
                sentence=_("The OAS asked on %(date)s. Reference %(reference)s.")
                % {"date": _day(row.case.state_since), "reference": row.reference},
                url=reverse("experts:me"),
                icon="question", action=_("Answer"), tag=_("Questions of the OAS"), tone="warn",
            )
        ]  # fmt: skip
    return [
        DeskItem(
            title=_("Go on with your profile as an expert"),
            sentence=_("Saved on %(date)s. Nothing is sent yet.") % {"date": _day(row.saved_at)},
            url=reverse("experts:form"),
            icon="edit", action=_("Continue"), tag=row.get_state_display(),
        )
    ]  # fmt: skip


def _to_confirm(user) -> list[DeskItem]:
    expert = Expert.objects.filter(user=user, published__isnull=False, paused_at__isnull=True).first()
    if expert is None or expert.confirmed_on is None or expert.confirmation_asked_on is None:
        return []
    told = freshness.freshness(expert.confirmed_on, today())
    out = expert.silent_since is not None
    return [
        DeskItem(
            title=_("Is your profile in the experts' network still right?"),
            sentence=_("It is out of the list until you confirm it.") if out else told.words,
            url=reverse("experts:me"),
            icon="clock", action=_("Look and confirm"), tag=_("Out of the list") if out else _("To confirm"),
            tone="bad" if out else "warn",
        )
    ]  # fmt: skip


def _invited(user) -> list[DeskItem]:
    """Invitations to the person's address, while there is no profile."""
    rows = ExpertInvitation.objects.pending().filter(email=user.email.lower())
    found = next((one for one in rows.select_related("institution", "invited_by") if is_open(one)), None)
    if found is None or Expert.objects.filter(user=user).exists():
        return []
    return [
        DeskItem(
            title=_("You are invited to join the experts' network"),
            sentence=_("%(who)s, %(institution)s, asks you to join. The invitation is open until %(date)s.")
            % {"who": found.invited_by.name, "institution": found.institution.name, "date": _day(found.expires_at)},
            url=reverse("experts:invitation", args=[token_of(found)]),
            icon="mail", action=_("Open"), tag=_("Invitation"), tone="on",
        )
    ]  # fmt: skip


def others(user) -> list[DeskItem]:
    """The profile that the OAS has, and those whom the person invited."""
    return [*_waiting(_open(user)), *_sent(user)]


def _waiting(row) -> list[DeskItem]:
    if row is None or row.state != RevisionState.SUBMITTED or row.case is None:
        return []
    where = walk.where(row)
    sentence = where.words
    if where.due:
        sentence = _("With %(who)s since %(date)s. Answer by %(due)s.") % {
            "who": where.who, "date": _day(where.since), "due": date_format(where.due, "DATE_FORMAT"),
        }  # fmt: skip
    return [
        DeskItem(
            title=_("Your profile as an expert"), sentence=sentence, url=reverse("experts:me"), icon="wait",
            tag=where.words, tone=where.tone,
            steps=tuple(
                (step["words"], "done" if step["done"] else "current" if step["current"] else "")
                for step in walk.steps(row)
            ),
        )
    ]  # fmt: skip


def _sent(user) -> list[DeskItem]:
    if not permissions.may_invite(user):
        return []
    number = ExpertInvitation.objects.pending().filter(invited_by=user).count()
    if not number:
        return []
    words = ngettext(
        "%(number)s person whom you invited has not answered yet.",
        "%(number)s people whom you invited have not answered yet.",
        number,
    )
    return [
        DeskItem(
            title=_("Invitations to the experts' network"), sentence=words % {"number": number},
            url=reverse("experts:invitations"), icon="mail", action=_("Open"),
        )
    ]  # fmt: skip


def ways(user) -> list[DeskItem]:
    """One's profile or the way into the network; asking, for those who may; how questions go, for administrators."""
    found = [_profile_way(user)]
    if advice_permissions.may_start(user):
        words = _("Questions to experts: ask for advice, see yours")
        found.append(DeskItem(title=words, sentence="", url=reverse("experts:requests"), icon="question"))
    elif user.holds(Role.EXPERT):
        words = _("Questions to experts: what you are asked and what you answer")
        found.append(DeskItem(title=words, sentence="", url=reverse("experts:requests"), icon="question"))
    if user.is_administrator:
        words, url = _("Questions to experts: load and waiting times"), reverse("admin:experts_advicerequest_overview")
        found.append(DeskItem(title=words, sentence="", url=url, icon="clock"))
    return found


def _profile_way(user) -> DeskItem:
    if Expert.objects.filter(user=user).exists():
        return DeskItem(title=_("My profile as an expert"), sentence="", url=reverse("experts:me"), icon="person")
    return DeskItem(title=_("Join the experts' network"), sentence="", url=reverse("experts:join"), icon="person")


register_panel(DeskPanel("experts.mine", 26, "mine", mine))
register_panel(DeskPanel("experts.others", 16, "others", others))
register_panel(DeskPanel("experts.ways", 10, "ways", ways))
