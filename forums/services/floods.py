"""How much a person may write and report in a while."""

from datetime import timedelta

from django.utils.translation import gettext as _

from core.floods import Bound, refuse_floods
from forums.choices import PostState
from forums.models import MessageReport, PositionChange, Post, PostEdit, Report

POSTS_SOON, POSTS_A_DAY, WAITING = 20, 100, 3
CHANGES_SOON, CHANGES_A_DAY = 20, 100
REPORTS_SOON, REPORTS_A_DAY = 5, 20
SOON, DAY, LONG = timedelta(minutes=10), timedelta(days=1), timedelta(days=3650)
HOUR = timedelta(hours=1)


def refuse_many_posts(by) -> None:
    """Raise TooMany where somebody writes faster than others can read, or while their first posts wait."""
    own = Post.objects.filter(author=by)
    quick = _("You wrote many posts in a few minutes. What you typed is kept: send it in ten minutes.")
    daily = _("You wrote very many posts today. What you typed is kept: send it tomorrow.")
    waits = _(
        "Your first posts still wait for a moderator, who usually looks within two days. What you typed is kept: "
        "send it when the first one is published."
    )
    refuse_floods(
        f"forums.post:{by.pk}", "created_at",
        (
            Bound(own, POSTS_SOON, SOON, quick),
            Bound(own, POSTS_A_DAY, DAY, daily),
            Bound(own.filter(state=PostState.HELD), WAITING, LONG, waits),
        ),
    )  # fmt: skip


def refuse_many_edits(by) -> None:
    """Raise TooMany where somebody changes their posts over and over: what each said before is kept for good."""
    _refuse_many_changes(f"forums.edit:{by.pk}", PostEdit.objects.filter(by=by, post__author=by))


def refuse_many_positions(by) -> None:
    """The same for positions."""
    _refuse_many_changes(f"forums.position:{by.pk}", PositionChange.objects.filter(position__user=by))


def _refuse_many_changes(lock: str, rows) -> None:
    quick = _("You changed your words many times in a few minutes. Wait ten minutes, then send it again.")
    daily = _("You changed your words very many times today. Go on tomorrow.")
    refuse_floods(lock, "at", (Bound(rows, CHANGES_SOON, SOON, quick), Bound(rows, CHANGES_A_DAY, DAY, daily)))


def refuse_many_reports(by) -> None:
    """Raise TooMany where somebody reports post after post."""
    _refuse_many_reports(f"forums.report:{by.pk}", Report.objects.filter(by=by))


def refuse_many_room_reports(by) -> None:
    """The same for messages of live rooms."""
    _refuse_many_reports(f"forums.room_report:{by.pk}", MessageReport.objects.filter(by=by))


def _refuse_many_reports(lock: str, rows) -> None:
    hourly = _("You reported several within an hour. Moderators look at them; go on in an hour.")
    daily = _("You reported very many today. Moderators look at them; go on tomorrow.")
    refuse_floods(
        lock, "created_at",
        (Bound(rows, REPORTS_SOON, HOUR, hourly), Bound(rows, REPORTS_A_DAY, DAY, daily)),
    )  # fmt: skip
