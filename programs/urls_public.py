"""Addresses that everybody may open, under /<lang>/programs/. The record comes last: its slug would take any word."""

from django.urls import path

from programs.views import public

urlpatterns = [
    path("", public.record_list, name="list"),
    path("feed/", public.feed, name="feed"),
    path("<slug:slug>/", public.record, name="record"),
]
