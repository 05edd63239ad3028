"""The forums on My desk: replies to what one began, proposals that wait for one's position, live rooms at hand; and one's own
posts that wait for a moderator."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from forums import telling
from forums.choices import PostState, TopicState
from forums.consensus_permissions import may_take_position
from forums.models import Forum, Position, Post, Proposal, Reading, Room, Topic, Watch
from forums.room_permissions import moment

MOST = 10
SOON = timedelta(days=7)  # before a room opens that one does not host


def answers(user) -> list[DeskItem]:
    """Topics that the person began, with replies of others beyond what they have read."""
    read = Reading.objects.filter(user=user, topic=OuterRef("pk")).values("place")[:1]
    fresh = Post.objects.filter(topic=OuterRef("pk"), place__gt=OuterRef("read_to")).published().exclude(author=user)
    rows = Topic.objects.visible_to(user).filter(author=user, state=TopicState.PUBLISHED, last_place__gt=1)
    rows = rows.annotate(read_to=Coalesce(Subquery(read), 1)).filter(Exists(fresh)).select_related("forum")
    first = fresh.order_by("place").values("place")[:1]
    number = fresh.order_by().values("topic").annotate(number=Count("pk")).values("number")
    rows = rows.annotate(first=Subquery(first), fresh=Subquery(number)).order_by("-last_post_at")
    return [_answer(topic) for topic in rows[:MOST]]


def _answer(topic: Topic) -> DeskItem:
    words = ngettext("%(number)d new post", "%(number)d new posts", topic.fresh) % {"number": topic.fresh}
    since = date_format(timezone.localtime(topic.last_post_at), "DATE_FORMAT")
    return DeskItem(
        title=topic.title,
        sentence=_("%(forum)s. The last post is of %(date)s.") % {"forum": topic.forum.name, "date": since},
        url=reverse("forums:post", args=[topic.forum.slug, topic.slug, topic.first]),
        icon="people", action=_("Read the replies"), tag=words, tone="on", language=topic.language,
    )  # fmt: skip


def held(user) -> list[DeskItem]:
    """The person's posts that wait for a moderator, the oldest first."""
    rows = Post.objects.visible_to(user).filter(author=user, state=PostState.HELD)
    return [_held(post) for post in rows.select_related("topic__forum").order_by("created_at", "pk")[:MOST]]


def _held(post: Post) -> DeskItem:
    since = date_format(timezone.localtime(post.created_at), "DATE_FORMAT")
    return DeskItem(
        title=post.topic.title,
        sentence=_("%(forum)s. You wrote it on %(date)s; a moderator reads first posts before everybody does.")
        % {"forum": post.topic.forum.name, "date": since},
        url=reverse("forums:my_post", args=[post.pk]),
        icon="wait", action=_("See your post"), tag=str(post.get_state_display()), tone="warn", language=post.topic.language,
    )  # fmt: skip


def positions(user) -> list[DeskItem]:
    """Proposals under way on which a member of the network may take a position and has not."""
    if not user.is_network_member:
        return []
    own = Position.objects.filter(proposal=OuterRef("pk"), user=user)
    written = Forum.objects.visible_to(user).written_by(user)
    rows = Proposal.objects.visible_to(user).open().filter(~Exists(own), topic__state=TopicState.PUBLISHED)
    rows = rows.filter(topic__forum__in=written).select_related("topic__forum").order_by("closes_at")[: MOST * 2]
    return [_position(row) for row in rows if may_take_position(user, row)][:MOST]


def _position(row: Proposal) -> DeskItem:
    return DeskItem(
        title=_("Take a position: %(title)s") % {"title": row.topic.title},
        sentence=_("%(forum)s. Positions are taken until %(closes)s.")
        % {"forum": row.topic.forum.name, "closes": telling.spoken(row)},
        url=reverse("forums:proposal", args=[row.topic.forum.slug, row.topic.slug]),
        icon="question", action=_("Read the proposal"), tag=_("Proposal"), tone="warn",
    )  # fmt: skip


def rooms(user) -> list[DeskItem]:
    """Live rooms open or to come where the person is host, and those of forums they watch, open or within a week."""
    now = timezone.now()
    hosted = Exists(Room.hosts.through.objects.filter(room=OuterRef("pk"), user=user))
    watched = Exists(Watch.objects.filter(forum=OuterRef("forum"), topic=None, user=user))
    rows = Room.objects.visible_to(user).taking_place().filter(closes_at__gt=now, forum__archived_at=None)
    rows = rows.annotate(hosted=hosted)
    mine = Q(hosted=True) if user.is_network_member else Q(pk__in=[])  # whoever left the network hosts no more
    rows = rows.filter(mine | (Q(opens_at__lte=now + SOON) & watched)).select_related("forum")
    return [_room(room, user) for room in rows.order_by("opens_at", "pk")[:MOST]]


def _room(room: Room, user) -> DeskItem:
    places = {"forum": room.forum.name, "opens": moment(room.opens_at, room), "closes": moment(room.closes_at, room)}
    words = _("%(forum)s. It is open until %(closes)s.") if room.is_open else _("%(forum)s. It opens on %(opens)s.")
    hosts = room.hosted and user.is_network_member
    host_words = _("You are its host.") if hosts else ""
    return DeskItem(
        title=room.title,
        sentence=f"{words % places} {host_words}".strip(),
        url=room.get_absolute_url(), icon="people", action=_("Open the room"), tag=str(room.state.label),
        tone="ok" if room.is_open else "on", language=room.language,
    )  # fmt: skip


register_panel(DeskPanel("forums.rooms", 29, "mine", rooms))
register_panel(DeskPanel("forums.positions", 30, "mine", positions))
register_panel(DeskPanel("forums.answers", 31, "mine", answers))
register_panel(DeskPanel("forums.held", 31, "others", held))
