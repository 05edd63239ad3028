"""What happens to a meeting, and whom it is told. The address to join stands in no notice: it goes with the mail, in the
invitation, to those who have a place when it is sent."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import ics, permissions
from meetings.choices import Access, MeetingState, RegistrationState
from meetings.models import FollowUpTask, Meeting, Registration
from network.choices import Role
from network.models import Membership, User
from notifications import kinds
from notifications.kinds import Moment, NoticeKind
from notifications.models import Delivery
from notifications.services import tell as tell_people
from notifications.services import told_already

WHY_REGISTERED = _("You receive this because you registered for this meeting.")
WHY_ORGANISER = _("You receive this because you organise this meeting.")
WHY_TASK = _("You receive this because this task of a meeting is yours.")
SEE = _("Open the meeting")
ABOUT_A_DAY = timedelta(hours=12)  # ahead a late mail may still say "in a day"
NEVER_THERE = (RegistrationState.REQUESTED, RegistrationState.WAITING)  # no invitation went into their calendars


def _calendar_file(notice) -> list[tuple[str, bytes, str]]:
    """The invitation, if the reader has a place when the mail goes."""
    meeting, mine = _found(notice)
    if meeting is None or mine is None or not mine.is_confirmed or not meeting.is_announced:
        return []
    link = permissions.may_join(notice.recipient, meeting, mine)
    return [_file(ics.invitation(meeting, method=ics.REQUEST, reader=notice.recipient, with_link=link), ics.REQUEST)]


def _ending_file(notice) -> list[tuple[str, bytes, str]]:
    """What takes the meeting out of the reader's calendar, unless they have a place again."""
    meeting, mine = _found(notice)
    if meeting is None or mine is None or (mine.is_confirmed and meeting.is_announced):
        return []
    return [_file(ics.invitation(meeting, method=ics.CANCEL, reader=notice.recipient), ics.CANCEL)]


def _called_off_file(notice) -> list[tuple[str, bytes, str]]:
    """The same for a meeting that was called off, which whoever waited for a place never had there."""
    _meeting, mine = _found(notice)
    return [] if mine is None or mine.state in NEVER_THERE else _ending_file(notice)


def _parting_file(notice) -> list[tuple[str, bytes, str]]:
    """The same for who may not see the meeting any more: its number and hour, and none of its words."""
    meeting = Meeting.objects.filter(pk=notice.params.get("number"), starts_at__isnull=False).first()
    if meeting is None or not notice.params.get("had_place"):
        return []
    if meeting.registrations.confirmed().filter(user=notice.recipient).exists():
        return []
    meeting.title, meeting.about, meeting.place, meeting.slug = meeting.permanent_id, "", "", None
    return [_file(ics.invitation(meeting, method=ics.CANCEL, reader=notice.recipient), ics.CANCEL)]


def _found(notice):
    meeting = Meeting.objects.visible_to(notice.recipient).filter(slug=_slug(notice)).first()
    return meeting, meeting and meeting.registrations.filter(user=notice.recipient).first()


def _file(content: bytes, method: str) -> tuple[str, bytes, str]:
    return "invitation.ics", content, f"{ics.MEDIA_TYPE}; method={method}"


def _read(notices) -> dict[int, dict]:
    """What a notice says of its meeting is read when it is shown or sent, while the person may still see the meeting."""
    if not notices:
        return {}
    seen = Meeting.objects.visible_to(notices[0].recipient).filter(slug__in={_slug(notice) for notice in notices})
    found = {meeting.slug: _places(meeting) for meeting in seen}
    return {notice.pk: found[_slug(notice)] for notice in notices if _slug(notice) in found}


def _read_placed(notices) -> dict[int, dict]:
    """The same for who was given a place: it is not mailed any more to whoever has none by then."""
    begins, owed = _places_of(notices), _owed(notices)
    return _read([notice for notice in notices if notice.pk not in owed or _slug(notice) in begins])


def _read_reminder(notices) -> dict[int, dict]:
    """The same for who is reminded: only of a place that they have, and by mail only until the meeting begins."""
    return _read(_still_of_use(notices, timedelta()))


def _read_day_before(notices) -> dict[int, dict]:
    """The same for the day before, and by mail only while it is about a day."""
    return _read(_still_of_use(notices, ABOUT_A_DAY))


def _still_of_use(notices, ahead: timedelta) -> list:
    """Those of places that the reader has; where the mail has not gone, only while the meeting is further ahead than that."""
    begins, owed, late = _places_of(notices), _owed(notices), timezone.now() + ahead
    return [one for one in notices if (at := begins.get(_slug(one))) and not (one.pk in owed and at <= late)]


