"""Addresses of the forums. Those of a forum's own name come last."""

from django.urls import include, path

app_name = "forums"
urlpatterns = [
    path("rooms/", include("forums.urls_rooms")),
    path("", include("forums.urls_moderation")),
    path("", include("forums.urls_consensus")),
    path("", include("forums.urls_public")),
]
