"""Which kind of file it is, by its first bytes; what cannot be read is refused with a sentence that says what to do."""

import re
from typing import BinaryIO

from programs.importing.errors import ImportUnreadable

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body|workbook)", re.IGNORECASE)
_OTHERS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BM\x00",
    b"RIFF",
    b"ITSF",
)


def kind_of(stream: BinaryIO) -> str:
    """`xlsx` or `text`."""
    stream.seek(0)
    head = stream.read(8192)
    stream.seek(0)
    if not head.strip():
        raise ImportUnreadable("empty")
    if head.startswith(b"%PDF-"):
        raise ImportUnreadable("pdf")
    if head.startswith(_OLD_OFFICE):
        raise ImportUnreadable("encrypted" if _holds_package(stream) else "old_excel")
    if head.startswith((b"\x09\x08", b"\x09\x04\x06", b"\x09\x02\x06")):
        raise ImportUnreadable("old_excel")
    if head.startswith(b"PK"):
        return _package(stream, head)
    if _MARKUP.match(head):
        raise ImportUnreadable("markup")
    if head.startswith(_OTHERS):
        raise ImportUnreadable("other_document")
    return "text"


def _package(stream: BinaryIO, head: bytes) -> str:
    """An archive: a workbook by its parts, as the table of contents at its end names them."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in head[:200]:
        raise ImportUnreadable("open_document")
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 4 * 1024 * 1024))
    tail = stream.read()
    stream.seek(0)
    lower = tail.lower()
    if b"xl/workbook.xml" in lower:
        return "xlsx"
    if b"xl/workbook.bin" in lower:
        raise ImportUnreadable("binary_excel")
    if b"PK\x05\x06" not in tail:
        raise ImportUnreadable("damaged")
    raise ImportUnreadable("other_document")


def _holds_package(stream: BinaryIO) -> bool:
    """An Excel file with a password is an old container around the new one."""
    stream.seek(0)
    data = stream.read(4 * 1024 * 1024)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 1024 * 1024))
    data += stream.read()
    stream.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in data
