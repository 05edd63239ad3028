"""PDF: a whole, open document that only shows.

Refused: programs (/JavaScript, /XFA), actions that start something (/Launch, /ImportData), files within the file
(/EmbeddedFile, /EF), players (/RichMedia, /Rendition), and protection by a password, under which none of these can be seen. Names are
looked for in the raw bytes, also when written as #4aavaScript, and in object streams after inflating them under a budget.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.checking import bundles
from files.checking.archives import Budget
from files.checking.bundles import SPACES, any_of, name
from files.checking.outcome import Checked, damaged
from files.errors import UploadRefused

_ACTIVE = any_of("JavaScript", "Launch", "ImportData", "XFA", "RichMedia", "Rendition")
_NUMBER = SPACES + rb"[-+.\d]++" + SPACES
# A dictionary or the number of one. A comment may stand before each part: nobody writes one there to be understood.
_HELD = SPACES + rb"(?:<<|%|" + _NUMBER + rb"(?:%|" + _NUMBER + rb"(?:%|R)))"
_FILES = re.compile(b"|".join([name("EmbeddedFile"), name("EmbeddedFiles"), name("EF") + _HELD]))
_ENCRYPTED = re.compile(name("Encrypt") + _HELD)
# The address of a link may hold any word. On one line and without brackets it can be nothing but a string or a comment,
# as long as no object begins inside it.
_LINK = re.compile(rb"/URI\s{0,20}\([^()<>\\\r\n]{0,2000}\)")
_OBJECT_STREAM = any_of("ObjStm")
_BLANK = b"\x00\t\n\f\r "
_LARGEST_OBJECT_STREAM = 16 * 1024 * 1024


def check(stream: BinaryIO) -> Checked:
    """The file is read whole: it is at most the largest upload. What inflates from it counts against a budget."""
    data = stream.read()
    end = data.rstrip(_BLANK)[-4096:]
    if b"%%EOF" not in end[-2048:] or b"startxref" not in end:
        raise damaged()
    if _ENCRYPTED.search(data):
        raise UploadRefused(
            "encrypted", _("The file is protected with a password. Save it without a password, and upload that file.")
        )
    _refuse_active(data)
    _refuse_bundled(data, Budget())
    stream.seek(0)
    return Checked("pdf", "application/pdf", stream)


def _refuse_active(data: bytes, beginnings: Sequence[int] = ()) -> None:
    """Refuse what acts or hides; `beginnings` says where objects begin that no word announces."""

    def without_link(link: re.Match[bytes]) -> bytes:
        following = bisect_right(beginnings, link.start())
        is_entered = following < len(beginnings) and beginnings[following] < link.end()
        return link[0] if is_entered or b"obj" in link[0] else b""

    data = _LINK.sub(without_link, data)
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


def _refuse_bundled(data: bytes, budget: Budget) -> None:
    """Look into each bundle of objects. One that cannot be read as readers do is not let through."""
    announced, plain = 0, []
    for bundle in bundles.bundles(data):
        announced += len(_OBJECT_STREAM.findall(bundle.dictionary))
        if bundle.is_deflated:
            inflated = bundles.inflate(data, bundle.start, budget, _LARGEST_OBJECT_STREAM)
            _refuse_active(inflated, bundle.beginnings(inflated, 0))
        else:
            plain += bundle.beginnings(data, bundle.start)
    if announced < len(_OBJECT_STREAM.findall(data)):
        raise damaged()
    if plain:
        _refuse_active(data, sorted(plain))
