"""Where a PDF bundles objects in streams, and what it bundles, read as readers do.

A reader begins at any `obj` that a table names, also in the middle of a string or a comment. So every `obj` before a
dictionary is followed, token by token, to the end of that dictionary; one that can be read in two ways is not let through.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from files.checking.archives import Budget
from files.checking.outcome import damaged

_BLOCK = 64 * 1024
_DEEPEST = 60
_LONGEST_NUMBER = 10
# What one bracket and one stream cost, in bytes read, and what a small file may cost.
_STEP = 30
_STREAM_COST = 2_000
_SMALL = 10 * 1024 * 1024
SPACE = rb"[\x00\t\n\f\r ]"
SPACES = SPACE + rb"*+"
_GAP = rb"(?:" + SPACE + rb"++|%[^\r\n]*+)*+"


def name(word: str) -> bytes:
    """The name, each character plain or as #xx; some readers end it at a zero."""
    escaped = (f"(?:{re.escape(c)}|#{ord(c):02x}|#{ord(c):02X})" for c in word)
    return ("/" + "".join(escaped) + r"(?![A-Za-z0-9_]|#(?!00))").encode("ascii")


def any_of(*words: str) -> re.Pattern[bytes]:
    """One of the names."""
    return re.compile(b"|".join(name(word) for word in words))


def _string() -> bytes:
    """Text in parentheses, which may hold more of them in pairs."""
    inside = rb"(?:[^()\\]++|\\.)*+"
    for _depth in range(8):
        inside = rb"(?:[^()\\]++|\\.|\(" + inside + rb"\))*+"
    return rb"\(" + inside + rb"\)"


_QUIET = _string() + rb"|%[^\r\n]*+|<(?:[0-9A-Fa-f]|" + SPACE + rb")*+>"  # holds no names
_FLAT = rb"(?:[^()<>\[\]%]++|" + _QUIET + rb")*+"
_RUN = re.compile(rb"(?:[^()<>\[\]%]++|" + _QUIET + rb"|\[" + _FLAT + rb"\]|<<" + _FLAT + rb">>)*+", re.DOTALL)
_UNNAMED = re.compile(_QUIET, re.DOTALL)
_BRACKET = re.compile(rb"<<|>>|[\[\]]")
_CLOSES = {b"<<": b">>", b"[": b"]"}
_OBJECT = re.compile(rb"obj(?=" + SPACES + rb"(?:<<|%))")
_OPENING = re.compile(_GAP + rb"(<<)?")
_STREAM = re.compile(_GAP + rb"stream")
_LINE_END = re.compile(rb"[\x00\t\f ]*+(?:\r\n|\r|\n)")

# Not every reader asks for the type.
_BUNDLE = any_of("ObjStm", "First")
_FILTER = any_of("Filter")
_ONE_FLATE = name("FlateDecode")
_FLATE = re.compile(name("Filter") + SPACES + rb"(?:%b|\[%b\])" % (_ONE_FLATE, SPACES + _ONE_FLATE + SPACES))
_NO_PARAMETERS = re.compile(
    name("DecodeParms")
    + SPACES
    + rb"(?:null\b|<<%b>>|<<%b>>|\[%b\])"
    % (SPACES, SPACES + name("Predictor") + rb"\s+1" + SPACES, SPACES + rb"null" + SPACES)
)
# Other words for the filter and its parameters, or for a file that holds the content instead.
_ELSEWHERE = any_of("F", "DP", "FFilter", "FDecodeParms", "DecodeParms")
_NUMBERS = re.compile(rb"[\x00\t\n\f\r 0-9]*+")


@dataclass(frozen=True)
class Bundle:
    """A stream that may hold objects: its dictionary without what can hold no names, and where its content begins."""

    dictionary: bytes
    start: int

    @property
    def is_deflated(self) -> bool:
        """Whether one inflating makes it readable; refused if anything else was done to it."""
        filters = len(_FILTER.findall(self.dictionary))
        if filters > 1 or _ELSEWHERE.search(_NO_PARAMETERS.sub(b"", self.dictionary)):
            raise damaged()
        if filters and not _FLATE.search(self.dictionary):
            raise damaged()
        return bool(filters)

    def beginnings(self, data: bytes, at: int) -> list[int]:
        """Where its objects begin, in order, in the data that hold its readable content from there on."""
        count, first = _number(self.dictionary, "N"), _number(self.dictionary, "First")
        numbers = _NUMBERS.match(data, at)[0].replace(b"\x00", b" ").split()[: 2 * count]
        if len(numbers) < 2 * count or any(len(number) > _LONGEST_NUMBER for number in numbers):
            raise damaged()
        return sorted(at + first + int(number) for number in numbers[1::2])


def bundles(data: bytes) -> Iterator[Bundle]:
    """All of them, also those that a decoy hides."""
    left = 3 * len(data) + _SMALL
    for found in _OBJECT.finditer(data):
        opening = _OPENING.match(data, found.end())
        left -= opening.end() - found.start()
        if opening[1]:
            end, left = _end_of_dictionary(data, opening.end(), left)
            if bundle := _bundle_after(data, opening.start(1), end):
                left -= _STREAM_COST
                yield bundle
        if left < 0:
            raise damaged()


def _end_of_dictionary(data: bytes, at: int, left: int) -> tuple[int, int]:
    """Where it closes, and what may still be read once it was."""
    expected = [b">>"]
    while expected:
        sign = _BRACKET.match(data, _RUN.match(data, at).end())
        if sign is None or len(expected) > _DEEPEST:
            raise damaged()
        if sign[0] in _CLOSES:
            expected.append(_CLOSES[sign[0]])
        elif expected.pop() != sign[0]:
            raise damaged()
        left -= sign.end() - at + _STEP
        if left < 0:
            raise damaged()
        at = sign.end()
    return at, left


def _bundle_after(data: bytes, opening: int, end: int) -> Bundle | None:
    """What stands behind a dictionary, if it is a stream that may hold objects."""
    stream = _STREAM.match(data, end)
    if stream is None:
        return None
    dictionary = _UNNAMED.sub(b" ", data[opening:end])
    if not _BUNDLE.search(dictionary):
        return None
    line_end = _LINE_END.match(data, stream.end())
    if line_end is None:
        raise damaged()
    return Bundle(dictionary, line_end.end())


def inflate(data: bytes, start: int, budget: Budget, limit: int) -> bytes:
    """What is deflated from there on, whole, wherever it says that it ends. Readers need no checksum."""
    head = int.from_bytes(data[start : start + 2], "big")
    if head % 31 or head & 0x0F20 != 0x0800:
        raise damaged()
    at, inflated, decoder = start + 2, bytearray(), zlib.decompressobj(-zlib.MAX_WBITS)
    while not decoder.eof:
        block = data[at : at + _BLOCK]
        try:
            more = decoder.decompress(block, limit + 1 - len(inflated))
        except zlib.error:
            raise damaged() from None
        if not block:
            raise damaged()
        inflated += more
        at += len(block)
        spent = len(more) + len(block) - len(decoder.unused_data)
        budget.spend(spent if len(inflated) <= limit else budget.left + 1)
    return bytes(inflated)


def _number(dictionary: bytes, word: str) -> int:
    """The one plain number of this name."""
    given = re.findall(name(word) + SPACE + rb"++(\d{1,10})(?!\d|\.|" + SPACE + rb"++\d)", dictionary)
    if len(given) != 1 or len(any_of(word).findall(dictionary)) != 1:
        raise damaged()
    return int(given[0])
