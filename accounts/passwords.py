"""Passwords that are too easy to guess: well-known ones, and those made of the words of this place."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from network.models import Country

WORDS = Path(__file__).resolve().parent / "data" / "blocklist.txt"
OWN_LETTERS = 6
DIFFERENT_CHARACTERS = 5
LONGEST = 1000


def folded(text: str) -> str:
    """Lower case, without accents, letters and digits only."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


@lru_cache(maxsize=1)
def context_words() -> tuple[str, ...]:
    """The context's words and the names of the countries, longest first."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    words = {folded(line) for line in lines if line and not line.startswith("#")}
    for country in Country.objects.all():
        words.update(folded(label) for label in country.all_labels.split())
        words.update(folded(name) for name in (country.label_en, country.label_es, country.label_pt, country.label_fr))
    return tuple(sorted((word for word in words if len(word) > 1), key=len, reverse=True))


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Django's list of twenty thousand."""
    return frozenset(CommonPasswordValidator().passwords)


def repeated(text: str) -> str:
    """The part of which a text is made by repetition, or the text itself; in linear time, however long it is."""
    return text[: (text + text).find(text, 1)] if text else text


def own_words(user) -> tuple[str, ...]:
    """The words of a person's name and address."""
    if user is None:
        return ()
    words = re.split(r"[\s@._+-]+", f"{getattr(user, 'name', '')} {getattr(user, 'email', '') or ''}")
    return tuple(word for word in map(folded, words) if len(word) > 2)


class BlocklistValidator:
    """Refuses well-known passwords, repetitions, and what is left empty once the context's words and digits are taken out."""

    def validate(self, password, user=None):
        if len(password) > LONGEST:
            raise ValidationError(
                _("A password has %(limit)d characters at most.") % {"limit": LONGEST}, code="password_too_long"
            )
        if self.is_easy(password, own_words(user)):
            raise ValidationError(
                _(
                    "This password is easy to guess. Put together four or more words that have nothing to do with your work."
                ),
                code="password_easy",
            )

    def is_easy(self, password: str, own: tuple[str, ...] = ()) -> bool:
        plain = folded(password)
        bare = plain.strip("0123456789")
        unit = repeated(plain)
        if {password.lower(), plain, bare, unit} & common_passwords() or len(unit) < OWN_LETTERS <= len(plain):
            return True
        if len(set(password)) < DIFFERENT_CHARACTERS:
            return True
        return bool(plain) and self._own_letters(plain, own) < OWN_LETTERS

    @staticmethod
    def _own_letters(plain: str, own: tuple[str, ...]) -> int:
        for word in (*own, *context_words()):
            plain = plain.replace(word, " ")
        return len(re.sub(r"[\s0-9]", "", plain))

    def get_help_text(self):
        return _("It is not a well-known password and not made of words such as the name of your ministry.")
