"""Imports in the admin: Django's list, and pages of our own behind it."""

from functools import wraps

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnly
from programs import permissions
from programs.models import ImportBatch
from programs.views import imports


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly):
    """Files that were handed in, newest first."""

    list_display = ("name", "state_words", "institution", "created_at", "created_by", "applied_at")
    list_filter = ("state",)
    list_select_related = ("institution", "created_by")
    search_fields = ("name__words",)
    ordering = ("-pk",)
    actions = None

    def get_urls(self):
        side = imports.admin_side(self.admin_site)

        def page(view):
            inside = wraps(view)(lambda request, **found: view(request, side, **found))
            return self.admin_site.admin_view(inside)

        name = "programs_importbatch_{}".format
        verbs = ("progress", "report", "file", "tick", "apply", "discard")
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=name("changelist")),
            path("add/", page(imports.hand_in), name=name("add")),
            path("<int:pk>/change/", page(imports.show), name=name("change")),
            *(path(f"<int:pk>/{verb}/", page(getattr(imports, verb)), name=name(verb)) for verb in verbs),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request) & ImportBatch.objects.visible_to(request.user)

    def changelist_view(self, request, extra_context=None):
        keeps = permissions.may_keep(request.user)
        return super().changelist_view(request, {"keeps": keeps, **(extra_context or {})})

    def get_list_display_links(self, request, list_display):
        return ("name",)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, batch):
        return batch.get_state_display()
