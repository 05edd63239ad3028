"""What live rooms tell: the author of a message why it was hidden.

Notices hold ids alone: title and reason are read when a notice is shown or sent, if its reader may see the room then.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from forums.models import Room, RoomMessage
from forums.moderation_notices import sentence
from network.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from notifications.services import tell

OPEN = _("Open the room")


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
        "path": f"{message.room.get_absolute_url()}?at={message.seq}#m-{message.seq}",
    }


KINDS = (
    NoticeKind(
        "forums.message_hidden",
        _("Your message in “%(title)s” was hidden"),
        _("A host or a moderator hid a message of yours in the live room “%(title)s” of the forum “%(forum)s”. %(why)s"),
        OPEN, _("You receive this because you wrote the message."), reads=messages_of,
    ),
)  # fmt: skip

kinds.register(*KINDS)


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
