"""The proposal of a topic: its page, positions, the end, the summary. Who may not see the topic finds nothing here."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Prefetch, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import Entry
from core.errors import NotAllowed, Stale, WrongState
from core.floods import TooMany
from forums import consensus_permissions as permissions
from forums import telling
from forums.choices import Stance
from forums.consensus import WIDE
from forums.forms.consensus import PositionForm, ProposalForm, SummaryForm, WithdrawForm
from forums.forms.moderation import WordsForm
from forums.models import Position, PositionChange, Proposal, Topic
from forums.moderation_permissions import may_hide_words
from forums.permissions import may_moderate
from forums.services import consensus, moderating
from network.constituency import Constituency
from network.idempotency import once

PAGE = 50
VERSIONS = 10  # of a position that its page shows; the others are kept
_LATEST = Prefetch("history", PositionChange.objects.order_by("-pk")[: VERSIONS + 1], to_attr="latest")
ORDER = Case(*(When(constituency=code, then=place) for place, code in enumerate(Constituency.values)), default=99)


def find_topic(request, forum: str, topic: str) -> Topic:
    """The topic, if the person may see it."""
    rows = Topic.objects.visible_to(request.user).select_related("forum", "author", "proposal__opened_by")
    return get_object_or_404(rows, forum__slug=forum, slug=topic)


def find(request, forum: str, topic: str) -> Proposal:
    """The topic's proposal."""
    found = find_topic(request, forum, topic)
    proposal = getattr(found, "proposal", None)
    if proposal is None:
        raise Http404
    proposal.topic = found
    return proposal


def address(proposal: Proposal) -> str:
    return reverse("forums:proposal", args=[proposal.topic.forum.slug, proposal.topic.slug])


@never_cache  # it depends on who reads, and on the second
@login_not_required
@require_safe
def proposal(request, forum: str, topic: str):
    """The proposal, the result by constituency, what each said."""
    return _page(request, find(request, forum, topic))


def _page(request, shown: Proposal, form=None):
    rows = shown.positions.with_superseded().select_related("user", "institution__country").prefetch_related(_LATEST)
    page = Paginator(rows.order_by(ORDER, "pk"), PAGE).get_page(request.GET.get("page"))
    user = request.user
    decision = permissions.may_take_position(user, shown)
    own = Position.objects.filter(proposal=shown, user=user).first() if user.is_authenticated else None
    if form is None and decision:
        form = PositionForm(institutions=permissions.speaks_for(user, shown.topic.forum), position=own)
    context = {
        "shown": shown,
        "topic": shown.topic,
        "forum": shown.topic.forum,
        "closes": telling.spoken(shown),
        "result": consensus.result(shown),
        "wide": WIDE,
        "meeting": _meeting(shown),
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "own": own,
        "colleagues": _colleagues(user, shown) if decision else (),
        "form": form if decision else None,
        "why_not": decision.reason,
        "moderates": bool(may_moderate(user, shown.topic.forum)),
        "may_withdraw": bool(permissions.may_withdraw(user, shown)),
        "may_summarise": bool(permissions.may_summarise(user, shown)),
    }
    return render(request, "forums/proposal.html", context, status=422 if form is not None and form.errors else 200)


def _colleagues(user, shown: Proposal):
    """What others took for the institutions for which this person may speak, as far as it counts now."""
    among = permissions.speaks_for(user, shown.topic.forum)
    rows = shown.positions.counted().filter(institution__in=among).exclude(user=user)
    return rows.select_related("user", "institution")


