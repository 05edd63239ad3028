"""The person behind a request: their time zone everywhere, their language where the address does not say one."""

import zoneinfo

from django.utils import timezone, translation


class PersonMiddleware:
    """Activates time zone and, on addresses without a language (the admin), language of who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.session.session_key and request.user.is_authenticated:
            self._activate(request)
        else:
            timezone.deactivate()
        return self.get_response(request)

    @staticmethod
    def _activate(request):
        try:
            timezone.activate(zoneinfo.ZoneInfo(request.user.timezone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.deactivate()
        if not translation.get_language_from_path(request.path_info):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
