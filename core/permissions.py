"""How a predicate answers: allowed or not, and why not, in the reader's language."""

from dataclasses import dataclass

from core.errors import NotAllowed


@dataclass(frozen=True)
class Decision:
    """Truthy when allowed; `reason` is a sentence for the person when not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise NotAllowed with the reason unless allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


YES = Decision(True)


def no(reason) -> Decision:
    """A refusal with its reason."""
    return Decision(False, str(reason))
