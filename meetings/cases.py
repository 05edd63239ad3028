"""A coordinator's public meeting as a kind of Case: what the reviewer reads, and what approving it does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from core.zones import moment_words
from meetings import notices, when
from meetings.choices import MeetingState
from meetings.models import Meeting
from meetings.parts import lines
from meetings.services.calling import KIND, approve_proposed, end_proposed
from review.errors import Incomplete
from review.kinds import Against, CaseKind, ReviewField, ReviewFile, register

STEPS = {"approved": "approved", "declined": "sent_back", "on_hold": "on_hold", "resumed": "resumed"}


class MeetingCase(CaseKind):
    """A meeting that everybody would find in the calendar."""

    key = KIND
    label = gettext_lazy("Public meeting")
    icon = "calendar"
    default_days = 7
    approve_label = gettext_lazy("Approve and announce")

    verbs = {
        "meeting_called": gettext_lazy("%(who)s began the meeting"),
        "meeting_changed": gettext_lazy("%(who)s changed the meeting"),
        "propose": gettext_lazy("%(who)s sent the meeting to the OAS"),
        "send_back": gettext_lazy("The meeting is a draft again"),
        "announce": gettext_lazy("%(who)s announced the meeting"),
        "cancel": gettext_lazy("%(who)s called the meeting off"),
    }

    def revision(self, case) -> Meeting | None:
        return self._meeting(case)

    def _meeting(self, case) -> Meeting | None:
        if "meeting" not in case.__dict__:
            rows = case.meetings.select_related("institution", "country", "created_by", "case")
            case.meeting = rows.first()
        return case.meeting

    def fields(self, case, *, against=None) -> list[ReviewField]:
        meeting = self._meeting(case)
        if meeting is None:
            return []
        return [
            ReviewField(code, "", label, "", "", text, meeting.language if own else "")
            for code, label, text, own in _told(meeting)
        ]

    def against(self, case, *, against=None) -> Against:
        meeting = self._meeting(case)
        return Against("", _("Proposed"), self.public_url(case), tuple(_facts(meeting)) if meeting else ())

    def files(self, case) -> list[ReviewFile]:
        meeting = self._meeting(case)
        rows = meeting.files.select_related("file") if meeting else ()
        return [
            ReviewFile(
                row.name, reverse("meetings:organise_file", args=[row.pk]), row.file.size, row.get_audience_display()
            )
            for row in rows
        ]

    # --- what a decision does
    def before_approve(self, case, *, by) -> None:
        meeting = self._meeting(case)
        if meeting is None or meeting.is_past:
            raise Incomplete(_("This meeting is over: it cannot be announced any more. Decline it with a letter."))

    def approve(self, case, *, by, completion: dict) -> None:
        approve_proposed(case, by=by)

    def end(self, case, *, by) -> None:
        end_proposed(case, by=by)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        return case.opened_by_id == user.pk

    def people(self, case) -> list:
        meeting = self._meeting(case)
        return [meeting.created_by] if meeting and meeting.created_by else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        meeting = case.meetings.select_related("created_by", "case").first()
        if meeting and step in STEPS:
            notices.tell_of_case(STEPS[step], meeting, by=by, key=key, **params)

    def waits_for_institution(self, case) -> bool:
        return False

    def status_url(self, case) -> tuple[str, list]:
        meeting = self._meeting(case)
        return ("meetings:organise_edit", [meeting.pk]) if meeting else ("meetings:organise", [])

    def public_url(self, case) -> str:
        meeting = self._meeting(case)
        shown = meeting and meeting.is_public and meeting.state != MeetingState.DRAFT and meeting.slug
        return reverse("meetings:meeting", args=[meeting.slug]) if shown else ""


def _facts(meeting: Meeting):
    """Who asks, and how long an answer is of use."""
    if meeting.created_by:
        yield _("Called by"), meeting.created_by.name
    if meeting.starts_at:
        yield _("Begins"), moment_words(meeting.starts_at, meeting.zone)


def _told(meeting: Meeting):
    """(code, label, text, whether the words are the organisers') of what the reviewer reads. How one joins is not among it."""
    known = labels.read()
    yield "title", _("Title"), meeting.title, True
    yield "about", _("What it is about"), meeting.about, True
    yield "kind", _("Kind"), str(meeting.get_kind_display()), False
    yield "when", _("When"), when.words(meeting), False
    yield "place", _("Place"), meeting.place, True
    yield "themes", _("Themes"), "\n".join(f"{code} {known.name('theme', code)}" for code in meeting.themes), False
    yield (
        "spoken",
        _("Working languages"),
        ", ".join(str(known.name("language", code)) for code in meeting.spoken),
        False,
    )
    agenda = [" ".join(part for part in (row.time, row.title, row.speaker) if part) for row in lines(meeting, "agenda")]
    yield "agenda", _("Agenda"), "\n".join(agenda), True
    yield (
        "speakers",
        _("Speakers"),
        "\n".join(f"{one.name}, {one.role}".strip(", ") for one in lines(meeting, "speakers")),
        True,
    )
    yield (
        "links",
        _("Documents elsewhere"),
        "\n".join(f"{one.title} {one.url}" for one in lines(meeting, "links")),
        True,
    )
    yield "registration", _("Registration"), str(meeting.get_registration_display()), False
    yield "capacity", _("Places"), str(meeting.capacity or ""), False


register(MeetingCase())
