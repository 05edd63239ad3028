"""Forms of moderation: report, say why, move, join, split."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainLine, PlainText
from core.languages import RECORD_LANGUAGES
from forums.models import Forum, Topic
from forums.models.moderation import REASON_LIMIT, REPORT_LIMIT
from forums.reasons import ReportReason

INCOMPLETE = _("This form was incomplete. Go back, reload the page and send it again.")
SHORT = {"rows": 3, "class": "form-control short"}


class ReportForm(forms.Form):
    """Why a post or a message should not stand."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong"), "invalid_choice": _("Choose what is wrong")},
    )  # fmt: skip
    text = PlainText(
        label=_("In your words"), required=False, max_length=REPORT_LIMIT, widget=forms.Textarea(attrs=SHORT),
        help_text=_("Only moderators read this. The author does not learn who reported it."),
    )  # fmt: skip

    def clean(self) -> dict:
        said = super().clean()
        if said.get("reason") == ReportReason.OTHER and not said.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what is wrong"))
        return said


class ReasonForm(forms.Form):
    """One reason, which the author reads."""

    reason = PlainText(
        label=_("Reason"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs=SHORT), help_text=_("The author reads it."),
        error_messages={"required": _("Write the reason: the author reads it.")},
    )  # fmt: skip


class TurnForm(forms.Form):
    """Hide or show again: what the button of the page said, whatever stands when it is pressed."""

    do = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("hide", "show")], widget=forms.HiddenInput,
        error_messages={"required": INCOMPLETE, "invalid_choice": INCOMPLETE},
    )  # fmt: skip

    def __init__(self, *args, hidden: bool, **options):
        super().__init__(*args, **options)
        self.fields["do"].initial = "show" if hidden else "hide"

    @property
    def shows(self) -> bool:
        """Whether it shows again what is hidden."""
        return self["do"].value() == "show"


class WordsForm(TurnForm, ReasonForm):
    """Why the words of a position are hidden, or shown again."""


class ConfirmedForm(ReasonForm):
    """The same where other people may come to read: then the confirmation is asked for, and only then."""

    confirmed = forms.BooleanField(label=_("Yes, other people may read these words"), required=False)

    def __init__(self, *args, asks: bool = False, **options):
        super().__init__(*args, **options)
        if not asks:
            self.fields["confirmed"].widget = forms.HiddenInput()


class MoveForm(ConfirmedForm):
    """The forum to which a topic goes."""

    to = forms.ModelChoiceField(
        label=_("Forum"), queryset=Forum.objects.none(), empty_label=_("Choose a forum"),
        error_messages={"required": _("Choose a forum"), "invalid_choice": _("Choose a forum")},
    )  # fmt: skip
    field_order = ["to", "reason", "confirmed"]

    def __init__(self, *args, forums, **options):
        super().__init__(*args, **options)
        self.fields["to"].queryset = forums


class MergeForm(ConfirmedForm):
    """The topic that stays, by its number or address."""

    into = PlainLine(
        label=_("The topic that stays"), max_length=300,
        help_text=_("Its number, for example F-000012, or its address in the portal."),
        error_messages={"required": _("Write the number or the address of the topic")},
    )  # fmt: skip
    field_order = ["into", "reason", "confirmed"]

    def __init__(self, *args, topics, **options):
        super().__init__(*args, **options)
        self.topics = topics

    def clean_into(self) -> Topic:
        """One of the topics that the person sees."""
        typed = self.cleaned_data["into"]
        by_number = re.fullmatch(r"\s*F-0*([0-9]{1,9})\s*", typed, re.IGNORECASE)
        by_address = re.search(r"/forums/([a-z0-9-]{1,40})/([-\w]{1,76})/", typed)
        where = {"pk": int(by_number[1])} if by_number else {}
        if by_address and not by_number:
            where = {"forum__slug": by_address[1], "slug": by_address[2]}
        found = self.topics.filter(**where).select_related("forum").first() if where else None
        if found is None:
            raise ValidationError(_("There is no topic with this number or address."))
        return found


class SplitForm(ReasonForm):
    """Which posts begin a topic of their own, and what it is called."""

    places = forms.TypedMultipleChoiceField(
        label=_("Posts that move"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one post"), "invalid_choice": _("Choose posts of this topic")},
    )  # fmt: skip
    title = PlainLine(
        label=_("Title of the new topic"), max_length=200, error_messages={"required": _("Write the title")}
    )
    language = forms.ChoiceField(label=_("Language of the new topic"), choices=RECORD_LANGUAGES)
    field_order = ["places", "title", "language", "reason"]

    def __init__(self, *args, posts: list[tuple[int, str]], **options):
        super().__init__(*args, **options)
        self.fields["places"].choices = posts


class TopicActForm(forms.Form):
    """What to do with the topic, with a reason where its author is concerned."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("lock", "unlock", "pin", "unpin", "hide", "show")])
    reason = PlainText(
        label=_("Reason"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs=SHORT),
        help_text=_("Needed to lock, to hide and to show again: whoever began the topic reads it."),
    )  # fmt: skip
