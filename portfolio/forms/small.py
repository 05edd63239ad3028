"""The small forms: start, endorse, contact, retire, attachments, answers to the OAS."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import EmailAddress, PlainLine, PlainText
from core.languages import RECORD_LANGUAGES
from network.choices import MINISTRY_ROLES
from network.models import Country, Institution
from portfolio import annex
from portfolio.choices import DocumentKind, DocumentShows


class StartForm(forms.Form):
    """Name the programme, say for which institution and in which language."""

    title = PlainLine(
        label=_("Name of the programme"), max_length=300,
        help_text=_("As it is known in your country. You can change it later."),
        error_messages={"required": _("Write the name of the programme")},
    )  # fmt: skip
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution that presents it"), empty_label=None,
        error_messages={"required": _("Choose the institution")},
    )  # fmt: skip
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country of the programme"), required=False, empty_label=_("Choose a country"),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=RECORD_LANGUAGES, widget=forms.RadioSelect,
        help_text=_("The language in which you will answer."),
        error_messages={"required": _("Choose the language of the text")},
    )  # fmt: skip

    def __init__(self, data=None, *, user):
        super().__init__(data)
        own = Institution.objects.open().filter(pk__in=user.institutions_as(*MINISTRY_ROLES)).select_related("country")
        self.institutions = list(own)
        self.fields["institution"].queryset = own
        if len(self.institutions) == 1:
            del self.fields["institution"]
        if all(institution.country_id for institution in self.institutions):
            del self.fields["country"]
        else:
            self.fields["country"].queryset = Country.objects.by_name()
        spoken = [code for institution in self.institutions for code in institution.languages]
        offered = (code for code in spoken if code in dict(RECORD_LANGUAGES))
        self.fields["language"].initial = next(offered, user.language[:2])

    @property
    def presenter(self) -> Institution:
        """The institution chosen, or the only one."""
        return self.cleaned_data.get("institution") or self.institutions[0]

    def clean(self):
        data = super().clean()
        if "country" in self.fields and not self.errors and not self.presenter.country_id and not data.get("country"):
            self.add_error("country", _("Choose the country of the programme"))
        return data


class ReasonForm(forms.Form):
    """One written reason."""

    reason = PlainText(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data=None, *, label, help_text="", message=""):
        super().__init__(data)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text
        self.fields["reason"].error_messages["required"] = message or _("Write the reason")


class NoteForm(forms.Form):
    """What a coordinator adds to an endorsement, if anything."""

    note = PlainText(label=_("Note (optional)"), max_length=4000, required=False)


class ContactForm(forms.Form):
    """The contact person of a published programme."""

    contact_name = PlainLine(
        label=_("Name of the contact person"),
        max_length=200,
        error_messages={"required": _("Write the name of the contact person")},
    )
    contact_position = PlainLine(label=_("Position"), max_length=200, required=False)
    contact_email = EmailAddress(
        label=_("E-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write an e-mail address like name@example.org")},
    )
    contact_telephone = PlainLine(label=_("Telephone"), max_length=60, required=False)
    contact_fax = PlainLine(label=_("Fax"), max_length=60, required=False)

    def __init__(self, data=None, *, program):
        super().__init__(data, initial={name: getattr(program, name) for name in annex.CONTACT})
        for name in annex.CONTACT:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("contact_email") and not data.get("contact_telephone"):
            self.add_error("contact_email", _("Write an e-mail address or a telephone number of the contact person"))
        return data


class AttachmentForm(forms.Form):
    """What a file is, and whether it may be published."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices, initial=DocumentKind.OTHER)
    title = PlainLine(
        label=_("Title"), max_length=300, required=False, help_text=_("If empty, the name of the file is shown.")
    )
    shows = forms.ChoiceField(
        label=_("What it shows"), required=False, choices=[("", _("Not stated")), *DocumentShows.choices]
    )
    may_publish = forms.BooleanField(
        label=_("This file may be published with the programme"), required=False,
        help_text=_("Without the tick only your institution, the coordinator who endorses and the OAS can open it."),
    )  # fmt: skip


class UploadForm(AttachmentForm):
    """The same with the file itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, WebP, TXT or CSV; up to 20 MB. Cite videos by their address."
        ),
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another one."),
            "invalid": _("Choose a file"),
        },
    )

    field_order = ["file", "kind", "title", "shows", "may_publish"]


class AnswersForm(forms.Form):
    """One box per question of the OAS."""

    def __init__(self, questions, data=None, *, typed=None):
        super().__init__(data)
        self.questions, self.typed = questions, typed or {}
        for question in questions:
            asked = annex.question(question.field)
            self.fields[f"answer-{question.pk}"] = PlainText(
                label=asked.full_title if asked else question.field, required=False, max_length=4000,
                initial=question.answer, widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    def rows(self) -> list[dict]:
        """Question, its section, its box, what stands in it and what stood there when the person began to type."""
        return [self._row(question) for question in self.questions]

    def _row(self, question) -> dict:
        return {
            "question": question,
            "asked": annex.question(question.field),
            "field": self[f"answer-{question.pk}"],
            "text": self.typed.get(f"answer-{question.pk}", question.answer),
            "before": self.typed.get(f"before-{question.pk}", question.answer),
        }


class DeclarationForm(forms.Form):
    """The last word before submitting."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=_("The information is correct and I am authorised by my institution to present it."),
        error_messages={"required": _("Tick the declaration to submit the form")},
    )
