"""The four languages: `pt` in addresses and data is Brazilian Portuguese, `pt-br` inside Django."""

import unicodedata
from functools import lru_cache

from django.conf import settings
from django.urls import LocalePrefixPattern, URLResolver
from django.utils import translation

TO_ADDRESS = {"en": "en", "es": "es", "pt-br": "pt", "fr": "fr"}
TO_DJANGO = {short: full for full, short in TO_ADDRESS.items()}
HTML_LANG = {"en": "en", "es": "es", "pt": "pt-BR", "fr": "fr"}
ENDONYMS = {"es": "Español", "pt": "Português", "fr": "Français", "en": "English"}
RECORD_LANGUAGES = [("es", "Español"), ("pt", "Português"), ("fr", "Français"), ("en", "English")]


def current() -> str:
    """The active language as addresses and data write it: en, es, pt or fr."""
    return TO_ADDRESS.get(translation.get_language() or "en", "en")


def speaking(language: str):
    """Context manager: speak `language`, given either as `pt` or as `pt-br`."""
    return translation.override(TO_DJANGO.get(language, language))


class AddressPrefixPattern(LocalePrefixPattern):
    """`/pt/` in addresses for Django's `pt-br`."""

    @property
    def language_prefix(self) -> str:
        return f"{current()}/"


def language_patterns(*urls) -> list[URLResolver]:
    """Like i18n_patterns, with the prefix always present and short."""
    return [URLResolver(AddressPrefixPattern(), list(urls))]


def label_field() -> str:
    """Name of the label column in the active language, for instance `label_es`."""
    return f"label_{current()}"


@lru_cache(maxsize=1024)
def sort_key(text: str) -> str:
    """Without accents and case, as a reader expects names to be sorted."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


assert set(TO_ADDRESS) == {code for code, _ in settings.LANGUAGES}, "core.languages and LANGUAGES must agree"
