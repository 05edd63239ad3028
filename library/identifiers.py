"""Numbers under which literature is known everywhere: read from how people paste them, checked, written in one way."""

import re

# Crossref's own advice for telling a DOI by its shape; the registrant's number has four to nine figures.
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"'<>{}|\\^`]+")
_DOI_HEADS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ISBN_HEAD = re.compile(r"^isbn(?:-1[03])?:?\s*", re.IGNORECASE)


def doi(text: str) -> str:
    """`10.1234/abc` from the number, its address or `doi:10.1234/abc`; ValueError for what is none. DOIs have no case."""
    bare = _DOI_HEADS.sub("", text.strip()).strip()
    if not _DOI.fullmatch(bare):
        raise ValueError(text)
    return bare.lower()


def doi_address(number: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{number}"


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
