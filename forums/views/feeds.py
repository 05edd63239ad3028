"""Public forums as Atom feeds: the newest posts of one, the live rooms of all. A forum that not everybody reads is in none."""

from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.summary import summary
from core.feeds import TextFeed
from core.languages import current
from forums.entries import plain
from forums.models import Forum, Post, Room
from forums.room_entries import announced

POSTS = 50
ROOMS = 50


@login_not_required
@require_safe
def feed(request, forum: str):
    """The newest posts, asked for anew each time: what a moderator hides is gone at once."""
    shown = get_object_or_404(Forum.objects.public(), slug=forum)
    # The newest posts stand at the ends of the topics in which something was said last: no others are looked at.
    lively = shown.topics.published().order_by("-last_post_at").values_list("pk", flat=True)[:POSTS]
    rows = Post.objects.filter(topic__in=list(lively), place__gt=F("topic__last_place") - POSTS).published()
    rows = rows.select_related("topic", "author").order_by("-published_at", "-pk")[:POSTS]
    return _answer(request, _atom(request, shown, rows))


@login_not_required
@require_safe
def rooms(request):
    """The live rooms of public forums that were announced, changed or summed up last, with their hours."""
    rows = Room.objects.public().select_related("forum").order_by("-changed_at", "-pk")[:ROOMS]
    return _answer(request, _atom_of_rooms(request, rows))


def _answer(request, body: str) -> HttpResponse:
    """The feed, which others may keep as long as they ask whether it still stands."""
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    response["ETag"] = f'W/"{blake2b(body.encode(), digest_size=12).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _atom(request, shown: Forum, rows) -> str:
    """Titles and summaries are text, never markup."""
    path = reverse("forums:forum", args=[shown.slug])
    drawn = TextFeed(title=shown.name, about=shown.about, path=path, own_path=request.path)
    for post in rows:
        topic = post.topic
        author = post.author.name if post.author and not post.author.erased_at else _("A former member")
        drawn.add(
            title=topic.title,
            path=reverse("forums:post", args=[shown.slug, topic.slug, post.place]),
            summary=summary(plain(post.text)),
            author=author,
            language=topic.language,
            unique_id=f"{settings.SITE_URL}{reverse('permanent', args=[topic.permanent_id])}#post-{post.place}",
            pubdate=post.published_at,
            updateddate=post.edited_at or post.published_at,
        )
    return drawn.writeString("utf-8")


def _atom_of_rooms(request, rows) -> str:
    """What is announced; nothing of what was said."""
    drawn = TextFeed(
        title=_("Live rooms"),
        about=_("Expert hours and conversations beside meetings: everybody writes at the same time, and what was said stays as a transcript."),
        path=reverse("forums:rooms"),
        own_path=request.path,
    )  # fmt: skip
    for room in rows:
        drawn.add(
            title=room.title,
            path=room.get_absolute_url(),
            summary=summary(announced(room, current())),
            author=room.forum.name,
            unique_id=settings.SITE_URL + reverse("permanent", args=[room.permanent_id]),
            pubdate=room.created_at,
            updateddate=room.changed_at,
        )
    return drawn.writeString("utf-8")
