"""Zip archives read without trust: few entries, honest names, one budget for everything that inflates."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.checking.outcome import damaged
from files.errors import UploadRefused

MAGIC = b"PK\x03\x04"
MAX_ENTRIES = 5_000
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
MAX_INFLATED_BYTES = 200 * 1024 * 1024
_BLOCK = 64 * 1024
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = b"PK\x06\x07"
_ENCRYPTED_BITS = 0x1 | 0x40 | 0x2000
_TRICKY_NAME = re.compile(r"(^[/\\])|(^[a-z]:)|\\|(^|/)\.\.(/|$)|[\x00-\x1f]", re.IGNORECASE)


@dataclass
class Budget:
    """What may still be inflated, in this archive and in those inside it."""

    left: int = MAX_INFLATED_BYTES

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UploadRefused(
                "bomb",
                _("The file unfolds to more than the portal can check. Make it smaller, for instance its pictures."),
            )


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive, once its table of contents is known to be short and to be the only thing in the file."""
    _measure_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise damaged() from None
    seen: set[str] = set()
    for entry in archive.infolist():
        _refuse_tricks(entry, seen)
    return archive


def blocks(archive: zipfile.ZipFile, name: str, budget: Budget) -> Iterator[bytes]:
    """The content of an entry, block by block; the budget counts what comes out, not what the entry says of itself."""
    try:
        with archive.open(name) as content:
            while block := content.read(_BLOCK):
                budget.spend(len(block))
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, RuntimeError):
        raise damaged() from None


def read(archive: zipfile.ZipFile, name: str, budget: Budget, *, limit: int) -> bytes:
    """A whole entry of at most `limit` bytes."""
    content = bytearray()
    for block in blocks(archive, name, budget):
        content += block
        if len(content) > limit:
            raise damaged()
    return bytes(content)


def _measure_directory(stream: BinaryIO) -> None:
    """zipfile reads the whole table of contents into memory: look at its size first."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END.size - 0xFFFF))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise damaged()
    *_disks, entries, directory, _offset, comment = _END.unpack(tail[at : at + _END.size])
    if at + _END.size + comment != len(tail) or tail[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR):
        raise damaged()  # something hangs behind the archive, or it is built for sizes that are not taken anyway
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY_BYTES:
        raise UploadRefused(
            "entries", _("The file holds more parts than the portal can check. Save it as PDF, and upload that file.")
        )


def _refuse_tricks(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    if entry.flag_bits & _ENCRYPTED_BITS:
        raise UploadRefused(
            "encrypted", _("The file is protected with a password. Save it without a password, and upload that file.")
        )
    name = entry.orig_filename
    if _TRICKY_NAME.search(name) or name.lower() in seen:
        raise damaged()
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    seen.add(name.lower())
