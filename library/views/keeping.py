"""The library in the admin: write, look, compare versions, retire, merge. The admin site wraps these views."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import labels
from core import kept
from core.errors import Stale
from library import history, permissions, reading, services
from library.forms.item import ItemForm
from library.forms.small import MergeForm, ReasonForm, SourceForm
from library.models import ItemRevision, LibraryItem
from library.similar import similar
from network.idempotency import once

LARGEST = 2**31 - 1


def keep_words(view):
    """A page of writing for whoever may have lost their session: what they typed waits until they have signed in again."""

    @login_not_required
    @wraps(view)
    def kept_first(request, pk: int = 0):
        if not request.user.is_authenticated:
            return kept.sign_in_first(request, f"item:{pk}")
        return view(request, pk)

    return kept_first


def find(pk: int) -> LibraryItem:
    """An item that was published once."""
    if pk > LARGEST:
        raise Http404
    rows = LibraryItem.objects.filter(published__isnull=False)
    return get_object_or_404(rows.select_related("published__proposer", "merged_into__published"), pk=pk)


def record(request, site, pk: int = 0):
    """The form of an item, or of a new one; who may only look reads it."""
    item = find(pk) if pk else None
    may = permissions.may_keep(request.user, item)
    if item is None:
        may.or_refuse()
    if request.method == "POST":
        may.or_refuse()
        return _save(request, site, item)
    if not may:
        return _look(request, site, item, may)
    typed = kept.typed_before(request, f"item:{pk}")
    form = ItemForm(_text_of(item, request), typed)
    return _form_page(request, site, item, form, _source_form(item, typed), kept_words=typed is not None)


def _text_of(item, request) -> ItemRevision:
    """What is published; nothing yet for a new item."""
    if item is None:
        return ItemRevision(language=request.user.language[:2])
    item.published.item = item
    return item.published


def _source_form(item, data=None) -> SourceForm:
    return SourceForm(data, initial={"source": item.source if item else ""})


def _save(request, site, item):
    wanted = request.POST.get("then", "")
    text = _text_of(item, request)
    if wanted == "add:authors":
        return _one_more(request, site, item, text)
    form, source = ItemForm(text, request.POST, strict=True), _source_form(item, request.POST)
    values = form.values()
    if form.all_errors() or not source.is_valid():
        return _form_page(request, site, item, form, source, status=422)
    if item is None and "looked" not in request.POST and (near := similar(ItemRevision(**values))):
        return _form_page(request, site, item, form, source, near=near)  # before a second item of the same thing
    try:
        url = once(request, lambda: _publish(request, item, values, source.cleaned_data["source"]))
    except Stale as refusal:
        return _form_page(request, site, find(item.pk), form, source, status=409, problem=refusal)
    kept.forget(request, f"item:{item.pk if item else 0}")
    messages.success(request, _("Published. Everybody reads this text now."))
    return redirect(url)


def _publish(request, item, values: dict, source: str) -> str:
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    saved = services.publish_edit(item, by=request.user, values=values, source=source, version=number if item else None)
    return reverse("admin:library_libraryitem_change", args=[saved.pk])


def _one_more(request, site, item, text):
    """The same form with more lines for authors; nothing is published by it."""
    data = request.POST.copy()
    if data.get("authors-rows", "").isdecimal():
        data["authors-rows"] = str(min(int(data["authors-rows"][:3]) + 3, 60))
    return _form_page(request, site, item, ItemForm(text, data), _source_form(item, data))


def _form_page(
    request, site, item, form, source, *, status: int = 200, problem=None, near=None, kept_words: bool = False
):
    if near is None and form.is_bound:
        near = similar(ItemRevision(**form.values())) if item is None else []
    context = _context(request, site, item, _("Edit the item") if item else _("Add an item to the library")) | {
        "form": form,
        "source": source,
        "summary": form.all_errors() if status == 422 else [],
        "problem": problem,
        "kept_words": kept_words,
        "note": kept.note(request.user, f"item:{item.pk if item else 0}"),
        "similar": near or [],
        "open_rows": _open_proposals(item),
        "keeps": True,
    }
    return render(request, "admin/library/libraryitem/form.html", context, status=status)


def _context(request, site, item, title: str) -> dict:
    return {**site.each_context(request), "opts": LibraryItem._meta, "title": title, "item": item}


def _open_proposals(item) -> list[ItemRevision]:
    """Proposals on the item that the OAS has."""
    if item is None:
        return []
    rows = item.revisions.proposals().open().filter(case__isnull=False)
    return list(rows.select_related("case", "item").order_by("submitted_at"))


def _look(request, site, item, may):
    """The item as it reads, with the reason why it is not a form."""
    context = _context(request, site, item, item.published.title) | {
        "proposal": item.published,
        "parts": reading.read(item.published, labels.read()),
        "may": may,
        "keeps": bool(permissions.may_keep(request.user)),
        "open_rows": _open_proposals(item),
    }
    return render(request, "admin/library/libraryitem/look.html", context)


def show_history(request, site, pk: int):
    """Every published version, what one changed against another, and what happened to the item."""
    item = find(pk)
    rows = history.versions(item)
    by_number = {str(row.number): row for row in rows}
    new = by_number.get(request.GET.get("new", ""), rows[0] if rows else item.published)
    earlier = [row for row in rows if row.number < new.number]
    old = by_number.get(request.GET.get("old", ""), earlier[0] if earlier else None)
    context = _context(request, site, item, _("History: %(number)s") % {"number": item.permanent_id}) | {
        "versions": rows,
        "old": old,
        "new": new,
        "changes": history.changes(old, new, labels.read()),
        "happened": history.happened(item),
    }
    return render(request, "admin/library/libraryitem/history.html", context)


def retire(request, site, pk: int):
    """The item leaves, with a reason."""
    item = find(pk)
    permissions.may_keep(request.user, item).or_refuse()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        url = once(request, lambda: _retired(item, request.user, form.cleaned_data["reason"]))
        messages.success(request, _("The item is retired."))
        return redirect(url)
    context = _context(request, site, item, _("Retire the item")) | {"form": form}
    return render(
        request, "admin/library/libraryitem/retire.html", context, status=422 if request.method == "POST" else 200
    )


def _retired(item, user, reason: str) -> str:
    services.retire(item, by=user, reason=reason)
    return reverse("admin:library_libraryitem_change", args=[item.pk])


def merge(request, site, pk: int):
    """Two items are the same thing: choose the one that stays, look at both, say why."""
    item = find(pk)
    permissions.may_keep(request.user, item).or_refuse()
    form = MergeForm(request.POST if request.method == "POST" else None, item=item)
    ready = form.is_bound and form.is_valid()
    into = form.cleaned_data.get("into") if form.is_bound else None
    if ready and "confirmed" in request.POST:
        url = once(request, lambda: _merged(item, into, request.user, form.cleaned_data["reason"]))
        messages.success(request, _("The items are merged. Both addresses lead to this one."))
        return redirect(url)
    context = _context(request, site, item, _("Merge the item into another one")) | {
        "form": form,
        "into": into,
        "ready": ready,
    }
    status = 422 if request.method == "POST" and not ready else 200
    return render(request, "admin/library/libraryitem/merge.html", context, status=status)


def _merged(item, into, user, reason: str) -> str:
    services.merge(item, into=into, by=user, reason=reason)
    return reverse("admin:library_libraryitem_change", args=[into.pk])
