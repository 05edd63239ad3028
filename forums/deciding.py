"""Which institution stands on a case of the forums, so that nobody decides on their own colleagues."""

from forums.moderation_permissions import DECIDING
from network.constituency import speaks_through
from network.models import Institution, Membership, User
from review.models import Case


def institution_of(post, *others) -> Institution | None:
    """The author's institution; none where everybody who could decide belongs to it: then only the people themselves stand back.

    `others` are people who may not decide anyway.
    """
    return _that_stands_back(post.institution, [*others, post.author])


def institution_of_message(message, *others) -> Institution | None:
    """The same of a message in a room, which is said in nobody's name: the first institution of whoever wrote it."""
    author = message.author
    own = next((row.institution for row in speaks_through(author)), None) if author else None
    return _that_stands_back(own, [*others, author])


def _that_stands_back(institution: Institution | None, concerned: list) -> Institution | None:
    if institution is None:
        return None
    inside = Membership.objects.current().filter(institution=institution).values("user")
    apart = [person.pk for person in concerned if person]
    outside = User.objects.holding(*DECIDING).exclude(pk__in=inside).exclude(pk__in=apart)
    return institution if outside.exists() else None


def open_case_of(kind: str, stream: str) -> Case | None:
    """The case of a post or a message that has no decision yet, if there is one."""
    return Case.objects.open().filter(kind=kind, stream=stream).order_by("pk").last()
