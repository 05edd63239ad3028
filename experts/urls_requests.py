"""Addresses of requests for advice, under /<lang>/experts/requests/."""

from django.urls import path

from experts.views import answering, asking, kept

urlpatterns = [
    path("", asking.own_requests, name="requests"),
    path("new/", asking.new, name="request_new"),
    path("offers/<int:pk>/", answering.offer, name="offer"),
    path("files/<int:pk>/", asking.file, name="request_file"),
    path("files/<int:pk>/remove/", asking.detach, name="request_detach"),
    path("<int:pk>/", answering.show, name="request"),
    path("<int:pk>/form/", asking.edit, name="request_form"),
    path("<int:pk>/choose/", asking.choose, name="request_choose"),
    path("<int:pk>/withdraw/", asking.withdraw, name="request_withdraw"),
    path("<int:pk>/close/", answering.close, name="request_close"),
    path("<int:pk>/back/", answering.give_back, name="request_back"),
    path("<int:pk>/text/", kept.text, name="kept_text"),
    path("<int:pk>/consent/", kept.consent, name="request_consent"),
]
