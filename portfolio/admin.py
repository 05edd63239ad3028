"""Programmes and their forms in the admin: looked at, never edited. And what awaits an endorsement for too long."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.admin import ReadOnly
from core.errors import NotAllowed, Stale
from network.idempotency import once
from portfolio import permissions, services
from portfolio.choices import SubmissionState
from portfolio.forms.small import ReasonForm
from portfolio.models import ConsolidatedProgram, Submission
from portfolio.services.moves import WITH


class StandingFilter(admin.SimpleListFilter):
    """Where a programme stands with the public."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("public", _("Public")),
            ("offered", pgettext_lazy("of programmes", "Offered")),
            ("hidden", _("Not public")),
            ("retired", _("Retired")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "public":
                return queryset.public()
            case "offered":
                return queryset.offered()
            case "hidden":
                return queryset.exclude(pk__in=queryset.public()).filter(retired_at__isnull=True)
            case "retired":
                return queryset.filter(retired_at__isnull=False)
        return queryset


@admin.register(ConsolidatedProgram)
class ConsolidatedProgramAdmin(ReadOnly):
    """The lasting programmes."""

    list_display = ("permanent_id", "title", "institution", "country", "standing", "published_at", "confirmed_on")
    list_filter = (StandingFilter, "country__subregion", "is_demo")
    list_select_related = ("published", "institution", "country")
    search_fields = ("published__title__words", "institution__name__words", "^slug")
    search_help_text = _("Title, institution or address")
    fields = (
        "permanent_id", "title", "institution", "country", "standing", "published", "first_published_at", "published_at",
        "confirmed_on", "contact_name", "contact_position", "contact_email", "contact_telephone", "registry_consent",
        "sharing_commitment", "themes", "categories", "populations", "source", "retired_at", "retired_by", "retired_reason",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).received_by(request.user)

    @admin.display(description=_("number"), ordering="pk")
    def permanent_id(self, program):
        return program.permanent_id

    @admin.display(description=_("title"), ordering="published__title")
    def title(self, program):
        if program.published is None:
            return "—"
        if program.is_public and program.slug:
            return format_html(
                '<a href="{}">{}</a>', reverse("portfolio:record", args=[program.slug]), program.published.title
            )
        return program.published.title

    @admin.display(description=_("standing"))
    def standing(self, program):
        if program.retired_at:
            return _("Retired")
        if program.is_offered:
            return _("Offered")
        return _("Public") if program.is_public else _("Not public")


@admin.register(Submission)
class SubmissionAdmin(ReadOnly):
    """The forms that the OAS has received, and those that wait for an endorsement too long."""

    list_display = ("reference", "title", "institution", "round", "state", "is_correction", "submitted_at", "queue")
    list_filter = ("state", "is_correction", "language")
    list_select_related = ("program__institution", "case")
    search_fields = ("^reference", "title__words", "program__institution__name__words")
    search_help_text = _("Reference, title or institution")
    fields = (
        "reference", "title", "institution", "number", "round", "state", "is_correction", "language", "submitted_by",
        "submitted_at", "endorsed_by", "endorsed_at", "endorsement_note", "queue", "whole",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=_("institution"), ordering="program__institution__name")
    def institution(self, submission):
        return submission.program.institution.name

    @admin.display(description=_("case"))
    def queue(self, submission):
        if submission.case is None:
            return "—"
        there = reverse("admin:review_case_change", args=[submission.case_id])
        return format_html('<a href="{}">{}</a>', there, submission.case.get_state_display())

    @admin.display(description=_("form"))
    def whole(self, submission):
        there = reverse("portfolio:submission", args=[submission.pk])
        return format_html('<a href="{}">{}</a>', there, _("Read the whole form"))

    # --- awaiting endorsement
    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("awaiting/", view(self.awaiting), name="portfolio_submission_awaiting"),
            path("<int:pk>/proceed/", view(self.proceed), name="portfolio_submission_proceed"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        waiting = Submission.objects.awaiting_endorsement().count() if request.user.is_administrator else 0
        return super().changelist_view(request, {"awaiting": waiting, **(extra_context or {})})

    def _administrators_only(self, request) -> None:
        permissions.administers(request.user).or_refuse()

    def awaiting(self, request):
        """What waits for a coordinator, since when, and whether the OAS may go on."""
        self._administrators_only(request)
        rows = Submission.objects.awaiting_endorsement().select_related(*WITH)
        shown = [
            {"submission": row, "may": permissions.may_proceed(request.user, row), "silent": permissions.is_silent(row)}
            for row in rows[:200]
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Awaiting endorsement"),
            "rows": shown,
        }
        return TemplateResponse(request, "admin/portfolio/submission/awaiting.html", context)

    def proceed(self, request, pk: int):
        """Go on without an endorsement, with a reason that is kept."""
        self._administrators_only(request)
        form = ReasonForm(
            request.POST or None, label=_("Reason for going on without an endorsement"),
            help_text=_("The institution and its coordinator can read it; it is kept on record."),
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            url = once(request, lambda: self._proceed(request.user, pk, form))
            messages.success(request, _("The submission is in the queue now."))
            return HttpResponseRedirect(url)
        rows = Submission.objects.awaiting_endorsement().select_related(*WITH)
        submission = get_object_or_404(rows, pk=pk)
        permissions.may_proceed(request.user, submission).or_refuse()
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "form": form, "submission": submission,
            "title": _("Go on without an endorsement"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/portfolio/submission/proceed.html", context)

    @staticmethod
    def _proceed(user, pk: int, form: ReasonForm) -> str:
        """The submission is looked for inside: the second press finds it waiting no more, and gets the same answer."""
        submission = get_object_or_404(Submission.objects.select_related(*WITH).exclude(submitted_at=None), pk=pk)
        reason = form.cleaned_data["reason"]
        try:
            sent = services.proceed_without_endorsement(submission, by=user, reason=reason)
        except NotAllowed as refusal:
            submission.refresh_from_db(fields=["state"])
            if submission.state == SubmissionState.AWAITING_ENDORSEMENT:
                raise
            stands = [(_("State"), submission.get_state_display())]
            typed = [(form.fields["reason"].label, reason)]
            url = reverse("admin:portfolio_submission_awaiting")
            raise Stale(refusal.message, yours=typed, theirs=stands, url=url) from refusal
        return reverse("admin:review_case_change", args=[sent.case_id])
