"""Addresses of the library, under /<lang>/library/."""

from django.urls import include, path

app_name = "library"
urlpatterns = [
    path("proposals/", include("library.urls_proposals")),
    path("", include("library.urls_public")),
]
