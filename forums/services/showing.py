"""A topic in the catalogue: shown to everybody while it is published in a public forum, and gone the moment it is not."""

from django.db import transaction

from catalogue import services as catalogue
from catalogue.models import Entry
from forums.choices import Access, TopicState
from forums.entries import KEY
from forums.models import Forum, Topic


@transaction.atomic
def refresh(topic: Topic) -> None:
    """Show the topic as it is now. Hidden, held, or in a forum that not everybody reads: no trace. Joined with another: leads there.

    Called by whatever changes a topic's title, words, state, forum or accepted answer, in its transaction.
    """
    now = Topic.objects.select_related("forum").get(pk=topic.pk)
    if now.state == TopicState.PUBLISHED and now.forum.access == Access.PUBLIC:
        catalogue.publish(KEY, now.pk)
    elif now.state == TopicState.MERGED and now.merged_into_id and _is_shown(now.merged_into_id):
        catalogue.depart(KEY, now.pk, merged_into=f"F-{now.merged_into_id:06d}")
    elif _is_shown(now.pk):
        catalogue.withdraw(KEY, now.pk)


def _is_shown(pk: int) -> bool:
    return Entry.objects.filter(kind=KEY, object_id=pk).exists()


@transaction.atomic
def refresh_forum(forum: Forum) -> None:
    """The same for every topic of a forum whose readers or name changed."""
    catalogue.publish_many(KEY, list(Topic.objects.filter(forum=forum).order_by("pk").values_list("pk", flat=True)))
