"""Whoever sends something after their session ended comes back to the page, and finds there what they typed.

Every form that is shown to somebody signed in carries a signed note of who that is (core.templatetags.shown_to). With it, what
is sent without a session waits in the new, anonymous session, which survives signing in, and is put into the same form for the
same person, for a day, unless the form changed meanwhile. Showing it changes nothing by itself. Secrets and files are never
kept. Pages whose long texts save by themselves have a keeping of their own: core.kept.
"""

import time

from django.contrib import messages
from django.forms import BooleanField, FileField, PasswordInput
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
ANEW = frozenset({"consent", "confirmed", "may_publish"})  # said anew, though nobody has to
SENT = "-sent"  # with the name of boxes that may all be empty before it: they were sent
SECRET = frozenset({"csrfmiddlewaretoken", "code", "credential"})
VERSIONS = ("version", "seen")
BUTTONS = frozenset({
    FIELD, kept.NOTE, "form_key", *VERSIONS, "then", "act", "do", "next", "file", "consent", "case", "action",
    "confirmed", "pace", "done", "back", "decision", "endorsement", "query", "completion",
})  # fmt: skip
BEFORE = "before-"  # what stood in a box when somebody began to type in it
MOST_FORMS = 10
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
    page = request.get_full_path() if shows_page(view) else page_of_button(request)
    user, fields = kept.author(request, SUBJECT, FIELD), _typed(request)
    if user:
        sent = {
            "user": user, "path": request.path, "page": page, "at": time.time(),
            "fields": fields if _is_worth(fields) else {}, "files": bool(request.FILES),
        }  # fmt: skip
        request.session[KEY] = _with(_waiting(request), sent)
    if user and _texts(fields):
        _say_once(request, _("You were signed out. Sign in again: what you wrote is kept."))
    else:
        _say_once(request, _("You were signed out, so nothing was done. Sign in again, then send it again."))
    return page


def _with(waiting: list[dict], sent: dict) -> list[dict]:
    """What waits already and this, the newest last: one for each address, and not more than is kept for one person."""
    same = [one for one in waiting if one["path"] == sent["path"] and one["user"] == sent["user"]]
    if same and not sent["fields"]:
        return waiting
    found = [one for one in waiting if one not in same]
    room = kept.MOST - _size(sent["fields"])
    return [*_that_fit(found, room), sent]


def _that_fit(waiting: list[dict], room: int) -> list[dict]:
    """The newest of them for which there is room."""
    fit = []
    for one in reversed(waiting):
        room -= _size(one["fields"])
        if room < 0 or len(fit) >= MOST_FORMS:
            break
        fit.insert(0, one)
    return fit


def _size(fields: dict) -> int:
    return sum(len(text) for values in fields.values() for text in values)


def _say_once(request, words: str) -> None:
    """Whoever presses three times is told once."""
    waiting = messages.get_messages(request)
    said = [str(one) for one in waiting]
    waiting.used = False  # looked at, and not shown yet
    if words not in said:
        messages.info(request, words)


def _typed(request) -> dict[str, list[str]]:
    """What the form held, without secrets; nothing if it is more than is kept for one person."""
    found = {
        name: values
        for name, values in request.POST.lists()
        if name not in SECRET and "password" not in name and name not in (FIELD, kept.NOTE)
    }
    return found if _size(found) <= kept.MOST else {}


def _is_worth(fields: dict) -> bool:
    """Whether more was sent than the press of a button."""
    return any(text.strip() for _name, values in _answers(fields) for text in values)


def _answers(fields: dict) -> list[tuple[str, list[str]]]:
    """The fields that somebody fills in, as far as their names tell."""
    return [(name, values) for name, values in fields.items() if name not in BUTTONS and not name.startswith(BEFORE)]


def _texts(fields: dict) -> list[str]:
    """What somebody wrote in their own words."""
    found = (text.strip() for _name, values in _answers(fields) for text in values)
    return [text for text in found if len(text.split()) > 1 or len(text) > SENTENCE]


