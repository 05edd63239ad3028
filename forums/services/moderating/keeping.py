"""What every act of moderation does beside its own: the record, the reason, the counters, what the catalogue shows."""

from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import NotAllowed, PortalError
from forums import streams
from forums.choices import Access, PostState, TopicState
from forums.models import Act, Post, Room, Topic
from forums.models.moderation import REASON_LIMIT
from forums.reasons import Deed
from forums.services import showing
from review import events


class Unsaid(PortalError):
    """A reason is missing or too long: the page keeps what was typed."""

    status = 422


class NotConfirmed(PortalError):
    """Other people would read what was written for fewer: whoever does it says that they mean it."""

    status = 422


def reason_of(text: str) -> str:
    """The reason as it is kept; Unsaid without one."""
    text = text.strip()
    if not text:
        raise Unsaid(_("Write the reason: the author reads it."))
    if len(text) > REASON_LIMIT:
        raise Unsaid(_("The reason may have up to %(most)d characters.") % {"most": REASON_LIMIT})
    return text


def note(deed: str, *, by, topic: Topic, post: Post | None = None, reason: str = "", case=None, **data) -> Act:
    """Write the act: its line of the record of events, and its reason."""
    stream = streams.of_post(post.pk) if post is not None else topic.stream
    about = {"topic": topic.pk} if post is not None else {}
    events.record(stream, deed, by=by, case=case, **about, **data)
    return Act.objects.create(topic=topic, post=post, deed=Deed(deed), reason=reason, data=data, by=by)


def widens(old, new) -> bool:
    """Whether other people read in the second forum than in the first, which not everybody reads."""
    if old.pk == new.pk or old.access == Access.PUBLIC:
        return False
    return not old.access == new.access == Access.MEMBERS


def holds_words(forum) -> bool:
    """Whether anything was written in a forum: topics, whatever their state, or live rooms with their transcripts."""
    return Topic.objects.filter(forum=forum).exists() or Room.objects.filter(forum=forum).exists()


def confirm_width(old, new, confirmed: bool) -> None:
    """Refuse to show words to other people than they were written for, unless it is meant."""
    if widens(old, new) and not confirmed:
        raise NotConfirmed(
            _("Other people read in that forum than in this one. Tick the confirmation if they may read these words.")
        )


def recount(topic: Topic) -> None:
    """Posts and last day of a locked topic, counted anew; the caller saves COUNTED."""
    published = Post.objects.filter(topic=topic, state=PostState.PUBLISHED)
    topic.post_count = published.count()
    topic.last_post_at = published.aggregate(last=Max("published_at"))["last"] or topic.last_post_at
    if topic.accepted_id and not published.filter(pk=topic.accepted_id).exists():
        topic.accepted = None


COUNTED = ("post_count", "last_post_at", "accepted")


def renew(*topics: Topic) -> None:
    """What the catalogue shows of topics: nothing unless published in a public forum."""
    for topic in topics:
        showing.refresh(topic)


def needs_state(topic: Topic, *states: str) -> None:
    """Refuse what makes no sense for a topic as it stands now."""
    if topic.state not in (states or (TopicState.PUBLISHED,)):
        raise NotAllowed(_("This cannot be done to the topic as it stands now."))
