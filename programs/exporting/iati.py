"""Development cooperation in the words of the International Aid Transparency Initiative, version 2.03."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from catalogue.exporting.formats import Download
from core.xml import XmlStream
from programs.exporting.activity import Activity
from programs.exporting.columns import Item
from taxonomy.models import ProjectType, Theme

VERSION = "2.03"
REGISTERED = "XM-DAC-47079"  # the OAS in the list of the OECD's Development Assistance Committee
PREVIEW = "preview, not a publication of the OAS"
NOTHING = "none of the records asked for is a project of development cooperation: there is no activity"


@dataclass(frozen=True)
class Reporter:
    """Who publishes, as the settings say."""

    ref: str
    type: str
    name: str
    is_preview: bool

    @classmethod
    def of_settings(cls) -> "Reporter":
        given = settings.IATI_REPORTING_ORG
        return cls(
            given or REGISTERED,
            settings.IATI_REPORTING_ORG_TYPE,
            settings.IATI_REPORTING_ORG_NAME,
            is_preview=not given,
        )


class Iati(Download):
    """Only records whose type is development cooperation: IATI describes its flows.

    An activity needs a date; a record without one is left out, and a comment in the document says so.
    """

    content_type = "application/xml; charset=utf-8"

    def items(self) -> Iterator[Item]:
        cooperation = ProjectType.objects.filter(is_cooperation=True).values_list("number", flat=True)
        return self.book.items(self.filterset.qs.filter(type__in=list(cooperation)))

    def content(self) -> Iterator[bytes]:
        xml, reporter, themes = XmlStream(), Reporter.of_settings(), Theme.objects.in_bulk()
        made, is_empty = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), True
        with xml.inside("iati-activities", {"version": VERSION, "generated-datetime": made}):
            if reporter.is_preview:
                xml.comment(PREVIEW)
            yield xml.take()
            for item in self.items():
                text = item.text
                if not (text.start_year or text.end_year):
                    xml.comment(f"{item.project.permanent_id} is left out: no date of it is known")
                else:
                    Activity(xml, item, reporter, themes).write()
                    is_empty = False
                yield xml.take()
            if is_empty:
                xml.comment(NOTHING)
        yield xml.take() + b"\n"
