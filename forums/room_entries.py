"""What of a live room the catalogue shows and searches: what is announced, and the closing summary. Never what was said in it:
a message may be hidden at any moment, and is read in the room and its transcript alone."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from core.languages import speaking
from forums.models import Room
from forums.telling import hours_of

KEY = "rooms"


class RoomEntries(EntryKind):
    """Live rooms that everybody may read."""

    key, prefix, number = KEY, "R", 8
    label = _("Live rooms")
    one = _("Live room")
    catalogue = _("Live rooms")
    about = _(
        "Expert hours and conversations beside meetings: everybody writes at the same time, and what was said stays as a transcript."
    )
    url_name = "forums:room"
    list_name = "home:search"
    left_out = ("status",)
    confirms = False
    of_work = False
    lends_words = False  # its forum may close: no word of it is proposed to anybody
    retired = _("This live room was taken out of the forums on %(day)s.")

    def list_url(self, query: Iterable[tuple[str, str]] = ()) -> str:
        return super().list_url([*query, ("kind", KEY)])

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = Room.objects.public().filter(pk__in=list(ids))
        return [entry_of(room) for room in found.select_related("forum").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def ids(self) -> Iterator[int]:
        return Room.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(room: Room) -> EntryData:
    """The entry of a public room, which comes with its forum. Its days are those of its own zone."""
    forum = room.forum
    first, last = (moment.astimezone(room.timezone).date() for moment in (room.opens_at, room.closes_at))
    return EntryData(
        object_id=room.pk,
        slug=room.slug,
        title=room.title,
        summary=summary(announced(room, room.language)),
        language=room.language,
        institution_name=getattr(forum, f"name_{room.language}"),
        institution_names=tuple(dict.fromkeys((forum.name_en, forum.name_es, forum.name_pt, forum.name_fr))),
        is_demo=room.is_demo,
        start_year=first.year,
        end_year=last.year,
        begins_on=first,
        ends_on=last,
        starts=first.isoformat(),
        ends=last.isoformat(),
        published_at=room.created_at,
        updated_at=room.changed_at,
        confirmed_on=timezone.localdate(room.created_at),
        main_texts=(room.about, room.summary),
    )


def announced(room: Room, language: str) -> str:
    """The hours in this language, and whether it was called off; then what it is about in its own."""
    with speaking(language):
        off = f"{room.state.label}. " if room.called_off_at else ""
        return f"{off}{hours_of(room)}. {room.about}"
