"""PDF: a whole, open document that only shows.

Refused: programs (/JavaScript, /XFA), actions that start something (/Launch, /ImportData), files within the file
(/EmbeddedFile, /EF), players (/RichMedia, /Rendition), and protection by a password, under which none of these can be seen. Names are
looked for in the raw bytes, also when written as #4aavaScript, and in object streams after inflating them under a budget.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.checking.archives import Budget
from files.checking.outcome import Checked, damaged
from files.errors import UploadRefused


def _name(word: str) -> bytes:
    """The name, each character plain or as #xx."""
    escaped = (f"(?:{re.escape(c)}|#{ord(c):02x}|#{ord(c):02X})" for c in word)
    return ("/" + "".join(escaped) + r"(?![A-Za-z0-9#_])").encode("ascii")


def _any(*words: str) -> re.Pattern[bytes]:
    return re.compile(b"|".join(_name(word) for word in words))


_ACTIVE = _any("JavaScript", "Launch", "ImportData", "XFA", "RichMedia", "Rendition")
_FILES = re.compile(
    b"|".join([_name("EmbeddedFile"), _name("EmbeddedFiles"), _name("EF") + rb"\s*(?:<<|\d+\s+\d+\s+R)"])
)
_ENCRYPTED = re.compile(_name("Encrypt") + rb"\s*(?:<<|\d+\s+\d+\s+R)")
# The address of a link may hold any word. On one line and without brackets it can be nothing but a string or a comment.
_LINK = re.compile(rb"/URI\s{0,20}\([^()<>\\\r\n]{0,2000}\)")
_OBJECT_STREAM = _any("ObjStm")
_FLATE = re.compile(_name("Filter") + rb"\s*\[?\s*" + _name("FlateDecode") + rb"\s*\]?")
_ANY_FILTER = _any("Filter")
_PREDICTOR = re.compile(_name("Predictor") + rb"\s*([2-9]|1\d)")
_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY = 4096
_LARGEST_OBJECT_STREAM = 16 * 1024 * 1024


def check(stream: BinaryIO) -> Checked:
    """The file is read whole: it is at most the largest upload. What inflates from it counts against a budget."""
    data = stream.read()
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise damaged()
    if _ENCRYPTED.search(data):
        raise UploadRefused(
            "encrypted", _("The file is protected with a password. Save it without a password, and upload that file.")
        )
    _refuse_active(data)
    for inflated in _object_streams(data, Budget()):
        _refuse_active(inflated)
    stream.seek(0)
    return Checked("pdf", "application/pdf", stream)


def _refuse_active(data: bytes) -> None:
    data = _LINK.sub(b"", data)
    if _ACTIVE.search(data):
        raise UploadRefused(
            "active",
            _("The PDF holds a program or a form that acts. Print it to a new PDF, and upload that file."),
        )
    if _FILES.search(data):
        raise UploadRefused(
            "embedded",
            _("Other files are hidden in this PDF. Upload them one by one, and print this one to a new PDF."),
        )


def _object_streams(data: bytes, budget: Budget) -> Iterator[bytes]:
    """Each compressed bundle of objects, inflated. One that cannot be read as readers do is not let through."""
    for found in _OBJECT_STREAM.finditer(data):
        start = _STREAM.search(data, found.end(), found.end() + _LONGEST_DICTIONARY)
        if start is None:
            raise damaged()
        opening = data.rfind(b"obj", max(0, found.start() - _LONGEST_DICTIONARY), found.start())
        dictionary = data[max(opening, 0) : start.start()]
        end = data.find(b"endstream", start.end())
        raw = data[start.end() : end if end >= 0 else None]
        if _PREDICTOR.search(dictionary):
            raise damaged()
        if _FLATE.search(dictionary):
            yield _inflate(raw, budget)
        elif _ANY_FILTER.search(dictionary):
            raise damaged()


def _inflate(raw: bytes, budget: Budget) -> bytes:
    try:
        inflated = zlib.decompressobj().decompress(raw, _LARGEST_OBJECT_STREAM + 1)
    except zlib.error:
        raise damaged() from None
    budget.spend(len(inflated) if len(inflated) <= _LARGEST_OBJECT_STREAM else budget.left + 1)
    return inflated
