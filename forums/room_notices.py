"""What live rooms tell: that one is announced, moved or called off, that one is its host; the author of a message why it was
hidden, and whoever reported one what came of it.

Notices hold ids alone: title, hours and reason are read when a notice is shown or sent, if its reader may see the room then.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from forums import telling
from forums.choices import Pace
from forums.choices_rooms import RoomState
from forums.models import MessageReport, Room, RoomMessage, Watch
from forums.moderation_notices import sentence
from forums.people import readers
from forums.room_permissions import moment
from network.models import Membership, User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Delivery, Notice
from notifications.services import tell
from review.models import Case

CONCERNED = _("You receive this because you are a host of the room or watch its forum.")
OPEN, SEE_REPORT = _("Open the room"), _("See your report")
WHY_REPORTED = _("You receive this because you reported the message.")


def rooms_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """The rooms that notices of one person speak of, as far as that person may see them at this moment.

    No mail leaves any more for what was called off meanwhile; in the portal the notice stands, and leads to the page that says so.
    """
    rooms = _rooms(notices)
    off = [pk for pk, room in rooms.items() if room.called_off_at]
    unsent = (
        set(Delivery.objects.filter(notice__in=off, sent_at=None).values_list("notice", flat=True)) if off else set()
    )
    return {pk: _of_room(room) for pk, room in rooms.items() if pk not in unsent}


def rooms_called_off(notices: Sequence[Notice]) -> dict[int, dict]:
    """The same of those that were called off."""
    return {pk: _of_room(room) for pk, room in _rooms(notices).items() if room.called_off_at}


def _rooms(notices: Sequence[Notice]) -> dict[int, Room]:
    wanted = {int(notice.params["room"]) for notice in notices}
    rows = Room.objects.visible_to(notices[0].recipient).filter(pk__in=wanted).select_related("forum", "created_by")
    found = {room.pk: room for room in rows}
    return {n.pk: found[int(n.params["room"])] for n in notices if int(n.params["room"]) in found}


def _of_room(room: Room) -> dict:
    by = room.created_by
    return {
        "who": by.name if by and not by.erased_at else _now("a former member"),
        "title": room.title,
        "forum": room.forum.name,
        "opens": moment(room.opens_at, room),
        "hours": telling.hours_of(room),
        "why": sentence(room.called_off_why),
        "path": room.get_absolute_url(),
    }


def messages_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """The messages that notices of one person speak of, while that person may see their rooms; of the words nothing is said."""
    wanted = {int(notice.params["message"]) for notice in notices}
    seen = Room.objects.visible_to(notices[0].recipient)
    rows = RoomMessage.objects.filter(pk__in=wanted, room__in=seen).select_related("room__forum")
    found = {message.pk: _of_message(message) for message in rows}
    return {n.pk: found[int(n.params["message"])] for n in notices if int(n.params["message"]) in found}


def _of_message(message: RoomMessage) -> dict:
    words = _now("The reason: %(reason)s") % {"reason": sentence(message.reason)}
    return {
        "title": message.room.title,
        "forum": message.room.forum.name,
        "why": words if message.is_hidden else _now("It is shown again since."),
        "path": message.get_absolute_url(),
    }


def reports_of(notices: Sequence[Notice]) -> dict[int, dict]:
    """What moderators decided of messages that somebody reported, while that person may see their rooms."""
    found = messages_of(notices)
    letters = dict(Case.objects.filter(pk__in={int(n.params["case"]) for n in notices}).values_list("pk", "letter"))
    said = {n.pk: sentence(letters.get(int(n.params["case"]), "")) for n in notices}
    return {n.pk: {**found[n.pk], "why": said[n.pk]} for n in notices if n.pk in found}


KINDS = (
    NoticeKind(
        "forums.room_announced",
        _("Live room announced: %(title)s"),
        _("%(who)s announced the live room “%(title)s” in the forum “%(forum)s”. It opens on %(opens)s."),
        OPEN, _("You receive this because you watch the forum."), reads=rooms_of, stop=telling.stop_of,
    ),
    NoticeKind(
        "forums.room_host",
        _("You are a host of the live room “%(title)s”"),
        _(
            "You were named as a host of the live room “%(title)s” in the forum “%(forum)s”. It opens on %(opens)s. "
            "Hosts answer, may hide messages and write the summary."
        ),
        OPEN, _("You receive this because you are a host of the room."), reads=rooms_of,
    ),
    NoticeKind(
        "forums.room_moved",
        _("New hours for the live room “%(title)s”"),
        _("The live room “%(title)s” in the forum “%(forum)s” has new hours: %(hours)s."),
        OPEN, CONCERNED, reads=rooms_of, stop=telling.stop_of_watch,
    ),
    NoticeKind(
        "forums.room_called_off",
        _("Live room called off: %(title)s"),
        _("The live room “%(title)s” in the forum “%(forum)s” will not take place. It was announced for %(hours)s. The reason: %(why)s"),
        OPEN, CONCERNED, reads=rooms_called_off, stop=telling.stop_of_watch,
    ),
    NoticeKind(
        "forums.message_hidden",
        _("Your message in “%(title)s” was hidden"),
        _("A host or a moderator hid a message of yours in the live room “%(title)s” of the forum “%(forum)s”. %(why)s"),
        OPEN, _("You receive this because you wrote the message."), reads=messages_of,
    ),
    NoticeKind(
        "forums.message_report_upheld",
        _("You reported a message in “%(title)s”: it is hidden now"),
        _("A moderator read your report of a message in the live room “%(title)s” and hid the message. The reason: %(why)s Thank you."),
        SEE_REPORT, WHY_REPORTED, reads=reports_of,
    ),
    NoticeKind(
        "forums.message_report_dismissed",
        _("You reported a message in “%(title)s”: it stays"),
        _("A moderator read your report of a message in the live room “%(title)s” and left the message as it is. The reason: %(why)s"),
        SEE_REPORT, WHY_REPORTED, reads=reports_of,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def room_announced(room: Room, *, by: User) -> None:
    """Owe their notices to the hosts who were named, and to those who watch the forum at once; each is told once."""
    if room.state == RoomState.CLOSED:
        return
    hosts = tell_hosts(room, by=by)
    _tell("forums.room_announced", room, but={by.pk, *hosts}, among=_watches(room))


def room_moved(room: Room, *, but: set[int]) -> None:
    """Tell those who wait for a room that it has other hours."""
    if room.state != RoomState.CLOSED:
        _tell("forums.room_moved", room, but=but, among=_hosts(room) | _watches(room), again=room.last_version)


def room_called_off(room: Room, *, by: User) -> None:
    """Tell those who wait for a room that it is not held."""
    _tell("forums.room_called_off", room, but={by.pk}, among=_hosts(room) | _watches(room))


def _hosts(room: Room) -> dict[int, int]:
    """{host: 0}; whoever left the network hosts no more."""
    current = Membership.objects.current().values("user")
    return dict.fromkeys(room.hosts.filter(pk__in=current).values_list("pk", flat=True), 0)


def _watches(room: Room) -> dict[int, int]:
    """{person: their watch} of those who watch the forum at once."""
    return dict(Watch.objects.filter(forum=room.forum, topic=None, pace=Pace.AT_ONCE).values_list("user", "pk"))


def _tell(kind: str, room: Room, *, but: set[int], among: dict[int, int], again: int = 0) -> None:
    """To those of these people who read the forum; `again` makes it new."""
    people = readers(room.forum).filter(pk__in=among.keys() - but)
    key = f"{kind}:{room.pk}:{again}" if again else f"{kind}:{room.pk}"
    tell(kind, people, key=key, room=room.pk, each={person: {"watch": watch} for person, watch in among.items()})


def tell_hosts(room: Room, *, by: User, but: Iterable[int] = ()) -> set[int]:
    """Tell the hosts of a room that they are; answers whom. Nobody is told of themselves, nor `but` those who knew."""
    named = _hosts(room).keys() - {by.pk, *but}
    people = list(readers(room.forum).filter(pk__in=named)) if room.state != RoomState.CLOSED else []
    tell("forums.room_host", people, key=f"forums.room_host:{room.pk}", room=room.pk)
    return {person.pk for person in people}


def message_hidden(message: RoomMessage, *, by: User) -> None:
    """Tell whoever wrote a message that it is hidden, and why; not those who hid it themselves."""
    author = message.author
    if author is None or author.pk == by.pk:
        return
    tell(
        "forums.message_hidden",
        [author],
        key=f"forums.message_hidden:{message.pk}:{message.version}",
        message=message.pk,
    )


def tell_reporters(step: str, case: Case) -> None:
    """What came of the reports: to each who reported, who stays unnamed to all others."""
    kind = "forums.message_report_upheld" if step == "approved" else "forums.message_report_dismissed"
    for report in MessageReport.objects.filter(case=case, by__isnull=False).select_related("by"):
        tell(
            kind, [report.by], key=f"{kind}:{report.pk}", url_name="forums:my_room_report", url_args=[report.pk],
            message=report.message_id, case=case.pk,
        )  # fmt: skip
