"""Every address of the portal. Stable ones: the design's list of addresses, kept in docs/addresses.md."""

from django.contrib import admin
from django.urls import include, path

from accounts.urls import allauth_patterns
from core.languages import language_patterns
from home.views import health, mailbox, pages

urlpatterns = [
    path("", pages.choose_language, name="root"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("admin/", admin.site.urls),
    *language_patterns(
        path("", include("home.urls")),
        path("accounts/", include(allauth_patterns)),
        path("accounts/", include("accounts.urls")),
        path("portfolio/", include("portfolio.urls")),
    ),
]
