"""Changing what was said: edit, take back; useful, and the answer."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import kept
from core.errors import NotAllowed
from core.floods import TooMany
from files.errors import UploadRefused
from forums import permissions, reading
from forums.forms import EditForm
from forums.services import moderating, thanks, writing
from forums.services.moderating.keeping import Unsaid
from forums.views.finding import address_of, keep_words, subject_of
from network.idempotency import once


def _find(request, forum: str, topic: str, place: int):
    shown = reading.find_topic(request.user, forum, topic)
    return shown, reading.find_post(shown, place, request.user)


@keep_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, forum: str, topic: str, place: int):
    """Other words for a post; a version that somebody was faster to change is refused with both."""
    shown, post = _find(request, forum, topic, place)
    permissions.may_edit(request.user, post).or_refuse()
    typed = kept.typed_before(request, subject_of(request)) if request.method != "POST" else None
    form = EditForm(request.POST if request.method == "POST" else typed, post=post, by=request.user)
    preview, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and request.POST.get("then") == "preview":
            preview, status = reading.preview(shown.forum, form.cleaned_data["text"], by=post.author), 200
        elif form.is_valid() and (url := _save(request, post, form)):
            messages.success(request, _("Changed. What it said before stays in its history."))
            return redirect(url)
    context = {
        "topic": shown, "forum": shown.forum, "post": post, "form": form, "preview": preview, "kept_words": typed is not None,
        "files": post.files.select_related("file"), "back": address_of(post), "note": kept.note(request.user, subject_of(request)),
    }  # fmt: skip
    return render(request, "forums/edit.html", context, status=status)


def _save(request, post, form) -> str:
    """The address of the changed post; "" where a file was refused, which the form then says."""

    def do() -> str:
        said = {name: form.cleaned_data.get(name, "") for name in ("text", "reason", "title", "language")}
        change = writing.edit_post if post.author_id == request.user.pk else moderating.edit_as_moderator
        changed = change(post, by=request.user, version=form.cleaned_data["version"], **said)
        writing.change_files(
            changed, by=request.user, drop=request.POST.getlist("drop"), uploads=request.FILES.getlist("file")
        )
        return address_of(changed)

    try:
        with transaction.atomic():
            url = once(request, do)
    except (UploadRefused, NotAllowed, TooMany, Unsaid) as refusal:
        form.add_error(None, refusal.message)
        return ""
    kept.forget(request, subject_of(request))
    return url


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, forum: str, topic: str, place: int):
    """Take back what one wrote, after a page that says what stays."""
    shown, post = _find(request, forum, topic, place)
    permissions.may_remove(request.user, post).or_refuse()
    if request.method == "POST":
        gone = writing.remove_post(post, by=request.user)
        messages.success(request, _("Your post is removed."))
        return redirect("forums:forum", shown.forum.slug) if gone.is_first else redirect(address_of(gone))
    context = {"topic": shown, "forum": shown.forum, "post": post, "back": address_of(post)}
    return render(request, "forums/remove.html", context)


@require_POST
def useful(request, forum: str, topic: str, place: int):
    """A post was useful, or was not after all."""
    _shown, post = _find(request, forum, topic, place)
    if request.POST.get("then") == "undo":
        thanks.unmark_useful(post, by=request.user)
    else:
        thanks.mark_useful(post, by=request.user)
    return redirect(address_of(post))


@require_POST
def accept(request, forum: str, topic: str, place: int):
    """A reply answers the question, or does not after all."""
    shown, post = _find(request, forum, topic, place)
    if request.POST.get("then") != "undo":
        thanks.accept_answer(shown, post, by=request.user)
        messages.success(request, _("Marked as the answer."))
    elif thanks.take_answer_back(shown, post, by=request.user).accepted_id is None:
        messages.success(request, _("No reply is marked as the answer any more."))
    else:
        messages.info(request, _("Somebody else changed this first"))
    return redirect(address_of(post))
