"""Reads the words back out of a PDF of ours: enough of the format to follow fonts, their ToUnicode tables and text."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n", re.DOTALL)  # of so many bytes, whatever they are
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj|(\[.*?\]) TJ|(ET)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words(pdf: bytes) -> str:
    """Every word of every page, single-spaced."""
    objects = dict(_OBJECT.findall(pdf))
    fonts = _fonts(objects)
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    assert pages and fonts
    shown = (_page(_inflated(objects[re.search(rb"/Contents (\d+) 0 R", page)[1]]), fonts) for page in pages)
    return " ".join(" ".join(shown).split())


def _fonts(objects: dict[bytes, bytes]) -> dict[bytes, dict[int, str]]:
    resources = b" ".join(re.findall(rb"/Font <<(.*?)>>", b" ".join(objects.values()), re.DOTALL))
    found = {}
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", resources):
        table = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
        found[name] = _table(_inflated(objects[table[1]]))
    return found


def _table(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4,})>", cmap)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    said, table = [], {}
    for font, string, _array, end in _SHOWN.findall(content):
        if font:
            table = fonts[font]
        elif end:
            said.append(" ")
        else:
            glyphs = _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), string)
            said += [table.get(int.from_bytes(glyphs[i : i + 2], "big"), "?") for i in range(0, len(glyphs), 2)]
    return "".join(said)


def _inflated(body: bytes) -> bytes:
    head = _STREAM.search(body)
    raw = body[head.end() : head.end() + int(head[1])]
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw
