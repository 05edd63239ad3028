"""My desk, and what I was told."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import desk as panels
from notifications import kinds
from notifications.models import Notice
from notifications.services import mark_read

PAGE_SIZE = 25


@never_cache
@require_safe
def desk(request):
    """What waits for me; what I wait for."""
    context = {
        "mine": _items("mine", request.user),
        "others": _items("others", request.user),
        "ways": _items("ways", request.user),
        "institutions": list({m.institution_id: m.institution for m in request.user.memberships_now}.values()),
    }
    return render(request, "home/desk.html", context)


def _items(group: str, user) -> list[panels.DeskItem]:
    return [item for panel in panels.panels(group) for item in panel.items(user)]


@never_cache
@require_safe
def notices(request):
    """What I was told, newest first."""
    page = Paginator(request.user.notices.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": kinds.render_all(page),
    }
    return render(request, "home/notices.html", context)


@never_cache
@require_safe
def notice(request, pk: int):
    """Open a notice: it counts as read and leads to what it is about."""
    row = get_object_or_404(Notice.objects.filter(recipient=request.user), pk=pk)
    mark_read(Notice.objects.filter(pk=row.pk), by=request.user)
    return redirect(kinds.render(row).path or "home:notices")


@require_POST
def read_all(request):
    """Mark every notice of mine as read."""
    mark_read(Notice.objects.all(), by=request.user)
    return redirect("home:notices")
