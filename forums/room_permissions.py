"""Who may do what in a live room. Who may see one is RoomQuerySet.visible_to."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.permissions import YES, Decision, no
from core.zones import zone_words
from forums.choices_rooms import RoomState
from forums.models import MessageReport
from forums.moderation_permissions import SHOWN_BY
from forums.permissions import may_moderate, may_publish_at_once, may_see


def moment(when, room) -> str:
    """A moment written out in the room's own zone, which is named."""
    local = when.astimezone(room.timezone)
    return _("%(day)s, %(hour)s (%(zone)s)") % {
        "day": date_format(local, "DATE_FORMAT"), "hour": date_format(local, "TIME_FORMAT"), "zone": zone_words(room.zone, when),
    }  # fmt: skip


def may_post(user, room) -> Decision:
    """Whoever may write in the forum and is no newcomer, while the room is open."""
    if room.state == RoomState.CALLED_OFF:
        return no(_("This room was called off. The reason: %(reason)s") % {"reason": room.called_off_why})
    if room.state == RoomState.ANNOUNCED:
        return no(
            _("This room opens on %(moment)s. Until then nobody writes in it.")
            % {"moment": moment(room.opens_at, room)}
        )
    if room.state == RoomState.CLOSED:
        return no(
            _("This room closed on %(moment)s. It is read, and nobody writes in it.")
            % {"moment": moment(room.closes_at, room)}
        )
    if is_host(user, room) and not room.forum.archived_at:
        return YES  # also one of another constituency, whom the forum invited to answer
    return may_publish_at_once(user, room.forum)


def is_host(user, room) -> bool:
    """Whether the person is one of the room's hosts, still an active member of the network, and still reads the forum."""
    if not user.is_authenticated or not user.is_active or not user.is_network_member or not may_see(user, room.forum):
        return False
    return any(host.pk == user.pk for host in room.hosts.all())


def may_hide(user, room) -> Decision:
    """Hosts of the room and whoever moderates the forum."""
    if is_host(user, room) or may_moderate(user, room.forum):
        return YES
    return no(_("Only the hosts of this room and moderators hide messages."))


def may_show(user, message) -> Decision:
    """Whoever hid it; else who moderates. Nobody judges what a moderator said of their own words."""
    decision = may_hide(user, message.room)
    if not decision or message.hidden_by_id == user.pk:
        return decision
    if message.author_id != user.pk and may_moderate(user, message.room.forum):
        return YES
    return no(SHOWN_BY)


def may_report(user, message) -> Decision:
    """Whoever is signed in and reads a message, except its author; once, until somebody has hidden it and shown it again."""
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to report a message."))
    if message.is_hidden:
        return no(_("This message is hidden: there is nothing to report."))
    if message.author_id == user.pk:
        return no(_("You wrote this message. A host of the room can hide it for you."))
    if MessageReport.objects.filter(message=message, by=user, message_version__gte=message.version).exists():
        return no(_("You have reported this message already. A moderator looks at it, or has decided."))
    return YES


def may_host(user, room) -> Decision:
    """Who looks after a room: its hosts, and whoever moderates its forum."""
    if is_host(user, room) or may_moderate(user, room.forum):
        return YES
    return no(_("Only the hosts of this room and moderators change what it says of itself."))


def may_change(user, room) -> Decision:
    """They change what is announced, and write the closing summary, unless the room was called off."""
    decision = may_host(user, room)
    if decision and room.called_off_at:
        return no(_("This room was called off; this cannot be undone. Announce another one."))
    return decision


def may_call_off(user, room) -> Decision:
    """The same people, before it is over, and before anything was said in it."""
    decision = may_change(user, room)
    if not decision:
        return decision
    if room.state == RoomState.CLOSED:
        return no(_("This room has closed: there is nothing left to call off."))
    if room.last_seq:
        return no(_("Something was said in this room already. Change the hour at which it closes instead."))
    return YES


def sees_names(user) -> bool:
    """Members of the network see who is in a room; everybody else sees how many."""
    return user.is_authenticated and user.is_active and user.is_network_member
