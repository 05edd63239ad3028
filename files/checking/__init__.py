"""What may be uploaded, told by content: magic number, then structure. The name only tells txt from csv.

Memory stays bounded: streams are read in blocks, archives inflate under one budget, pictures are measured before decoding.
"""

import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.checking import archives, documents, images, pdf, text
from files.checking.outcome import Checked
from files.errors import UploadRefused
from files.naming import extension_of

__all__ = ["Checked", "check"]

_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
# Readers look for it in the first bytes of the file. Before it nothing may stand that makes the file something else.
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\f\r ]*+%PDF-")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(stream: BinaryIO, name: str, *, table: bool = False) -> Checked:
    """Say what the content is, or raise UploadRefused. Answers the stream to keep: pictures are drawn anew."""
    stream.seek(0)
    head = stream.read(1024)
    stream.seek(0)
    if not head:
        raise UploadRefused("empty", _("The file is empty. Choose it again, or choose another one."))
    if _PDF.match(head):
        return pdf.check(stream)
    for magic, extension in _PICTURES:
        if head.startswith(magic):
            return images.check(stream, extension)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return images.check(stream, "webp", lossless=head[12:16] == b"VP8L")
    if head.startswith(archives.MAGIC):
        return documents.check(stream)
    if head.startswith(_OLD_OFFICE):
        raise UploadRefused(
            "old office",
            _(
                "This document is in an old Office format or protected with a password. "
                "Save it without a password as .docx, .xlsx, .pptx or PDF, and upload that file."
            ),
        )
    claimed = extension_of(name)
    return text.check(stream, "csv" if table and claimed in ("tsv", "tab") else claimed, utf16=table)
