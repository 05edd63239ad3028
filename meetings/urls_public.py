"""Addresses that everybody may open. The meeting comes last: its slug would take any word."""

from django.urls import path

from meetings.views import public, taking

urlpatterns = [
    path("", public.calendar, name="list"),
    path("feed/", public.feed, name="feed"),
    path("feed.ics", public.public_ics, name="ics"),
    path("planner/", public.planner, name="planner"),
    path("<slug:slug>/", public.meeting, name="meeting"),
    path("<slug:slug>/register/", taking.register, name="register"),
    path("<slug:slug>/leave/", taking.leave, name="leave"),
    path("<slug:slug>/invitation.ics", public.invitation, name="invitation"),
    path("<slug:slug>/planner/", public.planner, name="meeting_planner"),
    path("<slug:slug>/files/<int:pk>/", public.file, name="file"),
]
