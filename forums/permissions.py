"""Who may do what in the forums. Who may see what is said by the querysets' visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from forums.choices import Access, ForumRole, PostState, TopicState
from forums.models import Post
from forums.models.places import MODERATING
from network.constituency import Constituency, of_person


def may_see(user, forum) -> bool:
    """The same rule as ForumQuerySet.visible_to, for a forum that is at hand."""
    if forum.access == Access.PUBLIC:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if user.holds(*MODERATING) or (forum.access == Access.MEMBERS and user.is_network_member):
        return True
    return bool(forum.role_of(user))


def may_see_topic(user, topic) -> bool:
    """The same rule as TopicQuerySet.visible_to, for a topic that is at hand with its forum."""
    if not may_see(user, topic.forum):
        return False
    if topic.state == TopicState.PUBLISHED:
        return True
    own = topic.author_id == user.pk and topic.state in (TopicState.HELD, TopicState.HIDDEN)
    return user.is_authenticated and (own or bool(may_moderate(user, topic.forum)))


def may_moderate(user, forum) -> Decision:
    """Moderators and network administrators everywhere, organisers in their own forum."""
    signed_in = user.is_authenticated and user.is_active
    if signed_in and (user.holds(*MODERATING) or forum.role_of(user) == ForumRole.ORGANISER):
        return YES
    return no(_("Only moderators and the organisers of this forum do that."))


def may_manage_members(user, forum) -> Decision:
    """Whoever moderates a forum by invitation says who belongs to it."""
    if forum.access != Access.INVITATION:
        return no(_("This forum is not by invitation: whoever reads it belongs to it."))
    return may_moderate(user, forum)


def may_write(user, forum) -> Decision:
    """Whoever reads a forum writes in it, unless it is archived or kept for some constituencies."""
    if forum.archived_at:
        return no(_("This forum is archived: it is kept to be read, and nobody writes in it."))
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to write in this forum."))
    if not may_see(user, forum):
        return no(_("You do not belong to this forum."))
    if not forum.constituencies or of_person(user) & set(forum.constituencies) or may_moderate(user, forum):
        return YES
    names = ", ".join(str(Constituency(code).label) for code in forum.constituencies)
    return no(
        _("Everybody who reads this forum may follow it; those who write in it are: %(names)s.") % {"names": names}
    )


def may_publish_at_once(user, forum) -> Decision:
    """Whoever writes in a forum publishes what no moderator reads first; not newcomers, of whom nothing is published yet."""
    decision = may_write(user, forum)
    if not decision or user.is_network_member or forum.role_of(user):
        return decision
    if Post.objects.filter(author=user, state=PostState.PUBLISHED).exists():
        return YES
    return no(
        _(
            "A moderator reads the first post of everybody who is new. Once one of yours is published, you may do this too."
        )
    )


def may_reply(user, topic) -> Decision:
    """Whoever writes in the forum replies to a published topic that is not locked."""
    decision = may_write(user, topic.forum)
    if not decision:
        return decision
    if topic.state != TopicState.PUBLISHED:
        return no(_("This topic takes no replies: it is not published."))
    if topic.locked_at and not may_moderate(user, topic.forum):
        return no(_("This topic is locked: it can be read, and takes no more replies."))
    return YES


def may_edit(user, post) -> Decision:
    """Authors change their own words while the topic takes replies; who moderates gives a reason."""
    if post.state not in (PostState.PUBLISHED, PostState.HELD) or post.place is None:
        return no(_("This post cannot be changed as it stands now."))
    if not user.is_authenticated:
        return no(_("Sign in to change what you wrote."))
    if may_moderate(user, post.topic.forum):
        return YES
    if post.author_id is None or post.author_id != user.pk:
        return no(_("Only its author and moderators change a post."))
    if post.topic.locked_at:
        return no(_("This topic is locked: what was said in it stays as it is."))
    return may_write(user, post.topic.forum)


def may_remove(user, post) -> Decision:
    """Authors take back what they wrote; moderators hide instead, with a reason."""
    if not user.is_authenticated or post.author_id is None or post.author_id != user.pk:
        return no(_("Only its author removes a post. Moderators hide it, and say why."))
    if post.state not in (PostState.PUBLISHED, PostState.HELD):
        return no(_("This post cannot be removed as it stands now."))
    if post.is_first and post.topic.last_place > 1:
        return no(_("The first post of a topic with replies stays. Ask a moderator if it must go."))
    return YES


def may_thank(user, post) -> Decision:
    """Whoever is signed in and reads a post finds it useful, except its author."""
    if not user.is_authenticated:
        return no(_("Sign in to say that a post was useful."))
    if post.state != PostState.PUBLISHED or post.topic.state != TopicState.PUBLISHED:
        return no(_("This post is not published."))
    if post.topic.forum.archived_at:
        return no(_("This forum is archived: it is kept to be read, and nobody writes in it."))
    if post.author_id == user.pk:
        return no(_("You wrote this post: others say whether it is useful."))
    return YES


def may_accept(user, topic) -> Decision:
    """Whoever asked says which reply answers; so do those who moderate the forum."""
    if topic.state != TopicState.PUBLISHED:
        return no(_("This topic is not published."))
    if topic.forum.archived_at:
        return no(_("This forum is archived: it is kept to be read, and nobody writes in it."))
    if user.is_authenticated and (topic.author_id == user.pk or may_moderate(user, topic.forum)):
        return YES
    return no(_("Only whoever asked, or a moderator, says which reply answers."))
