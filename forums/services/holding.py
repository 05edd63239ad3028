"""Newcomers' first posts wait for a moderator, as cases of the one queue."""

from django.db import transaction

from forums import streams
from forums.choices import PostState
from forums.deciding import institution_of, open_case_of
from forums.models import Post
from forums.permissions import may_moderate
from forums.services.publishing import publish_post
from network.choices import STAFF_ROLES
from review import services as review
from review.models import Case

KIND = "forums.post"


def is_newcomer(user, forum) -> bool:
    """Somebody of whom nothing is published yet, and who looks after nothing here."""
    if user.holds(*STAFF_ROLES) or may_moderate(user, forum):
        return False
    return not Post.objects.filter(author=user, state=PostState.PUBLISHED).exists()


@transaction.atomic
def hold_if_new(post: Post, *, by) -> bool:
    """Publish at once what somebody known wrote; answers whether the post waits instead."""
    topic = post.topic
    if not is_newcomer(by, topic.forum):
        publish_post(post)
        return False
    institution = institution_of(post)
    country = (institution.country_id if institution else "") or ""
    review.open_case(
        KIND, by=by, stream=streams.of_post(post.pk), title=topic.title, language=topic.language, country=country,
        institution=institution, themes=topic.themes,
    )  # fmt: skip
    return True


def lock_case(post: Post) -> Case | None:
    """The open case of a post that waits, locked before the post is: whoever decides takes them in this order."""
    if post.state != PostState.HELD:
        return None
    case = open_case_of(KIND, streams.of_post(post.pk))
    return review.lock(case) if case else None


def tell_of_change(case: Case | None) -> None:
    """The words under review have changed: who has the page open is told before they decide."""
    if case is not None and case.is_open:
        review.touch(case)


def withdraw_hold(post: Post, *, by) -> None:
    """The author takes back what waits: nobody need decide on it."""
    case = lock_case(post)
    if case is not None and case.is_open:
        review.withdraw(case, by=by)
