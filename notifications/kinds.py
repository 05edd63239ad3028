"""What a notice says. Apps register their kinds in AppConfig.ready() by importing their notices module."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.zones import moment_words
from network.models import User
from notifications.models import Notice


@dataclass(frozen=True)
class NoticeKind:
    """Sentences with %(name)s places, lazily translated; `action` names the button; `why` tells why one receives it.

    `files` draws what goes with the mail, in the reader's language: (name, bytes, type) of each; it asks again who may read.
    `reads` is for what somebody may lose sight of: the notice holds ids alone, and {id of the notice: places} is read whenever it is
    shown or sent, of one person's notices, without those that the person may not read any more. `stop` is the path of the page that
    stops what brought the notice.
    """

    key: str
    subject: str
    body: str
    action: str
    why: str
    email: bool = True
    files: Callable[[Notice], list[tuple[str, bytes, str]]] | None = None
    reads: Callable[[Sequence[Notice]], dict[int, dict]] | None = None
    stop: Callable[[Notice], str] | None = None


_KINDS: dict[str, NoticeKind] = {}


def register(*kinds: NoticeKind) -> None:
    """Make kinds known."""
    _KINDS.update({kind.key: kind for kind in kinds})


def get(key: str) -> NoticeKind:
    """The kind by its key; KeyError for one nobody registered."""
    return _KINDS[key]


@dataclass(frozen=True)
class Moment:
    """A moment of which a notice says the hour too, on the reader's clock; a datetime alone gives the day."""

    at: datetime


@dataclass(frozen=True)
class Told:
    """A notice in the active language."""

    subject: str
    body: str
    action: str
    why: str
    path: str
    stop: str = ""


def pack(params: dict) -> dict:
    """Params as JSON: dates keep their type so that each reader gets them in their own language, people are their number.

    So are words that wait to be translated, the label of a role or of a kind of case: they are kept as the code has them.
    """
    return {
        name: {"moment": value.at.isoformat()} if isinstance(value, Moment)
        else {"at": value.isoformat()} if isinstance(value, datetime)
        else {"on": value.isoformat()} if isinstance(value, date)
        else {"user": value.pk} if isinstance(value, User)
        else {"words": _as_written(value)} if isinstance(value, Promise)
        else str(value)
        for name, value in params.items()
    }  # fmt: skip


def _as_written(words: Promise) -> str:
    """Words as they stand in the code, in no language yet."""
    with override(None):
        return str(words)


class Places(dict):
    """What stands in the places of a sentence; a notice from before a place was added has a dash there."""

    def __missing__(self, name: str) -> str:
        return "–"


def render(notice: Notice) -> Told:
    """The notice in the active language and time zone."""
    return render_all([notice])[0][1]


def render_all(notices: Sequence[Notice]) -> list[tuple[Notice, Told]]:
    """Notices of one person, each with what it says; what they speak of is read at once."""
    notices = list(notices)
    names, read = names_in(notices), _read(notices)
    return [(notice, _told(notice, names, read)) for notice in notices]


def is_open(notice: Notice) -> bool:
    """Whether its recipient may still read what it speaks of."""
    return get(notice.kind).reads is None or notice.pk in _read([notice])


def _read(notices: Sequence[Notice]) -> dict[int, dict]:
    """{id of the notice: places} of those whose places are read when they are shown."""
    by_kind = defaultdict(list)
    for notice in notices:
        if get(notice.kind).reads is not None:
            by_kind[notice.kind].append(notice)
    return {pk: places for kind, rows in by_kind.items() for pk, places in get(kind).reads(rows).items()}


def _told(notice: Notice, names: dict[int, str], read: dict[int, dict]) -> Told:
    kind = get(notice.kind)
    if kind.reads is not None and notice.pk not in read:
        return Told(_("Something that is not open to you any more"), "", "", str(kind.why), "")
    held = {**notice.params, **read.get(notice.pk, {})}
    params = Places((name, _spoken(value, names)) for name, value in held.items())
    return Told(
        subject=" ".join((str(kind.subject) % params).split()),
        body=str(kind.body) % params,
        action=str(kind.action),
        why=str(kind.why),
        path=params.get("path") or (reverse(notice.url_name, args=notice.url_args) if notice.url_name else ""),
        stop=kind.stop(notice) if kind.stop else "",
    )


def names_in(notices) -> dict[int, str]:
    """Present names of the people that the notices speak of. Nobody's name is kept in what another person was told."""
    values = [value for notice in notices for value in notice.params.values() if isinstance(value, dict)]
    ids = {value["user"] for value in values if "user" in value}
    named = User.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
    return {pk: " ".join(name.split()) for pk, name in named}  # a name begins no paragraph of a mail


def _spoken(value, names: dict[int, str]) -> str:
    if isinstance(value, dict) and "user" in value:
        return names.get(value["user"]) or _("a former member")
    if isinstance(value, dict) and "words" in value:
        return _(value["words"])
    if isinstance(value, dict) and "moment" in value:
        return moment_words(parse_datetime(value["moment"]), timezone.get_current_timezone_name())
    if isinstance(value, dict) and "at" in value:
        return date_format(timezone.localtime(parse_datetime(value["at"])), "DATE_FORMAT")
    if isinstance(value, dict) and "on" in value:
        return date_format(parse_date(value["on"]), "DATE_FORMAT")
    return str(value)
