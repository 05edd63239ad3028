"""What a reader asks of a list. A bad value is said beside its field; the list then shows everything."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import PlainLine
from core.languages import RECORD_LANGUAGES
from forums.lists import Asked, read_after


class TopicsForm(forms.Form):
    """Filters and order of the topics of a forum."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *RECORD_LANGUAGES]
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("topic", "State"),
        required=False,
        choices=[
            ("", _("All topics")),
            ("open", _("Without an accepted answer")),
            ("answered", _("With an accepted answer")),
            ("locked", pgettext_lazy("topics", "Locked")),
        ],
    )
    unread = forms.ChoiceField(
        label=pgettext_lazy("topics", "Read"),
        required=False,
        choices=[("", _("Read and unread")), ("yes", _("Unread only"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Last post first")), ("newest", _("Newest topic first"))],
    )
    after = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)

    def __init__(self, data, *, signed_in: bool):
        super().__init__(data)
        if not signed_in:
            del self.fields["unread"]
        for name in ("language", "state", "unread", "sort"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "form-select"

    def clean_after(self) -> str:
        after = self.cleaned_data["after"]
        if after and read_after(after) is None:
            raise forms.ValidationError(_("This is not a page of the list."))
        return after

    @property
    def asked(self) -> Asked:
        """What of it holds."""
        found = self.cleaned_data
        return Asked(
            language=found.get("language", ""),
            state=found.get("state", ""),
            unread=found.get("unread") == "yes",
            sort=found.get("sort") or "activity",
            after=found.get("after", ""),
        )

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters in force, for links."""
        names = [name for name in self.fields if name != "after"]
        return [(name, self.cleaned_data[name]) for name in names if self.cleaned_data.get(name)]


class SearchForm(forms.Form):
    """Words, in one forum or in all."""

    q = PlainLine(label=_("Search the forums"), required=False, max_length=200)
    forum = forms.ChoiceField(label=_("Forum"), required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data, *, forums):
        super().__init__(data)
        self.fields["forum"].choices = [("", _("All forums")), *((forum.slug, forum.name) for forum in forums)]
        self.fields["forum"].widget.attrs["class"] = "form-select"
