"""Names of files as they are shown and served: never a path, never a trick."""

import re
import unicodedata

LONGEST = 120
KNOWN = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpg", "jpeg", "webp", "txt", "csv")
# What browsers write for these three in the name of an upload, and nothing else (HTML, "multipart form data").
_ENCODED = {"%22": '"', "%0D": "\r", "%0A": "\n"}
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def _given(name: str) -> str:
    """The name as the person sees it on their own machine: what the browser encoded of it is undone."""
    return re.sub("%(?:22|0D|0A)", lambda found: _ENCODED[found[0]], name)


def safe_name(name: str, extension: str) -> str:
    """The name a person gave, without path, control and direction characters, ending in the true extension."""
    name = unicodedata.normalize("NFC", _given(name)).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(_kept(character) for character in name)
    stem = " ".join(name.split()).rstrip(" .")
    ending = stem.rsplit(".", 1)[-1].lower() if "." in stem else ""
    if ending in KNOWN:
        stem = stem[: -len(ending) - 1]
    if {ending, extension} == {"txt", "csv"}:  # text is text: here the name says which
        extension = ending
    stem = stem[:LONGEST].strip(" .") or "file"
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.{extension}"


def extension_of(name: str) -> str:
    """What the given name claims, in lower case, without the dot."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    return last.rsplit(".", 1)[-1].lower() if "." in last else ""


def _kept(character: str) -> str:
    if character == '"':
        return "'"
    if character in "<>:|?*":
        return "-"
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp", "Zs") or character in "\t\n\r":
        return " "
    return "" if kind[0] == "C" else character
