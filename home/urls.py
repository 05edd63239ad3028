"""Addresses of the portal's own pages, under /<lang>/."""

from django.urls import path

from home.views import contact, desk, pages, rooms, search

app_name = "home"
urlpatterns = [
    path("", pages.index, name="index"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", contact.sent, name="contact_sent"),
    path("search/", search.search, name="search"),
    path("search/feed/", search.feed, name="search_feed"),
    path("forums/rooms/<slug:slug>/answer/", rooms.answer, name="room_answer"),
    path("desk/", desk.desk, name="desk"),
    path("desk/notices/", desk.notices, name="notices"),
    path("desk/notices/read/", desk.read_all, name="notices_read"),
    path("desk/notices/<int:pk>/", desk.notice, name="notice"),
]
