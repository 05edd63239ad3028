"""What every page needs to draw its frame. Nothing here touches the session of a visitor who has none."""

from functools import cache

from django.conf import settings

from core.http import has_session
from notifications.models import unread_of


def portal(request):
    """Demonstration mode; who looks (None for visitors), their unread notices; whether there is anything to say."""
    known = has_session(request)
    return {
        "DEMO": settings.DEMO,
        "viewer": _viewer(request) if known else None,
        "unread_notices": cache(lambda: _unread(request)) if known else 0,  # a number for the plural forms
        "has_messages": known or "messages" in request.COOKIES,
    }


def _viewer(request):
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _unread(request) -> int:
    user = _viewer(request)
    return unread_of(user) if user else 0
