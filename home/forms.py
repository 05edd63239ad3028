"""Forms of the portal's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import EmailAddress, PersonName, PlainText

TOPICS = [
    ("question", _("A question on the network")),
    ("programme", _("Presenting or correcting a programme")),
    ("account", _("An account or a role")),
    ("accessibility", _("Something I cannot use")),
    ("link", _("A page or link that does not work")),
    ("other", _("Something else")),
]


class ContactForm(forms.Form):
    """A message to the Technical Secretariat. `nickname` is for machines: people do not see it."""

    name = PersonName()
    email = EmailAddress(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Only to answer you."),
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write an address like name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    topic = forms.ChoiceField(label=_("What is it about?"), choices=TOPICS)
    message = PlainText(
        label=_("Message"),
        max_length=5000,
        help_text=_("In Spanish, Portuguese, French or English. If it is about a page, give its address."),
        error_messages={"required": _("Write your message")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    nickname = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("nickname"))

    @property
    def topic_words(self):
        """The topic in words, in the language of whoever reads them."""
        return dict(TOPICS)[self.cleaned_data["topic"]]
