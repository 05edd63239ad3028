"""Addresses of proposals and positions."""

urlpatterns = []
