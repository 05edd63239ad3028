"""What every page asks first: which forum, and whether the person may see it."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse

from core import kept
from core.http import has_session, public_page
from forums import rows
from forums.lists import page_address
from forums.models import Forum, Post
from forums.permissions import may_see

# Asked for anew each time, whoever keeps it: what is hidden, moved or taken back is gone at once.
open_page = public_page(max_age=0)


def reader(request):
    """Who reads: without a session cookie nobody is looked for."""
    return request.user if has_session(request) else AnonymousUser()


def find_forum(user, slug: str) -> Forum:
    """A forum that the person sees, else 404 like a page that does not exist."""
    forum = rows.one_forum(slug, user)
    if forum is None or not may_see(user, forum):
        raise Http404
    return forum


def keep_words(view):
    """A page of writing for whoever may have lost their session: what they typed waits until they have signed in again."""

    @login_not_required
    @wraps(view)
    def kept_first(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return kept.sign_in_first(request, subject_of(request))
        return view(request, *args, **kwargs)

    return kept_first


def subject_of(request) -> str:
    """Under which name the words of a page of writing are kept: its address without the language."""
    return f"forums:{request.path.partition('/forums/')[2]}"


def address_of(post: Post) -> str:
    """The address of a post on its page; of one that waits, its topic's last page."""
    topic = post.topic
    url = reverse("forums:topic", args=[topic.forum.slug, topic.slug])
    if post.place:
        return f"{url}{page_address(post.place)}"
    return f"{url}{f'?page={topic.pages}' if topic.pages > 1 else ''}#waiting-{post.pk}"
