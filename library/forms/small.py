"""The small forms: start a proposal, say why, attach the file, declare, answer, leave."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import PlainLine, PlainText
from core.languages import RECORD_LANGUAGES
from library.models import LibraryItem
from taxonomy.choices import ItemType

REASON_LIMIT = 4000


class StartForm(forms.Form):
    """What a proposal needs before it can be a draft."""

    title = PlainLine(
        label=_("Title"), max_length=300, help_text=_("As it stands on the document."),
        error_messages={"required": _("Write the title")},
    )  # fmt: skip
    item_type = forms.ChoiceField(
        label=_("Kind of literature"), choices=[("", pgettext_lazy("literature", "Choose")), *ItemType.choices],
        error_messages={"required": _("Choose what it is")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=RECORD_LANGUAGES,
        help_text=_("In which title and abstract will be written here."),
    )  # fmt: skip

    def __init__(self, data=None, *, user):
        super().__init__(data, initial={"language": user.language[:2]})

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("title", "item_type", "language")}


class WhyForm(forms.Form):
    """Why it should be in the library, or change: read by whoever decides."""

    reason = PlainText(
        label=_("Why"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control short"}),
        help_text=_("What the OAS should know: for whom it is of use, or what changed. It is not published."),
    )  # fmt: skip


class SourceForm(forms.Form):
    """Where the facts of an item come from, if nobody of the network wrote them."""

    source = PlainText(
        label=_("Source"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control short"}),
        help_text=_("If the facts are carried from a public source: its address or its title. It is published with the item."),
    )  # fmt: skip


class FileForm(forms.Form):
    """Whether the file may be published."""

    may_publish = forms.BooleanField(
        label=_("The licence of the document allows the portal to publish this file"), required=False,
        help_text=_(
            "Without the tick only you and the OAS can open it. With it, everybody can once the item is approved and the "
            "virus scan found nothing."
        ),
    )  # fmt: skip


class UploadForm(FileForm):
    """The same with the file itself."""

    file = forms.FileField(
        label=pgettext_lazy("of the library", "File"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, TXT or CSV; up to 20 MB."),
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another one."),
            "invalid": _("Choose a file"),
        },
    )

    field_order = ["file", "may_publish"]


class ReasonForm(forms.Form):
    """One written reason."""

    reason = PlainText(
        label=_("Reason"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept on record."), error_messages={"required": _("Write the reason")},
    )  # fmt: skip


class MergeForm(ReasonForm):
    """The item that stays, by its number."""

    into = PlainLine(
        label=_("The item that stays"), max_length=300,
        help_text=_("Its number, for example L-000012."), error_messages={"required": _("Write the number of the item")},
    )  # fmt: skip

    field_order = ["into", "reason"]

    def __init__(self, data=None, *, item):
        super().__init__(data)
        self.item = item

    def clean_into(self) -> LibraryItem:
        found = re.search(r"\bL-0*([0-9]{1,9})\b", self.cleaned_data["into"].upper())
        other = LibraryItem.objects.public().filter(pk=found[1]).select_related("published").first() if found else None
        if other is None:
            raise ValidationError(_("There is no public item of the library with this number."))
        if other.pk == self.item.pk:
            raise ValidationError(_("An item cannot be merged into itself."))
        return other


class DeclarationForm(forms.Form):
    """The last word before a proposal is sent."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=_("What I say of this item is correct, the abstract is in my own words, and what I say of its licence is so."),
        error_messages={"required": _("Tick the declaration to send the proposal")},
    )  # fmt: skip


class AnswersForm(forms.Form):
    """One box per question of the OAS."""

    def __init__(self, questions, data=None, *, typed=None):
        super().__init__(data)
        stands = typed or self.data  # `typed` is what was sent after the session ended
        self.questions = list(questions)
        for question in self.questions:
            question.typed = stands.get(f"answer-{question.pk}", question.answer)
            self.fields[f"answer-{question.pk}"] = PlainText(
                label=question.text, required=False, max_length=4000, initial=question.answer,
                widget=forms.Textarea(attrs={"rows": 4, "class": "form-control short"}),
            )  # fmt: skip
