"""The web address of a record: taken where a cell says it whole, as the forms take it; what is left out is told."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.forms.fields import WebAddress

_LONGEST = 500
_FIELD = WebAddress(required=False, max_length=_LONGEST)
_BEGINS = r"(?:https?://|www\.)"
_MARKED = re.compile(_BEGINS, re.IGNORECASE)
_ANOTHER = re.compile(rf"[;,|]+\s*(?={_BEGINS})", re.IGNORECASE)
_CUT = re.compile(rf"[;,|]*\s+[;,|]*\s*|[;,|]+(?={_BEGINS})", re.IGNORECASE)
_CUT_NAMES = re.compile(r"[\s;,|]+")
_IN_TEXT = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_GOES_ON = re.compile(rf" (?!{_BEGINS})\S", re.IGNORECASE)


@dataclass(frozen=True)
class Website:
    """The address of a cell, what of the cell was not taken, and the warning that goes with it."""

    address: str = ""
    left: str = ""
    warning: str = ""


def of_cell(text: str) -> Website:
    """An address that is the whole cell; the first of several; the one behind words, as a link behind them is written."""
    if not text or len(text) > _LONGEST:  # then the row is refused for its length
        return Website()
    pieces = _pieces(text)
    found = [_address(piece) for piece in pieces]
    marked = [piece for piece in pieces if _MARKED.search(piece)]
    if pieces and all(found) and len(marked) in (0, len(pieces)):
        others = [piece for piece, address in zip(pieces, found, strict=True) if address != found[0]]
        return Website(found[0], "; ".join(others), "further_websites" if others else "")
    if marked and marked == pieces[-1:] and found[-1]:
        return Website(found[-1], text[: text.rindex(pieces[-1])].strip())
    return Website(left=text, warning="unclear_website")


def of_source(text: str) -> str:
    """The first address in a text, if it is certain where it ends: nothing follows it, or a mark, a line or another address."""
    found = _IN_TEXT.search(text)
    if not found or len(found[0]) > _LONGEST or (found[0][-1] not in ".,;)" and _GOES_ON.match(text, found.end())):
        return ""
    return _address(_ANOTHER.split(found[0])[0])


def _pieces(text: str) -> list[str]:
    """The addresses or words of a cell; one address alone may hold signs that stand between others."""
    if _address(text) and not _ANOTHER.search(text):
        return [text]
    cut = _CUT if _MARKED.search(text) else _CUT_NAMES
    return [piece for piece in cut.split(text) if any(c.isalnum() for c in piece)]


def _address(written: str) -> str:
    """As the forms take it, without what stands around it in a text; nothing if it is none."""
    if len(written) > _LONGEST:
        return ""
    bare = written.strip("<>\"' ").rstrip(".,;").removeprefix("(")
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(".,;")
    if "@" in bare and "://" not in bare:
        return ""  # an address of mail
    try:
        return _FIELD.clean(bare)
    except ValidationError:
        return ""
