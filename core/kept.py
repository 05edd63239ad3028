"""Nothing typed is lost when a session ends: what an expired page sends is kept until its author has signed in again.

Each page that takes long texts carries a signed note of who opened it. With that note, a POST that comes without a session is put into the
new, anonymous session (which survives signing in) and shown again afterwards. Showing it changes nothing by itself. A POST whose
forgery token is outdated, because its author signed in in another window meanwhile, is shown again by home.views.errors.
"""

import secrets

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

SALT = "kept.page"
MAX_AGE = 60 * 60 * 24 * 30
NOTE = "holder"
MOST = 600_000  # characters kept for one person
DROPPED = ("csrfmiddlewaretoken", NOTE)


def note(user, subject: str) -> str:
    """The signed note that a page about the subject carries, for instance "case:12". No two pages carry the same."""
    return signing.dumps([user.pk, subject, secrets.token_hex(6)], salt=SALT)


def author(request, subject: str, field: str = NOTE) -> int | None:
    """Id of the person to whom the page was shown, if its note is genuine and of this subject."""
    try:
        user, about, _page = signing.loads(request.POST.get(field, ""), salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user if about == subject else None


def is_autosave(request) -> bool:
    """Whether the page's script sent this in the background."""
    return request.headers.get("X-Draft") == "autosave"


def sign_in_first(request, subject: str, place: str = ""):
    """Answer somebody without a session: keep what they typed, then ask them to sign in."""
    if is_autosave(request):
        return JsonResponse({"sign_in": f"{reverse('account_login')}?next={request.path}"}, status=401)
    if request.method == "POST":
        user = author(request, subject)
        typed = {name: values for name, values in request.POST.lists() if name not in DROPPED}
        if user and sum(len(text) for values in typed.values() for text in values) <= MOST:
            request.session["kept"] = {"user": user, "place": f"{subject}:{place}", "typed": typed}
            messages.info(request, _("You were signed out. Sign in again: everything you typed is kept."))
    return redirect_to_login(request.path if request.method == "POST" else request.get_full_path())


def typed_before(request, subject: str, place: str = "") -> QueryDict | None:
    """What the person typed before they were signed out, if anything."""
    kept = request.session.get("kept")
    if not kept or kept.get("place") != f"{subject}:{place}" or kept.get("user") != request.user.pk:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        data.setlist(name, values)
    return data


def forget(request, subject: str, place: str = "") -> None:
    """Drop what was kept, once it is saved."""
    if request.session.get("kept", {}).get("place") == f"{subject}:{place}":
        del request.session["kept"]
