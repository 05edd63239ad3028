"""What of a meeting the catalogue shows and searches: what everybody finds in the calendar. Never how one joins."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from core.dates import parse
from meetings.choices import MeetingState
from meetings.models import Meeting
from meetings.parts import lines

KEY = "meetings"


class MeetingEntries(EntryKind):
    """Meetings of the public calendar."""

    key, prefix, number = KEY, "M", 7
    label = pgettext_lazy("calendar", "Meetings")
    one = pgettext_lazy("calendar", "Meeting")
    catalogue = _("The calendar")
    about = _("Videoconferences, webinars, workshops and conferences of the network, past and to come.")
    url_name = "meetings:meeting"
    list_name = "meetings:list"
    titles = {"years": pgettext_lazy("of meetings", "Year")}
    left_out = ("status",)
    orders = {
        "recent": _("Newest in the calendar first"),
        "title": pgettext_lazy("sort order", "Title"),
        "start": _("Latest year first"),
    }
    confirms = False
    of_work = False
    retired = _("This meeting was called off on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = listed().filter(pk__in=list(ids))
        return [entry_of(meeting) for meeting in found.select_related("institution").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def ids(self) -> Iterator[int]:
        return listed().order_by("pk").values_list("pk", flat=True).iterator(2000)


def listed():
    """Those that the search finds: public, and not called off."""
    return Meeting.objects.public().filter(state=MeetingState.ANNOUNCED)


def entry_of(meeting: Meeting) -> EntryData:
    """The entry of a public meeting."""
    spoken_at = [f"{line.title} {line.speaker}".strip() for line in lines(meeting, "agenda")]
    speakers = [f"{one.name} {one.role}".strip() for one in lines(meeting, "speakers")]
    institution = meeting.institution
    return EntryData(
        object_id=meeting.pk,
        slug=meeting.slug,
        title=meeting.title,
        summary=summary(meeting.about),
        language=meeting.language,
        institution_id=institution.pk if institution else None,
        institution_name=institution.name if institution else "",
        institution_names=(institution.name, institution.name_en, institution.short_name) if institution else (),
        is_demo=meeting.is_demo,
        countries=(meeting.country_id,) if meeting.country_id else (),
        themes=tuple(meeting.themes),
        start_year=parse(meeting.starts)[0],
        end_year=parse(meeting.ends)[0],
        begins_on=meeting.first_day,
        ends_on=meeting.last_day,
        starts=meeting.starts,
        ends=meeting.ends,
        published_at=meeting.announced_at or meeting.created_at,
        updated_at=meeting.changed_at,
        main_texts=(meeting.about,),
        texts=(meeting.place, *spoken_at, *speakers),
    )
