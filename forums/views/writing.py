"""Writing a topic or a reply: a draft that is kept, a preview by the same renderer, files, and publishing."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import kept, saving
from core.errors import NotAllowed, Stale
from core.floods import TooMany
from core.languages import current
from forums import permissions, reading
from forums.forms import FilesForm, WriteForm
from forums.models import Draft, Forum, OldAddress, Topic
from forums.services import drafts, writing
from forums.services.floods import refuse_many_posts
from forums.views.finding import address_of, find_forum, keep_words, subject_of
from forums.views.topics import topic_url
from network.idempotency import once

MOST_NUMBER = 2**31 - 1


class FilesRefused(Exception):
    """Some of the files that came are not taken, so that nothing is published yet."""


@dataclass
class Desk:
    """What one person writes, and where."""

    forum: Forum
    topic: Topic | None
    draft: Draft | None

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0


@keep_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, forum: str):
    """Begin a topic."""
    with _words_given_back(request, forum):
        place = find_forum(request.user, forum)
        permissions.may_write(request.user, place).or_refuse()
    return _answer(request, _desk(request.user, place))


@keep_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, forum: str, topic: str):
    """Add a post to a topic."""
    with _words_given_back(request, forum, topic):
        shown = reading.find_topic(request.user, forum, topic)
        permissions.may_reply(request.user, shown).or_refuse()
    return _answer(request, _desk(request.user, shown.forum, shown))


@contextmanager
def _words_given_back(request, *where: str):
    """Where somebody may not write any more, what they typed meanwhile is shown to be copied; with where it goes on, if it does."""
    try:
        yield
    except (NotAllowed, Http404) as refusal:
        typed = [(words, request.POST.get(name, "")) for name, words in (("title", _("Title")), ("text", _("Text")))]
        if not any(text.strip() for _words, text in typed):
            raise
        moved = reading.find_moved(request.user, *where) if len(where) > 1 else None
        if isinstance(refusal, Http404) and moved is None and not _has_begun(request.user, *where):
            raise
        reason = getattr(refusal, "message", "") or _("Nobody can write here any more, or the topic has moved.")
        url = topic_url(moved) if moved else reverse("forums:drafts")
        raise Stale(reason, yours=[row for row in typed if row[1]], url=url) from refusal


def _has_begun(user, forum: str, topic: str = "") -> bool:
    """Whether the person has a draft of it, and sees the forum of its address: for anybody else there is no such page.

    The draft went with a topic that was moved, or joined with another one.
    """
    if not topic or not Forum.objects.visible_to(user).filter(slug=forum).exists():
        return False
    moved = OldAddress.objects.filter(forum__slug=forum, slug=topic).values("topic")
    stood = Topic.objects.filter(Q(forum__slug=forum, slug=topic) | Q(pk__in=moved))
    own = Draft.objects.filter(user=user)
    return own.filter(Q(topic__in=stood) | Q(topic__in=stood.values("merged_into"))).exists()


def _desk(user, forum: Forum, topic: Topic | None = None) -> Desk:
    draft = Draft.objects.filter(user=user, forum=forum, topic=topic).select_related("quoted__author").first()
    return Desk(forum, topic, draft)


def _answer(request, desk: Desk):
    if request.method != "POST":
        return _first(request, desk)
    then = request.POST.get("then", "publish")
    if kept.is_autosave(request):
        return _autosave(request, desk)
    form = WriteForm(saving.posted(request), topic=desk.topic, complete=then == "publish")
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    if then == "publish":
        return _publish(request, desk, form)
    try:
        refused = _keep(request, desk, form)
        if then.startswith("drop-"):
            _drop(request, desk, then.removeprefix("drop-"))
    except NotAllowed as refusal:
        return _page(request, desk, form, status=422, problem=refusal.message)
    if refused:
        return _page(request, desk, form, status=422, refused=refused)
    if then == "preview":
        return _page(request, desk, form, preview=True)
    messages.success(request, _("Your draft is kept. Nobody else reads it."))
    return redirect(request.path)


def _first(request, desk: Desk):
    """The form with the draft, what was typed before signing in again, or the words to be quoted."""
    typed = kept.typed_before(request, subject_of(request))
    if typed is not None:
        return _page(request, desk, WriteForm(typed, topic=desk.topic, complete=False), kept_words=True)
    initial = {"language": current()}
    if desk.draft:
        initial = {name: getattr(desk.draft, name) for name in ("title", "language", "theme", "country", "text")}
        quoted = desk.draft.quoted
        initial["quoted"] = quoted.place if quoted and quoted.topic_id == desk.draft.topic_id else None
        initial["language"] = initial["language"] or current()
    if quoted := _quoted(request.GET.get("quote", ""), request, desk):
        words = "\n".join(f"> {line}" for line in quoted.text.splitlines())
        initial["text"] = f"{initial.get('text', '')}\n\n{words}\n\n".lstrip()
        initial["quoted"] = quoted.place
    return _page(request, desk, WriteForm(initial=initial, topic=desk.topic))


def _quoted(number, request, desk: Desk):
    """The post that is quoted, if it is one of the topic whose words the person reads."""
    text = str(number or "")
    if desk.topic is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    try:
        return reading.find_post(desk.topic, int(text), request.user)
    except Http404:
        return None


@transaction.atomic
def _keep(request, desk: Desk, form: WriteForm) -> list[str]:
    """Save the draft with the files that came along; answers a sentence for each file that is not taken."""
    values = form.values
    values["quoted"] = _quoted(form.cleaned_data.get("quoted"), request, desk)
    desk.draft = drafts.save_draft(
        desk.forum, desk.topic, by=request.user, version=form.cleaned_data.get("seen"), **values
    )
    refused = drafts.attach_to_draft(desk.draft, request.FILES.getlist("file"), by=request.user)
    kept.forget(request, subject_of(request))
    return refused


def _drop(request, desk: Desk, number: str) -> None:
    if number.isascii() and number.isdigit() and len(number) < 18:
        drafts.detach_from_draft(desk.draft, int(number), by=request.user)


def _autosave(request, desk: Desk) -> JsonResponse:
    """What the page's script sends while somebody writes."""
    form = WriteForm(saving.posted(request), topic=desk.topic, complete=False)
    if not form.is_valid():
        wrong = [{"words": str(error)} for errors in form.errors.values() for error in errors]
        return saving.told(request, "", wrong=wrong)
    values = {**form.values, "quoted": _quoted(form.cleaned_data.get("quoted"), request, desk)}
    try:
        seen = form.cleaned_data.get("seen")
        desk.draft = drafts.save_draft(desk.forum, desk.topic, by=request.user, version=seen, **values)
    except Stale:  # the page is not told the other window's version: it would overwrite those words the next time
        return saving.told(request, "", conflicts=[_("You wrote in another window too.")])
    return saving.told(request, saving.saved_line(desk.draft.saved_at), fields={"seen": desk.version})


