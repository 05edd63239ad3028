"""Forms in which people write."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from core.forms.fields import EmailAddress, PlainLine, PlainText
from core.languages import RECORD_LANGUAGES, sort_key
from forums.choices import ForumRole
from forums.models.posts import TEXT_LIMIT

HOW = _(
    "You can write **bold**, *italic*, lists, tables and links in Markdown. A programme's number alone on a line, for example "
    "P-000123, becomes its card. Look at the preview before you publish."
)


def _text(rows: int = 10) -> PlainText:
    return PlainText(
        label=_("Text"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": rows}), help_text=HOW,
        error_messages={"required": _("Write the text")},
    )  # fmt: skip


class FilesForm(forms.Form):
    """Says at the field which of the files that came were not taken, and why."""

    file = forms.Field(label=_("Attach files"), required=False)

    def __init__(self, refused=()):
        super().__init__({})
        for words in refused:
            self.add_error("file", words)


class WriteForm(forms.Form):
    """A new topic, or a reply where `topic` is given. A draft need not be complete."""

    title = PlainLine(
        label=_("Title"), max_length=200, help_text=_("Say what it is about in one line."),
        error_messages={"required": _("Write a title")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=RECORD_LANGUAGES, help_text=_("The language in which you write. Replies may come in any.")
    )  # fmt: skip
    text = _text()
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    quoted = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, topic=None, complete: bool = True, initial=None):
        super().__init__(data, initial=initial)
        if topic is not None:
            for name in ("title", "language", "theme", "country"):
                del self.fields[name]
        else:
            self._name_places()
        if not complete:
            for one in self.fields.values():
                one.required = False

    def _name_places(self) -> None:
        known = labels.read()
        self.fields["theme"].choices = [
            ("", pgettext_lazy("theme of a topic", "No single theme")),
            *((f"{area.code} {area.label}", _themes(known, area.code)) for area in known.area.values()),
        ]
        countries = sorted(known.country.values(), key=lambda one: sort_key(one.label))
        self.fields["country"].choices = [("", _("No single country")), *((one.code, one.label) for one in countries)]

    @property
    def values(self) -> dict:
        """What of it is words of the person: columns of a draft."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("quoted", "seen")}


def _themes(known, area: str) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.label}") for one in known.theme.values() if one.parent == area]


class EditForm(forms.Form):
    """Other words for a post; of the first one also the title and the language of its topic."""

    title = PlainLine(label=_("Title"), max_length=200, error_messages={"required": _("Write a title")})
    language = forms.ChoiceField(label=_("Language"), choices=RECORD_LANGUAGES)
    text = _text(12)
    reason = PlainLine(
        label=_("Why"), max_length=300, required=False, help_text=_("It stands in the history of the post."),
        error_messages={"required": _("Write why you change somebody else's words: the author reads it.")},
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, post, by):
        initial = {
            "text": post.text, "version": post.version, "title": post.topic.title, "language": post.topic.language,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        if not post.is_first:
            del self.fields["title"], self.fields["language"]
        self.fields["reason"].required = post.author_id != by.pk


class MemberForm(forms.Form):
    """Somebody is invited to a forum."""

    email = EmailAddress(
        label=_("E-mail address"), max_length=254, help_text=_("Of somebody who has an account in the portal."),
        error_messages={"required": _("Write the e-mail address")},
    )  # fmt: skip
    role = forms.ChoiceField(label=pgettext_lazy("forum", "Role"), choices=ForumRole.choices)


class MentionForm(forms.Form):
    """The beginning of a name, in a forum."""

    forum = forms.SlugField(max_length=40, widget=forms.HiddenInput)
    q = PlainLine(label=_("Name"), max_length=60, required=False, help_text=_("At least two letters."))
