"""Addresses that everybody may open, under /<lang>/portfolio/. The record comes last: its slug would take any word."""

from django.urls import path, re_path

from portfolio.views import enquiring, public

urlpatterns = [
    path("", public.program_list, name="list"),
    path("feed/", public.feed, name="feed"),
    re_path(r"^export\.(?P<format>csv|xlsx|json)$", public.export, name="export"),
    path("files/<int:pk>/", public.published_file, name="published_file"),
    path("<slug:slug>/enquiry/", enquiring.enquiry, name="enquiry"),
    path("<slug:slug>/enquiry/sent/", enquiring.sent, name="enquiry_sent"),
    path("<slug:slug>/", public.record, name="record"),
]
