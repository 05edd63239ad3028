"""What services raise. Views need not catch them: core.middleware turns each into its own page."""


class PortalError(Exception):
    """A refusal that a person can read. `message` is already translated."""

    status = 400
    template = "400.html"

    def __init__(self, message: str = "", **context):
        super().__init__(message)
        self.message = message
        self.context = context


class NotAllowed(PortalError):
    """The person may see this but not do it (403); `message` says why."""

    status = 403
    template = "403.html"


class Stale(PortalError):
    """Somebody else wrote or decided first (409); the page shows both. context: `theirs`, `yours`, `url`."""

    status = 409
    template = "409.html"


class WrongState(Stale):
    """The move is not in the workflow's table from the state the thing is in now (409)."""


class Gone(PortalError):
    """Something public that was retired (410). context: `title`, `country`, `lines`."""

    status = 410
    template = "410.html"


class RepeatedWithOtherBody(PortalError):
    """The same form key came again with other content (409). context: `yours`, what came now; `url`, where the first one led."""

    status = 409
    template = "409_sent.html"
