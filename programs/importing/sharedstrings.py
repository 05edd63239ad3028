"""The texts that the sheets of a workbook share, kept in a temporary file: a large workbook takes no memory."""

import tempfile
from array import array
from collections.abc import Iterator
from functools import lru_cache

from programs.importing.errors import ImportUnreadable
from programs.importing.xmlstream import elements

_IN_MEMORY = 4 * 1024 * 1024
_MOST = 5_000_000


class SharedStrings:
    """Texts by number."""

    def __init__(self):
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the workbook
        self._ends = array("Q", [0])
        self.get = lru_cache(maxsize=2048)(self._get)

    @classmethod
    def read(cls, blocks: Iterator[bytes]) -> "SharedStrings":
        """All texts of the part, runs of different type joined, readings of Asian letters left out."""
        texts = cls()
        try:
            for name, _attributes, text in elements(blocks, ("sst", "si")):
                if name == "si":
                    texts._add(text)
        except ImportUnreadable:
            texts.close()
            raise
        return texts

    def close(self) -> None:
        self._file.close()

    def _add(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))
        if len(self._ends) > _MOST:
            raise ImportUnreadable("bomb")

    def _get(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "replace")
