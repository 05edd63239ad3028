"""One's own: drafts. And whom one may mention."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.forms import MentionForm
from forums.models import Draft, Forum
from forums.people import mentionable
from forums.permissions import may_write
from forums.rendering import handle
from forums.services import drafts
from forums.views.finding import find_forum

MOST = 50
PEOPLE = 10
LARGEST = 2**63 - 1


@require_safe
def draft_list(request):
    """What the person began to write, of forums that they still read."""
    rows = Draft.objects.filter(user=request.user, forum__in=Forum.objects.visible_to(request.user))
    rows = rows.select_related("forum", "topic__forum").order_by("-saved_at")
    return render(request, "forums/drafts.html", {"drafts": rows[:MOST]})


@require_POST
def discard(request, pk: int):
    """Throw a draft away."""
    draft = get_object_or_404(Draft, pk=min(pk, LARGEST), user=request.user)
    drafts.discard_draft(draft, by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("forums:drafts")


@require_safe
def mentions(request):
    """Names of people who may read a forum, with how each is mentioned."""
    form = MentionForm(request.GET)
    people, forum = [], None
    if form.is_valid():
        forum = find_forum(request.user, form.cleaned_data["forum"])
        words = form.cleaned_data["q"]
        if len(words) > 1 and may_write(request.user, forum):
            people = list(mentionable(forum, by=request.user).filter(name__words=words).order_by("name", "pk")[:PEOPLE])
            for person in people:
                person.handle = handle(person.name, person.pk)
    context = {"form": form, "forum": forum, "people": people}
    return render(request, "forums/mentions.html", context, status=200 if form.is_valid() else 422)
