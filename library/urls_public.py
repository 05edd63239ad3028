"""Addresses that everybody may open. The item comes last: its slug would take any word."""

from django.urls import path, re_path

from library.views import downloads, public

urlpatterns = [
    path("", public.item_list, name="list"),
    path("feed/", public.feed, name="feed"),
    re_path(r"^export\.(?P<format>csv|xlsx|json)$", downloads.export, name="export"),
    re_path(r"^(?P<slug>[-a-zA-Z0-9_]+)/cite\.(?P<format>bib|ris)$", downloads.cite, name="cite"),
    path("<slug:slug>/file/", downloads.published_file, name="file"),
    path("<slug:slug>/", public.item, name="item"),
]
