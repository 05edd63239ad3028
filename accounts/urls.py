"""Addresses of a person's account, under /<lang>/accounts/."""

from django.urls import include, path

app_name = "accounts"
urlpatterns = []

allauth_patterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
