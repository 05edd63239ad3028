"""Office Open XML: which document it is, and what it must not hold."""

import re
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext_lazy as _

from files.checking import archives
from files.checking.archives import Budget
from files.checking.outcome import damaged, not_accepted
from files.errors import UploadRefused

_OFFICE = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": ("docx", f"{_OFFICE}wordprocessingml.document"),
    f"{_OFFICE}spreadsheetml.sheet.main+xml": ("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    f"{_OFFICE}presentationml.presentation.main+xml": ("pptx", f"{_OFFICE}presentationml.presentation"),
}
_LARGEST_XML = 1024 * 1024
_MACRO_TYPE = re.compile(r"macro|vbaproject|activex", re.IGNORECASE)
_MACRO_PART = re.compile(r"(^|/)(vbaproject|vbadata|activex|macrosheets|editdata\.mso)", re.IGNORECASE)
# What a document fetches from elsewhere when it is opened: a template, an object. Links and linked pictures are no such thing.
_FETCHED = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument|package|control)$")
# Office programs write no DTD, and what one declares is what entity tricks are made of; in UTF-16 every second byte is zero.
_DECLARES = re.compile(
    rb"<\0?!\0?(?:%s|%s)" % tuple(b"\0?".join(bytes([c]) for c in w) for w in (b"DOCTYPE", b"ENTITY"))
)
_CARRIED = re.compile(r"\.(svg|x?html?|mht|txt)$", re.IGNORECASE)  # pictures and pages, which may well have one
_FROM_THE_NET = re.compile(r"^\s*(https?:|ftp:|mhtml:|ms-|mshtml:|script:|\\\\|//|file:(/*)[^/\\]*@)", re.IGNORECASE)


def kind(archive: ZipFile, budget: Budget) -> tuple[str, str]:
    """Extension and media type, from the table of content types and the part that it names."""
    table = _parsed(archive, "[Content_Types].xml", budget)
    types = {e.get("PartName") or f"*.{e.get('Extension')}": e.get("ContentType", "") for e in table}
    if any(_MACRO_TYPE.search(content_type) for content_type in types.values()):
        raise macros()
    for name in archive.namelist():
        if name.endswith(".rels"):
            _refuse_fetching(_parsed(archive, name, budget))
    for part, content_type in types.items():
        if content_type in _KINDS and part.lstrip("/") in archive.namelist() and not _CARRIED.search(part):
            return _KINDS[content_type]
    raise not_accepted()


def watch(name: str, piece: bytes) -> None:
    """Look at one piece of one part."""
    if _MACRO_PART.search(name):
        raise macros()
    if (b"<!" in piece or b"<\0!" in piece) and not _CARRIED.search(name) and _DECLARES.search(piece):
        raise damaged()


def macros() -> UploadRefused:
    """Programs inside documents are not taken."""
    return UploadRefused(
        "macros", _("The document holds macros. Save it without macros, or as PDF, and upload that file.")
    )


def _refuse_fetching(relations) -> None:
    for relation in relations:
        outside = relation.get("TargetMode", "").lower() == "external"
        if outside and _FETCHED.search(relation.get("Type", "")) and _FROM_THE_NET.match(relation.get("Target", "")):
            raise UploadRefused(
                "external",
                _("The document fetches parts of itself from the Internet. Save it as PDF, and upload that file."),
            )


def _parsed(archive: ZipFile, name: str, budget: Budget):
    xml = archives.read(archive, name, budget, limit=_LARGEST_XML)
    try:
        return fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise damaged() from None
