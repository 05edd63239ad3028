"""Addresses of the calendar, under /<lang>/calendar/."""

from django.urls import include, path

app_name = "meetings"
urlpatterns = [
    path("organise/", include("meetings.urls_organise")),
    path("me/", include("meetings.urls_own")),
    path("", include("meetings.urls_public")),
]
