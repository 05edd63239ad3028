"""Countries and institutions in the admin. People and memberships: accounts.admin, since their changes go through services."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin import Bounded
from core.languages import RECORD_LANGUAGES
from core.renaming import TellsOfRebuild
from network.models import Country, Participation
from taxonomy.choices import Spoken


class ParticipationInline(admin.TabularInline):
    """Dated facts with their source."""

    model = Participation
    extra = 0
    fields = ["kind", "from_date", "to_date", "note_en", "note_es", "note_pt", "note_fr", "source"]


@admin.register(Country)
class CountryAdmin(TellsOfRebuild, Bounded):
    list_display = ["iso2", "label_en", "label_es", "subregion", "timezone"]
    list_filter = ["subregion"]
    search_fields = ["=iso2", "label_en__words", "label_es__words", "label_pt__words", "label_fr__words"]
    readonly_fields = ["iso2", "number", "subregion"]
    fields = ["iso2", "label_en", "label_es", "label_pt", "label_fr", "subregion", "languages", "timezone"]
    inlines = [ParticipationInline]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class SeenFilter(admin.SimpleListFilter):
    """Institutions that no source was seen for: name only, no web site."""

    title = _("source")
    parameter_name = "seen"

    def lookups(self, request, model_admin):
        return [("no", _("Not seen in a source")), ("yes", _("Seen in a source"))]

    def queryset(self, request, queryset):
        return queryset.filter(verified=self.value() == "yes") if self.value() in ("yes", "no") else queryset


class RetiredFilter(admin.SimpleListFilter):
    """Institutions in use, or retired."""

    title = _("state")
    parameter_name = "retired"

    def lookups(self, request, model_admin):
        return [("no", _("In use")), ("yes", _("Retired"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(retired_at__isnull=self.value() == "no")
        return queryset


class InstitutionForm(forms.ModelForm):
    """An institution; its languages are ticked, not typed."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=RECORD_LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        """What it holds already stands first and stays, other languages included: their order says which one is used first."""
        super().__init__(*args, **kwargs)
        held = self.instance.languages
        names = dict(Spoken.choices) | dict(RECORD_LANGUAGES)
        codes = dict.fromkeys([*held, *(code for code, _name in RECORD_LANGUAGES)])
        self.fields["languages"].choices = [(code, names.get(code, code)) for code in codes]

    def clean(self):
        cleaned = super().clean()
        endorser = cleaned.get("endorsed_by")
        if endorser and self.instance.pk == endorser.pk:
            self.add_error("endorsed_by", _("An institution does not endorse itself here: tick the box below instead."))
        return cleaned


class InstitutionAdmin(TellsOfRebuild, Bounded):
    """Registered in accounts.admin, where a change of endorsement leaves its line in the history."""

    form = InstitutionForm
    shown_names = ("name", "name_en", "short_name")
    list_display = ["name", "short_name", "country", "kind", "endorsed_by", "seen", "in_use"]
    list_filter = [SeenFilter, RetiredFilter, "kind", "country"]
    list_select_related = ["country", "endorsed_by"]
    search_fields = [
        "name__words",
        "name_en__words",
        "short_name__words",
        "country__label_en__words",
        "country__label_es__words",
    ]
    autocomplete_fields = ["country", "endorsed_by"]
    readonly_fields = ["key", "retired_at", "is_demo"]
    actions = ["retire", "take_up_again"]
    fieldsets = [
        (None, {"fields": ["name", "name_en", "short_name", "kind", "country", "languages", "website", "note"]}),
        (_("Source"), {"fields": ["verified", "source"]}),
        (_("Endorsement"), {"fields": ["endorsed_by", "requires_endorsement"]}),
        (_("State"), {"fields": ["retired_at", "is_demo", "key"]}),
    ]

    @admin.display(description=_("seen in a source"), boolean=True, ordering="verified")
    def seen(self, institution) -> bool:
        return institution.verified

    @admin.display(description=_("in use"), boolean=True, ordering="retired_at")
    def in_use(self, institution) -> bool:
        return institution.retired_at is None

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Retire the chosen institutions"), permissions=["change"])
    def retire(self, request, queryset):
        self._say(request, queryset.filter(retired_at=None).update(retired_at=timezone.now()))

    @admin.action(description=_("Take the chosen institutions up again"), permissions=["change"])
    def take_up_again(self, request, queryset):
        self._say(request, queryset.exclude(retired_at=None).update(retired_at=None))

    def _say(self, request, number: int) -> None:
        words = ngettext("%(number)d institution was changed.", "%(number)d institutions were changed.", number)
        self.message_user(request, words % {"number": number}, messages.SUCCESS)
