"""ORCID: sixteen signs, of which the last checks the others (ISO 7064, MOD 11-2)."""

import re

_SHAPE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{3}[0-9Xx])/?"
)


def check_sign(digits: str) -> str:
    """The sign that belongs after fifteen digits."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def parse(text: str) -> str:
    """The ORCID as it is written: 0000-0002-1825-0097; ValueError for what is none."""
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    signs = "".join(found.groups()).upper()
    if check_sign(signs[:15]) != signs[15]:
        raise ValueError(text)
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def address(orcid: str) -> str:
    """Where it leads."""
    return f"https://orcid.org/{orcid}"
