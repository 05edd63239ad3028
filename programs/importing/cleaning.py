"""HTML taken out of a cell, and letters that were decoded twice put right. Nothing here is ever executed."""

import html
import re

from programs.importing.folding import tidy, words_of

_TAGS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins "
    "kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option "
    "output p param picture pre progress q rp rt ruby s samp script section select small source span strike strong "
    "style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var "
    "video wbr xml"
)
_TAG = re.compile(
    rf"<(?P<shut>/?)(?P<name>{'|'.join(_TAGS.split())}|[a-z]\w*:\w+)(?:[\s/](?:\"[^\"]{{0,1000}}\"|'[^']{{0,1000}}'|[^'\"<>]){{0,1000}}+)?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"<(script|style)\b[^<>]{0,1000}>.*?(?:</\1[^>]{0,200}>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(r"<[!?](?:doctype|xml|\[cdata\[|\[if|\[endif)[^>]{0,1000}>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE
)  # `&region=` in an address is none
_LINE = frozenset(["br", "hr"])
_BLOCK = words_of("p div li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote dd dt section article")
_BREAKS = re.compile(r"\s*(?:\x01\s*)+")
_HREF = re.compile(r"<a\s[^<>]{0,2000}?href\s*=\s*[\"']?(https?://[^\s\"'>]{1,2000})", re.IGNORECASE)
_TWICE = re.compile(
    r"[\u00c2\u00c3\u00e2\u00c5\u00ef\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_SUSPECT = re.compile("[\u00c2\u00c3\u00e2\u00c5\u00ef\u00f0\ufffd]")  # one of them is in whatever the next two find
_DAMAGED = re.compile(r"\ufffd|[A-Za-z]\u00c3(?=[\s?])|\u00e2\u20ac(?=[\s?]|$)|\u00c3[\u0080-\u00bf]")


def plain(text: str, *, links: bool = False) -> str:
    """The text a person would read: tags gone, entities decoded, <br> and <p> as new lines."""
    return tidy(_untagged(text, links=links))


def cleaned(text: str, *, links: bool = False) -> tuple[str, bool]:
    """The same with damaged letters repaired, before what cannot be seen is dropped: it may be a part of them."""
    mended, damaged = repaired(_untagged(text, links=links).replace("\u00a0", " "))
    return tidy(mended), damaged


def _untagged(text: str, *, links: bool) -> str:
    if "<" in text:
        addresses = [a for a in _HREF.findall(text) if links]
        text = _DECLARATION.sub("", _HIDDEN.sub("", text))
        text = _BREAKS.sub(_one_break, _TAG.sub(_instead, text))
        text = " ".join([text, *(a for a in addresses if a not in text)])
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text.replace("\x01", "")


def _instead(tag: re.Match) -> str:
    name = tag["name"].lower()
    if name in _LINE:
        return "\n"
    if name in _BLOCK:
        return "\x01"
    return " " if name in ("td", "th") else ""


def _one_break(run: re.Match) -> str:
    return "\n"


def repaired(text: str) -> tuple[str, bool]:
    """Letters decoded twice (`Ã³`) put right where the bytes prove it; whether anything looked damaged."""
    if text.isascii() or not _SUSPECT.search(text):
        return text, False
    mended = _TWICE.sub(_mend, text)
    return mended, mended != text or bool(_DAMAGED.search(mended))


def _mend(run: re.Match) -> str:
    """The longest start of the run that is one letter in UTF-8; the rest as it was."""
    seen = run.group(0)
    for length in range(len(seen), 1, -1):
        try:
            letter = b"".join(_byte(c) for c in seen[:length]).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
        if len(letter) == 1:
            return letter + seen[length:]
    return seen


def _byte(letter: str) -> bytes:
    """The byte that windows-1252 read as this letter; it leaves five bytes undefined, which come through as they are."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
