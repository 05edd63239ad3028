"""What people who moderate do on the spot: pages with one form each, which work without scripts."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import NotAllowed
from core.markdown import plain
from forums import permissions, reading
from forums.choices import PostState
from forums.forms.moderation import MergeForm, MoveForm, ReasonForm, SplitForm, TopicActForm
from forums.models import Forum, ForumMember, Post, Topic
from forums.models.places import MODERATING, among_members
from forums.moderation_permissions import may_touch_post
from forums.services import moderating
from forums.services.moderating.keeping import NotConfirmed, Unsaid
from forums.services.moderating.splitting import MOST as MOST_POSTS
from network.idempotency import once

ACTS = {
    "lock": (moderating.lock_topic, gettext_lazy("The topic is locked.")),
    "unlock": (moderating.unlock_topic, gettext_lazy("The topic takes replies again.")),
    "pin": (moderating.pin_topic, gettext_lazy("The topic stands at the head of its forum.")),
    "unpin": (moderating.unpin_topic, gettext_lazy("The topic stands by its day again.")),
    "hide": (moderating.hide_topic, gettext_lazy("The topic is hidden.")),
    "show": (moderating.show_topic, gettext_lazy("The topic is shown again.")),
}


def _topic(request, pk: int) -> Topic:
    """A topic that the person sees and may moderate."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("forum", "author"), pk=pk)
    permissions.may_moderate(request.user, topic.forum).or_refuse()
    return topic


def _post(request, pk: int) -> Post:
    """A post of such a topic that is not one's own."""
    rows = Post.objects.visible_to(request.user).select_related("topic__forum", "author", "institution")
    post = get_object_or_404(rows, pk=pk)
    may_touch_post(request.user, post).or_refuse()
    return post


def address(topic: Topic) -> str:
    return reverse("forums:topic", args=[topic.forum.slug, topic.slug])


def place_of(post: Post) -> str:
    topic = post.topic
    return reverse("forums:post", args=[topic.forum.slug, topic.slug, post.place]) if post.place else address(topic)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request, pk: int):
    """Everything that can be done to a topic, and what was done to it."""
    shown = _topic(request, pk)
    form = TopicActForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            act, words = ACTS[form.cleaned_data["do"]]
            try:
                url = once(request, lambda: _done(act, shown, request.user, form.cleaned_data["reason"]))
                messages.success(request, words)
                return redirect(url)
            except Unsaid as refusal:
                form.add_error("reason", refusal.message)
    acts = shown.acts.select_related("by", "post").order_by("-pk")[:50]
    context = {"topic": shown, "forum": shown.forum, "form": form, "acts": acts, "problem": problem}
    return render(request, "forums/moderate.html", context, status=status)


def _done(act, topic: Topic, user, reason: str) -> str:
    act(topic, by=user, reason=reason)
    return reverse("forums:moderate", args=[topic.pk])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request, pk: int):
    """Hide a post, with a reason."""
    return _on_post(request, pk, moderating.hide_post, _("The post is hidden. Its author was told why."), "hide")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk: int):
    """Show a hidden post again, with a reason."""
    return _on_post(request, pk, moderating.show_post, _("The post is shown again. Its author was told."), "show")


def _on_post(request, pk: int, act, words: str, verb: str):
    post = _post(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        url = once(request, lambda: _acted(act, post, request.user, form.cleaned_data["reason"]))
        messages.success(request, words)
        return redirect(url)
    possible = post.state == (PostState.PUBLISHED if verb == "hide" else PostState.HIDDEN)
    context = {
        "topic": post.topic, "forum": post.topic.forum, "post": post, "form": form, "verb": verb, "possible": possible,
        "back": place_of(post), "body": reading.preview(post.topic.forum, post.text, by=post.author),
    }  # fmt: skip
    return render(request, "forums/moderate_post.html", context, status=422 if form.is_bound else 200)


def _acted(act, post: Post, user, reason: str) -> str:
    act(post, by=user, reason=reason)
    return place_of(post)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, pk: int):
    """Move a topic to another forum."""
    shown = _topic(request, pk)
    there = _moderated_by(request.user).exclude(pk=shown.forum_id)
    form = MoveForm(request.POST or None, forums=there, asks="asks" in request.POST)
    heading = _("Move the topic to another forum")

    def do(said: dict) -> str:
        moved = moderating.move_to_forum(
            shown, said["to"], by=request.user, reason=said["reason"], confirmed=said["confirmed"]
        )
        return address(moved)

    again = partial(MoveForm, request.POST, forums=there, asks=True)
    return _far(
        request,
        shown,
        form,
        do,
        again,
        heading=heading,
        button=_("Move the topic"),
        told=_("The topic is moved. Its old address leads here."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, pk: int):
    """Join a topic with another one."""
    shown = _topic(request, pk)
    topics = Topic.objects.visible_to(request.user)
    form = MergeForm(request.POST or None, topics=topics, asks="asks" in request.POST)
    heading = _("Join the topic with another one")

    def do(said: dict) -> str:
        into = moderating.merge_topic(
            shown, said["into"], by=request.user, reason=said["reason"], confirmed=said["confirmed"]
        )
        return address(into)

    again = partial(MergeForm, request.POST, topics=topics, asks=True)
    return _far(
        request,
        shown,
        form,
        do,
        again,
        heading=heading,
        button=_("Join the topics"),
        told=_("The topics are joined. The old address leads here."),
    )


def _far(request, shown: Topic, form, do, again, *, told: str, **context):
    """A page whose act may show words to other people: the confirmation is asked for where it does."""
    if request.method == "POST" and form.is_valid():
        try:
            url = once(request, lambda: do(form.cleaned_data))
            messages.success(request, told)
            return redirect(url)
        except NotConfirmed as refusal:
            form = again()
            form.add_error("confirmed", refusal.message)
            context["asks"] = True
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
    context |= {"topic": shown, "forum": shown.forum, "form": form}
    context.setdefault("asks", "asks" in request.POST)
    return render(request, "forums/moderate_far.html", context, status=422 if form.is_bound else 200)


def _moderated_by(user):
    """The open forums that the person moderates."""
    rows = Forum.objects.visible_to(user).open().order_by("slug")
    if user.holds(*MODERATING):
        return rows
    return rows.filter(pk__in=ForumMember.objects.filter(user=among_members(user), role="organiser").values("forum"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request, pk: int):
    """Begin a new topic with posts of this one."""
    shown = _topic(request, pk)
    rows = shown.posts.in_place().filter(place__gt=1).select_related("author").order_by("place")[:MOST_POSTS]
    form = SplitForm(
        request.POST or None, posts=[(row.place, _line(row)) for row in rows], initial={"language": shown.language}
    )

    def do() -> str:
        said = form.cleaned_data
        new = moderating.split_topic(
            shown,
            said["places"],
            by=request.user,
            title=said["title"],
            reason=said["reason"],
            language=said["language"],
        )
        return address(new)

    if request.method == "POST" and form.is_valid():
        try:
            url = once(request, do)
            messages.success(request, _("The posts are in a topic of their own now. Their authors were told."))
            return redirect(url)
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
    context = {"topic": shown, "forum": shown.forum, "form": form, "any": bool(form.fields["places"].choices)}
    return render(request, "forums/moderate_split.html", context, status=422 if form.is_bound else 200)


def _line(post: Post) -> str:
    """A post in one line of the list."""
    words = plain(post.text, 80) if post.state == PostState.PUBLISHED else post.get_state_display()
    return _("%(place)d. %(name)s: %(words)s") % {
        "place": post.place, "name": post.author or _("a former member"), "words": words,
    }  # fmt: skip
