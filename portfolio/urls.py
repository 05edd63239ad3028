"""Addresses of the Portfolio, under /<lang>/portfolio/."""

from django.urls import include, path

app_name = "portfolio"
urlpatterns = [
    path("submissions/", include("portfolio.urls_ministry")),
    path("", include("portfolio.urls_public")),
]
