"""My desk: what waits for a person, and what they wait for. Apps register their panels in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class DeskItem:
    """One row of the desk. `tone` is one of "", "on", "ok", "warn", "bad"; `language` marks the title's language."""

    title: str
    sentence: str
    url: str
    icon: str = "page"
    action: str = ""
    tag: str = ""
    tone: str = ""
    language: str = ""
    steps: tuple[tuple[str, str], ...] = ()  # (words, "done" | "current" | "")


@dataclass(frozen=True)
class DeskPanel:
    """Rows of one app. `group` is "mine" (waits for me), "others" (I wait for others) or "ways" (where else to go: title, url, icon)."""

    key: str
    order: int
    group: str
    items: Callable[[object], list[DeskItem]]


_PANELS: dict[str, DeskPanel] = {}


def register_panel(panel: DeskPanel) -> None:
    """Put a panel on the desk."""
    _PANELS[panel.key] = panel


def panels(group: str) -> list[DeskPanel]:
    """The panels of a group, in order."""
    return sorted((p for p in _PANELS.values() if p.group == group), key=lambda p: p.order)
