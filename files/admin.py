"""Stored files in the admin: looked at, taken down, scanned again; never added or edited by hand."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin import ReadOnly
from files import services
from files.forms import TakedownForm
from files.models import SCANNING_OFF, StoredFile
from files.permissions import may_remove


class RemovedFilter(admin.SimpleListFilter):
    """Whether the bytes are still there."""

    title = _("bytes")
    parameter_name = "removed"

    def lookups(self, request, model_admin):
        return [("no", _("Kept")), ("yes", _("Taken down"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(removed_at__isnull=self.value() == "no")
        return queryset


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnly):
    """Read-only. The action takes down after a page that asks for the reason."""

    list_display = (
        "short_hash",
        "extension",
        "human_size",
        "scan_state",
        "note",
        "uploaded_by",
        "uploaded_at",
        "removed_at",
    )
    list_filter = ("scan_state", "extension", RemovedFilter)
    list_select_related = ("uploaded_by",)
    search_fields = ("^sha256",)
    search_help_text = _("First characters of the SHA-256 hash")
    actions = ("take_down", "scan_again")
    fields = (
        "sha256", "names", "extension", "media_type", "human_size", "scan_state", "note",
        "uploaded_by", "uploaded_at", "removed_at", "removed_by", "removed_reason",
    )  # fmt: skip
    readonly_fields = fields

    def has_takedown_permission(self, request):
        return bool(may_remove(request.user))

    def get_search_results(self, request, queryset, search_term):
        """By the beginning of the hash."""
        return queryset.filter(sha256__startswith=search_term.strip().lower()), False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request,
            {
                "title": self.opts.verbose_name_plural.capitalize(),
                "scanning_off": not settings.CLAMD_URL,
                **(extra_context or {}),
            },
        )

    @admin.display(description=_("SHA-256"), ordering="sha256")
    def short_hash(self, stored):
        return stored.sha256[:16]

    @admin.display(description=_("size"), ordering="size")
    def human_size(self, stored):
        return filesizeformat(stored.size)

    @admin.display(description=_("note of the scan"))
    def note(self, stored):
        return _("not scanned: scanning is off") if stored.scan_note == SCANNING_OFF else stored.scan_note

    @admin.display(description=_("names under which it is attached"))
    def names(self, stored):
        return ", ".join(dict.fromkeys(str(link) for link in links(stored))) or "—"

    @admin.action(description=_("Take down the selected files"), permissions=["takedown"])
    def take_down(self, request, queryset):
        """Ask for the reason, then remove the bytes."""
        form = TakedownForm(request.POST if "confirmed" in request.POST else None)
        chosen = list(queryset.filter(removed_at__isnull=True).order_by("pk"))
        if chosen and not (form.is_bound and form.is_valid()):
            return TemplateResponse(
                request, "admin/files/storedfile/take_down.html", self._question(request, form, chosen)
            )
        for stored in chosen:
            services.remove(stored, by=request.user, reason=form.cleaned_data["reason"])
        done = ngettext("%(count)d file was taken down.", "%(count)d files were taken down.", len(chosen))
        self.message_user(request, done % {"count": len(chosen)}, messages.SUCCESS)
        return None

    @admin.action(description=_("Scan the selected files again"), permissions=["takedown"])
    def scan_again(self, request, queryset):
        """Back in the line of the scan."""
        for stored in queryset:
            services.scan_again(stored, by=request.user)
        self.message_user(request, _("The selected files wait for the scan."), messages.SUCCESS)

    def _question(self, request, form, chosen) -> dict:
        return {
            **self.admin_site.each_context(request),
            "title": _("Take down files"),
            "opts": self.opts,
            "form": form,
            "chosen": [(stored, [str(link) for link in links(stored)]) for stored in chosen],
            "checkbox": ACTION_CHECKBOX_NAME,
        }


def links(stored) -> list:
    """What the owning apps attached it to, whichever they are: this app lies below them."""
    relations = [r for r in StoredFile._meta.related_objects if r.one_to_many]
    return [link for relation in relations for link in getattr(stored, relation.get_accessor_name()).all()[:20]]
