"""Who wants to know of a forum or a topic, and how soon."""

from core.errors import NotAllowed
from forums.choices import Pace
from forums.models import Forum, Topic, Watch
from forums.permissions import may_see
from forums.services.stopping import set_pace


def watch(thing: Forum | Topic, *, by, pace: str = Pace.AT_ONCE) -> Watch:
    """Want to know of a forum or a topic that one reads; a second time changes the pace."""
    forum = thing if isinstance(thing, Forum) else thing.forum
    if not may_see(by, forum):
        raise NotAllowed
    own = {"topic": thing} if isinstance(thing, Topic) else {"forum": thing}
    row, new = Watch.objects.get_or_create(user=by, **own, defaults={"pace": pace})
    if not new:
        set_pace(row, pace, by=by)
        row.pace = pace
    return row


def unwatch(thing: Forum | Topic, *, by) -> None:
    """No more."""
    own = {"topic": thing} if isinstance(thing, Topic) else {"forum": thing}
    Watch.objects.filter(user=by, **own).delete()