def _publish(request, desk: Desk, form: WriteForm):
    posts = []

    def do() -> str:
        if files := request.FILES.getlist("file"):
            if drafts.refused_of(files):
                raise FilesRefused
            refuse_many_posts(request.user)  # before bytes are kept that would have no row
            form.cleaned_data["seen"] = None  # what is published is not held against the draft
            if _keep(request, desk, form):
                raise FilesRefused
        post = _write(request, desk, form)
        posts.append(post)
        return address_of(post)

    try:
        with transaction.atomic():
            url = once(request, do)
    except FilesRefused:
        return _kept_as_draft(request, desk, form)
    except NotAllowed as refusal:
        return _page(request, desk, form, status=422, problem=refusal.message)
    except TooMany as refusal:
        return _kept_as_draft(request, desk, form, status=refusal.status, problem=refusal.message)
    kept.forget(request, subject_of(request))
    if posts and not posts[0].is_published:
        waits = _("Thank you. A moderator reads first posts before everybody does: you are told when yours is public.")
        messages.info(request, waits)
    elif posts:
        messages.success(request, pgettext("post", "Published."))
    return redirect(url)


def _kept_as_draft(request, desk: Desk, form: WriteForm, *, status: int = 422, problem: str = ""):
    """Nothing is published: words and good files are kept as any save keeps them, and the others are said."""
    try:
        refused = _keep(request, desk, form)
    except NotAllowed as refusal:
        return _page(request, desk, form, status=422, problem=refusal.message)
    return _page(request, desk, form, status=status, problem=problem, refused=refused)


def _write(request, desk: Desk, form: WriteForm):
    said = form.values
    if desk.topic is not None:
        quoted = _quoted(form.cleaned_data.get("quoted"), request, desk)
        return writing.reply(desk.topic, by=request.user, text=said["text"], quoted=quoted)
    return writing.start_topic(
        desk.forum, by=request.user, title=said["title"], text=said["text"], language=said["language"],
        themes=[said["theme"]] if said["theme"] else [], countries=[said["country"]] if said["country"] else [],
    )  # fmt: skip


def _page(request, desk: Desk, form, *, status=200, preview=False, problem="", kept_words=False, refused=()):
    if problem:
        form.add_error(None, problem)
    text = form.data.get("text", "") if form.is_bound else ""
    here = reverse("forums:reply", args=[desk.forum.slug, desk.topic.slug]) if desk.topic else request.path
    context = {
        "forum": desk.forum,
        "topic": desk.topic,
        "form": form,
        "files_form": FilesForm(refused),
        "draft": desk.draft,
        "files": desk.draft.files.select_related("file") if desk.draft else (),
        "preview": reading.preview(desk.forum, text, by=request.user) if preview and text.strip() else "",
        "seen": desk.version,
        "note": kept.note(request.user, subject_of(request)),
        "here": here,
        "kept_words": kept_words,
        "quoted": _quoted(form["quoted"].value(), request, desk),
    }
    return render(request, "forums/write.html", context, status=status)