def _places_of(notices) -> dict[str, datetime]:
    """{address of a meeting: when it begins} of those that are not called off and in which the reader has a place."""
    rows = Registration.objects.confirmed().filter(
        user=notices[0].recipient,
        meeting__state=MeetingState.ANNOUNCED,
        meeting__slug__in={_slug(one) for one in notices},
    )
    return dict(rows.values_list("meeting__slug", "meeting__starts_at"))


def _owed(notices) -> set[int]:
    """Those of which the mail has not gone yet."""
    rows = Delivery.objects.filter(notice__in=notices, sent_at=None)
    return set(rows.values_list("notice", flat=True))


def _slug(notice) -> str:
    return notice.url_args[0] if notice.url_args else ""


def _read_own(notices) -> dict[int, dict]:
    """The same for those who organise: while they do."""
    numbers = {notice.url_args[0] for notice in notices if notice.url_args}
    ours = dict(Meeting.objects.organised_by(notices[0].recipient).filter(pk__in=numbers).values_list("pk", "title"))
    return {
        notice.pk: {"title": ours[notice.url_args[0]]}
        for notice in notices
        if notice.url_args and notice.url_args[0] in ours
    }


def _read_tasks(notices) -> dict[int, dict]:
    """What is to be done, while it is the reader's and they see its meeting."""
    reader = notices[0].recipient
    numbers = {notice.params["number"] for notice in notices if "number" in notice.params}
    rows = FollowUpTask.objects.of(reader).filter(pk__in=numbers).select_related("meeting")
    found = {
        str(task.pk): {"title": task.meeting.title, "task": task.text, "due": {"on": task.due.isoformat()}}
        for task in rows
    }
    return {notice.pk: found[number] for notice in notices if (number := notice.params.get("number")) in found}


def _read_passed_on(notices) -> dict[int, dict]:
    """Of which meeting a task was that is somebody else's now; nothing where it came back before it was told."""
    reader = notices[0].recipient
    numbers = {notice.params["number"] for notice in notices if "number" in notice.params}
    back = {str(pk) for pk in FollowUpTask.objects.of(reader).filter(pk__in=numbers).values_list("pk", flat=True)}
    return _read([notice for notice in notices if notice.params.get("number") not in back])


def _places(meeting: Meeting) -> dict:
    moment = {"moment": meeting.starts_at.isoformat()} if meeting.starts_at else ""
    return {"title": meeting.title, "when": moment}


