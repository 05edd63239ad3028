"""What the services of the experts' network refuse beside the refusals of core.errors."""

from core.errors import PortalError


class Incomplete(PortalError):
    """Answers that submission requires are missing; `missing` lists the questions of the profile (experts.questions)."""

    status = 422

    def __init__(self, message: str, missing):
        super().__init__(message)
        self.missing = missing
