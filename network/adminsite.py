"""The one admin site: its door is allauth's, its rooms open by role."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """Django admin with the portal's name; `/admin/` signs in through allauth only."""

    site_title = _("INLA administration")
    site_header = _("INLA administration")
    index_title = _("What waits for you")
    enable_nav_sidebar = True

    def login(self, request, extra_context=None):
        return secure_admin_login(super().login)(request, extra_context)
