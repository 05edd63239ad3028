"""Office documents: Word, Excel, PowerPoint (Office Open XML) and OpenDocument text and spreadsheets, without macros."""

import tempfile
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from files.checking import archives, opendocument, openxml
from files.checking.archives import Budget
from files.checking.outcome import Checked, not_accepted
from files.errors import UploadRefused

_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
_ARCHIVE = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0"
_SQUEEZED_DRAWINGS = (".emz", ".wmz")  # gzip, as old Word kept its drawings
_EXECUTABLE_NAMES = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".lnk", ".hta")


def check(stream: BinaryIO) -> Checked:
    """An office document whose every part was read under one budget."""
    extension, media_type = _check(stream, Budget(), may_nest=True)
    stream.seek(0)
    return Checked(extension, media_type, stream)


def _check(stream: BinaryIO, budget: Budget, *, may_nest: bool) -> tuple[str, str]:
    with archives.open_archive(stream) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            kind = openxml.kind(archive, budget)
            watch = openxml.watch
        elif "mimetype" in names:
            kind = opendocument.kind(archive, budget)
            watch = opendocument.watch
        else:
            raise not_accepted()
        for name in archive.namelist():
            _read_part(archive, name, budget, watch, may_nest=may_nest)
    return kind


def _read_part(archive: ZipFile, name: str, budget: Budget, watch, *, may_nest: bool) -> None:
    """Inflate one part to its end; its first bytes tell what it is, `watch` looks for what the format forbids."""
    before, first = b"", True
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as nested:
        keep = False
        for block in archives.blocks(archive, name, budget):
            if first:
                keep, first = _first_bytes(name, block, may_nest=may_nest), False
            if keep:
                nested.write(block)
            watch(name, before + block)
            before = block[-200:]  # a word may lie across two blocks
        if keep:
            nested.seek(0)
            _check(nested, budget, may_nest=False)


def _first_bytes(name: str, block: bytes, *, may_nest: bool) -> bool:
    """Whether the part is a document inside the document (a chart's figures), to be checked like one."""
    if block.startswith(_EXECUTABLE) or name.lower().endswith(_EXECUTABLE_NAMES):
        raise UploadRefused(
            "executable", _("A program is hidden in this document. Take it out, save, and upload the document again.")
        )
    if block.startswith(_OLE):
        raise UploadRefused(
            "object",
            _(
                "The document holds an inserted object, for instance a file shown as an icon. "
                "Replace it by a picture, or save the document as PDF."
            ),
        )
    if not block.startswith(_ARCHIVE) or name.lower().endswith(_SQUEEZED_DRAWINGS):
        return False
    if may_nest and block.startswith(archives.MAGIC) and "/embeddings/" in name.lower():
        return True
    raise UploadRefused(
        "nested", _("Another archive is hidden in this file. Upload the files that it holds, one by one.")
    )
