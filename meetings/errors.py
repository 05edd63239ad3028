"""What the services of meetings refuse beside the refusals of core.errors."""

from core.errors import PortalError


class Incomplete(PortalError):
    """Something is missing without which a meeting is not announced; `missing` lists it as (field, sentence)."""

    status = 422

    def __init__(self, message: str, missing: list[tuple[str, str]]):
        super().__init__(message)
        self.missing = missing
