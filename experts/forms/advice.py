"""Forms of a request for advice: the question, whom to ask, a message, the end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from core.forms.fields import PlainLine, PlainText
from core.languages import RECORD_LANGUAGES, sort_key
from experts import advice_permissions as permissions
from experts.choices import Outcome
from experts.models import Expert
from experts.models.advice import TEXT_LIMIT
from network.managers import today
from taxonomy.choices import Modality

FURTHEST_YEARS = 2
RATINGS = [
    (5, pgettext_lazy("rating", "5, very good")),
    (4, pgettext_lazy("rating", "4, good")),
    (3, pgettext_lazy("rating", "3, fair")),
    (2, pgettext_lazy("rating", "2, poor")),
    (1, pgettext_lazy("rating", "1, very poor")),
]


def _area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class RequestForm(forms.Form):
    """The question: what an expert needs in order to say yes or no."""

    theme_id = forms.ChoiceField(
        label=pgettext_lazy("of a question", "Theme"), error_messages={"required": _("Choose the theme")},
        help_text=_("It decides who is proposed. Each theme belongs to one area of labour administration."),
    )  # fmt: skip
    country_id = forms.ChoiceField(
        label=_("Country that it is about"), required=False,
        help_text=_("Leave it empty if the question is about no single country."),
    )  # fmt: skip
    title = PlainLine(
        label=_("The question in a few words"), max_length=200,
        help_text=_("For example: Inspecting work at home."), error_messages={"required": _("Write the question in a few words")},
    )  # fmt: skip
    question = PlainText(
        label=pgettext_lazy("advice", "Your question"), max_length=TEXT_LIMIT, widget=_area(7),
        help_text=_("What do you want to know, and what will you decide with the answer?"),
        error_messages={"required": _("Write the question")},
    )  # fmt: skip
    tried = PlainText(
        label=_("What was tried"), max_length=TEXT_LIMIT, required=False, widget=_area(4, **{"class": "form-control short"}),
        help_text=_("What you did already, and what came of it. It spares you advice that you know."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=RECORD_LANGUAGES, help_text=_("The language in which you will write to each other.")
    )  # fmt: skip
    modality = forms.ChoiceField(
        label=_("Kind of help"), required=False, choices=[("", _("Written advice is enough")), *Modality.choices]
    )
    needed_by = forms.DateField(
        label=_("Needed by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"], help_text=_("Today or later. An expert has a week to say yes or no, less where this day comes sooner."),
        error_messages={"invalid": _("Choose the day, as year, month and day: 2026-03-01")},
    )  # fmt: skip
    confidential = forms.BooleanField(
        label=_("Confidential"), required=False,
        help_text=_(
            "Then your colleagues do not see the question, experts learn who asks only after they accept, mails name it by its "
            "number alone, and the OAS sees its theme, country and days, never the text or the conversation. Without the tick, "
            "colleagues of your institution and the OAS can read both. Nothing of a question is ever public."
        ),
    )  # fmt: skip
    oas_helps = forms.BooleanField(
        label=_("Ask the OAS to choose the experts"), required=False,
        help_text=_("Then the OAS reads the question, also a confidential one, and not the conversation that follows."),
    )  # fmt: skip
    goes_on = forms.BooleanField(
        label=_("If nobody says yes in time, ask the next best suited expert by itself"), required=False, initial=True,
        help_text=_("Without the tick you choose again each time."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Attach a file"), required=False, help_text=_("Experts who are asked can open it once it was checked for viruses.")
    )  # fmt: skip
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, user, initial=None, is_new: bool = False):
        super().__init__(data, files, initial={"language": user.language[:2], **(initial or {})})
        known = labels.read()
        self.fields["theme_id"].choices = [("", pgettext_lazy("theme of a question", "Choose")), *_themes(known)]
        countries = sorted(known.country.values(), key=lambda one: sort_key(one.label))
        self.fields["country_id"].choices = [
            ("", _("No single country")),
            *((one.code, one.label) for one in countries),
        ]
        self.places = list(permissions.places(user)) if is_new else []
        if len(self.places) > 1:
            self.fields["institution"] = forms.ChoiceField(
                label=_("In the name of"), choices=[(place.pk, place.name) for place in self.places]
            )
            self.order_fields(["institution", *self.fields])

    @property
    def institution(self):
        """The institution chosen, or the only one."""
        chosen = self.cleaned_data.get("institution")
        return next((place for place in self.places if str(place.pk) == chosen), self.places[0])

    @property
    def values(self) -> dict:
        """Columns of the request."""
        aside = {"file", "version", "institution"}
        values = {name: value for name, value in self.cleaned_data.items() if name not in aside}
        return {**values, "country_id": values["country_id"] or None}

    def clean_needed_by(self):
        day = self.cleaned_data["needed_by"]
        if day and day < today():
            raise ValidationError(_("This day has passed. Choose today or a later day."))
        if day and day.year > today().year + FURTHEST_YEARS:
            raise ValidationError(_("Choose a day within the next two years."))
        return day


def _themes(known) -> list:
    return [
        (area.label, [(theme.code, f"{theme.code} {theme.label}") for theme in known.theme.values() if theme.parent == area.code])
        for area in known.area.values()
    ]  # fmt: skip


class MessageForm(forms.Form):
    """A message of the conversation."""

    text = PlainText(
        label=_("Your message"),
        max_length=TEXT_LIMIT,
        widget=_area(6),
        error_messages={"required": _("Write the message")},
    )
    file = forms.FileField(
        label=_("Attach a file"),
        required=False,
        help_text=_("The other side can open it once it was checked for viruses."),
    )


class DeclineForm(forms.Form):
    """Why not, and who else."""

    reason = PlainText(
        label=_("Reason"), required=False, max_length=2000, widget=_area(3, **{"class": "form-control short"}),
        help_text=_("Whoever asked reads it. You may leave it empty."),
    )  # fmt: skip
    named = PlainLine(
        label=_("Another expert of the directory"), required=False, max_length=200,
        help_text=_("The number on their page, for example E-000012, or its address. They are asked next."),
    )  # fmt: skip

    def clean_named(self) -> Expert | None:
        typed = self.cleaned_data["named"]
        return _expert_of(typed) if typed else None


def _expert_of(typed: str) -> Expert:
    """By permanent number, or by the address of the page."""
    last = typed.rstrip("/").rpartition("/")[2].lower()
    number = last.removeprefix("e-")
    public = Expert.objects.public()
    if number.isascii() and number.isdigit() and len(number) < 10:
        found = public.filter(pk=int(number)).first()
    else:
        found = public.filter(slug=last[:120]).first()
    if found is None:
        raise ValidationError(_("There is no expert with this number in the directory."))
    return found


class ReasonForm(forms.Form):
    """Why a question is given back."""

    reason = PlainText(label=_("Reason"), required=False, max_length=2000, widget=_area(3, **{"class": "form-control short"}),
                       help_text=_("Whoever asked reads it. You may leave it empty."))  # fmt: skip


class RatingForm(forms.Form):
    """How it went, from either side, and whether it may be published without names."""

    rating = forms.TypedChoiceField(
        label=_("How was it for you?"), choices=RATINGS, coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was")},
        help_text=_("The other side and the OAS read it. It does not change who is proposed for other questions."),
    )  # fmt: skip
    comment = PlainText(
        label=_("Comment"), required=False, max_length=2000, widget=_area(3, **{"class": "form-control short"}),
        help_text=_("The other side reads it."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("The question and its answer may be published without names"), required=False,
        help_text=_(
            "Only if both sides agree. You both read and change the text first, the OAS reviews it, and each of you can take it "
            "back at any time: it is then gone at once."
        ),
    )  # fmt: skip


class CloseForm(RatingForm):
    """The same from whoever asked, with what came of the answer."""

    outcome = forms.ChoiceField(
        label=_("What came of the answer?"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it")},
    )  # fmt: skip
    field_order = ["outcome", "rating", "comment", "consent"]


class KeptTextForm(forms.Form):
    """The text for the knowledge base."""

    title = PlainLine(label=_("Title"), max_length=200, error_messages={"required": _("Write the title")})
    question = PlainText(
        label=_("Question"), max_length=20_000, widget=_area(8), error_messages={"required": _("Write the question")}
    )
    reply = PlainText(
        label=pgettext_lazy("reply", "Answer"),
        max_length=20_000,
        widget=_area(12),
        error_messages={"required": _("Write the answer")},
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=RECORD_LANGUAGES)
    country_id = forms.ChoiceField(
        label=_("Country"), required=False,
        help_text=_("Leave it empty unless both of you want the country to be named."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, revision):
        names = ("title", "question", "reply", "language", "country_id", "version")
        super().__init__(data, initial={name: getattr(revision, name) for name in names})
        countries = sorted(labels.read().country.values(), key=lambda one: sort_key(one.label))
        self.fields["country_id"].choices = [("", _("No country")), *((one.code, one.label) for one in countries)]

    @property
    def values(self) -> dict:
        return {**{name: value for name, value in self.cleaned_data.items() if name != "version"},
                "country_id": self.cleaned_data["country_id"] or None}  # fmt: skip
