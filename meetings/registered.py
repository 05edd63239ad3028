"""Who registered, as organisers read it: by where each registration stands, every one of them, page by page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _

from meetings.choices import RegistrationState
from meetings.models import Meeting

PAGE = 100


@dataclass(frozen=True)
class Group:
    """One page of those whose registrations stand alike."""

    key: str
    title: str
    total: int
    number: int
    last: int
    rows: list
    earlier: str  # what leads to the page before, while the other groups stay where they are
    later: str


def groups_of(meeting: Meeting, asked) -> list[Group]:
    """Those that somebody is in. `asked` has the number of a page under the key of its group."""
    counted = dict(meeting.registrations.order_by().values_list("state").annotate(Count("pk")))
    numbers = pages_asked(asked)
    return [_group(meeting, key, title, counted[key], numbers) for key, title in _titles() if counted.get(key)]


def _titles() -> list[tuple[str, str]]:
    return [
        (RegistrationState.REQUESTED.value, _("Wait for your yes")),
        (RegistrationState.CONFIRMED.value, _("Have a place")),
        (RegistrationState.WAITING.value, _("On the waiting list")),
        (RegistrationState.DECLINED.value, _("Not accepted")),
    ]


def pages_asked(asked) -> dict[str, int]:
    """{key of a group: number of its page} of what an address asks for."""
    said = {key: asked.get(key, "") for key, _title in _titles()}
    return {key: int(number) for key, number in said.items() if number.isdecimal() and len(number) < 6}


def _group(meeting: Meeting, key: str, title: str, total: int, numbers: dict[str, int]) -> Group:
    last = -(-total // PAGE)
    number = min(max(numbers.get(key, 1), 1), last)
    first = (number - 1) * PAGE
    rows = meeting.registrations.filter(state=key).select_related("user", "institution")[first : first + PAGE]

    def address(goal: int) -> str:
        return f"?{urlencode({**numbers, key: goal})}#g-{key}" if 1 <= goal <= last else ""

    return Group(key, title, total, number, last, list(rows), address(number - 1), address(number + 1))
