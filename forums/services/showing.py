"""Topics and live rooms in the catalogue: shown to everybody while they are public, and gone the moment they are not."""

from django.db import transaction

from catalogue import services as catalogue
from catalogue.models import Entry
from forums.choices import Access, TopicState
from forums.entries import KEY
from forums.models import Forum, Room, Topic
from forums.room_entries import KEY as ROOMS


@transaction.atomic
def refresh(topic: Topic) -> None:
    """Show the topic as it is now. Hidden, held, or in a forum that not everybody reads: no trace. Joined with another: leads there.

    Called by whatever changes a topic's title, words, state, forum or accepted answer, in its transaction.
    """
    now = Topic.objects.select_related("forum").get(pk=topic.pk)
    if now.state == TopicState.PUBLISHED and now.forum.access == Access.PUBLIC:
        catalogue.publish(KEY, now.pk)
    elif now.state == TopicState.MERGED and now.merged_into_id and _is_shown(KEY, now.merged_into_id):
        catalogue.depart(KEY, now.pk, merged_into=f"F-{now.merged_into_id:06d}")
    elif _is_shown(KEY, now.pk):
        catalogue.withdraw(KEY, now.pk)


@transaction.atomic
def refresh_room(room: Room) -> None:
    """Show the live room as it is now; in a forum that not everybody reads: no trace.

    Called by whatever announces a room, changes what is announced, or sums it up, in its transaction. The clock changes nothing.
    """
    if Room.objects.public().filter(pk=room.pk).exists():
        catalogue.publish(ROOMS, room.pk)
    elif _is_shown(ROOMS, room.pk):
        catalogue.withdraw(ROOMS, room.pk)


def _is_shown(key: str, pk: int) -> bool:
    return Entry.objects.filter(kind=key, object_id=pk).exists()


@transaction.atomic
def refresh_forum(forum: Forum) -> None:
    """The same for every topic and live room of a forum whose readers or name changed."""
    for key, model in ((KEY, Topic), (ROOMS, Room)):
        ids = model.objects.filter(forum=forum).order_by("pk").values_list("pk", flat=True)
        catalogue.publish_many(key, list(ids))
