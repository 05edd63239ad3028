"""Who may report, and who may do what to the posts and topics of others. Who decides on cases is said by review.permissions."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from forums.choices import PostState, TopicState
from forums.models import Report
from forums.permissions import may_moderate
from network.choices import Role

SHOWN_BY = _("Whoever hid these words, or a moderator who did not write them, shows them again.")
DECIDING = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


def may_report(user, post) -> Decision:
    """Whoever is signed in and reads a post, except its author; once, until the post changes."""
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to report a post."))
    if post.state != PostState.PUBLISHED or post.topic.state != TopicState.PUBLISHED:
        return no(_("This post is not published any more: there is nothing to report."))
    if post.author_id == user.pk:
        return no(_("You wrote this post: change it or remove it yourself."))
    if Report.objects.filter(post=post, by=user, post_version__gte=post.version).exists():
        return no(_("You have reported this post already. A moderator looks at it, or has decided."))
    return YES


def may_touch_post(user, post) -> Decision:
    """Whoever moderates its forum; nobody judges their own words."""
    decision = may_moderate(user, post.topic.forum)
    if decision and post.author_id == user.pk:
        return no(_("You wrote this post: change it or remove it as its author."))
    return decision


def may_hide_words(user, position) -> Decision:
    """Whoever moderates the forum hides the words of a position, and shows them again if they are not their own."""
    decision = may_moderate(user, position.proposal.topic.forum)
    if decision and position.hidden_at and position.user_id == user.pk:
        return no(SHOWN_BY)
    return decision


def may_move_topic(user, topic, forum) -> Decision:
    """Whoever moderates both forums; into a forum that is archived nothing goes."""
    decision = may_moderate(user, topic.forum)
    if not decision:
        return decision
    if forum.archived_at:
        return no(_("That forum is archived: nothing new goes into it."))
    if not may_moderate(user, forum):
        return no(_("You do not moderate the forum to which the topic would go."))
    return YES


def may_keep_forums(user) -> Decision:
    """Network administrators open, change and close forums."""
    return YES if user.is_administrator else no(_("Only network administrators open, change and close forums."))
