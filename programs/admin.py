"""The Table in the admin: a list to search, and pages of our own for all that changes it. Imports have theirs beside it."""

import re

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.labels import STATUS
from core.admin import Bounded
from programs import import_admin, permissions  # noqa: F401 - imports register beside the records
from programs.choices import RevisionState
from programs.models import Project, ProjectRevision
from programs.views import keeping, leaving
from taxonomy.models import Area, ProjectType

# What the list does not show of a text is not read for it
TEXT = (
    "title",
    "type",
    "countries",
    "region",
    "ongoing",
    *(f"{end}_{part}" for end in ("start", "end") for part in ("year", "month", "day")),
)
LISTED = (
    "slug", "published_at", "source", "registry_consent", "retired_at", "merged_into", *(f"published__{name}" for name in TEXT),
)  # fmt: skip
NUMBER = re.compile(r"T-?0*([0-9]{1,9})", re.IGNORECASE)


class ListFilter(admin.SimpleListFilter):
    """One of a short list."""

    def queryset(self, request, queryset):
        return self.narrowed(queryset, self.value()) if self.value() else queryset


class TypeFilter(ListFilter):
    title, parameter_name = pgettext_lazy("of a record", "type"), "type"

    def lookups(self, request, model_admin):
        return [(one.pk, one.label) for one in ProjectType.objects.all()]

    def narrowed(self, queryset, value):
        return queryset.filter(published__type=value)


class AreaFilter(ListFilter):
    title, parameter_name = _("area"), "area"

    def lookups(self, request, model_admin):
        return [(one.pk, one.label) for one in Area.objects.all()]

    def narrowed(self, queryset, value):
        return queryset.filter(published__theme__area=value)


