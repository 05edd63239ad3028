"""The page of one expert."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.departures import say_where_it_went
from catalogue.keeping import kept_page
from core.http import has_session
from experts.entries import KEY
from experts.profile import Profile
from experts.shown import public_expert


@kept_page
@require_safe
def profile(request, slug: str):
    """What one expert shows. Who is hidden, or left, leaves no trace (404): a name must not stay where its owner took it away."""
    expert = public_expert(slug)
    if expert is None:
        return say_where_it_went(KEY, slug, request.labels)
    context = {
        "expert": expert,
        "text": expert.published,
        "profile": Profile(expert, request.labels),
        "is_mine": _is_mine(request, expert),
    }
    return render(request, "experts/profile.html", context)


def _is_mine(request, expert) -> bool:
    """Nothing is asked of a visitor, whose page is everybody's."""
    return has_session(request) and request.user.is_authenticated and request.user.pk == expert.user_id
