"""Hide a post and show it again; change somebody else's words."""

from django.db import transaction

from forums import moderation_notices as notices
from forums import streams
from forums.choices import PostState, TopicState
from forums.deciding import open_case_of
from forums.models import Act, Post
from forums.models.moderation import REASON_LIMIT
from forums.moderation_permissions import may_touch_post
from forums.permissions import may_moderate
from forums.reasons import Deed
from forums.services.moderating.keeping import COUNTED, note, reason_of, recount, renew
from forums.services.moving import lock_post, move_post, move_topic
from forums.services.publishing import count_in_forum
from forums.services.reporting import KIND as REPORT
from forums.services.writing import edit_post
from review import services as review
from review.permissions import may_act_on_open


@transaction.atomic
def hide_post(post: Post, *, by, reason: str) -> None:
    """Take a published post out of sight; its author is told why. Whoever may decide on its open reports upholds them with it."""
    may_touch_post(by, post).or_refuse()
    reason = reason_of(reason)
    case = open_case_of(REPORT, streams.of_post(post.pk))
    if case is not None and may_act_on_open(by, case):
        review.approve(case, by=by, letter=reason)  # hides it, and tells those who reported it too
    else:
        put_away(post, by=by, reason=reason)


def put_away(post: Post, *, by, reason: str, case=None) -> Act:
    """Hide without asking who may: the caller has. A topic of which nothing is left to read goes with it."""
    post = lock_post(post)
    move_post(post, "hide")
    _save(post)
    topic, shown = post.topic, post.topic.state == TopicState.PUBLISHED
    recount(topic)
    goes = shown and not topic.post_count
    if goes:
        move_topic(topic, "hide")
    topic.save(update_fields=["state", *COUNTED])
    if shown:
        count_in_forum(topic, topics=-int(goes), posts=-1)
    act = note(Deed.HIDE, by=by, topic=topic, post=post, reason=reason[:REASON_LIMIT], case=case)
    notices.tell_author("hidden", act, post=post)
    renew(topic)
    return act


@transaction.atomic
def show_post(post: Post, *, by, reason: str) -> None:
    """Show a hidden post again; with it the topic that went because nothing was left of it."""
    may_touch_post(by, post).or_refuse()
    reason = reason_of(reason)
    post = lock_post(post)
    move_post(post, "show")
    _save(post)
    topic = post.topic
    comes = topic.state == TopicState.HIDDEN and not topic.post_count
    recount(topic)
    if comes:
        move_topic(topic, "show")
    topic.save(update_fields=["state", *COUNTED])
    if topic.state == TopicState.PUBLISHED:
        count_in_forum(topic, topics=int(comes), posts=1)
    act = note(Deed.SHOW, by=by, topic=topic, post=post, reason=reason)
    notices.tell_author("shown", act, post=post)
    renew(topic)


@transaction.atomic
def edit_as_moderator(
    post: Post, *, by, text: str, version: int, reason: str, title: str = "", language: str = ""
) -> Post:
    """Change somebody else's words, with a reason that the author reads; the history keeps what was said before."""
    may_moderate(by, post.topic.forum).or_refuse()
    reason = reason_of(reason)
    post = edit_post(post, by=by, text=text, version=version, reason=reason[:300], title=title, language=language)
    if post.author_id != by.pk:
        act = note(Deed.EDIT, by=by, topic=post.topic, post=post, reason=reason, version=post.version)
        notices.tell_author("edited", act, post=post)
    if post.state == PostState.PUBLISHED:
        renew(post.topic)
    return post


def _save(post: Post) -> None:
    post.version += 1
    post.save(update_fields=["state", "version"])
