"""What the checks answer."""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from files.errors import UploadRefused


@dataclass(frozen=True)
class Checked:
    """What a file is, and the stream to keep."""

    extension: str
    media_type: str
    stream: BinaryIO


def not_accepted() -> UploadRefused:
    """The content is none of the kinds on the list."""
    return UploadRefused(
        "type",
        _(
            "This kind of file is not accepted. Upload a PDF, a Word, Excel, PowerPoint or OpenDocument file, "
            "a picture (PNG, JPEG, WebP), or plain text (.txt, .csv). Give videos as links."
        ),
    )


def damaged() -> UploadRefused:
    """The content starts like an accepted kind and then is not."""
    return UploadRefused(
        "damaged",
        _("The file is damaged or not what its first bytes say. Open it, save it again, and upload the new copy."),
    )
