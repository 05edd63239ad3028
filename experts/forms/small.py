"""The small forms: consent and sending, time, what is shown, a message, an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import fields
from core.forms.fields import PlainText
from core.languages import RECORD_LANGUAGES
from experts.choices import Shown, Stated
from experts.forms.fields import choose

WEEKS_MESSAGE = _("Write a number of weeks, up to %(high)s")


class DeclarationForm(forms.Form):
    """The last word before a profile is sent: that it is right, and that it may be public."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=_("What I wrote is correct."),
        error_messages={"required": _("Tick that what you wrote is correct")},
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that the directory shows my name, from where I speak, my themes, countries, languages and ways to help, and "
            "those further fields that I chose. I may take this back at any time."
        ),
        error_messages={"required": _("Tick your consent: without it nothing can be published")},
    )


class AvailabilityForm(forms.Form):
    """How much time, and how long before."""

    availability = forms.ChoiceField(label=_("At present you are"), choices=Stated.choices, widget=forms.RadioSelect)
    notice_weeks = fields.WholeField(
        WEEKS_MESSAGE, 0, 52, label=_("Weeks of notice"), help_text=_("How many weeks before you need to know. You may leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )  # fmt: skip


class ShownForm(forms.Form):
    """Which fields everybody may see."""

    shown = fields.CodesField(choices=Shown.choices, label=_("Fields that everybody may see"))


class MessageForm(forms.Form):
    """A message to an expert. `nickname` is for machines: people do not see it."""

    name = fields.PersonName()
    email = fields.EmailAddress(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The expert answers you at this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = fields.PlainLine(
        label=_("Your institution or organisation"),
        max_length=200,
        required=False,
        help_text=_("If you write for one."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = PlainText(
        label=pgettext_lazy("to an expert", "Your message"),
        max_length=4000,
        help_text=_("What would you like to know or propose? Say which languages you read."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    nickname = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("nickname"))


class InvitationForm(forms.Form):
    """Whom to ask to join, in which language, in whose name."""

    email = fields.EmailAddress(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of the person whom you would like to see in the directory."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=RECORD_LANGUAGES)

    def __init__(self, data=None, *, places, language: str):
        super().__init__(data, initial={"language": language})
        self.places = places
        if len(places) > 1:
            self.fields["institution"] = choose([(p.pk, p.name) for p in places], _("In the name of"), key=int)
            self.fields["institution"].required = True

    @property
    def institution(self):
        """The institution chosen, or the only one."""
        chosen = self.cleaned_data.get("institution")
        return next((place for place in self.places if place.pk == chosen), self.places[0])


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
