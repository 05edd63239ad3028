"""Addresses of proposals and positions, of feeds, of what one watches, and of the link that stops it."""

from django.urls import path

from forums.views import consensus, feeds, watching

urlpatterns = [
    path("watching/", watching.watched, name="watching"),
    path("watching/stop/<str:token>/", watching.stop, name="stop"),
    path("watching/<int:pk>/", watching.change, name="watch_change"),
    path("<slug:forum>/feed/", feeds.feed, name="feed"),
    path("<slug:forum>/watch/", watching.watch_forum, name="watch_forum"),
    path("<slug:forum>/<slug:topic>/watch/", watching.watch_topic, name="watch_topic"),
    path("<slug:forum>/<slug:topic>/proposal/", consensus.proposal, name="proposal"),
    path("<slug:forum>/<slug:topic>/proposal/new/", consensus.propose, name="proposal_new"),
    path("<slug:forum>/<slug:topic>/proposal/position/", consensus.position, name="position"),
    path("<slug:forum>/<slug:topic>/proposal/withdraw/", consensus.withdraw, name="proposal_withdraw"),
    path("<slug:forum>/<slug:topic>/proposal/summary/", consensus.summary, name="proposal_summary"),
]
