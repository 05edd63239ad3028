"""Which role opens which model in the admin. Apps add theirs in AppConfig.ready(); a role opens only its models."""

from collections import defaultdict

from network.choices import Role

_DOORS: dict[str, set[str]] = defaultdict(set)


def open_model(model: str, *actions: str, to: tuple[str, ...] = (Role.ADMINISTRATOR,)) -> None:
    """Open `app.model` to the roles for the actions (view, add, change, delete)."""
    app_label, name = model.split(".")
    for role in to:
        _DOORS[role].update(f"{app_label}.{action}_{name}" for action in actions)


def opens(held: frozenset[str], perm: str) -> bool:
    """Whether one of the roles held opens the permission, for instance `network.view_country`."""
    return any(perm in _DOORS[role] for role in held)


def opens_app(held: frozenset[str], app_label: str) -> bool:
    """Whether one of the roles held opens anything in the app."""
    return any(perm.startswith(f"{app_label}.") for role in held for perm in _DOORS[role])
