"""Meetings in the admin: a list to search, read only; everything that changes one stands in the calendar's own pages."""

import re

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnly
from meetings import when
from meetings.models import Meeting

NUMBER = re.compile(r"M-?0*([0-9]{1,9})", re.IGNORECASE)
LARGEST = 2**31 - 1


@admin.register(Meeting)
class MeetingAdmin(ReadOnly):
    """What is in the calendar, drafts too. How one joins is not shown here."""

    list_display = ("permanent_id", "title", "when", "state", "access", "institution", "organise")
    list_display_links = ("permanent_id", "title")
    list_filter = ("state", "kind", "access")
    list_select_related = ("institution",)
    search_fields = ("title__words",)
    search_help_text = _("Words of the title, or the number of the meeting, for example M-000012")
    ordering = ("-pk",)
    exclude = ("join_link",)

    def get_search_results(self, request, queryset, search_term):
        if found := NUMBER.fullmatch(search_term.strip()):
            return queryset.filter(pk=min(int(found[1]), LARGEST)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("number"), ordering="pk")
    def permanent_id(self, meeting):
        return meeting.permanent_id

    @admin.display(description=_("when"), ordering="first_day")
    def when(self, meeting):
        return when.words(meeting)

    @admin.display(description=_("pages"))
    def organise(self, meeting):
        url = reverse("meetings:organise_edit", args=[meeting.pk])
        return format_html('<a href="{}">{}</a>', url, _("Organise"))
