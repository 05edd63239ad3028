"""Which encoding a text file has. UTF-8 proves itself; among the old ones the letters decide."""

import codecs
import re
from typing import BinaryIO

from programs.importing.errors import ImportUnreadable

_BLOCK = 256 * 1024
_SAMPLE = 512 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("áéíóúüñàèìòùâêîôûëïçãõÁÉÍÓÚÜÑÀÈÂÊÔÇÃÕœ")
_MARKS = frozenset("¿¡«»“”‘’–—…•·°ºª€£§©®´\u00a0")
_BAD = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
FALLBACK = "importing.cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 in a file that otherwise is: read as Windows wrote it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error(FALLBACK, _as_windows)


def encoding_of(stream: BinaryIO) -> tuple[str, str]:
    """The encoding and how to treat its errors; ImportUnreadable if the bytes are no text."""
    stream.seek(0)
    head = stream.read(_SAMPLE)
    stream.seek(0)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, "replace"
    wide = _wide(head)
    if wide:
        return wide, "replace"
    if head.count(0) or _controls(head) > len(head) / 100:
        raise ImportUnreadable("not_text")
    proper, broken = _utf8_share(stream)
    if not broken:
        return "utf-8", "strict"
    if proper > 4 * broken:
        return "utf-8", FALLBACK
    return _best_old(_non_ascii_sample(stream)), "replace"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte is zero."""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.1 * pairs else ""


def _controls(head: bytes) -> int:
    return sum(head.count(bytes([c])) for c in range(32) if c not in (9, 10, 11, 12, 13, 26, 28, 29, 30, 31))


def _utf8_share(stream: BinaryIO) -> tuple[int, int]:
    """How many characters beyond ASCII are UTF-8 and how many bytes are not, over the whole file."""
    proper, broken, rest = 0, 0, b""
    while block := stream.read(_BLOCK):
        data = rest + block
        if data.isascii():
            rest = b""
            continue
        cut = len(data) - _unfinished(data)
        rest, text = data[cut:], data[:cut].decode("utf-8", "surrogateescape")
        bad = len(_BAD.findall(text))
        broken += bad
        proper += len(_BEYOND_ASCII.findall(text)) - bad
    stream.seek(0)
    return proper, broken + len(rest)


def _unfinished(data: bytes) -> int:
    """How many bytes at the end may be the start of a letter that goes on in the next block."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
        if byte < 0x80:
            return 0
    return 0


def _non_ascii_sample(stream: BinaryIO) -> bytes:
    """Lines that hold something beyond ASCII, from the whole file, up to a fair number."""
    kept = bytearray()
    while (block := stream.read(_BLOCK)) and len(kept) < _SAMPLE:
        if not block.isascii():
            kept += block
    stream.seek(0)
    return bytes(kept[:_SAMPLE])


def _best_old(sample: bytes) -> str:
    """Windows, Macintosh or DOS: the one in which the bytes make the letters of our languages, inside words."""
    return max(_OLD, key=lambda name: (_score(sample, name), -_OLD.index(name)))


def _score(sample: bytes, name: str) -> int:
    text = sample.decode(name, "replace")
    score = 0
    for match in _BEYOND_ASCII.finditer(text):
        place, letter = match.start(), match[0]
        beside = text[place - 1 : place].isascii() and text[place - 1 : place].isalpha()
        if letter in _LETTERS:
            score += 3 if beside else 1
        elif letter in _MARKS:
            score += 0 if beside and text[place + 1 : place + 2].isalpha() else 1
        else:
            score -= 5 if letter == "\ufffd" else 3
    return score
