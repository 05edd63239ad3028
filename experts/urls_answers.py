"""Addresses of the knowledge base, under /<lang>/experts/answers/."""

from django.urls import path

from experts.views import kept

urlpatterns = [
    path("", kept.answer_list, name="answers"),
    path("feed/", kept.feed, name="answers_feed"),
    path("<slug:slug>/", kept.answer, name="answer"),
]
