"""The admin site of the portal takes the place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django admin with the portal's site: sign-in through allauth, doors by role."""

    default_site = "network.adminsite.PortalAdminSite"
