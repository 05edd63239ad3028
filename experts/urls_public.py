"""Addresses that everybody may open. The profile comes last: its slug would take any word."""

from django.urls import path, re_path

from experts.views import directory, profile, writing

urlpatterns = [
    path("", directory.expert_list, name="list"),
    path("feed/", directory.feed, name="feed"),
    re_path(r"^export\.(?P<format>csv|xlsx|json)$", directory.export, name="export"),
    path("<slug:slug>/", profile.profile, name="profile"),
    path("<slug:slug>/write/", writing.write, name="write"),
    path("<slug:slug>/written/", writing.written, name="written"),
]
