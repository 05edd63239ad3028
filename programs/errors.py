"""What the services of the Table refuse beside the refusals of core.errors."""

from core.errors import PortalError, Stale


class Incomplete(PortalError):
    """Answers that submission requires are missing; `missing` lists the fields of Annex I (programs.annex.Field)."""

    status = 422

    def __init__(self, message: str, missing):
        super().__init__(message)
        self.missing = missing


class Conflicting(Stale):
    """A colleague changed the same fields meanwhile; `conflicts` says which, with both texts. Nothing was saved."""

    def __init__(self, message: str, conflicts, colleague=None):
        super().__init__(message)
        self.conflicts = conflicts
        self.colleague = colleague
