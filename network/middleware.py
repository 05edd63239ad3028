"""The person behind a request: their time zone everywhere, their language where the address does not say one."""

import zoneinfo
from contextlib import suppress

from django.contrib.auth.middleware import get_user
from django.utils import timezone, translation


class PersonMiddleware:
    """Activates time zone and, on addresses without a language (the admin), language of who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        timezone.deactivate()
        if request.session.session_key:
            # asked for in any case: from here on the person, not what stands for one until somebody looks
            request.user = get_user(request)
            if request.user.is_authenticated:
                self._activate(request)
        return self.get_response(request)

    @staticmethod
    def _activate(request):
        with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.activate(zoneinfo.ZoneInfo(request.user.timezone))
        if not translation.get_language_from_path(request.path_info):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
