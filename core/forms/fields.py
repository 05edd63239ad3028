"""Fields that take what people of four languages type: amounts, counts, years, currencies, codes."""

import re
import unicodedata
from decimal import Decimal

import pycountry
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from core.dates import OLDEST_YEAR, latest_year

_GROUPED = r"(?!0)\d{1,3}(?P<group>[ '.,])\d{3}(?:(?P=group)\d{3})*"
_NUMBER = re.compile(rf"(?P<whole>{_GROUPED}|\d+)(?:(?!(?P=group))[.,](?P<decimals>\d*))?")


def parse_number(text: str) -> Decimal:
    """`1.250.000,50`, `1,250,000.50`, `1 250 000` and `1250000.5` alike; ValueError for what is no number.

    One sign parts all groups of three, another one the decimals. Three figures behind the only dot or comma are a group:
    what can be none, as in `0.125` or `1250.125`, could be read in two ways and is refused.
    """
    found = _NUMBER.fullmatch(re.sub(r"\s", " ", text.strip()).replace("’", "'"))
    if found is None or (len(found["decimals"] or "") == 3 and found["group"] not in (".", ",")):
        raise ValueError(text)
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{whole}.{found['decimals']}" if found["decimals"] else whole)


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Invisible signs that come along when text is pasted: XML and spreadsheets cannot hold them. NUL is left for Django to refuse.
# Nor those that turn the order of what follows round: with them a name or an address reads as another one. Nor soft hyphens and
# spaces of no width: with them a word is found by nobody. Those that join the parts of an emoji stay.
_UNPRINTABLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters in name alone


def plain(text: str) -> str:
    """Text as it is kept: every kind of line end is one character, as browsers count it; nothing unprintable."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def shows(text: str) -> bool:
    """Whether there is anything to see in a text. NUL counts: Django says what is wrong with it."""
    return any(sign == "\0" or (sign not in _BLANK and unicodedata.category(sign)[0] not in "ZC") for sign in text)


class PlainText(forms.CharField):
    """What people type or paste, made plain before its length is looked at; what shows nothing is nothing."""

    def to_python(self, value):
        value = super().to_python(plain(value) if isinstance(value, str) else value)
        return value if value in self.empty_values or shows(value) else self.empty_value


class PlainLine(PlainText):
    """The same in one line: a line end that was pasted becomes a space."""

    def to_python(self, value):
        return super().to_python(" ".join(plain(value).split("\n")) if isinstance(value, str) else value)


class PersonName(PlainLine):
    """How a person is called: in letters, and no address in disguise, since the portal's mails say it."""

    def __init__(self, **options):
        errors = {"required": _("Write your name"), **options.pop("error_messages", {})}
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(
            **{"label": _("Your name"), "max_length": 150, "widget": widget, **options}, error_messages=errors
        )

    def clean(self, value):
        name = " ".join(super().clean(value).split())
        if name and (_ADDRESS.search(name) or not any(sign.isalpha() for sign in name)):
            raise ValidationError(_("Write a name in letters, without any web address."))
        return name


_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
_JOINERS = re.compile("[\u200c\u200d]")


def email_address(text: str) -> str:
    """The address as the post takes it: nothing that does not show, and the domain in small letters."""
    name, at, domain = _JOINERS.sub("", plain(text)).strip().rpartition("@")
    return f"{name}{at}{domain.lower()}"


class EmailAddress(forms.EmailField):
    """An e-mail address in one form."""

    def to_python(self, value):
        return super().to_python(email_address(value) if isinstance(value, str) else value)


class WebAddress(forms.URLField):
    """An address of the web, and of nothing else that Django takes for one."""

    default_validators = (URLValidator(schemes=["http", "https"]),)

    def __init__(self, **options):
        super().__init__(assume_scheme="https", **options)

    def to_python(self, value):
        return super().to_python(plain(value) if isinstance(value, str) else value)


class AmountField(forms.CharField):
    """An amount of money in anybody's way of writing it; clean gives a decimal as text, None if empty."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=40, **options)

    def prepare_value(self, value):
        """A stored amount in the reader's way of writing numbers; what was typed stays as typed."""
        if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value):
            decimals = len(value.partition(".")[2])
            return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
        return value

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            amount = parse_number(value)
        except ValueError as error:
            raise ValidationError(_("Write the amount in figures, for example 1.250.000,50 or 1,250,000.50")) from error
        if amount >= 10**15:
            raise ValidationError(_("This amount is too large. Write it in units of the currency."))
        return f"{amount.quantize(Decimal('0.01')):f}" if amount != amount.to_integral() else f"{amount:.0f}"


class CountField(forms.CharField):
    """A number of persons; clean gives an int, None if empty."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=30, **options)

    def prepare_value(self, value):
        return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else value

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            number = parse_number(value)
        except ValueError as error:
            raise ValidationError(_("Write the number in figures, for example 12.500 or 12,500")) from error
        if number != number.to_integral() or number >= 10**12:
            raise ValidationError(_("Write a whole number of persons"))
        return int(number)


class WholeField(forms.CharField):
    """A small whole number such as a year; clean gives an int, None if empty. One of `kept` stands there already and may stay."""

    kept: frozenset = frozenset()

    def __init__(self, message, low: int, high: int | None = None, **options):
        super().__init__(required=False, max_length=6, **options)
        self.message, self.low, self.high = message, low, high

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        high = self.high or latest_year()
        number = int(value) if re.fullmatch(r"[0-9]{1,4}", value) else -1
        if number not in self.kept and not self.low <= number <= high:
            raise ValidationError(self.message % {"low": self.low, "high": high})
        return number


YEAR_MESSAGE = _("Write the year with four figures, between %(low)s and %(high)s")


def year(message=YEAR_MESSAGE, **options) -> WholeField:
    """A year."""
    return WholeField(message, OLDEST_YEAR, **options)


def month(message, **options) -> WholeField:
    """A month by its number."""
    return WholeField(message, 1, 12, **options)


class CurrencyField(forms.CharField):
    """An ISO 4217 code, in any case."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=3, **options)

    def clean(self, value):
        code = super().clean(value).upper()
        if code and pycountry.currencies.get(alpha_3=code) is None:
            raise ValidationError(_("Write the currency with its three letters, for example USD, BRL or CLP"))
        return code


class CodesField(forms.MultipleChoiceField):
    """Several codes by checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(required=False, **options)


def text(rows: int = 6, limit: int = 40_000, **options) -> forms.CharField:
    """A long text."""
    return PlainText(required=False, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


def line(limit: int = 300, **options) -> forms.CharField:
    """One line of text."""
    return PlainLine(required=False, max_length=limit, **options)
