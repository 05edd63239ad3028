"""Addresses as people write them, made into the URIs that a schema takes."""

import re
from urllib.parse import SplitResult, quote, urlsplit

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PART = "%/?:@!$&'()*+,;=~"  # stand in a path, a query or a fragment as they are
_PLACE = re.compile(r"(?:(?:[\w.~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?", re.ASCII)


def uri(address: str) -> str:
    """The address with what a URI cannot hold encoded; nothing if it is none even so."""
    try:
        parts = urlsplit(address)
        place = _place(parts)
    except ValueError:
        return ""
    if not _PLACE.fullmatch(place):
        return ""
    path, query, fragment = (_encoded(part) for part in parts[2:])
    return parts._replace(netloc=place, path=path, query=query, fragment=fragment).geturl()


def _place(parts: SplitResult) -> str:
    """Host and port; a name in other letters as the network knows it."""
    return parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()


def _encoded(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=_PART)
