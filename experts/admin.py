"""Experts and invitations in the admin: lists to search, to read only. What changes them goes through services and cases."""

import re

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.admin import ReadOnly
from experts.models import Expert, ExpertInvitation
from taxonomy.choices import Profession

NUMBER = re.compile(r"E-?0*([0-9]{1,9})", re.IGNORECASE)
LARGEST = 2**63 - 1


class StandingFilter(admin.SimpleListFilter):
    """Where a profile stands with the public."""

    title, parameter_name = _("standing"), "standing"

    RULES = {
        "paused": Q(published__isnull=False, retired_at__isnull=True, paused_at__isnull=False),
        "silent": Q(published__isnull=False, retired_at__isnull=True, silent_since__isnull=False),
        "unpublished": Q(published__isnull=True, retired_at__isnull=True),
        "left": Q(retired_at__isnull=False),
    }

    def lookups(self, request, model_admin):
        return [
            ("public", _("In the list")),
            ("paused", pgettext_lazy("expert", "On pause")),
            ("silent", pgettext_lazy("expert", "Silent")),
            ("unpublished", pgettext_lazy("expert", "Never published")),
            ("left", pgettext_lazy("expert", "Left")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "public":
            return queryset.public()
        return queryset.filter(self.RULES[self.value()]) if self.value() in self.RULES else queryset


class ProfessionFilter(admin.SimpleListFilter):
    """From where they speak."""

    title, parameter_name = _("professional field"), "profession"

    def lookups(self, request, model_admin):
        return Profession.choices

    def queryset(self, request, queryset):
        return queryset.filter(published__profession=self.value()) if self.value() in Profession.values else queryset


@admin.register(Expert)
class ExpertAdmin(ReadOnly):
    """Experts, whatever their standing."""

    list_display = ("permanent_id", "shown_name", "speaks_as", "standing", "availability", "confirmed_on")
    list_display_links = ("permanent_id", "shown_name")
    list_filter = (StandingFilter, ProfessionFilter, "availability")
    list_select_related = ("published",)
    search_fields = ("published__name__words",)
    search_help_text = _("Words of the name, or the number, for example E-000012")
    ordering = ("-pk",)
    actions = None
    fields = (
        "permanent_id", "shown_name", "speaks_as", "standing", "shown", "availability", "notice_weeks", "first_published_at",
        "published_at", "confirmed_on", "paused_at", "silent_since", "retired_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_search_results(self, request, queryset, search_term):
        if found := NUMBER.fullmatch(search_term.strip()):
            return queryset.filter(pk=min(int(found[1]), LARGEST)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("number"), ordering="pk")
    def permanent_id(self, expert) -> str:
        return expert.permanent_id

    @admin.display(description=_("name"))
    def shown_name(self, expert) -> str:
        return expert.published.name if expert.published else "–"

    @admin.display(description=_("professional field"))
    def speaks_as(self, expert) -> str:
        return expert.published.get_profession_display() if expert.published else "–"

    @admin.display(description=_("standing"))
    def standing(self, expert) -> str:
        if expert.is_public:
            return str(_("In the list"))
        if expert.retired_at:
            return str(pgettext_lazy("expert", "Left"))
        if not expert.published_id:
            return str(pgettext_lazy("expert", "Never published"))
        return str(pgettext_lazy("expert", "On pause") if expert.paused_at else pgettext_lazy("expert", "Silent"))


@admin.register(ExpertInvitation)
class ExpertInvitationAdmin(ReadOnly):
    """Who was invited to join, by whom."""

    list_display = ("email", "institution", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("language",)
    list_select_related = ("institution", "invited_by")
    search_fields = ("^email",)
    search_help_text = _("How the e-mail address begins")
    ordering = ("-pk",)
    actions = None
    fields = (
        "email", "language", "institution", "invited_by", "created_at", "expires_at", "mailed_at", "accepted_at", "revoked_at",
    )  # fmt: skip
