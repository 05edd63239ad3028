"""What a notice says. Apps register their kinds in AppConfig.ready() by importing their notices module."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.models import User
from notifications.models import Notice


@dataclass(frozen=True)
class NoticeKind:
    """Sentences with %(name)s places, lazily translated; `action` names the button; `why` tells why one receives it.

    `files` draws what goes with the mail, in the reader's language: (name, bytes, type) of each; it asks again who may read.
    """

    key: str
    subject: str
    body: str
    action: str
    why: str
    email: bool = True
    files: Callable[[Notice], list[tuple[str, bytes, str]]] | None = None


_KINDS: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Make kinds known."""
    _KINDS.update({kind.key: kind for kind in kinds})


def get(key: str) -> NoticeKind:
    """The kind by its key; KeyError for one nobody registered."""
    return _KINDS[key]


@dataclass(frozen=True)
class Told:
    """A notice in the active language."""

    subject: str
    body: str
    action: str
    why: str
    path: str


def pack(params: dict) -> dict:
    """Params as JSON: dates keep their type so that each reader gets them in their own language, people are their number."""
    return {
        name: {"at": value.isoformat()} if isinstance(value, datetime)
        else {"on": value.isoformat()} if isinstance(value, date)
        else {"user": value.pk} if isinstance(value, User)
        else str(value)
        for name, value in params.items()
    }  # fmt: skip


def render(notice: Notice, names: dict[int, str] | None = None) -> Told:
    """The notice in the active language and time zone; `names` where those of many notices were read at once."""
    kind = get(notice.kind)
    names = names_in([notice]) if names is None else names
    params = {name: _spoken(value, names) for name, value in notice.params.items()}
    return Told(
        subject=" ".join((str(kind.subject) % params).split()),
        body=str(kind.body) % params,
        action=str(kind.action),
        why=str(kind.why),
        path=reverse(notice.url_name, args=notice.url_args) if notice.url_name else "",
    )


def names_in(notices) -> dict[int, str]:
    """Present names of the people that the notices speak of. Nobody's name is kept in what another person was told."""
    values = [value for notice in notices for value in notice.params.values() if isinstance(value, dict)]
    ids = {value["user"] for value in values if "user" in value}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _spoken(value, names: dict[int, str]) -> str:
    if isinstance(value, dict) and "user" in value:
        return names.get(value["user"]) or _("a former member")
    if isinstance(value, dict) and "at" in value:
        return date_format(timezone.localtime(parse_datetime(value["at"])), "DATE_FORMAT")
    if isinstance(value, dict) and "on" in value:
        return date_format(parse_date(value["on"]), "DATE_FORMAT")
    return str(value)
