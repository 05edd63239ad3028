"""What every page of the admin builds on: odd addresses are answered, and what has a workflow is only read."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.utils.translation import gettext as _

MOST_WORDS = 12  # of a search: each word is a condition of its own
LONGEST_KEY = 18  # figures; longer ones are beyond every bound


class BoundedChangeList(ChangeList):
    """A list whose address holds values out of every bound is shown without them (?e=1)."""

    def __init__(self, *args, **kwargs):
        try:
            with transaction.atomic():  # a value that the database refuses spoils nothing but this question
                super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, ValidationError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class KnownKeys:
    """A field with suggestions draws what was sent; a key that is none is drawn as nothing, and the form says what is wrong."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if self._is_key(key)], attr)

    def _is_key(self, key) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(key)
        except ValidationError:
            return False
        return "\0" not in str(key) and len(str(key)) <= LONGEST_KEY


class Suggested(KnownKeys, AutocompleteSelect):
    """One row of another table."""


class SuggestedMany(KnownKeys, AutocompleteSelectMultiple):
    """Several rows of another table."""


class Bounded(admin.ModelAdmin):
    """The base of every ModelAdmin of the portal."""

    list_per_page = 50

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Suggested(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SuggestedMany(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

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
