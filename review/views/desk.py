"""Views of the review desk: thin; the admin site wraps them, so that only its people arrive."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import labels
from core import kept
from core.errors import NotAllowed, Stale
from network.idempotency import once
from review import kinds, permissions, queue, services
from review.errors import Incomplete
from review.filters import TABS, QueueFilter
from review.models import Case
from review.views import actions, page

LARGEST_ID = 2**63 - 1


def show_queue(request, admin_site):
    """The queue, and its bulk actions."""
    if request.method == "POST":
        return redirect(once(request, lambda: _in_bulk(request)))
    now = timezone.now()
    counts = queue.Counts(request.user, now)
    staff, known_labels = permissions.reviewer_names(request.user), labels.read()
    asked = QueueFilter(request.GET, kinds=kinds.open_to(request.user), staff=staff, known=known_labels, counts=counts)
    cases = asked.apply(Case.objects.visible_to(request.user), request.user, now)
    known = None if asked.narrows else counts.tabs[asked.chosen_tab]
    pages = queue.CappedPaginator(cases.select_related("assignee").only(*queue.READ), known)
    chosen = pages.get_page(asked.asked.get("page", 1))
    query = {name: str(value) for name, value in asked.asked.items()}
    context = {
        **admin_site.each_context(request),
        "title": _("Review queue"),
        "asked": asked,
        "counts": counts,
        "oldest_days": (now - counts.oldest).days if counts.oldest else None,
        "tabs": [(key, words, counts.tabs[key]) for key, words in TABS.items()],
        "rows": queue.rows(list(chosen.object_list), now, known_labels),
        "page_obj": chosen,
        "page_numbers": pages.get_elided_page_range(chosen.number),
        "query": query,
        "clear": {"tab": asked.chosen_tab},
        "staff": staff,
    }
    return render(request, "review/queue.html", context)


def _in_bulk(request) -> str:
    asked = request.POST.getlist("case")[: queue.PER_PAGE * 4]
    ids = {int(pk) for pk in asked if pk.isascii() and pk.isdigit() and len(pk) < 19}
    chosen = Case.objects.visible_to(request.user).open().filter(pk__in=ids)
    cases = list(chosen.order_by("pk"))
    back = f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path
    if not cases:
        messages.warning(request, _("Choose at least one case."))
    elif request.POST.get("action") == "assign":
        _assign(request, cases)
    else:
        _claim(request, cases)
    return back[:500]


def _claim(request, cases) -> None:
    taken, left = services.claim_all(cases, by=request.user)
    if taken:
        words = ngettext("You work on %(number)s case now.", "You work on %(number)s cases now.", len(taken))
        messages.success(request, words % {"number": len(taken)})
    for case, reason in left:
        messages.warning(request, f"{case.reference}: {reason}")


def _assign(request, cases) -> None:
    to = next((user for user in permissions.reviewers() if str(user.pk) == request.POST.get("to")), None)
    if to is None:
        messages.warning(request, _("Choose the colleague who takes the cases."))
        return
    try:
        services.assign(cases, to, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return
    words = ngettext("%(name)s has %(number)s case more.", "%(name)s has %(number)s cases more.", len(cases))
    messages.success(request, words % {"name": to.name, "number": len(cases)})


def keep_words(view):
    """The page of a case for whoever may have lost their session: what they typed waits until they have signed in again."""

    @login_not_required
    @wraps(view)
    def kept_first(request, pk: str):
        if not request.user.is_authenticated:
            return kept.sign_in_first(request, f"case:{pk}")
        return view(request, pk)

    return kept_first


def show_case(request, admin_site, pk: str):
    """One case, and what its buttons do."""
    if not (pk.isascii() and pk.isdigit() and int(pk[:20]) <= LARGEST_ID):
        raise Http404
    seen = Case.objects.visible_to(request.user).select_related("assignee", "institution", "decided_by")
    case = get_object_or_404(seen, pk=int(pk))
    if request.method == "POST":
        return _act(request, admin_site, case, seen)
    typed = kept.typed_before(request, f"case:{case.pk}")
    return _render(request, admin_site, case, typed=typed)


def _act(request, admin_site, case, seen):
    written = actions.Written.read(request.POST)
    try:
        onward = redirect(once(request, lambda: actions.carry_out(case, written, request)))
        kept.forget(request, f"case:{case.pk}")
        return onward
    except Stale as stale:
        context = {
            **admin_site.each_context(request), "title": _("Somebody was faster"), "case": case, "message": stale.message,
            "theirs": stale.context.get("theirs") or [], "yours": written.rows(),
        }  # fmt: skip
        return render(request, "review/stale.html", context, status=409)
    except Incomplete as incomplete:
        if written.too_long:  # nothing was saved: the page shows all that was typed, whole
            return _render(request, admin_site, case, problem=Incomplete(written.too_long), typed=request.POST)
        actions.keep(case, written, request)
        kept.forget(request, f"case:{case.pk}")
        return _render(request, admin_site, seen.get(pk=case.pk), problem=incomplete, written=written)


def _render(request, admin_site, case, problem=None, written=None, typed=None):
    shown = page.gather(case, request.user, timezone.now(), request.GET.get("against", "")[:20])
    if typed is not None:
        written = shown.typed = actions.Written.read(typed)
        shown.typed_codes = typed
    context = {
        **admin_site.each_context(request), "title": case.reference, "subtitle": case.title, "case": case, "page": shown,
        "problem": problem.message if problem else "", "unsaved": problem and typed is not None, "written": written, "note": kept.note(request.user, f"case:{case.pk}"),
        "kept_words": written.rows() if typed is not None and not problem else None,
    }  # fmt: skip
    return render(request, "review/case.html", context, status=problem.status if problem else 200)
