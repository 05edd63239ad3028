"""What people of four languages type is understood."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.forms import fields
from core.forms.fields import AmountField, CountField, CurrencyField, parse_number
from portfolio.forms.small import UploadForm
from portfolio.services import units


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.250.000,50", "1250000.50"), ("1,250,000.50", "1250000.50"), ("1 250 000,5", "1250000.5"),
        ("1250000", "1250000"), ("1.250", "1250"), ("1,250", "1250"), ("1.25", "1.25"), ("1,2", "1.2"),
        ("1.250.000", "1250000"), ("1\u202f250\u00a0000", "1250000"), ("1'250'000.00", "1250000.00"), ("0", "0"),
        ("1\u202f234\u202f567,89", "1234567.89"), ("1’234’567.89", "1234567.89"), ("1,250.125", "1250.125"), ("0,5", "0.5"),
        ("125.000", "125000"), ("1.2345", "1.2345"), ("1250,", "1250"),
    ],
)  # fmt: skip
def test_amounts_in_anybodys_way_of_writing(typed, meant):
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "mucho", "12 mil", "-5", "1e5", "$ 3", "", ".", "0.125", "0,125", "1.2.3", "1250.125", "1.250.00", "1.25.000", "1250.000.000",
        "0.125.000", "1 25", "12 5000", "1 250.000", "1'250,000", "1.250 000", "1  250", "1.250,000,5", "1,250.000.50", "1..250",
    ],
)  # fmt: skip
def test_what_is_no_number_is_said_to_be_none(typed):
    with pytest.raises(ValueError):
        parse_number(typed)


@pytest.mark.parametrize("language", ["en", "es", "pt-br", "fr"])
@given(cents=st.integers(min_value=0, max_value=10**14))
def test_an_amount_shown_in_any_language_reads_back_as_itself(language, cents):
    field = AmountField()
    stored = field.clean(str(Decimal(cents) / 100))
    with override(language):
        assert field.clean(str(field.prepare_value(stored))) == stored


def test_a_count_is_whole():
    assert CountField().clean("12.500") == 12500
    for typed in ("12,5", "0.125", "1.2.3"):
        with pytest.raises(ValidationError):
            CountField().clean(typed)


def test_a_currency_has_three_known_letters():
    assert CurrencyField().clean("clp") == "CLP"
    with pytest.raises(ValidationError):
        CurrencyField().clean("XYZ")


def test_the_same_answer_has_the_same_fingerprint():
    assert units.normal("description", " a\r\nb ") == "a\nb"
    assert units.normal("themes", ["EMP-3", "EMP-1"]) == units.normal("themes", ["EMP-1", "EMP-3"])
    assert units.normal("funding", [{"source": "x", "unknown": 1}, {}]) == [
        {"source": "x", "amount": None, "currency": "", "year": None}
    ]


def test_a_line_end_counts_as_one_character_as_the_browser_counts_it():
    typed = "a\r\n" * 20_000
    assert len(fields.text(limit=40_000).clean(typed)) == 39_999  # the last one is trimmed


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("uno\x0bdos", "uno\ndos"),
        ("uno\u2028dos", "uno\ndos"),
        ("A\x01\x08\x1f\x7f\x9f\ufffeB", "AB"),
        ("a\u202egnp.exe\u202c \u2066b\u2069", "agnp.exe b"),
        ("a\tb\u200db 👩‍👧", "a\tb\u200db 👩‍👧"),
    ],
)
def test_what_cannot_be_printed_is_left_behind_when_text_is_pasted(pasted, kept):
    assert fields.text().clean(pasted) == kept
    assert fields.line().clean(pasted) == kept.replace("\n", " ")


def test_a_file_of_which_nobody_says_the_kind_is_no_study():
    assert UploadForm()["kind"].value() == "other"
