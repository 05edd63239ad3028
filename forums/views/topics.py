"""A topic: its posts, the history of one, its files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core import kept
from files.http import file_response
from forums import permissions, reading
from forums.choices import TopicState
from forums.consensus_permissions import may_propose
from forums.lists import page_address
from forums.models import DraftFile, PostFile, Topic
from forums.moderation_permissions import DECIDING
from forums.services import marks
from forums.views.finding import address_of, open_page, reader
from review.diff import compare

LARGEST = 2**63 - 1


@open_page
@require_safe
def topic(request, forum: str, topic: str):
    """The posts of a topic, twenty a page by their places. Reading them is remembered."""
    user = reader(request)
    try:
        shown = reading.find_topic(user, forum, topic)
    except Http404:
        return _moved(user, forum, topic)
    if shown.state == TopicState.MERGED:
        return _moved(user, forum, topic)
    page = reading.page_of_posts(shown, user, _number(request))
    if request.method == "GET" and user.is_authenticated and page.up_to > shown.read_to and shown.published_at:
        marks.mark_read(shown, page.up_to, by=user)
    moderates = permissions.may_moderate(user, shown.forum)
    for post in page.posts:
        _say_may(post, user, bool(moderates))
    context = {
        "topic": shown,
        "forum": shown.forum,
        "page": page,
        "query": [("page", str(page.number))] if page.number > 1 else [],
        "note": kept.note(user, f"forums:{forum}/{topic}/reply/") if user.is_authenticated else "",
        "may_reply": permissions.may_reply(user, shown),
        "may_propose": user.is_authenticated and may_propose(user, shown),
        "may_accept": permissions.may_accept(user, shown),
        "may_moderate": moderates,
        "may_decide": user.is_authenticated and user.holds(*DECIDING),
    }
    return render(request, "forums/topic.html", context)


def _number(request) -> int:
    """The page asked for; what is no page does not exist."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise Http404
    return int(text)


def _moved(user, forum: str, slug: str):
    """A topic that was joined with another, or moved to another forum, leads there, if the person sees that one."""
    topic = reading.find_moved(user, forum, slug)
    if topic is None:
        raise Http404
    answer = redirect("forums:topic", topic.forum.slug, topic.slug, permanent=True)
    patch_cache_control(answer, no_cache=True)  # it may come back here, or be closed to this reader
    return answer


def _say_may(post, user, moderates: bool) -> None:
    """What the reader may do with a post, for its buttons. Only authors and moderators are asked about at length."""
    own = user.is_authenticated and post.author_id == user.pk
    post.may_edit = (own or moderates) and bool(permissions.may_edit(user, post))
    post.may_remove = own and bool(permissions.may_remove(user, post))
    post.may_thank = user.is_authenticated and not own and bool(permissions.may_thank(user, post))


@login_not_required
@require_safe
def post(request, forum: str, topic: str, place: int):
    """The address of a post leads to its page."""
    shown = reading.find_topic(reader(request), forum, topic)
    if not 1 <= place <= shown.last_place:
        raise Http404
    return redirect(f"{topic_url(shown)}{page_address(place)}")


@open_page
@require_safe
def history(request, forum: str, topic: str, place: int):
    """What a post said before each change. What a moderator took out is for the author and the moderators."""
    user = reader(request)
    shown = reading.find_topic(user, forum, topic)
    found = reading.find_post(shown, place, user)
    edits = list(found.edits.select_related("by").order_by("pk"))
    all_of_it = user.is_authenticated and (
        found.author_id == user.pk or bool(permissions.may_moderate(user, shown.forum))
    )
    if not all_of_it:  # what it said while it waited was never published
        edits = [edit for edit in edits if edit.at >= found.published_at]
    by_others = [number for number, edit in enumerate(edits) if edit.by_id != found.author_id]
    shut = -1 if all_of_it or not by_others else by_others[-1]
    texts = [edit.text for edit in edits] + [found.text]
    for number, edit in enumerate(edits):
        edit.change = compare(edit.text, texts[number + 1]) if number > shut else None
    context = {"topic": shown, "forum": shown.forum, "post": found, "edits": edits[::-1], "back": address_of(found)}
    return render(request, "forums/history.html", context)


@login_not_required
@require_safe
def file(request, forum: str, topic: str, pk: int):
    """A file of a post, for whoever reads the post."""
    user = reader(request)
    shown = reading.find_topic(user, forum, topic)
    if pk > LARGEST:
        raise Http404
    found = get_object_or_404(PostFile.objects.select_related("file", "post"), pk=pk, post__topic=shown)
    if not reading.sees_words(found.post, shown, user):
        raise Http404
    return file_response(found.file, found.name, user=user)


@require_safe
def draft_file(request, pk: int):
    """A file of one's own draft."""
    if pk > LARGEST:
        raise Http404
    found = get_object_or_404(DraftFile.objects.select_related("file"), pk=pk, draft__user=request.user)
    return file_response(found.file, found.name, user=request.user)


def topic_url(topic: Topic) -> str:
    """The address of a topic."""
    return reverse("forums:topic", args=[topic.forum.slug, topic.slug])
