"""What comes along unseen when people paste, and names and addresses that are not what they look like."""

import pytest
from django.core.exceptions import ValidationError

from core.forms.fields import EmailAddress, PersonName, PlainLine, PlainText, plain


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("capaci\u00adtación", "capacitación"), ("la\u200bboral\ufeff", "laboral"), ("\u2060Uno\u2064", "Uno"),
        ("Bruno\u202e SAO", "Bruno SAO"), ("\x07\x1b[31mrojo", "[31mrojo"), ("uno\r\ndos\u2028tres", "uno\ndos\ntres"),
        ("👩\u200d🌾 y \u200cmás", "👩\u200d🌾 y \u200cmás"),
    ],
)  # fmt: skip
def test_what_shows_nothing_does_not_stay_in_a_text(pasted, kept):
    assert plain(pasted) == kept


@pytest.mark.parametrize("pasted", ["\u200b\u2060\u00ad", "\u200d\u200c", " \u3164 \u2800", "\u200e\ufeff", "\u3000"])
@pytest.mark.parametrize("field", [PlainText, PlainLine, PersonName])
def test_a_text_without_anything_to_see_is_missing(field, pasted):
    with pytest.raises(ValidationError) as refused:
        field().clean(pasted)
    assert refused.value.code == "required"
    assert field(required=False).clean(pasted) == ""


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("  María   José\u200b  Ñandú ", "María José Ñandú"), ("O'Higgins, B.", "O'Higgins, B."), ("Ana\nRuiz", "Ana Ruiz"),
        ("王小明", "王小明"), ("J. W. W. Smith", "J. W. W. Smith"), ("Awww Ndiaye", "Awww Ndiaye"),
    ],
)  # fmt: skip
def test_a_name_is_one_line_of_letters(typed, called):
    assert PersonName().clean(typed) == called


@pytest.mark.parametrize("typed", ["https://evil.example/login", "Ana www.evil.example", "12345", "—", "👩\u200d🌾"])
def test_an_address_or_a_sign_is_no_name(typed):
    with pytest.raises(ValidationError, match="Write a name in letters"):
        PersonName().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana@example.org\u200b", "ana@example.org"), (" Ana+1@EXAMPLE.org ", "Ana+1@example.org"),
        ("ana@exa\u00admple.org", "ana@example.org"), ("ana@example.org\u200d", "ana@example.org"),
        ("ana@MUÑOZ.example", "ana@muñoz.example"), ("ana@xn--muoz-hqa.example", "ana@xn--muoz-hqa.example"),
        ("ana@straße.example", "ana@straße.example"),
    ],
)  # fmt: skip
def test_an_address_holds_nothing_that_does_not_show(typed, kept):
    assert EmailAddress().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["ana", "@example.org", "ana@", "ana@exa mple.org", "ana@.org", "ana@" + "a" * 64 + ".org"]
)
def test_what_is_no_address_is_said_to_be_none(typed):
    with pytest.raises(ValidationError):
        EmailAddress().clean(typed)
