"""Addresses that everybody may open, under /<lang>/programs/. The record comes last: its slug would take any word."""

from django.urls import path, re_path

from programs.views import downloads, public

urlpatterns = [
    path("", public.record_list, name="list"),
    path("feed/", public.feed, name="feed"),
    re_path(r"^export\.(?P<format>csv|xlsx|json|xml)$", downloads.export, name="export"),
    path("<slug:slug>/", public.record, name="record"),
]
