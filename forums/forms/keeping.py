"""Forms of the admin: what a forum is called and who reads it, and the forum into which another one goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Forum
from forums.services.keeping import FIELDS
from forums.services.moderating.keeping import NotConfirmed, confirm_width, holds_words
from network.constituency import Constituency


class ForumForm(forms.ModelForm):
    """A forum in four languages, with who reads it and who writes in it."""

    constituencies = forms.MultipleChoiceField(
        label=_("Who may write"), choices=Constituency.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None means everybody who reads it."),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=_("Other people may read what is already written"), required=False,
        help_text=_("Needed where a change of access shows topics to people who did not read them before."),
    )  # fmt: skip

    class Meta:
        model = Forum
        fields = (*FIELDS, "confirmed")

    def clean(self) -> dict:
        said = super().clean()
        if self.instance.pk and "access" in self.changed_data and said.get("access"):
            before = Forum.objects.get(pk=self.instance.pk)
            if holds_words(before):
                try:
                    confirm_width(before, Forum(access=said["access"]), said.get("confirmed", False))
                except NotConfirmed as refusal:
                    self.add_error("confirmed", refusal.message)
        return said


class MergeForumForm(forms.Form):
    """Where the topics of a forum go."""

    into = forms.ModelChoiceField(
        label=_("The forum that stays"), queryset=Forum.objects.none(), empty_label=_("Choose a forum"),
        error_messages={"required": _("Choose a forum"), "invalid_choice": _("Choose a forum")},
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=_("Other people may read what is already written"), required=False,
        help_text=_("Needed where other people read in the forum that stays."),
    )  # fmt: skip

    def __init__(self, *args, forum: Forum, **options):
        super().__init__(*args, **options)
        self.fields["into"].queryset = Forum.objects.open().exclude(pk=forum.pk).order_by("slug")
