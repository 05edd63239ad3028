"""Every address of the portal. Stable ones: docs/addresses.md."""

from django.contrib import admin
from django.urls import include, path

from accounts.urls import allauth_patterns
from core.languages import language_patterns
from home.views import health, mailbox, metrics, pages, wellknown

urlpatterns = [
    path("", pages.choose_language, name="root"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", wellknown.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", mailbox.mail, name="mailbox_mail"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("inla.api_urls")),
    path("", include("catalogue.urls")),
    *language_patterns(
        path("", include("home.urls")),
        path("", include("catalogue.urls_pages")),
        path("accounts/", include(allauth_patterns)),
        path("accounts/", include("accounts.urls")),
        path("portfolio/", include("portfolio.urls")),
        path("programs/", include("programs.urls")),
        path("experts/", include("experts.urls")),
        path("library/", include("library.urls")),
        path("forums/", include("forums.urls")),
        path("calendar/", include("meetings.urls")),
    ),
]
