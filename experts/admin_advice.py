"""Questions to experts in the admin: their clocks, and the overview of load, waiting times and unanswered themes. No texts."""

from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnly
from experts import advice_load, advice_permissions
from experts.models import AdviceRequest


class UnansweredFilter(admin.SimpleListFilter):
    """Whether nobody could answer so far."""

    title, parameter_name = _("without an expert"), "unanswered"

    def lookups(self, request, model_admin):
        return [("yes", _("Nobody could answer")), ("oas", _("The OAS chooses"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(unanswered_since__isnull=False, state="open")
        return queryset.filter(oas_helps=True, state="open") if self.value() == "oas" else queryset


@admin.register(AdviceRequest)
class AdviceRequestAdmin(ReadOnly):
    """Where each question stands. What was asked is read, where it may be, on the question's own page."""

    list_display = ("reference", "state", "state_since", "theme", "country", "asked_by", "needed_by", "confidential")
    list_filter = ("state", UnansweredFilter, "confidential")
    list_select_related = ("theme", "country", "institution")
    ordering = ("-pk",)

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(state="draft").defer("title", "question", "tried")

    @admin.display(description=_("number"), ordering="pk")
    def reference(self, row):
        return row.reference

    @admin.display(description=_("institution"))
    def asked_by(self, row):
        return _("Confidential") if row.confidential and not row.oas_helps else row.institution.name

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A question has one page, which shows to each what they may read."""
        row = self.get_object(request, object_id)
        if request.method == "POST" or row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect("experts:request", pk=row.pk)

    # --- overview
    def get_urls(self):
        view = self.admin_site.admin_view(self.overview)
        return [path("overview/", view, name="experts_advicerequest_overview"), *super().get_urls()]

    def overview(self, request):
        """Who has how much to do, how long questions wait, which themes nobody answers."""
        advice_permissions.may_oversee(request.user).or_refuse()
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Questions to experts: load and waiting times"),
            "load": advice_load.load(),
            "waits": advice_load.waits(now),
            "times": advice_load.times(now),
            "themes": advice_load.themes(),
        }
        return TemplateResponse(request, "admin/experts/advicerequest/overview.html", context)