def after(prefix: str, day) -> Q:
    """A date as exact as known begins after a day."""
    name = f"published__{prefix}"
    return (
        Q(**{f"{name}_year__gt": day.year})
        | Q(**{f"{name}_year": day.year, f"{name}_month__gt": day.month})
        | Q(**{f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day__gt": day.day})
    )


def before(prefix: str, day) -> Q:
    """A date as exact as known is over on a day."""
    name = f"published__{prefix}"
    return (
        Q(**{f"{name}_year__lt": day.year})
        | Q(**{f"{name}_year": day.year, f"{name}_month__lt": day.month})
        | Q(**{f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day__lt": day.day})
    )


class StatusFilter(ListFilter):
    """As the dates say today."""

    title, parameter_name = _("status"), "status"

    def lookups(self, request, model_admin):
        return list(STATUS.items())

    def narrowed(self, queryset, value):
        today = timezone.localdate()
        planned, ended = after("start", today), before("end", today) & Q(published__ongoing=False)
        active = ~planned & (Q(published__ongoing=True) | (Q(published__end_year__isnull=False) & ~ended))
        rules = {
            "planned": planned,
            "ended": ~planned & ended,
            "active": active,
            "unknown": ~planned & Q(published__ongoing=False, published__end_year__isnull=True),
        }
        return queryset.filter(rules[value]) if value in rules else queryset


class ProposalsFilter(ListFilter):
    """Whether countries propose something about it."""

    title, parameter_name = _("open proposal"), "proposals"

    def lookups(self, request, model_admin):
        return [("open", _("With an open proposal")), ("moved", _("With a proposal whose base moved"))]

    def narrowed(self, queryset, value):
        rows = sent_proposals()
        if value == "moved":
            rows = rows.exclude(base=OuterRef("published"))
        return queryset.filter(Exists(rows))


class StandingFilter(ListFilter):
    """Where a record stands with the public."""

    title, parameter_name = _("standing"), "standing"

    def lookups(self, request, model_admin):
        return [
            ("public", _("Public")),
            ("out", pgettext_lazy("record", "Taken out")),
            ("retired", pgettext_lazy("record", "Retired")),
            ("merged", pgettext_lazy("record", "Merged")),
        ]

    def narrowed(self, queryset, value):
        rules = {
            "out": Q(registry_consent="no"),
            "retired": Q(retired_at__isnull=False, merged_into__isnull=True),
            "merged": Q(merged_into__isnull=False),
        }
        return queryset.public() if value == "public" else queryset.filter(rules[value]) if value in rules else queryset


def sent_proposals():
    """Open proposals that the OAS has, of the record outside."""
    return ProjectRevision.objects.filter(
        project=OuterRef("pk"), is_open=True, state=RevisionState.SUBMITTED
    ).order_by()


@admin.register(Project)
class ProjectAdmin(Bounded):
    """The list is Django's; every page behind it is ours."""

    list_display = ("permanent_id", "title", "kind", "place", "status", "proposals", "published_at", "standing")
    list_display_links = ("permanent_id", "title")
    list_filter = (StandingFilter, TypeFilter, AreaFilter, StatusFilter, ProposalsFilter)
    list_select_related = ("published",)
    search_fields = ("published__title__words",)
    search_help_text = _("Words of the title, or the number of the record, for example T-000012")
    show_full_result_count = False
    ordering = ("-pk",)
    actions = None

    def get_urls(self):
        def page(view, *, words=False):
            wrapped = self.admin_site.admin_view(lambda request, pk=0, **more: self._door(request, view, pk, **more))
            return keeping.keep_words(wrapped) if words else wrapped

        name = "programs_project_{}".format
        acts = [
            path(f"<int:pk>/{verb.replace('_', '-')}/", page(leaving.act), {"verb": verb}, name=name(verb))
            for verb in leaving.ACTS
        ]
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=name("changelist")),
            path("add/", page(keeping.record, words=True), name=name("add")),
            path("custody/", page(lambda request, site, pk: leaving.hand_over(request, site)), name=name("custody")),
            path("<int:pk>/change/", page(keeping.record, words=True), name=name("change")),
            path("<int:pk>/history/", page(keeping.show_history), name=name("history")),
            path("<int:pk>/merge/", page(leaving.merge), name=name("merge")),
            *acts,
        ]

    def _door(self, request, view, pk, **more):
        permissions.may_look(request.user).or_refuse()
        return view(request, self.admin_site, pk, **more)

    # --- the list
    def has_add_permission(self, request) -> bool:
        return bool(permissions.may_keep(request.user))

    def has_change_permission(self, request, obj=None) -> bool:
        return False  # never by Django's own form

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(published__isnull=False)
        counted = sent_proposals().values("project").annotate(number=Count("pk")).values("number")
        return rows.annotate(open_proposals=counted).only(*LISTED)

    def get_search_results(self, request, queryset, search_term):
        if found := NUMBER.fullmatch(search_term.strip()):
            return queryset.filter(pk=min(int(found[1]), keeping.LARGEST)), False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request, extra_context=None):
        permissions.may_look(request.user).or_refuse()
        return super().changelist_view(request, {"keeps": permissions.may_keep(request.user), **(extra_context or {})})

    @admin.display(description=_("number"), ordering="pk")
    def permanent_id(self, project):
        return project.permanent_id

    @admin.display(description=_("title"), ordering="published__title")
    def title(self, project):
        return project.published.title

    @admin.display(description=pgettext_lazy("of a record", "type"), ordering="published__type")
    def kind(self, project):
        return project.published.type_id

    @admin.display(description=_("countries"))
    def place(self, project):
        text = project.published
        return text.get_region_display() or ", ".join(text.countries[:4]) + ("…" if len(text.countries) > 4 else "")

    @admin.display(description=_("status"))
    def status(self, project):
        return STATUS[project.published.span.status()]

    @admin.display(description=_("open proposals"))
    def proposals(self, project):
        return project.open_proposals or "–"

    @admin.display(description=_("standing"))
    def standing(self, project):
        if project.merged_into_id:
            return pgettext_lazy("record", "Merged")
        if project.retired_at:
            return pgettext_lazy("record", "Retired")
        return _("Public") if project.is_public else pgettext_lazy("record", "Taken out")
