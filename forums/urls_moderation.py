"""Addresses of moderation."""

urlpatterns = []
