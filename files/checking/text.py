"""Plain text and CSV: readable characters from the first byte to the last."""

import codecs
import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.checking.outcome import Checked, not_accepted
from files.errors import UploadRefused

_BLOCK = 64 * 1024
_END = b"\x1a"  # what old programs write behind the last line
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<[!?a-z]|\{\\rtf|#!)", re.IGNORECASE)
_TYPES = {"txt": "text/plain", "csv": "text/csv"}


def check(stream: BinaryIO, claimed: str, *, utf16: bool = False) -> Checked:
    """Text can be anything by content, so the name must claim .txt or .csv, and web pages and scripts are not taken."""
    head = stream.read(1024)
    stream.seek(0)
    if claimed not in _TYPES or _MARKUP.match(head):
        raise not_accepted()
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not utf16 or not _all_utf16(stream):
            raise _unreadable()
        stream.seek(0)
        return Checked(claimed, f"{_TYPES[claimed]}; charset=utf-16", stream)
    charset = "utf-8" if _all_text(stream) else "windows-1252"
    stream.seek(0)
    return Checked(claimed, f"{_TYPES[claimed]}; charset={charset}", stream)


def _all_text(stream: BinaryIO) -> bool:
    """Whether it is UTF-8; UploadRefused if it holds bytes that no text has."""
    decoder, is_utf8 = codecs.getincrementaldecoder("utf-8")(), True
    while block := stream.read(_BLOCK):
        if _NOT_TEXT.search(_without_end(block, stream)):
            raise _unreadable()
        is_utf8 = is_utf8 and _decodes(decoder, block)
    return is_utf8 and _decodes(decoder, b"", final=True)


def _without_end(block: bytes, stream: BinaryIO) -> bytes:
    """A block without the sign that ends the text, if it is the last one."""
    if not block.endswith(_END):
        return block
    is_last = not stream.read(1)
    if not is_last:
        stream.seek(-1, 1)
    return block[:-1] if is_last else block


def _all_utf16(stream: BinaryIO) -> bool:
    """Whether it is UTF-16 that holds text alone, and no markup."""
    decoder, is_first = codecs.getincrementaldecoder("utf-16")(), True
    try:
        while block := stream.read(_BLOCK):
            plain = decoder.decode(block).encode("utf-8")
            if _NOT_TEXT.search(plain) or (is_first and _MARKUP.match(plain)):
                return False
            is_first = False
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _decodes(decoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _unreadable() -> UploadRefused:
    return UploadRefused(
        "text",
        _("This file is not plain text that everyone can read. Save it as text or CSV in UTF-8, and upload that file."),
    )