KINDS = (
    NoticeKind(
        "meetings.registered", _("You are registered: %(title)s"),
        _("You have a place in “%(title)s”, which begins on %(when)s. The invitation for your calendar goes with the mail. "
          "How to join stands on the page of the meeting."),
        SEE, WHY_REGISTERED, reads=_read_placed, files=_calendar_file,
    ),
    NoticeKind(
        "meetings.waiting", _("You are on the waiting list: %(title)s"),
        _("All places in “%(title)s” are taken. If one becomes free, it goes to whoever waits longest, and you are told."),
        SEE, WHY_REGISTERED, reads=_read,
    ),
    NoticeKind(
        "meetings.requested", _("Your registration waits for the organisers: %(title)s"),
        _("The organisers of “%(title)s” say yes to each person. You are told as soon as they did."), SEE, WHY_REGISTERED, reads=_read,
    ),
    NoticeKind(
        "meetings.declined", _("Your registration was not accepted: %(title)s"),
        _("The organisers could not give you a place in “%(title)s”."), SEE, WHY_REGISTERED, reads=_read, files=_ending_file,
    ),
    NoticeKind(
        "meetings.left", _("You gave your place back: %(title)s"),
        _("You are no longer registered for “%(title)s”. What goes with this mail takes it out of your calendar."),
        SEE, WHY_REGISTERED, reads=_read, files=_ending_file,
    ),
    NoticeKind(
        "meetings.let_go", _("You are not registered any more: %(reference)s"),
        _("The meeting %(reference)s, which begins on %(when)s, is for members of the network alone. You hold no role in the "
          "network now, so your registration was taken back; whoever waited may come instead."),
        _("Open my desk"), WHY_REGISTERED, files=_parting_file,
    ),
    NoticeKind(
        "meetings.moved", _("The meeting has moved: %(title)s"),
        _("The day, hour or place of “%(title)s” has changed. It begins on %(when)s. For those who have a place, the new "
          "invitation goes with the mail."),
        SEE, WHY_REGISTERED, reads=_read, files=_calendar_file,
    ),
    NoticeKind(
        "meetings.joining", _("The way to join has changed: %(title)s"),
        _("One joins “%(title)s” at another address than before. It stands on the page of the meeting, and in the "
          "invitation that goes with the mail. The meeting begins on %(when)s, as before."),
        SEE, WHY_REGISTERED, reads=_read, files=_calendar_file,
    ),
    NoticeKind(
        "meetings.renamed", _("The meeting has another title: %(title)s"),
        _("A meeting in which you have a place is called “%(title)s” from now on. It begins on %(when)s, as before. The new "
          "invitation goes with the mail."),
        SEE, WHY_REGISTERED, reads=_read_placed, files=_calendar_file,
    ),
    NoticeKind(
        "meetings.cancelled", _("Called off: %(title)s"),
        _("“%(title)s” was called off. The reason given: %(reason)s"), SEE, WHY_REGISTERED, reads=_read, files=_called_off_file,
    ),
    NoticeKind(
        "meetings.day_before", _("In a day: %(title)s"),
        _("“%(title)s” begins on %(when)s. How to join stands on the page of the meeting. If you cannot come, give your place "
          "back there: somebody may be waiting for it."),
        SEE, WHY_REGISTERED, reads=_read_day_before,
    ),
    NoticeKind(
        "meetings.hour_before", _("In an hour: %(title)s"),
        _("“%(title)s” begins on %(when)s. How to join stands on the page of the meeting."), SEE, WHY_REGISTERED, reads=_read_reminder,
    ),
    NoticeKind(
        "meetings.asked", _("Somebody would like to take part: %(title)s"),
        _("%(who)s registered for “%(title)s” and waits for your yes."), _("See who registered"), WHY_ORGANISER,
        reads=_read_own,
    ),
    NoticeKind(
        "meetings.approved", _("%(reference)s: the meeting is announced: %(title)s"),
        _("The OAS read “%(title)s” and announced it in the calendar."), SEE, WHY_ORGANISER,
    ),
    NoticeKind(
        "meetings.sent_back", _("%(reference)s: the meeting is not announced: %(title)s"),
        _("The OAS did not announce “%(title)s”. The letter with the reasons is in the portal; the meeting is a draft again."),
        _("Open the draft"), WHY_ORGANISER,
    ),
    NoticeKind(
        "meetings.on_hold", _("%(reference)s: the review of the meeting is on hold: %(title)s"),
        _("The OAS put the review of “%(title)s” on hold. Meanwhile the clock stands still; you need do nothing."),
        _("Open the draft"), WHY_ORGANISER,
    ),
    NoticeKind(
        "meetings.resumed", _("%(reference)s: the review of the meeting goes on: %(title)s"),
        _("The OAS took up “%(title)s” again and answers by %(due)s, at the end of the day in Washington, D.C."),
        _("Open the draft"), WHY_ORGANISER,
    ),
    NoticeKind(
        "meetings.task", _("A task for you: %(task)s"),
        _("After “%(title)s” you are asked to do this by %(due)s: %(task)s"), _("Open my desk"), WHY_TASK, reads=_read_tasks,
    ),
    NoticeKind(
        "meetings.task_changed", _("Your task has changed: %(task)s"),
        _("The organisers of “%(title)s” changed your task. It is now: %(task)s, by %(due)s."), _("Open my desk"),
        WHY_TASK, reads=_read_tasks,
    ),
    NoticeKind(
        "meetings.task_passed_on", _("A task after “%(title)s” is not yours any more"),
        _("The organisers of “%(title)s” gave a task that you had to somebody else. You need do nothing."), SEE,
        _("You receive this because the task was yours."), reads=_read_passed_on,
    ),
    NoticeKind(
        "meetings.task_due", _("Due soon: %(task)s"),
        _("After “%(title)s” you were asked to do this by %(due)s: %(task)s"), _("Open my desk"), WHY_TASK, reads=_read_tasks,
    ),
)  # fmt: skip

kinds.register(*KINDS)


def tell(step: str, meeting: Meeting, people, *, key: str, **params) -> None:
    """Tell people who may still see the meeting. The key makes it told once."""
    tell_people(
        f"meetings.{step}", _seeing(meeting, [p for p in people if p]), key=f"meetings.{step}:{meeting.pk}:{key}",
        url_name="meetings:meeting", url_args=[meeting.slug], **params,
    )  # fmt: skip


