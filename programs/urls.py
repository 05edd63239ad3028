"""Addresses of the Table, under /<lang>/programs/."""

from django.urls import include, path

app_name = "programs"
urlpatterns = [
    path("proposals/", include("programs.urls_ministry")),
    path("", include("programs.urls_public")),
]
