"""What the services of a case refuse beside the refusals of core.errors."""

from core.errors import PortalError


class Incomplete(PortalError):
    """Something that a decision needs was not written: a reason, a letter, a question. The page keeps what was."""

    status = 422
