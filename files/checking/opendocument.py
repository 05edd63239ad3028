"""OpenDocument: which document it is, and what it must not hold."""

import re
from zipfile import ZIP_STORED, ZipFile

from django.utils.translation import gettext_lazy as _

from files.checking import archives
from files.checking.archives import Budget
from files.checking.openxml import macros
from files.checking.outcome import damaged, not_accepted
from files.errors import UploadRefused

_KINDS = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACRO_PART = re.compile(r"(^|/)(basic|scripts)/", re.IGNORECASE)
_MACRO_TEXT = re.compile(rb"[<:]event-listener[\s/>]|vnd\.sun\.star\.script:|[<:]script[\s/>]")


def kind(archive: ZipFile, budget: Budget) -> tuple[str, str]:
    """Extension and media type, from the first entry, which the format wants stored and called `mimetype`."""
    first = archive.infolist()[0]
    if first.filename != "mimetype" or first.compress_type != ZIP_STORED:
        raise damaged()
    media_type = archives.read(archive, "mimetype", budget, limit=200).decode("ascii", "replace").strip()
    if media_type not in _KINDS:
        raise not_accepted()
    if not {"META-INF/manifest.xml", "content.xml"} <= set(archive.namelist()):
        raise damaged()
    return _KINDS[media_type], media_type


def watch(name: str, piece: bytes) -> None:
    """Look at one piece of one part."""
    if _MACRO_PART.search(name) or (name.endswith(".xml") and _MACRO_TEXT.search(piece)):
        raise macros()
    if name == "META-INF/manifest.xml" and b"encryption-data" in piece:
        raise UploadRefused(
            "encrypted", _("The file is protected with a password. Save it without a password, and upload that file.")
        )