def late(request) -> dict | None:
    """What the person sent after their session ended, on the page where they sent it, until it is sent again or a day is over."""
    if request is None or request.method not in ("GET", "HEAD") or not has_session(request):
        return None
    own = _own(request)
    return next((one for one in own if _bare(one["page"].partition("?")[0]) == _bare(request.path)), None)


def _waiting(request) -> list[dict]:
    """All that waits in this session; a session of an earlier portal may hold it in another shape, which is let go."""
    found = request.session.get(KEY)
    return found if isinstance(found, list) else []


def _own(request) -> list[dict]:
    """What waits for this person, newest first; what waits for somebody else, or for more than a day, is dropped."""
    waiting = _waiting(request)
    if not waiting or not getattr(request.user, "is_authenticated", False):  # the read API knows nobody
        return []
    own = [one for one in waiting if one["user"] == request.user.pk and time.time() - one["at"] <= DAY]
    if own != waiting:
        _wait(request, own)
    return own[::-1]


def _wait(request, rows: list[dict]) -> None:
    """These wait from now on."""
    if rows:
        request.session[KEY] = rows
    else:
        del request.session[KEY]


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
        _drop(request, found)
    return {
        "late": True, "typed": bool(found["fields"]), "texts": _texts(found["fields"]), "files": found["files"],
    }  # fmt: skip


def sent_late(request) -> QueryDict:
    """What waits to be sent again from this page, for a form that is not drawn field by field; empty if nothing does."""
    found = late(request)
    data = QueryDict(mutable=True)
    for name, values in (found["fields"] if found else {}).items():
        data.setlist(name, values)
    return data


def give_back(request, fields, version=None) -> None:
    """Put what was typed into fields of a form that is about to be drawn; hidden ones and files stay as they are.

    A form that changed meanwhile shows what stands now: filled with older words it would undo what a colleague saved.
    `version` is that of a form which does not carry it as a field.
    """
    data = sent_late(request)
    for field in fields if data else ():
        if _is_typed(field) and _was_sent(field.form, data) and _is_unchanged(request, field.form, data, version):
            field.initial = field.field.widget.value_from_datadict(data, {}, field.html_name)


def _is_unchanged(request, form, data: QueryDict, version) -> bool:
    """Whether the form is still of the version at which it was filled in; its parts, drawn after it, go with it."""
    drawn = {name: form[name].value() for name in VERSIONS if name in form.fields}
    if version is not None:
        drawn["version"] = version
    if any(name in data and data[name] != str(now if now is not None else "") for name, now in drawn.items()):
        request.changed_since_late = True
    return not getattr(request, "changed_since_late", False)


def _is_typed(field) -> bool:
    """Whether it is filled in by hand and may be given back: no secret, no file, and no consent, which is given anew."""
    asked = field.field
    secret = isinstance(asked, FileField) or isinstance(asked.widget, PasswordInput)
    consent = isinstance(asked, BooleanField) and (asked.required or field.name in ANEW)
    return not (secret or consent or field.is_hidden or asked.disabled or field.form.is_bound)


def _was_sent(form, data: QueryDict) -> bool:
    """Whether it is this form of the page that came late."""
    names = (field.html_name for field in form if not field.is_hidden)
    return any(part in data for name in names for part in (name, f"{name}_0", f"{name}{SENT}"))


def forget(request, response) -> None:
    """Drop what was kept, once the same form was sent again and taken."""
    if request.method == "POST" and response.status_code in (302, 303):
        taken(request)


def taken(request) -> None:
    """The form of this POST was taken: what waited for it does not wait any more. Another button of the page drops nothing."""
    if not has_session(request):
        return
    for one in _own(request):
        names = {name for name, _values in _answers(one["fields"])}
        if _bare(one["path"]) == _bare(request.path) and (not names or names & set(request.POST)):
            _drop(request, one)


def _drop(request, gone: dict) -> None:
    _wait(request, [one for one in _waiting(request) if one != gone])
