"""XML written as it is sent, by the standard library's generator: nothing is pasted together, nothing illegal gets through."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from xml.sax.saxutils import XMLGenerator

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOGETHER = re.compile("-(?=-)")  # no two hyphens may stand together in a comment


class XmlStream:
    """Elements go in, pieces of the document come out with `take`. Attributes without a value are left out."""

    def __init__(self):
        self._out = StringIO()
        self._xml = XMLGenerator(self._out, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()
        self._depth = 0

    @contextmanager
    def inside(self, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
        """An element that holds others."""
        self._open(name, attributes)
        self._depth += 1
        yield
        self._depth -= 1
        self._line()
        self._xml.endElement(name)

    def element(self, name: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        """An element with text, or none."""
        self._open(name, attributes)
        if text:
            self._xml.characters(ILLEGAL.sub("", text))
        self._xml.endElement(name)

    def comment(self, text: str) -> None:
        """A remark for whoever reads the document."""
        self._line()
        safe = _TOGETHER.sub("- ", ILLEGAL.sub("", text)).strip().rstrip("-")
        # the generator has no comments of its own; it takes them as they are, after closing what is open
        self._xml.ignorableWhitespace(f"<!-- {safe} -->")

    def _open(self, name: str, attributes: dict[str, str] | None) -> None:
        self._line()
        given = {
            key: ILLEGAL.sub("", str(value)) for key, value in (attributes or {}).items() if value not in (None, "")
        }
        self._xml.startElement(name, given)

    def _line(self) -> None:
        self._xml.ignorableWhitespace("\n" + " " * self._depth)

    def take(self) -> bytes:
        """What was written since the last time."""
        text = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return text.encode()
