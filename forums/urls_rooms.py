"""Addresses of live rooms."""

urlpatterns = []
