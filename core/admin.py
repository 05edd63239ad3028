"""What every page of the admin builds on: odd addresses are answered, and what has a workflow is only read."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.utils.translation import gettext as _

MOST_WORDS = 12  # of a search: each word is a condition of its own


class BoundedChangeList(ChangeList):
    """A list whose address holds values out of every bound is shown without them (?e=1)."""

    def __init__(self, *args, **kwargs):
        try:
            with transaction.atomic():  # a value that the database refuses spoils nothing but this question
                super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, ValidationError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class Bounded(admin.ModelAdmin):
    """The base of every ModelAdmin of the portal."""

    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return BoundedChangeList

    def get_search_results(self, request, queryset, search_term):
        words = search_term.replace("\0", "").split()
        if len(words) > MOST_WORDS:
            words_left_out = _("The search took the first %(number)d words and left the rest out.") % {
                "number": MOST_WORDS
            }
            messages.info(request, words_left_out)
        return super().get_search_results(request, queryset, " ".join(words[:MOST_WORDS]))


class ReadOnly(Bounded):
    """Nothing is added, changed or deleted here: what has a workflow goes through its services."""

    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
