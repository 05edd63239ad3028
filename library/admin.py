"""The library in the admin: a list to search, and pages of our own for all that changes it."""

import re

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.admin import Bounded
from library import permissions
from library.choices import RevisionState
from library.models import ItemRevision, LibraryItem
from library.views import keeping
from taxonomy.choices import ItemType

# What the list does not show of a text is not read for it
LISTED = (
    "slug", "published_at", "source", "registry_consent", "retired_at", "merged_into",
    *(f"published__{name}" for name in ("title", "item_type", "year", "language")),
)  # fmt: skip
NUMBER = re.compile(r"L-?0*([0-9]{1,9})", re.IGNORECASE)


class ListFilter(admin.SimpleListFilter):
    """One of a short list."""

    def queryset(self, request, queryset):
        return self.narrowed(queryset, self.value()) if self.value() else queryset


class TypeFilter(ListFilter):
    title, parameter_name = _("kind of literature"), "item_type"

    def lookups(self, request, model_admin):
        return ItemType.choices

    def narrowed(self, queryset, value):
        return queryset.filter(published__item_type=value)


class ProposalsFilter(ListFilter):
    """Whether somebody proposes something about it."""

    title, parameter_name = _("open proposal"), "proposals"

    def lookups(self, request, model_admin):
        return [("open", _("With an open proposal")), ("moved", _("With a proposal whose base moved"))]

    def narrowed(self, queryset, value):
        rows = sent_proposals()
        return queryset.filter(Exists(rows.exclude(base=OuterRef("published")) if value == "moved" else rows))


class StandingFilter(ListFilter):
    """Where an item stands with the public."""

    title, parameter_name = _("standing"), "standing"

    def lookups(self, request, model_admin):
        return [
            ("public", _("Public")),
            ("retired", pgettext_lazy("record", "Retired")),
            ("merged", pgettext_lazy("record", "Merged")),
        ]

    def narrowed(self, queryset, value):
        rules = {
            "retired": Q(retired_at__isnull=False, merged_into__isnull=True),
            "merged": Q(merged_into__isnull=False),
        }
        return queryset.public() if value == "public" else queryset.filter(rules[value]) if value in rules else queryset


def sent_proposals():
    """Open proposals that the OAS has, of the item outside."""
    return ItemRevision.objects.filter(item=OuterRef("pk"), is_open=True, state=RevisionState.SUBMITTED).order_by()


@admin.register(LibraryItem)
class ItemAdmin(Bounded):
    """The list is Django's; every page behind it is ours."""

    list_display = ("permanent_id", "title", "kind", "year", "proposals", "published_at", "standing")
    list_display_links = ("permanent_id", "title")
    list_filter = (StandingFilter, TypeFilter, ProposalsFilter)
    list_select_related = ("published",)
    search_fields = ("published__title__words",)
    search_help_text = _("Words of the title, or the number of the item, for example L-000012")
    show_full_result_count = False
    ordering = ("-pk",)
    actions = None

    def get_urls(self):
        def page(view, *, words=False):
            wrapped = self.admin_site.admin_view(lambda request, pk=0: self._door(request, view, pk))
            return keeping.keep_words(wrapped) if words else wrapped

        name = "library_libraryitem_{}".format
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=name("changelist")),
            path("add/", page(keeping.record, words=True), name=name("add")),
            path("<int:pk>/change/", page(keeping.record, words=True), name=name("change")),
            path("<int:pk>/history/", page(keeping.show_history), name=name("history")),
            path("<int:pk>/merge/", page(keeping.merge), name=name("merge")),
            path("<int:pk>/retire/", page(keeping.retire), name=name("retire")),
        ]

    def _door(self, request, view, pk):
        permissions.may_look(request.user).or_refuse()
        return view(request, self.admin_site, pk)

    # --- the list
    def has_add_permission(self, request) -> bool:
        return bool(permissions.may_keep(request.user))

    def has_change_permission(self, request, obj=None) -> bool:
        return False  # never by Django's own form

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(published__isnull=False)
        counted = sent_proposals().values("item").annotate(number=Count("pk")).values("number")
        return rows.annotate(open_proposals=counted).only(*LISTED)

    def get_search_results(self, request, queryset, search_term):
        if found := NUMBER.fullmatch(search_term.strip()):
            return queryset.filter(pk=min(int(found[1]), keeping.LARGEST)), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        permissions.may_look(request.user).or_refuse()
        return super().changelist_view(request, {"keeps": permissions.may_keep(request.user), **(extra_context or {})})

    @admin.display(description=_("number"), ordering="pk")
    def permanent_id(self, item):
        return item.permanent_id

    @admin.display(description=_("title"), ordering="published__title")
    def title(self, item):
        return item.published.title

    @admin.display(description=_("kind of literature"), ordering="published__item_type")
    def kind(self, item):
        return item.published.get_item_type_display()

    @admin.display(description=_("year"), ordering="published__year")
    def year(self, item):
        return item.published.year or "–"

    @admin.display(description=_("open proposals"))
    def proposals(self, item):
        return item.open_proposals or "–"

    @admin.display(description=_("standing"))
    def standing(self, item):
        if item.merged_into_id:
            return pgettext_lazy("record", "Merged")
        if item.retired_at:
            return pgettext_lazy("record", "Retired")
        return _("Public") if item.is_public else _("Not public")
