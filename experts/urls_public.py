"""Addresses that everybody may open. The profile comes last: its slug would take any word."""

urlpatterns: list = []
