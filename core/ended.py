"""Whoever sends something after their session ended comes back to the page, and finds there what they typed.

Every form that is shown to somebody signed in carries a signed note of who that is (core.templatetags.shown_to). With it, what
is sent without a session waits in the new, anonymous session, which survives signing in, and is put into the same form for the
same person, for a day. Showing it changes nothing by itself. Secrets and files are never kept. Pages whose long texts save by
themselves have a keeping of their own: core.kept.
"""

import time

from django.contrib import messages
from django.forms import FileField, PasswordInput
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import kept
from core.http import has_session
from core.languages import ENDONYMS
from core.pages import page_of_button, shows_page

FIELD = "shown_to"
SUBJECT = "form"
KEY = "sent_late"  # in the session
DAY = 60 * 60 * 24
SECRET = frozenset({"csrfmiddlewaretoken", "code", "credential"})
BUTTONS = frozenset({FIELD, kept.NOTE, "form_key", "version", "seen", "then", "act", "do", "next", "file", "consent"})
SENTENCE = 30  # characters from which a text without a space is worth copying, too


def note_field(request) -> SafeString:
    """The hidden field that says to whom a form is shown; nothing for visitors. One note serves all forms of a page."""
    if request is None or not has_session(request) or not request.user.is_authenticated:
        return SafeString("")
    if not hasattr(request, "shown_to"):
        request.shown_to = kept.note(request.user, SUBJECT)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, request.shown_to)


def keep(request, view) -> str:
    """Keep what came without a session, say what to do, and give the page to come back to."""
    opens = shows_page(view)
    page = request.get_full_path() if opens else page_of_button(request)
    user, fields = kept.author(request, SUBJECT, FIELD), _typed(request)
    if not (_is_worth(fields) if opens else _texts(fields)):
        fields = {}
    if user:
        request.session[KEY] = {
            "user": user, "path": request.path, "page": page, "at": time.time(), "fields": fields, "files": bool(request.FILES),
        }  # fmt: skip
    if user and fields:
        messages.info(request, _("You were signed out. Sign in again: everything you typed is kept."))
    else:
        messages.info(
            request, _("You were signed out, so nothing was done. Sign in again, then press the button again.")
        )
    return page


def _typed(request) -> dict[str, list[str]]:
    """What the form held, without secrets; nothing if it is more than is kept for one person."""
    found = {
        name: values
        for name, values in request.POST.lists()
        if name not in SECRET and "password" not in name and name not in (FIELD, kept.NOTE)
    }
    size = sum(len(text) for values in found.values() for text in values)
    return found if size <= kept.MOST else {}


def _is_worth(fields: dict) -> bool:
    """Whether more was sent than the press of a button."""
    return any(text.strip() for name, values in fields.items() if name not in BUTTONS for text in values)


def _texts(fields: dict) -> list[str]:
    """What somebody wrote in their own words."""
    found = (text.strip() for name, values in fields.items() if name not in BUTTONS for text in values)
    return [text for text in found if len(text.split()) > 1 or len(text) > SENTENCE]


def late(request) -> dict | None:
    """What the person sent after their session ended, on the page where they sent it, until it is sent again or a day is over."""
    if request is None or request.method not in ("GET", "HEAD") or not has_session(request):
        return None
    found = request.session.get(KEY)
    if not found or found["user"] != request.user.pk or time.time() - found["at"] > DAY:
        return None
    return found if _bare(found["page"].partition("?")[0]) == _bare(request.path) else None


def _bare(path: str) -> str:
    """An address without its language."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return rest if first in ENDONYMS else path


def notice(request) -> dict:
    """What the page says of it: a button has to be pressed again, which is said once, or words wait to be sent."""
    found = late(request)
    if found is None:
        return {"late": False}
    if not found["fields"]:
        del request.session[KEY]
    return {
        "late": True, "typed": bool(found["fields"]), "texts": _texts(found["fields"]), "files": found["files"],
    }  # fmt: skip


def give_back(request, fields) -> None:
    """Put what was typed into fields of a form that is about to be drawn; hidden ones and files stay as they are."""
    found = late(request)
    if found is None or not found["fields"]:
        return
    data = QueryDict(mutable=True)
    for name, values in found["fields"].items():
        data.setlist(name, values)
    for field in fields:
        if _is_typed(field) and _was_sent(field.form, data):
            field.initial = field.field.widget.value_from_datadict(data, {}, field.html_name)


def _is_typed(field) -> bool:
    secret = isinstance(field.field, FileField) or isinstance(field.field.widget, PasswordInput)
    return not (secret or field.is_hidden or field.field.disabled or field.form.is_bound)


def _was_sent(form, data: QueryDict) -> bool:
    """Whether it is this form of the page that came late."""
    return any(
        name in data or f"{name}_0" in data for name in (field.html_name for field in form if not field.is_hidden)
    )


def forget(request, response) -> None:
    """Drop what was kept, once the same was sent again and taken."""
    if request.method != "POST" or response.status_code not in (302, 303) or not has_session(request):
        return
    found = request.session.get(KEY)
    if found and found["user"] == request.user.pk and _bare(found["path"]) == _bare(request.path):
        del request.session[KEY]
