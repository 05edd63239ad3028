"""Search within a forum and across them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.markdown import plain
from forums import finding
from forums.forms import SearchForm
from forums.lists import page_address
from forums.models import Forum
from forums.rendering import without_mentions
from forums.views.finding import open_page, reader

EXCERPT = 280


@open_page
@require_safe
def search(request):
    """Posts of the forums that the person reads, newest first."""
    forums = list(Forum.objects.visible_to(reader(request)).order_by("slug"))
    form = SearchForm(request.GET, forums=forums)
    posts, older = [], 0
    if form.is_valid() and form.cleaned_data["q"]:
        chosen = form.cleaned_data["forum"]
        inside = [forum for forum in forums if forum.slug == chosen] if chosen else forums
        found = finding.search(inside, form.cleaned_data["q"], form.cleaned_data["after"])
        posts = found[: finding.FOUND]
        older = posts[-1].pk if len(found) > finding.FOUND else 0
    for post in posts:
        post.excerpt, post.where = plain(without_mentions(post.text), EXCERPT), page_address(post.place)
    query = [(name, form.cleaned_data[name]) for name in ("q", "forum") if form.cleaned_data.get(name)]
    context = {"form": form, "posts": posts, "older": older, "query": query, "asked": form.cleaned_data.get("q", "")}
    return render(request, "forums/search.html", context, status=422 if form.errors else 200)
