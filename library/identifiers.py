"""Numbers under which literature is known everywhere: read from how people paste them, checked, written in one way."""

import re
import unicodedata
from urllib.parse import quote, unquote

# Crossref's own advice for telling a DOI by its shape; the registrant's number has four to nine figures. Pointed brackets
# stand inside the old numbers of articles: 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2.
_SIGN = r"[^\s\x00-\x1f\x7f-\x9f\ufffd\"'<>{}|\\^`]"
_DOI = re.compile(rf"10\.[0-9]{{4,9}}/{_SIGN}+(?:<{_SIGN}+>{_SIGN}+)?")
_DOI_WORD = re.compile(r"^(?:info:doi/|doi(?!\.)\s*:?\s*)", re.IGNORECASE)
_RESOLVER = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/+", re.IGNORECASE)
_SENTENCE_ENDS = tuple(".,;:!?")
_ISBN_HEAD = re.compile(r"^isbn(?:-1[03])?:?\s*", re.IGNORECASE)


def doi(text: str) -> str:
    """`10.1234/abc` from the number, its address or `doi:10.1234/abc`; ValueError for what is none. DOIs have no case."""
    bare = _DOI_WORD.sub("", _visible(text))
    if head := _RESOLVER.match(bare):
        bare = re.split("[?#]", bare[head.end() :])[0]
    bare = _without_ending(_visible(unquote(bare)))
    if not _DOI.fullmatch(bare):
        raise ValueError(text)
    return bare.lower()


def _visible(text: str) -> str:
    """Without the invisible signs that come along when text is pasted."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def _without_ending(text: str) -> str:
    """Without what the sentence around it put behind: a full stop, a bracket that was opened before."""
    while text.endswith(_SENTENCE_ENDS) or (text.endswith(")") and text.count(")") > text.count("(")):
        text = text[:-1]
    return text


def doi_address(number: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{quote(number, safe='/:;()@!$*,=+&~')}"


def isbn(text: str) -> str:
    """The thirteen figures of an ISBN, whether ten or thirteen were given; ValueError if the check figure is wrong."""
    bare = re.sub(r"[\s\u2010-\u2015-]", "", _ISBN_HEAD.sub("", text.strip())).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", bare) and _check_10(bare):
        return _thirteen(bare)
    if re.fullmatch(r"97[89][0-9]{10}", bare) and _check_13(bare[:12]) == bare[12]:
        return bare
    raise ValueError(text)


def _check_10(bare: str) -> bool:
    figures = [10 if sign == "X" else int(sign) for sign in bare]
    return sum(weight * figure for weight, figure in zip(range(10, 0, -1), figures, strict=True)) % 11 == 0


def _thirteen(ten: str) -> str:
    head = f"978{ten[:9]}"
    return head + _check_13(head)


def _check_13(twelve: str) -> str:
    total = sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(twelve))
    return str(-total % 10)
