"""Cells that no spreadsheet takes for a formula, while numbers and telephone numbers stay as they are."""

import re

# Also full-width forms and a leading space or quote-eating control: spreadsheets trim or convert before they look.
DANGEROUS = re.compile(r"^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
HARMLESS = re.compile(
    r"""
      [+-]?\d{1,3}(?:[.,\s\u00a0\u202f]?\d{3})*(?:[.,]\d+)?\s?%?       # a number
    | [+-]?\d+(?:[.,]\d+)?\s?%?
    | \+?\(?\d[\d\s().\-/]{3,30}(?:\s?(?:ext|x|anexo|ramal|poste)\.?\s?\d{1,6})?  # a telephone number
    """,
    re.VERBOSE | re.IGNORECASE,
)


def neutral(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would calculate it; one that has it already gets another."""
    if text[:1].isalnum():  # most texts
        return text
    return f"'{text}" if _counts(text.lstrip("'")) else text


def plain(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith("'") and _counts(text.lstrip("'")) else text


def _counts(text: str) -> bool:
    return bool(DANGEROUS.match(text)) and not HARMLESS.fullmatch(text)
