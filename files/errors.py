"""Why an upload is not taken. Each message is one translated sentence or two that say what to do."""

from core.errors import PortalError


class UploadRefused(PortalError):
    """The file cannot be taken as it is; `cause` is a short code for tests and logs."""

    def __init__(self, cause: str, message):
        super().__init__(str(message))
        self.cause = cause
