"""Questions to experts on My desk: for the expert, for whoever asked, for the administrator."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.choices import YesNo
from core.desk import DeskItem, DeskPanel, register_panel
from experts import advice_walk as walk
from experts.choices import OfferState
from experts.choices import RequestState as R
from experts.models import AdviceRequest, Expert, Offer
from network.choices import ASKING_ROLES, Role

MOST = 10


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def for_expert(user) -> list[DeskItem]:
    """What one is asked, and what one answers."""
    if not user.holds(Role.EXPERT) and not Expert.objects.filter(user=user).exists():
        return []
    offers = Offer.objects.filter(expert__user=user, state=OfferState.ASKED).select_related("request")
    taken = AdviceRequest.objects.filter(expert__user=user, state=R.ACCEPTED).order_by("accepted_at")
    return [*(_offer(offer) for offer in offers.order_by("respond_by")[:MOST]), *(_taken(row) for row in taken[:MOST])]


def _offer(offer) -> DeskItem:
    return DeskItem(
        title=_("Say whether you can answer “%(title)s”") % {"title": offer.request.title},
        sentence=_("%(reference)s. The network asks for your advice: say yes or no by %(date)s.")
        % {"reference": offer.request.reference, "date": date_format(offer.due_on, "DATE_FORMAT")},
        url=reverse("experts:offer", args=[offer.pk]),
        icon="question", action=_("Read the question"), tag=_("You are asked"), tone="warn",
    )  # fmt: skip


def _taken(row) -> DeskItem:
    words = {"reference": row.reference, "date": _day(row.accepted_at or row.state_since)}
    return DeskItem(
        title=_("Answer “%(title)s”") % {"title": row.title},
        sentence=_("%(reference)s. You accepted it on %(date)s.") % words,
        url=reverse("experts:request", args=[row.pk]),
        icon="edit", action=_("Answer"), tag=row.get_state_display(), tone="on",
    )  # fmt: skip


def for_requester(user) -> list[DeskItem]:
    """What waits for whoever asked: a draft, experts to choose, an answer to read and close."""
    if not user.holds(*ASKING_ROLES):
        return []
    own = AdviceRequest.objects.own(user)
    mine = own.filter(state__in=(R.DRAFT, R.OPEN, R.ANSWERED)).exclude(state=R.OPEN, oas_helps=True)
    return [_mine(row) for row in mine.order_by("state_since")[:MOST]]


def _mine(row) -> DeskItem:
    name, title, action, tone = {
        R.DRAFT: ("request_form", _("Go on with the question “%(title)s”"), _("Continue"), ""),
        R.OPEN: ("request_choose", _("Choose whom to ask about “%(title)s”"), _("Choose experts"), "warn"),
        R.ANSWERED: ("request", _("Read the answer to “%(title)s”"), _("Read the answer"), "ok"),
    }[row.state]
    return DeskItem(
        title=title % {"title": row.title},
        sentence=_("%(reference)s. Since %(date)s.") % {"reference": row.reference, "date": _day(row.state_since)},
        url=reverse(f"experts:{name}", args=[row.pk]),
        icon="question", action=action, tag=row.get_state_display(), tone=tone,
    )  # fmt: skip


def for_both(user) -> list[DeskItem]:
    """Texts for the knowledge base to which one side has not agreed yet."""
    both = AdviceRequest.objects.filter(
        state=R.CLOSED, requester_consent=YesNo.YES, expert_consent=YesNo.YES
    ).select_related("expert")
    own = both.own(user).filter(kept__revisions__is_open=True, kept__revisions__state="draft",
                      kept__revisions__requester_agrees=False)  # fmt: skip
    his = both.filter(expert__user=user, kept__revisions__is_open=True, kept__revisions__state="draft",
                      kept__revisions__expert_agrees=False)  # fmt: skip
    fresh = both.own(user).filter(kept=None) | both.filter(expert__user=user, kept=None)
    found = {row.pk: row for rows in (own, his, fresh) for row in rows[:MOST]}
    return [
        DeskItem(
            title=_("Agree to the text about “%(title)s”") % {"title": row.title},
            sentence=_("%(reference)s. Both sides consent to publish it without names; read the text first.")
            % {"reference": row.reference},
            url=reverse("experts:kept_text", args=[row.pk]),
            icon="page", action=_("Read the text"), tag=_("Knowledge base"), tone="on",
        )
        for row in found.values()
    ]  # fmt: skip


def waiting(user) -> list[DeskItem]:
    """What the person asked and others have."""
    if not user.holds(*ASKING_ROLES):
        return []
    rows = AdviceRequest.objects.own(user).filter(state__in=(R.ASKED, R.ACCEPTED)).order_by("state_since")
    return [_waiting(row) for row in rows[:MOST]]


def _waiting(row) -> DeskItem:
    where = walk.where(row)
    words = {"who": where.who, "date": _day(where.since)}
    sentence = _("With %(who)s since %(date)s.") % words
    if where.due:
        words["due"] = date_format(where.due, "DATE_FORMAT")
        sentence = _("With %(who)s since %(date)s, by %(due)s.") % words
    return DeskItem(
        title=row.title, sentence=sentence, url=reverse("experts:request", args=[row.pk]), icon="wait", tag=where.words,
        tone=where.tone, language=row.language, steps=tuple(walk.steps(row)),
    )  # fmt: skip


def unanswered(user) -> list[DeskItem]:
    """For administrators: questions that nobody could answer, and those for which the OAS chooses."""
    if not user.is_administrator:
        return []
    rows = AdviceRequest.objects.filter(state=R.OPEN)
    lost, ours = rows.filter(unanswered_since__isnull=False).count(), rows.filter(oas_helps=True).count()
    found = []
    if lost:
        words = ngettext("%(number)d question has no expert.", "%(number)d questions have no expert.", lost)
        found.append((_("Questions without an expert"), words % {"number": lost}, "bad"))
    if ours:
        words = ngettext(
            "%(number)d question waits for the OAS to choose experts.",
            "%(number)d questions wait for the OAS to choose experts.", ours,
        )  # fmt: skip
        found.append((_("Choose experts"), words % {"number": ours}, "warn"))
    return [
        DeskItem(title=title, sentence=sentence, url=reverse("admin:experts_advicerequest_changelist"), icon="alert",
                 action=_("Open"), tone=tone)
        for title, sentence, tone in found
    ]  # fmt: skip


register_panel(DeskPanel("experts.asked", 12, "mine", for_expert))
register_panel(DeskPanel("experts.requests", 13, "mine", for_requester))
register_panel(DeskPanel("experts.texts", 14, "mine", for_both))
register_panel(DeskPanel("experts.unanswered", 20, "mine", unanswered))
register_panel(DeskPanel("experts.waiting", 16, "others", waiting))
