"""The one admin site: its door is allauth's, its rooms open by role."""

from functools import wraps

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from network.lookups import only_offered

CLOSED = _("The administration is open to reviewers, administrators and editors of the network.")


class PortalAdminSite(AdminSite):
    """Django admin with the portal's name; `/admin/` signs in through allauth only."""

    site_title = _("INLA administration")
    site_header = _("INLA administration")
    index_title = _("What waits for you")
    enable_nav_sidebar = True
    rooms = ("review", "portfolio", "programs", "forums", "network", "taxonomy", "files", "notifications")
    closed_apps = frozenset({"auth", "account", "mfa"})  # of libraries: looked after by the portal's own pages

    def register(self, model_or_iterable, admin_class=None, **options):
        """Models of libraries that bring an admin of their own stay out."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label not in self.closed_apps]
        super().register(own, only_offered(admin_class or ModelAdmin), **options)

    def admin_view(self, view, cacheable=False):
        """Visitors are sent to sign in; a signed-in person without a role here gets 403, whatever the address."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def door(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(CLOSED)
            if request.GET.get("_to_field") == "":  # Django would look for a column without a name
                raise DisallowedModelAdminToField("empty _to_field")
            return inner(request, *args, **kwargs)

        return door

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Visitors go to the portal's sign-in and come back; a person without a role here is told so, without a loop."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
            wanted = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not self.has_permission(request):
            raise PermissionDenied(
                _("The administration is open to reviewers, administrators and editors of the network.")
            )
        return HttpResponseRedirect(wanted)

    def get_app_list(self, request, app_label=None):
        """What waits for a decision stands first, then what is looked after most."""
        found = super().get_app_list(request, app_label)
        return sorted(
            found, key=lambda app: self.rooms.index(app["app_label"]) if app["app_label"] in self.rooms else 99
        )

    def logout(self, request, extra_context=None):
        """Signing out is the portal's."""
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        """So is the password."""
        return redirect("account_change_password")
