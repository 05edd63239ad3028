"""Readers report messages; several reports of one message are one case."""

from django.db import transaction

from forums import streams
from forums.deciding import institution_of_message, open_case_of
from forums.models import MessageReport, RoomMessage
from forums.reasons import ReportState
from forums.room_permissions import may_report
from forums.services.floods import refuse_many_room_reports
from review import events
from review import services as review
from review.models import Case

KIND = "forums.room_report"


@transaction.atomic
def report_message(message: RoomMessage, *, by, reason: str, text: str = "") -> MessageReport:
    """Tell the moderators of a message that should not stand; whoever comes second joins the case that is open."""
    may_report(by, message).or_refuse()
    refuse_many_room_reports(by)
    events.hold(f"room-reports:{message.pk}")  # two who report at once open one case
    case = _joined(message)
    now = RoomMessage.objects.select_related("room__forum", "author").get(pk=message.pk)
    may_report(by, now).or_refuse()  # it may have been decided while this waited
    case = case or _opened(now, by)
    return MessageReport.objects.create(
        message=now, by=by, case=case, reason=reason, text=text.strip(), message_version=now.version
    )


def _joined(message: RoomMessage) -> Case | None:
    """The open case of the message: whoever has its page open is told of one report more before they decide."""
    case = open_case_of(KIND, streams.of_message(message.pk))
    if case is None:
        return None
    case = review.lock(case)
    if not case.is_open:
        return None
    review.touch(case)
    return case


def _opened(message: RoomMessage, by) -> Case:
    room, institution = message.room, institution_of_message(message, by)
    country = (institution.country_id if institution else "") or ""
    return review.open_case(
        KIND, by=by, stream=streams.of_message(message.pk), title=room.title, language=room.language, country=country,
        institution=institution,
    )  # fmt: skip


def settle_reports(case: Case, state: str) -> None:
    """Every report of a decided case stands as it was decided."""
    case.room_reports.filter(state=ReportState.OPEN).update(state=state)
