"""The review desk in the admin: queue and case are pages of their own; the record and the seals are read-only."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import Bounded, ReadOnly
from network.models import User
from review import events, kinds, services
from review.models import Case, Event, KindSetting, Seal
from review.services.settings import MOST_DAYS
from review.views import desk


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """The queue and the page of a case, at the addresses of a changelist and a change form."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="review_case_changelist"),
            path("<pk>/change/", desk.keep_words(wrap(self.case_view)), name="review_case_change"),
        ]

    def changelist_view(self, request, extra_context=None):
        self._door(request)
        return desk.show_queue(request, self.admin_site)

    def case_view(self, request, pk):
        self._door(request)
        return desk.show_case(request, self.admin_site, pk)

    def _door(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


@admin.register(Event)
class EventAdmin(ReadOnly):
    """The record of who did what: to be read, filtered and checked."""

    list_display = ("at", "stream", "number", "verb", "actor", "case_reference")
    list_filter = ("verb", "at")
    search_fields = ("=stream",)
    search_help_text = gettext_lazy("The name of a stream in full, for instance portfolio:12")
    ordering = ("-at", "-pk")
    fields = (
        "at", "stream", "number", "verb", "actor", "case_reference", "data", "request_id", "previous_hash", "hash", "chain",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        name = User.objects.filter(pk=OuterRef("actor_id")).values("name")[:1]
        reference = Case.objects.filter(pk=OuterRef("case_id")).values("reference")[:1]
        return super().get_queryset(request).annotate(actor_name=Subquery(name), reference=Subquery(reference))

    @admin.display(description=gettext_lazy("Who"))
    def actor(self, event) -> str:
        if event.actor_id is None:
            return _("the portal")
        return event.actor_name or _("a former member")

    @admin.display(description=gettext_lazy("Case"))
    def case_reference(self, event) -> str:
        return event.reference or "–"

    @admin.display(description=gettext_lazy("Chain"))
    def chain(self, event) -> str:
        if events.verify(event.stream):
            return _("Unbroken: every line of this stream is there, unchanged and in order.")
        return _("Broken: a line of this stream was changed or is missing.")


@admin.register(Seal)
class SealAdmin(ReadOnly):
    """Hourly seals over the chains."""

    list_display = ("at", "streams", "last_event", "short_hash")
    fields = ("at", "streams", "last_event", "hash", "all_seals")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("Hash"))
    def short_hash(self, seal) -> str:
        return seal.hash[:16]

    @admin.display(description=gettext_lazy("All seals"))
    def all_seals(self, seal) -> str:
        if events.verify_seals():
            return _("Unbroken: every seal fits the lines that it was put on.")
        return _("Broken: a sealed stream was cut short or rewritten.")


class KindSettingForm(forms.ModelForm):
    """Days within the bounds of the service."""

    class Meta:
        model = KindSetting
        fields = ("days",)

    days = forms.IntegerField(
        label=gettext_lazy("Days to answer"), min_value=1, max_value=MOST_DAYS,
        help_text=gettext_lazy("It counts for cases that are opened from now on."),
    )  # fmt: skip


@admin.register(KindSetting)
class KindSettingAdmin(Bounded):
    """The promise of an answer, per kind of case."""

    form = KindSettingForm
    list_display = ("kind_name", "days")
    fields = ("kind_name", "days")
    readonly_fields = ("kind_name",)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        services.ensure_settings()
        return super().get_queryset(request)

    @admin.display(description=gettext_lazy("Kind"))
    def kind_name(self, setting) -> str:
        known = {kind.key: kind.label for kind in kinds.registered()}
        return str(known.get(setting.kind, setting.kind))

    def save_model(self, request, obj, form, change) -> None:
        services.set_days(obj.kind, obj.days, by=request.user)
