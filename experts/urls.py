"""Addresses of the experts' network, under /<lang>/experts/."""

from django.urls import include, path

app_name = "experts"
urlpatterns = [
    path("", include("experts.urls_join")),
    path("requests/", include("experts.urls_requests")),
    path("answers/", include("experts.urls_answers")),
    path("", include("experts.urls_public")),
]
