"""Pictures: measured before they are decoded, then drawn anew without what the camera wrote into them."""

import tempfile
import threading
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import get_sampling

from files.checking.outcome import Checked, damaged
from files.errors import UploadRefused

MAX_PIXELS = 50_000_000
_FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_KEPT = ("icc_profile", "transparency", "gamma")
# Decoded pictures are the largest thing an upload puts into memory: one at a time in a process.
_one_at_a_time = threading.Semaphore(1)


def check(stream: BinaryIO, extension: str, *, lossless: bool = False) -> Checked:
    """A picture of at most 50 megapixels, drawn anew upright, without EXIF, comments, XMP or trailing bytes."""
    try:
        with Image.open(stream, formats=[_FORMATS[extension]]) as picture:
            _measure(picture)
            with _one_at_a_time:
                clean = _drawn_anew(picture, extension, lossless)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError):
        raise damaged() from None  # Pillow's decoders raise all of these on broken files
    return Checked(extension, f"image/{_FORMATS[extension].lower()}", clean)


def _measure(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":  # telephones write MPO: the first is the photo
        raise UploadRefused(
            "animated", _("Moving pictures are not accepted. Save one frame as a picture, or give a video as a link.")
        )


def _drawn_anew(picture: Image.Image, extension: str, lossless: bool) -> BinaryIO:
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)  # a copy is made only where there is something to turn
    picture.info = {key: value for key, value in picture.info.items() if key in _KEPT}
    clean = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 - the one who keeps it closes it
    picture.save(clean, format=_FORMATS[extension], **_how(picture, lossless))
    clean.seek(0)
    return clean


def _how(picture: Image.Image, lossless: bool) -> dict:
    """The colours as they were; JPEG with the tables of the original, so that it loses next to nothing."""
    profile = picture.info.get("icc_profile")
    kept = {"icc_profile": profile} if profile else {}
    if picture.format == "WEBP":
        return {"lossless": lossless, "quality": 80 if lossless else 90, "method": 2, **kept}
    if picture.format in ("JPEG", "MPO"):
        return {"qtables": picture.quantization, "subsampling": max(get_sampling(picture), 0), **kept}
    return kept


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(
        "pixels", _("The picture has more than 50 megapixels. Make it smaller, and upload the smaller one.")
    )
