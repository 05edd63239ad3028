"""Forums in the admin: names, access, organisers; those that are silent, each with what could be done. Posts are not edited here."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core.admin import Bounded
from core.errors import NotAllowed
from forums import dormant, streams
from forums.choices import Access, ForumRole
from forums.forms.keeping import ForumForm, MergeForumForm
from forums.models import Forum, ForumMember
from forums.moderation_permissions import may_keep_forums
from forums.services import keeping
from forums.services.moderating.keeping import NotConfirmed
from network.idempotency import once
from review import events


class OrganiserInline(admin.StackedInline):
    """Who helps to moderate a forum that is not by invitation; of one by invitation its own page says who belongs."""

    model = ForumMember
    fields = ("user", "role")
    raw_id_fields = ("user",)
    extra = 1
    verbose_name, verbose_name_plural = gettext_lazy("organiser"), gettext_lazy("organisers")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        kwargs["choices"] = [(ForumRole.ORGANISER.value, ForumRole.ORGANISER.label)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Forum)
class ForumAdmin(Bounded):
    """What a forum is called, who reads it, who writes in it. Every change goes through its service."""

    form = ForumForm
    list_display = ("called", "slug", "kind", "access", "topic_count", "post_count", "last_post_at", "standing")
    list_filter = ("kind", "access", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("^slug",)
    search_help_text = gettext_lazy("The beginning of its address")
    ordering = ("slug",)
    change_form_template = "admin/forums/forum/change_form.html"
    change_list_template = "admin/forums/forum/change_list.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("dormant/", wrap(self.dormant), name="forums_forum_dormant"),
            path("<int:pk>/merge/", wrap(self.merge), name="forums_forum_merge"),
            path("<int:pk>/act/", wrap(self.act), name="forums_forum_act"),
            *super().get_urls(),
        ]

    def get_inlines(self, request, obj):
        return [] if obj is None or obj.access == Access.INVITATION else [OrganiserInline]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # a forum is archived: what was said stays

    def save_model(self, request, obj, form, change) -> None:
        if change:
            confirmed = form.cleaned_data.get("confirmed", False)
            keeping.change_forum(obj, by=request.user, changed=form.changed_data, confirmed=confirmed)
        else:
            keeping.open_forum(obj, by=request.user)

    def save_formset(self, request, form, formset, change) -> None:
        formset.save()
        touched = [*formset.new_objects, *(row for row, _fields in formset.changed_objects), *formset.deleted_objects]
        if touched:
            people = sorted({row.user_id for row in touched})
            events.record(streams.of_forum(form.instance.pk), "organisers", by=request.user, people=people)

    @admin.display(description=gettext_lazy("name"))
    def called(self, forum) -> str:
        return forum.name

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, forum) -> str:
        if forum.merged_into_id:
            return _("Merged into another forum")
        return pgettext("forum", "Archived") if forum.archived_at else pgettext("forum", "Open")

    # --- silent forums
    def _door(self, request) -> None:
        if not may_keep_forums(request.user):
            raise PermissionDenied(may_keep_forums(request.user).reason)

    def dormant(self, request):
        """Silent forums, the longest silence first, each with one proposal."""
        self._door(request)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Silent forums"),
            "rows": dormant.silent(timezone.now()), "after": dormant.SILENT,
        }  # fmt: skip
        return TemplateResponse(request, "admin/forums/forum/dormant.html", context)

    def act(self, request, pk: int):
        """Archive, reopen or prompt: a page that says what it does, and a button."""
        self._door(request)
        forum = get_object_or_404(Forum, pk=pk)
        verb = request.POST.get("do") or request.GET.get("do") or "archive"
        if verb not in ACTS:
            verb = "archive"
        if request.method == "POST":
            try:
                return HttpResponseRedirect(once(request, lambda: self._acted(request, forum, verb)))
            except NotAllowed as refusal:
                messages.warning(request, refusal.message)
                return HttpResponseRedirect(reverse("admin:forums_forum_dormant"))
        words, button = ACTS[verb]
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": button, "forum": forum, "words": words,
            "button": button, "verb": verb, "people": len(keeping.people_of(forum, but=request.user)) if verb == "prompt" else None,
        }  # fmt: skip
        return TemplateResponse(request, "admin/forums/forum/act.html", context)

    def _acted(self, request, forum: Forum, verb: str) -> str:
        if verb == "prompt":
            number = keeping.prompt_forum(forum, by=request.user)
            told = ngettext(
                "%(number)d person was asked for a word.", "%(number)d people were asked for a word.", number
            )
            messages.success(request, told % {"number": number})
        elif verb == "reopen":
            keeping.reopen_forum(forum, by=request.user)
            messages.success(request, _("The forum is open again."))
        else:
            keeping.archive_forum(forum, by=request.user)
            messages.success(request, _("The forum is archived. It can be read, and nobody writes in it."))
        return reverse("admin:forums_forum_dormant" if verb != "reopen" else "admin:forums_forum_changelist")

    def merge(self, request, pk: int):
        """Put a forum into another one."""
        self._door(request)
        forum = get_object_or_404(Forum, pk=pk)
        form = MergeForumForm(request.POST or None, forum=forum, initial={"into": request.GET.get("into", "")[:20]})
        if request.method == "POST" and form.is_valid():
            try:
                return HttpResponseRedirect(once(request, lambda: self._merged(request, forum, form.cleaned_data)))
            except NotConfirmed as refusal:
                form.add_error("confirmed", refusal.message)
            except NotAllowed as refusal:
                form.add_error(None, refusal.message)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Merge a forum into another one"),
            "forum": forum, "form": form,
        }  # fmt: skip
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/forums/forum/merge.html", context, status=status)

    def _merged(self, request, forum: Forum, said: dict) -> str:
        into = keeping.merge_forum(forum, said["into"], by=request.user, confirmed=said["confirmed"])
        messages.success(
            request, _("The topics stand in “%(name)s” now. Their old addresses lead there.") % {"name": into.name}
        )
        return reverse("admin:forums_forum_dormant")


ACTS = {
    "archive": (
        gettext_lazy("The forum can still be read and searched. Nobody writes in it until it is opened again."),
        gettext_lazy("Archive the forum"),
    ),
    "reopen": (gettext_lazy("People write in the forum again."), gettext_lazy("Open the forum again")),
    "prompt": (
        gettext_lazy(
            "Those who belong to the forum, or have written in it, are asked for a word. Once in thirty days."
        ),
        gettext_lazy("Prompt its people"),
    ),
}
