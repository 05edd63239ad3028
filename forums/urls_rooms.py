"""Addresses of live rooms."""

from django.urls import path

from forums.views import feeds
from forums.views.rooms import keeping, reading, reporting, writing

urlpatterns = [
    path("", reading.room_list, name="rooms"),
    path("new/", keeping.new, name="room_new"),
    path("feed/", feeds.rooms, name="rooms_feed"),
    path("<slug:slug>/", reading.room, name="room"),
    path("<slug:slug>/messages/", reading.messages, name="room_messages"),
    path("<slug:slug>/post/", writing.post, name="room_post"),
    path("<slug:slug>/messages/<int:seq>/hide/", writing.hide, name="room_hide"),
    path("<slug:slug>/messages/<int:seq>/report/", reporting.report, name="room_report"),
    path("<slug:slug>/transcript/", reading.transcript, name="room_transcript"),
    path("<slug:slug>/edit/", keeping.edit, name="room_edit"),
    path("<slug:slug>/call-off/", keeping.call_off, name="room_call_off"),
    path("<slug:slug>/summary/", keeping.summary, name="room_summary"),
]
