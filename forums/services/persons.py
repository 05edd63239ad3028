"""What the forums hold of a person: a copy for them, and what goes when they are erased."""

from files.services import forget_unlinked
from forums.models import (
    Digest,
    Draft,
    DraftFile,
    ForumMember,
    ForumReading,
    MessageReport,
    Position,
    Post,
    PostEdit,
    Reading,
    Report,
    Topic,
    Useful,
    Watch,
)
from network.models import User

OWN = (Draft, Watch, Reading, ForumReading, Digest, ForumMember)  # of nobody else's concern: they go with the person


def held_of(user: User) -> dict:
    """What the person said and wants to know, as plain data."""
    watched = Watch.objects.filter(user=user).values(
        "forum__slug", "topic__slug", "topic__forum__slug", "pace", "since"
    )
    return {
        "topics": list(Topic.objects.filter(author=user).values("forum__slug", "slug", "title", "state", "created_at")),
        "posts": list(Post.objects.filter(author=user).values("topic__title", "place", "text", "state", "created_at")),
        "edits": list(PostEdit.objects.filter(by=user).values("post", "reason", "at")),
        "positions": list(
            Position.objects.filter(user=user).values(
                "proposal__topic__title", "institution__name", "stance", "text", "taken_at", "changed_at"
            )
        ),
        "reports": list(
            Report.objects.filter(by=user).values("post__topic__title", "reason", "text", "state", "created_at")
        ),
        "room_reports": list(
            MessageReport.objects.filter(by=user).values(
                "message__room__title", "reason", "text", "state", "created_at"
            )
        ),
        "drafts": list(Draft.objects.filter(user=user).values("forum__slug", "title", "text", "saved_at")),
        "watches": list(watched),
        "found_useful": list(Useful.objects.filter(user=user).values_list("post", flat=True)),
    }


def forget_person(user: User) -> None:
    """What was said stays with the conversation, under no name; what was only theirs goes. Safe to repeat."""
    stored = list(DraftFile.objects.filter(draft__user=user).values_list("file", flat=True))
    for model in OWN:
        model.objects.filter(user=user).delete()
    forget_unlinked(stored)
    for reports in (Report, MessageReport):
        reports.objects.filter(by=user).update(by=None, text="")
