"""Addresses of one's own meetings, under /<lang>/calendar/me/."""

from django.urls import path, re_path

from meetings.views import taking

urlpatterns = [
    path("", taking.own, name="own"),
    path("renew/", taking.renew, name="renew"),
    path("tasks/<int:pk>/", taking.finish_task, name="finish_task"),
    re_path(r"^(?P<token>[-~_0-9a-zA-Z]{10,120})\.ics$", taking.own_ics, name="own_ics"),
]
