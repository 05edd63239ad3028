"""Reporting a post, what came of it, and what became of one's own post."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.floods import TooMany
from forums import reading, streams
from forums.choices import PostState
from forums.forms.moderation import ReportForm
from forums.models import Act, Post, Report
from forums.moderation_permissions import may_report
from forums.reasons import Deed
from forums.services import holding, reporting
from network.idempotency import once
from review.models import Case


def _find(request, forum: str, topic: str, place: int) -> Post:
    rows = Post.objects.visible_to(request.user).select_related("topic__forum", "author", "institution")
    return get_object_or_404(rows, topic__forum__slug=forum, topic__slug=topic, place=place)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, forum: str, topic: str, place: int):
    """Tell the moderators of a post."""
    post = _find(request, forum, topic, place)
    form, status = ReportForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                url = once(request, lambda: _sent(post, request.user, form.cleaned_data))
                messages.success(request, _("Thank you. A moderator looks at the post, and you hear what came of it."))
                return redirect(url)
            except TooMany as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
    context = {
        "topic": post.topic, "forum": post.topic.forum, "post": post, "form": form, "may": may_report(request.user, post),
        "back": reverse("forums:post", args=[forum, topic, place]), "body": reading.preview(post.topic.forum, post.text, by=post.author),
    }  # fmt: skip
    return render(request, "forums/report.html", context, status=status)


def _sent(post: Post, user, said: dict) -> str:
    made = reporting.report_post(post, by=user, reason=said["reason"], text=said["text"])
    return reverse("forums:my_report", args=[made.pk])


@never_cache
@require_safe
def my_report(request, pk: int):
    """What came of one's report."""
    rows = Report.objects.visible_to(request.user).select_related("post__topic__forum", "case")
    shown = get_object_or_404(rows, pk=pk)
    topic = shown.post.topic
    readable = Post.objects.visible_to(request.user).filter(pk=shown.post_id).exists()
    where = [topic.forum.slug, topic.slug, shown.post.place]
    context = {
        "report": shown, "case": shown.case, "readable": readable,
        "heading": _("Your report of a post"), "where": _("Topic"), "title": topic.title, "language": topic.language,
        "back": reverse("forums:post", args=where) if readable else "", "back_words": _("Back to the topic"),
    }  # fmt: skip
    return render(request, "forums/my_report.html", context)


@never_cache
@require_safe
def my_post(request, pk: int):
    """Where one's own post stands, why, and its text."""
    rows = Post.objects.visible_to(request.user).filter(author=request.user).select_related("topic__forum")
    shown = get_object_or_404(rows, pk=pk)
    if shown.state == PostState.PUBLISHED and shown.topic.state == "published" and shown.place:
        return redirect("forums:post", shown.topic.forum.slug, shown.topic.slug, shown.place)
    case = Case.objects.filter(kind=holding.KIND, stream=streams.of_post(shown.pk)).order_by("pk").last()
    hidden = Act.objects.filter(post=shown, deed=Deed.HIDE).first() if shown.state == PostState.HIDDEN else None
    context = {
        "post": shown, "topic": shown.topic, "forum": shown.topic.forum, "case": case, "hidden": hidden,
        "body": reading.preview(shown.topic.forum, shown.text, by=shown.author),
    }  # fmt: skip
    return render(request, "forums/my_post.html", context)
