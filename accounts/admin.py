"""People and memberships in the admin: what changes here goes through services and leaves its line in the history."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import SuspensionForm
from accounts.services import institutions, memberships
from core.admin import Bounded
from core.errors import NotAllowed, PortalError
from network.admin import InstitutionAdmin
from network.choices import Role
from network.models import Institution, Membership, User
from taxonomy.models import Theme


class MembershipInline(admin.TabularInline):
    """The history of a person's roles, to be read."""

    model = Membership
    fk_name = "user"
    extra = 0
    fields = ["role", "institution", "starts_on", "ends_on", "granted_by"]
    readonly_fields = fields
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution", "granted_by", "user")


class RoleFilter(admin.SimpleListFilter):
    """People by the role that they hold now."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [*Role.choices, ("none", _("No role"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.exclude(pk__in=Membership.objects.current().values("user"))
        if self.value() in Role.values:
            return queryset.filter(pk__in=User.objects.holding(self.value()).values("pk"))
        return queryset


@admin.register(User)
class UserAdmin(Bounded):
    """People. Accounts are opened by registration or invitation, and erased by their owners."""

    list_display = ["name", "email", "roles_now", "language", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active", "language", "is_demo"]
    search_fields = ["name__words", "^email"]
    fields = [
        "name",
        "email",
        "language",
        "timezone",
        "is_active",
        "suspended_at",
        "erased_at",
        "date_joined",
        "last_login",
    ]
    readonly_fields = ["email", "is_active", "suspended_at", "erased_at", "date_joined", "last_login"]
    inlines = [MembershipInline]
    actions = ["suspend", "reinstate"]

    def get_queryset(self, request):
        current = Membership.objects.current().select_related("institution")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", current, to_attr="held_now"))

    def save_model(self, request, obj, form, change):
        """Only what was changed here: a suspension of this very moment is not undone."""
        obj.save(update_fields=form.changed_data)

    @admin.display(description=_("roles"))
    def roles_now(self, person) -> str:
        return "; ".join(f"{m.get_role_display()}, {m.institution}" for m in person.held_now) or "–"

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Suspend the chosen accounts"), permissions=["change"])
    def suspend(self, request, queryset):
        """Ask for the reason, then suspend."""
        form = SuspensionForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            page = {
                **self.admin_site.each_context(request),
                "title": _("Suspend accounts"),
                "opts": self.opts,
                "form": form,
                "chosen": queryset,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/network/user/suspend.html", page)
        self._each(request, queryset, partial(memberships.suspend, reason=form.cleaned_data["reason"]))
        return None

    @admin.action(description=_("Reinstate the chosen accounts"), permissions=["change"])
    def reinstate(self, request, queryset):
        self._each(request, queryset, memberships.reinstate)

    def _each(self, request, queryset, service) -> None:
        done = 0
        for person in queryset:
            try:
                service(person, by=request.user)
                done += 1
            except PortalError as refusal:
                self.message_user(request, f"{person}: {refusal.message}", messages.ERROR)
        words = ngettext("%(number)d account was changed.", "%(number)d accounts were changed.", done)
        self.message_user(request, words % {"number": done}, messages.SUCCESS)


class MembershipForm(forms.ModelForm):
    """A role; reviewers may be limited to themes."""

    themes = forms.MultipleChoiceField(
        label=_("limited to themes"),
        required=False,
        choices=lambda: [(theme.code, f"{theme.code} {theme.label}") for theme in Theme.objects.all()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for reviewers; none means all themes."),
    )

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role") or self.instance.role
        if cleaned.get("themes") and role != Role.REVIEWER:
            self.add_error("themes", _("Only reviewers are limited to themes."))
        if self.instance.pk is None and {"user", "role", "institution", "themes"} <= cleaned.keys():
            try:
                memberships.refuse_other_themes(**{n: cleaned[n] for n in ("user", "role", "institution", "themes")})
            except NotAllowed as refusal:
                self.add_error("themes", refusal.message)
        return cleaned


@admin.register(Membership)
class MembershipAdmin(Bounded):
    """Roles begin and end; they are never deleted."""

    form = MembershipForm
    list_display = ["user", "role", "institution", "starts_on", "ends_on"]
    list_filter = ["role", "institution__country"]
    list_select_related = ["user", "institution"]
    search_fields = ["user__name__words", "^user__email", "institution__name__words", "institution__name_en__words"]
    autocomplete_fields = ["user", "institution"]
    actions = ["end_today"]

    def get_fields(self, request, obj=None):
        return ["user", "role", "institution", "themes"] + (["starts_on", "ends_on", "granted_by"] if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return ["user", "role", "institution", "starts_on", "ends_on", "granted_by"] if obj else []

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change):
        if change:
            memberships.limit(obj, form.cleaned_data["themes"], by=request.user)
            return
        begun = memberships.give(obj.user, obj.role, obj.institution, by=request.user, themes=obj.themes)
        obj.pk = begun.pk

    @admin.action(description=_("End the chosen memberships today"), permissions=["change"])
    def end_today(self, request, queryset):
        ended = 0
        for membership in queryset.select_related("user", "institution"):
            try:
                memberships.end(membership, by=request.user)
                ended += 1
            except PortalError as refusal:
                self.message_user(request, f"{membership}: {refusal.message}", messages.ERROR)
        words = ngettext("%(number)d membership has ended.", "%(number)d memberships have ended.", ended)
        self.message_user(request, words % {"number": ended}, messages.SUCCESS)


@admin.register(Institution)
class RecordedInstitutionAdmin(InstitutionAdmin):
    """Institutions: who endorses for one is changed by the service, which leaves its line in the history."""

    def save_model(self, request, obj, form, change):
        wanted = {"endorsed_by": obj.endorsed_by, "requires": obj.requires_endorsement}
        held = Institution.objects.select_related("endorsed_by").get(pk=obj.pk) if change else Institution()
        obj.endorsed_by, obj.requires_endorsement = held.endorsed_by, held.requires_endorsement
        super().save_model(request, obj, form, change)
        institutions.settle_endorsement(obj, by=request.user, **wanted)
