"""Small sentences of the ministry's side: when something was saved, who is here."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.saving import saved_line as core_saved_line
from core.wide import Wide
from network.models import User
from portfolio import annex
from portfolio.models import Presence

HERE = timedelta(minutes=5)
_PRESENT = Wide("portfolio_presence p JOIN network_user u ON u.id = p.user_id", p=Presence, u=User)
_SECTIONS = {section.key[:4]: section for section in annex.ALL}  # as Presence keeps them


def saved_line(submission, user) -> str:
    """`Saved at 14:32, Santiago time.` with the colleague's name if it was not the reader."""
    other = submission.saved_by_id and submission.saved_by_id != user.pk
    return core_saved_line(submission.saved_at, submission.saved_by.name if other else "")


def people_here(submission, user) -> list[dict]:
    """Who has, or had, the form open: name, initials, where, and whether now."""
    rows = _PRESENT.rows("WHERE p.submission_id = %s ORDER BY p.seen_at DESC LIMIT 8", submission.pk)
    return [_person(row["p"], row["u"], user) for row in rows]


def _person(presence, who, user) -> dict:
    now = timezone.now() - presence.seen_at < HERE
    section = _SECTIONS.get(presence.section)
    if not now:
        at = timezone.localtime(presence.seen_at)
        where = _("Last here on %(date)s at %(time)s") % {
            "date": date_format(at, "DATE_FORMAT"),
            "time": time_format(at, "H:i"),
        }
    elif section and section.roman:
        where = _("In section %(section)s") % {"section": section.roman}
    elif section:
        where = _("In the statement on the criteria")
    else:
        where = _("In the list of sections")
    return {
        "name": who.name, "initials": initials(who.name), "where": where, "now": now,
        "me": presence.user_id == user.pk, "section": section.key if section else "",
    }  # fmt: skip


def initials(name: str) -> str:
    """`AR` of Ana Rojas."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[0], words[-1]) if words).upper() if len(words) > 1 else name[:1].upper()
