"""What stands beside a record of another app, by its permanent id: a live room beside a meeting. Apps register in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Beside:
    """One link for a page that has a permanent id. `tone` is one of "", "on", "ok", "warn", "off"; `language` marks the title's."""

    title: str
    sentence: str
    url: str
    icon: str = "people"
    tag: str = ""
    tone: str = ""
    language: str = ""
    at: datetime | None = None


Finder = Callable[[str, object], list[Beside]]
_FINDERS: dict[str, Finder] = {}


def register(key: str, finder: Finder) -> None:
    """`finder(permanent_id, user)` answers what stands beside that record and the person may see."""
    _FINDERS[key] = finder


def beside(permanent_id: str, user) -> list[Beside]:
    """Everything beside a record that the person may see, in the order of the keys."""
    return [one for key in sorted(_FINDERS) for one in _FINDERS[key](permanent_id, user)]
