"""The library in the admin."""

from django.contrib import admin

from core.admin import ReadOnly
from library.models import LibraryItem


@admin.register(LibraryItem)
class ItemAdmin(ReadOnly):
    """The list."""

    list_display = ("permanent_id", "published_at")
