"""Addresses of moderation."""

from django.urls import path

from forums.views import consensus, moderating, reporting
from forums.views.rooms import reporting as rooms_reporting

urlpatterns = [
    path("moderation/topics/<int:pk>/", moderating.topic, name="moderate"),
    path("moderation/topics/<int:pk>/move/", moderating.move, name="move"),
    path("moderation/topics/<int:pk>/merge/", moderating.merge, name="merge"),
    path("moderation/topics/<int:pk>/split/", moderating.split, name="split"),
    path("moderation/posts/<int:pk>/hide/", moderating.hide, name="hide"),
    path("moderation/posts/<int:pk>/show/", moderating.show, name="show"),
    path("moderation/posts/<int:pk>/", reporting.my_post, name="my_post"),
    path("moderation/positions/<int:pk>/", consensus.words, name="position_words"),
    path("moderation/reports/<int:pk>/", reporting.my_report, name="my_report"),
    path("moderation/room-reports/<int:pk>/", rooms_reporting.my_report, name="my_room_report"),
    path("<slug:forum>/<slug:topic>/report/<int:place>/", reporting.report, name="report"),
]
