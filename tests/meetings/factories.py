"""Meetings for the tests, made through the services where it matters."""

import itertools
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings import services
from meetings.models import Meeting, MeetingFile
from network.choices import InstitutionKind, Role
from review import services as review
from tests import factories

_numbers = itertools.count(1)


def moment(text: str, zone: str = "America/Bogota") -> datetime:
    """`2027-03-12 15:00` on the clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def staff(**fields):
    """A network administrator."""
    oas = factories.institution(None, InstitutionKind.INTERNATIONAL)
    return factories.person(roles=[(Role.ADMINISTRATOR, oas)], **fields)


VALUES = {
    "title": "Inspection of work at home", "language": "en", "about": "What three countries learned.", "kind": "webinar",
    "access": "public", "zone": "America/Bogota", "spoken": ["es"], "registration": "open", "provider": "portal",
}  # fmt: skip


def draft(by=None, institution=None, **values) -> Meeting:
    """A draft with all that an announcement needs, a week ahead."""
    begins = values.pop("starts_at", timezone.now().replace(microsecond=0) + timedelta(days=7))
    ends = values.pop("ends_at", begins + timedelta(hours=1))
    by = by or staff()
    values = {**VALUES, "title": f"Meeting {next(_numbers)}", **values}
    return services.call_meeting(institution, by=by, values={**values, "starts_at": begins, "ends_at": ends})


def meeting(by=None, institution=None, **values) -> Meeting:
    """An announced meeting, by staff."""
    by = by or staff()
    made = draft(by, institution, **values)
    return services.announce(made, by=by)


def past(by=None, **values) -> Meeting:
    """A meeting that is over."""
    return ended(meeting(by, **values))


def ended(made: Meeting) -> Meeting:
    """The same meeting, as if three days had gone by since it began."""
    begins = timezone.now() - timedelta(days=3)
    Meeting.objects.filter(pk=made.pk).update(
        starts_at=begins, ends_at=begins + timedelta(hours=1), starts=begins.date().isoformat(), ends=begins.date().isoformat(),
        first_day=begins.date(), last_day=begins.date(),
    )  # fmt: skip
    made.refresh_from_db()
    return made


def member(**fields):
    """Somebody of a ministry."""
    return factories.person(roles=[(Role.OFFICER, factories.institution("PE"))], **fields)


def announced_for(coordinator, institution) -> Meeting:
    """A coordinator's public meeting after the OAS said yes."""
    made = proposed(coordinator, institution)
    boss = staff()
    case = made.case
    review.claim(case, by=boss)
    case.refresh_from_db()
    review.approve(case, by=boss, version=case.version, letter="It is announced.")
    made.refresh_from_db()
    return made


def proposed(coordinator, institution, **values) -> Meeting:
    """A coordinator's public meeting that the OAS has."""
    return services.announce(draft(coordinator, institution, **values), by=coordinator)


def document(meeting, by, *, audience: str) -> MeetingFile:
    """A document beside a meeting."""
    upload = SimpleUploadedFile(f"plan-{audience}.txt", f"A plan for {audience}.".encode(), content_type="text/plain")
    return services.attach_file(meeting, upload, by=by, audience=audience)