def _meeting(shown: Proposal) -> Entry | None:
    """The page of the conference, where the portal has one that everybody may read."""
    if not shown.meeting:
        return None
    return Entry.objects.filter(permanent_id=shown.meeting).only("permanent_id", "title", "language").first()


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, forum: str, topic: str):
    """Put a proposal to the topic."""
    found = find_topic(request, forum, topic)
    permissions.may_propose(request.user, found).or_refuse()
    form = ProposalForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():

        def put() -> str:
            consensus.propose(found, by=request.user, **form.values)
            return reverse("forums:proposal", args=[forum, topic])

        url = once(request, put)
        messages.success(request, _("The proposal is open: those who follow the topic are told."))
        return redirect(url)
    context = {"topic": found, "forum": found.forum, "form": form}
    return render(request, "forums/proposal_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
def position(request, forum: str, topic: str):
    """Take a position, or change one's own."""
    shown = find(request, forum, topic)
    with _words_given_back(request, shown):
        permissions.may_take_position(request.user, shown).or_refuse()
        return _taken(request, shown)


@contextmanager
def _words_given_back(request, shown: Proposal):
    """Whoever comes after the hour, or may not write any more, is shown what they typed to be copied."""
    try:
        yield
    except (NotAllowed, Stale) as refusal:
        text = request.POST.get("text", "")
        if not text.strip():
            raise
        label = dict(Stance.choices).get(request.POST.get("stance", ""))
        yours = [(_("Your position"), label), (_("In words"), text)]
        raise Stale(
            refusal.message,
            heading=_("Your position is not taken"),
            yours=[row for row in yours if row[1]],
            url=address(shown),
        ) from refusal


def _taken(request, shown: Proposal):
    own = Position.objects.filter(proposal=shown, user=request.user).first()
    among = permissions.speaks_for(request.user, shown.topic.forum)
    form = PositionForm(request.POST, institutions=among, position=own)
    if not form.is_valid():
        return _page(request, shown, form)

    def take() -> str:
        consensus.take_position(shown, by=request.user, **form.values)
        return f"{address(shown)}#positions"

    try:
        with transaction.atomic():
            url = once(request, take)
    except TooMany as refusal:
        form.add_error(None, refusal.message)
        return _page(request, shown, form)
    messages.success(request, _("Your position is taken. You may change it until the proposal closes."))
    return redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, forum: str, topic: str):
    """Take the proposal back."""
    shown = find(request, forum, topic)
    permissions.may_withdraw(request.user, shown).or_refuse()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def take_back() -> str:
            consensus.withdraw(shown, by=request.user, reason=form.cleaned_data["reason"])
            return address(shown)

        return redirect(once(request, take_back))
    return _small(request, shown, form, _("Withdraw the proposal"), _("Withdraw the proposal"))


@require_http_methods(["GET", "HEAD", "POST"])
def summary(request, forum: str, topic: str):
    """Sum the positions up."""
    shown = find(request, forum, topic)
    permissions.may_summarise(request.user, shown).or_refuse()
    form = SummaryForm(request.POST or None, initial={"summary": shown.summary, "version": shown.version})
    if request.method == "POST" and form.is_valid():

        def sum_up() -> str:
            consensus.summarise(shown, by=request.user, **form.cleaned_data)
            return f"{address(shown)}#summary"

        try:
            return redirect(once(request, sum_up))
        except Stale as refusal:
            refusal.context["url"] = address(shown)
            raise
    return _small(request, shown, form, _("Closing summary"), _("Publish the summary"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk: int):
    """Hide the words of a position with what it said before, or show them again, as the page said; with a reason."""
    shown = Proposal.objects.visible_to(request.user)
    rows = Position.objects.filter(proposal__in=shown).select_related("proposal__topic__forum")
    position = get_object_or_404(rows, pk=pk)
    form = WordsForm(request.POST or None, hidden=bool(position.hidden_at))
    forum = position.proposal.topic.forum
    may = may_hide_words(request.user, position) if form.shows else may_moderate(request.user, forum)
    may.or_refuse()
    if request.method == "POST" and form.is_valid():
        return redirect(_turned(request, position, form))
    heading = _("Show the words of this position again") if form.shows else _("Hide the words of this position")
    return _small(request, position.proposal, form, heading, heading)


def _turned(request, position: Position, form: WordsForm) -> str:
    """Do what the button said; whoever comes second is told that it is done."""
    turn = moderating.show_words if form.shows else moderating.hide_words
    place = f"{address(position.proposal)}#positions"

    def do() -> str:
        turn(position, by=request.user, reason=form.cleaned_data["reason"])
        return place

    try:
        once(request, do)
    except WrongState:
        messages.info(request, _("Somebody was faster: these words stand as you wanted them."))
    return place


def _small(request, shown: Proposal, form, heading: str, button: str):
    context = {"shown": shown, "topic": shown.topic, "forum": shown.topic.forum, "form": form, "heading": heading,
               "button": button, "result": consensus.result(shown), "wide": WIDE}  # fmt: skip
    return render(request, "forums/proposal_end.html", context, status=422 if form.is_bound else 200)