def _seeing(meeting: Meeting, people: list) -> list:
    """Those who may still see the meeting, asked at once."""
    if meeting.access == Access.PUBLIC or not people:
        return people
    members = set(Membership.objects.current().filter(user__in=people).values_list("user", flat=True))
    return [person for person in people if person.pk in members]


def remind(step: str, meeting: Meeting, people, *, key: str) -> int:
    """The same for the clock, which comes by often: whoever was told is asked for no more. Answers how many were left."""
    known = {pk for pk, _key in told_already(people, f"meetings.{step}:{meeting.pk}:{key}")}
    fresh = [person for person in people if person.pk not in known]
    if fresh:
        tell(step, meeting, fresh, key=key)
    return len(fresh)


def tell_person(step: str, registration) -> None:
    """Tell one person where their registration stands; again each time that it comes to stand there."""
    at = int(registration.state_since.timestamp() * 1000)
    tell(step, registration.meeting, [registration.user], key=f"{registration.pk}:{at}")


def tell_let_go(registration, *, had_place: bool) -> None:
    """Tell somebody who may not see the meeting any more that the registration ended, without a word of the meeting."""
    meeting, at = registration.meeting, int(registration.state_since.timestamp() * 1000)
    tell_people(
        "meetings.let_go", [registration.user] if registration.user else [], key=f"meetings.let_go:{registration.pk}:{at}",
        url_name="home:desk", reference=meeting.permanent_id, when=Moment(meeting.starts_at), number=meeting.pk,
        had_place="yes" if had_place else "",
    )  # fmt: skip


def tell_organisers(step: str, meeting: Meeting, *, key: str, url_name: str, who, by=None) -> None:
    """Tell those who organise it that something waits for them."""
    people = [person for person in organisers(meeting) if by is None or person.pk != by.pk]
    tell_people(
        f"meetings.{step}", people, key=f"meetings.{step}:{meeting.pk}:{key}", url_name=url_name, url_args=[meeting.pk],
        who=who,
    )  # fmt: skip


def tell_of_case(step: str, meeting: Meeting, *, by=None, key: str = "", **params) -> None:
    """Tell whoever called the meeting of a step of its review."""
    person = meeting.created_by
    if person is None or (by is not None and by.pk == person.pk):
        return
    tell_people(
        f"meetings.{step}", [person], key=key or f"meetings.{step}:{meeting.pk}:{meeting.version}",
        url_name="meetings:organise_edit", url_args=[meeting.pk], title=meeting.title,
        reference=meeting.case.reference if meeting.case else "", **params,
    )  # fmt: skip


def tell_of_task(step: str, task, *, again: int = 0) -> None:
    """Tell whoever has a task; once, except where `again` makes it new."""
    if task.owner and FollowUpTask.objects.of(task.owner).filter(pk=task.pk).exists():
        key = f"{_key_of_task(step, task)}:{again}" if again else _key_of_task(step, task)
        tell_people(f"meetings.{step}", [task.owner], key=key, url_name="home:desk", number=task.pk, due=task.due)


def tell_passed_on(task, person, *, again: int) -> None:
    """Tell whoever had a task that it is not theirs any more, while they may still see its meeting."""
    meeting = task.meeting
    tell_people(
        "meetings.task_passed_on", _seeing(meeting, [person]), key=f"meetings.task_passed_on:{task.pk}:{again}",
        url_name="meetings:meeting", url_args=[meeting.slug], number=task.pk,
    )  # fmt: skip


def remind_of_tasks(step: str, tasks) -> int:
    """The same for the clock: of a task that was told nothing more is asked. Answers how many were left."""
    known = {
        key for _pk, key in told_already([task.owner_id for task in tasks], *(_key_of_task(step, t) for t in tasks))
    }
    fresh = [task for task in tasks if _key_of_task(step, task) not in known]
    for task in fresh:
        tell_of_task(step, task)
    return len(fresh)


def _key_of_task(step: str, task) -> str:
    return f"meetings.{step}:{task.pk}:{task.owner_id}:{task.due}"


def organisers(meeting: Meeting) -> list[User]:
    """Whoever called it, while they still organise; else the coordinators, or the staff."""
    person = meeting.created_by
    if person and person.is_active and permissions.organises(person, meeting):
        return [person]
    if meeting.institution_id:
        return list(User.objects.holding(Role.COORDINATOR, institution=meeting.institution))
    return list(User.objects.holding(Role.ADMINISTRATOR))
