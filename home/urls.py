"""Addresses of the portal's own pages, under /<lang>/."""

from django.urls import path

from home.views import pages

app_name = "home"
urlpatterns = [
    path("", pages.index, name="index"),
]
