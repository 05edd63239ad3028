"""Addresses of the Table, under /<lang>/programs/."""

from django.urls import include, path

app_name = "programs"
urlpatterns = [
    path("", include("programs.urls_public")),
]
