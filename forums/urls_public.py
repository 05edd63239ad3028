"""Addresses of forums and topics, and everything that a slug begins."""

urlpatterns = []
