"""What moderators decide of live rooms in the one queue: a message that readers reported."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums import room_notices as notices
from forums import streams
from forums.models import MessageReport, RoomMessage
from forums.moderation_permissions import DECIDING
from forums.reasons import ReportState
from forums.services.rooms import moderating, reporting
from forums.templatetags.roomparts import said
from review.errors import Incomplete
from review.kinds import Against, CaseKind, ReviewField, register


class ReportedMessage(CaseKind):
    """A message of which readers say that it should not stand."""

    key = reporting.KIND
    roles = DECIDING
    others_words = gettext_lazy("Only moderators and network administrators decide on messages of live rooms.")
    reason_is_needed = False
    default_days = 2
    label = gettext_lazy("Reported message of a live room")
    icon = "flag"
    approve_label = gettext_lazy("Uphold: hide the message")
    letter_label = gettext_lazy("Reason, for the author and for whoever reported")
    letter_missing = gettext_lazy("Write the reason: the author and whoever reported the message read it.")
    decline_label = gettext_lazy("Dismiss: the message stays")
    declined_words = gettext_lazy("%(reference)s: the report is dismissed. Whoever reported was told why.")

    def names(self, cases) -> dict[int, tuple[str, str]]:
        counted = MessageReport.objects.filter(case__in=[case.pk for case in cases]).order_by().values("case")
        numbers = {row["case"]: row["number"] for row in counted.annotate(number=Count("pk"))}
        return {case.pk: (_counted(numbers.get(case.pk, 1)), self.icon) for case in cases}

    # --- what there is to read
    def _message(self, case) -> RoomMessage:
        if "message_at_hand" not in case.__dict__:
            rows = RoomMessage.objects.select_related("room__forum", "author")
            case.message_at_hand = rows.get(pk=streams.message_of(case.stream))
        return case.message_at_hand

    def _reports(self, case) -> list[MessageReport]:
        if "reports_at_hand" not in case.__dict__:
            case.reports_at_hand = list(case.room_reports.select_related("by"))
        return case.reports_at_hand

    def fields(self, case, *, against=None) -> list[ReviewField]:
        message = self._message(case)
        room = message.room
        text = ReviewField("text", "", _("Text"), room.title, "", message.text, room.language, said(message.text))
        return [text, *(self._report(row) for row in self._reports(case))]

    @staticmethod
    def _report(row: MessageReport) -> ReviewField:
        words = "\n".join(filter(None, (row.get_reason_display(), row.text)))
        label = _("Report by %(name)s") % {"name": row.by or _("a former member")}
        return ReviewField(f"report-{row.pk}", "", label, _("Why it was reported"), "", words)

    def against(self, case, *, against=None) -> Against:
        return Against(url=self.public_url(case), facts=tuple(self._facts(self._message(case))))

    def _facts(self, message: RoomMessage):
        yield _("Author"), str(message.author or _("a former member"))
        yield _("Live room"), message.room.title
        yield _("Forum"), f"{message.room.forum.name} · {message.room.forum.get_access_display()}"
        if message.is_hidden:
            yield _("State"), message.get_state_display()

    def public_url(self, case) -> str:
        return self._message(case).get_absolute_url()

    # --- deciding
    def approve(self, case, *, by, completion: dict) -> None:
        if not case.letter:
            raise Incomplete(str(self.letter_missing))
        message = self._message(case)
        if not message.is_hidden:
            moderating.put_away(message, by=by, reason=case.letter)
        reporting.settle_reports(case, ReportState.UPHELD)

    def end(self, case, *, by) -> None:
        reporting.settle_reports(case, ReportState.DISMISSED)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        return self._message(case).author_id == user.pk or any(row.by_id == user.pk for row in self._reports(case))

    def people(self, case) -> list:
        return [row.by for row in self._reports(case) if row.by]

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if step in ("approved", "declined"):
            notices.tell_reporters(step, case)


def _counted(number: int) -> str:
    return ngettext("Message with %(number)d report", "Message with %(number)d reports", number) % {"number": number}


register(ReportedMessage())
