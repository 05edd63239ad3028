"""What the services of the library refuse beside the refusals of core.errors."""

from core.errors import PortalError


class Incomplete(PortalError):
    """Answers that submission requires are missing; `missing` lists them as (field of the form, sentence)."""

    status = 422

    def __init__(self, message: str, missing: list[tuple[str, str]]):
        super().__init__(message)
        self.missing = missing
