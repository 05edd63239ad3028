"""What one watches, how soon one hears of it, and the end of it: here, or by the link of a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import telling
from forums.choices import Pace
from forums.models import Forum, Topic, Watch
from forums.services import stopping, watching


@never_cache
@require_safe
def watched(request):
    """What the person watches, as far as it may still be read."""
    rows = Watch.objects.filter(user=request.user).select_related("forum", "topic__forum")
    forums, topics = Forum.objects.visible_to(request.user), Topic.objects.visible_to(request.user)
    rows = rows.filter(
        Q(topic=None, forum__in=forums) | Q(Exists(topics.filter(pk=OuterRef("topic"))), topic__isnull=False)
    )
    context = {"rows": rows.order_by("topic_id", "pk"), "paces": Pace.choices}
    return render(request, "forums/watching.html", context)


@require_POST
def change(request, pk: int):
    """How soon one hears, or no more at all."""
    row = get_object_or_404(Watch, pk=pk, user=request.user)
    asked = request.POST.get("pace", "")
    if asked in Pace.values:
        stopping.set_pace(row, asked, by=request.user)
        messages.success(request, _("Saved."))
    else:
        stopping.stop(request.user.pk, row.pk)
        messages.success(request, _("You do not watch it any more."))
    return redirect("forums:watching")


@require_POST
def watch_forum(request, forum: str):
    """Watch a forum, at once or once a day; or no more."""
    found = get_object_or_404(Forum.objects.visible_to(request.user), slug=forum)
    _watch(request, found)
    return redirect("forums:forum", forum)


@require_POST
def watch_topic(request, forum: str, topic: str):
    """The same for a topic."""
    rows = Topic.objects.visible_to(request.user).select_related("forum")
    _watch(request, get_object_or_404(rows, forum__slug=forum, slug=topic))
    return redirect("forums:topic", forum, topic)


def _watch(request, thing: Forum | Topic) -> None:
    asked = request.POST.get("pace", "")
    if asked not in Pace.values:
        watching.unwatch(thing, by=request.user)
        messages.success(request, _("You do not watch it any more."))
        return
    watching.watch(thing, by=request.user, pace=asked)
    if asked == Pace.DAILY:
        messages.success(request, _("You are told of what is new once a day, in the morning."))
    else:
        messages.success(request, _("You are told of each new post at once."))


@csrf_exempt  # a program that reads mail presses the button without a page of ours (RFC 8058); the signed link says for whom
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token: str):
    """The page of the link in a mail: what would stop, and one button. Nothing stops by looking."""
    found = telling.read_stop(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        stopping.stop(*found)
        return render(request, "forums/stopped.html", {"daily": found[1] == telling.DIGEST})
    return render(request, "forums/stop.html", {"daily": found[1] == telling.DIGEST})
