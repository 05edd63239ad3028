"""Rows and cells out of a sheet's XML as it inflates. A DTD, and with it every entity, is refused before it is read."""

from collections.abc import Iterator
from xml.parsers import expat

from programs.importing.errors import ImportUnreadable

LONGEST_TEXT = 4_000_000
_TEXTS = frozenset(["v", "t"])
_PARTS = {"f": "formula", "v": "saved"}  # told among the attributes of a cell that has them
_SKIPPED = frozenset(["rPh", "f", "phoneticPr", "extLst"])


class _Collector:
    """What expat reports, made into (name, attributes, text) of cells and the ends of rows."""

    def __init__(self, wanted: tuple[str, ...]):
        self.outer, self.inner = wanted
        self.out: list[tuple[str, dict, str]] = []
        self.attributes: dict | None = None
        self.pieces: list[str] = []
        self.size = 0
        self.listening = False
        self.skipping = 0

    def start(self, name: str, attributes: dict) -> None:
        name = name.rpartition(":")[2]
        if self.attributes is not None and name in _PARTS:
            self.attributes[_PARTS[name]] = ""
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
        elif name == self.inner:
            self.attributes, self.pieces, self.size = attributes, [], 0
        elif name in _TEXTS:
            self.listening = self.attributes is not None
        elif name == self.outer:
            self.out.append((name, attributes, ""))

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if self.skipping:
            self.skipping -= 1
        elif name == self.inner and self.attributes is not None:
            self.out.append((name, self.attributes, "".join(self.pieces)))
            self.attributes = None
        elif name in _TEXTS:
            self.listening = False
        elif name == self.outer:
            self.out.append(("", {}, ""))

    def text(self, data: str) -> None:
        if self.listening and not self.skipping:
            self.size += len(data)
            if self.size > LONGEST_TEXT:
                raise ImportUnreadable("line_too_long")
            self.pieces.append(data)

    def refuse(self, *_declaration) -> None:
        raise ImportUnreadable("damaged")


def elements(blocks: Iterator[bytes], wanted: tuple[str, str]) -> Iterator[tuple[str, dict, str]]:
    """(outer, attributes, "") when an outer element begins, (inner, attributes, text) for each inner one, ("", {}, "") at its end."""
    collector = _Collector(wanted)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = collector.start, collector.end
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = collector.refuse
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield from _taken(collector)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise ImportUnreadable("damaged") from None
    yield from _taken(collector)


def _taken(collector: _Collector) -> list[tuple[str, dict, str]]:
    out, collector.out = collector.out, []
    return out
