"""Markdown of the portal, drawn by the server: CommonMark and tables, then only what the list below lets through.

Raw HTML is shown as it was typed. Images come from our own origin alone. What an app adds of its own (mentions, cards) goes
through `words` and `paragraph` as marks of the private use area: they leave the rendering as plain characters, and the app
puts its own markup in their place when it shows the text.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

VERSION = 2  # raise it when the same words would be drawn otherwise: kept renderings are then drawn anew
NESTING = 20
CELLS = 8000  # a table is filled up to its widest row: beyond these the text is drawn without tables
BRACKETS = 600  # beyond these without links and images: each could begin one, and all would be tried
OPEN, CLOSE = "\ue000", "\ue001"  # around a mark
_NOT_TYPED = re.compile("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_TAGS = {
    "p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "loading"}, "ol": {"start"}}
# the address of a page, typed as it is
_BARE = re.compile(r"""(?<![\w@/.:-])https?://[^\s<>"'`“”«»|\\^{}]+""", re.IGNORECASE)
_BARE_LONGEST = 2000
_AFTER = ".,:;!?*_~…"  # what closes the sentence, not the address
_OWN = re.compile(r"/(?![/\\])[^\s\\?#]*")
_SCHEMES = {"http", "https", "mailto"}
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel="nofollow noopener ugc",
)


def render(
    text: str,
    *,
    words: Callable[[str], str] | None = None,
    paragraph: Callable[[str], str | None] | None = None,
) -> str:
    """Markdown as HTML that is safe to show.

    `words` sees the plain words of the text, not those of code or links. `paragraph` sees a paragraph of one line as it was
    typed, and may answer what stands in its place.
    """
    text = _NOT_TYPED.sub("", text.replace("\r\n", "\n"))
    tokens = _parser_for(text).parse(text)
    if paragraph:
        tokens = _paragraphs(tokens, paragraph)
    for token in tokens:
        if token.children:
            token.children = _linked(token.children)
            _inline(token.children, words)
        if token.tag in ("h1", "h2"):
            token.tag = {"h1": "h3", "h2": "h4"}[token.tag]
    return _cleaner.clean(_parser.renderer.render(tokens, _parser.options, {}))


def plain(text: str, limit: int = 300) -> str:
    """The words of a text on one line, without marks: for mails, lists and descriptions."""
    pieces = []
    text = _NOT_TYPED.sub("", text)
    for token in _parser_for(text).parse(text):
        if token.type == "fence" or token.type == "code_block":
            pieces.append(token.content)
        for child in token.children or ():
            pieces.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        pieces.append(" ")
    line = " ".join("".join(pieces).split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


def is_own_path(address: str) -> bool:
    """Whether an address is a path of our own origin, without a query."""
    return bool(_OWN.fullmatch(address))


def _link_is_allowed(address: str) -> bool:
    """Paths of our own, and addresses with a scheme of the list; nothing that a browser could take for either."""
    folded = re.sub(r"[\x00-\x20]", "", address).lower()
    if folded.startswith(("/", "#")):
        return not folded.startswith(("//", "/\\"))
    return folded.partition(":")[0] in _SCHEMES


def _own_image(address: str) -> str:
    """The path of an image of our own origin, or ""."""
    origin = settings.SITE_URL.rstrip("/")
    path = address.removeprefix(origin) if address.startswith(f"{origin}/") else address
    return path if is_own_path(path) else ""


def _linked(children: list[Token]) -> list[Token]:
    """Addresses of web pages in plain words become links: http and https, where they are not in a link or in code already."""
    made: list[Token] = []
    in_link = 0
    for token in children:
        in_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        made += [token] if in_link or token.type != "text" else _pieces(token)
    return made


def _pieces(token: Token) -> list[Token]:
    text, done, pieces = token.content, 0, []
    for found in _BARE.finditer(text):
        shown = _without_end(found[0]) if len(found[0]) <= _BARE_LONGEST else ""
        address = _parser.normalizeLink(shown) if shown and _has_host(shown) else ""
        if address and _link_is_allowed(address):
            pieces += [_text(text[done : found.start()]), *_link(address, shown)]
            done = found.start() + len(shown)
    return [*pieces, _text(text[done:])] if pieces else [token]


def _without_end(address: str) -> str:
    """The address without the stops after it, and without a bracket that was opened before it."""
    while address:
        last = address[-1]
        if last in _AFTER or (last in ")]" and address.count(last) > address.count("(" if last == ")" else "[")):
            address = address[:-1]
        else:
            break
    return address


def _has_host(address: str) -> bool:
    """Whether an address names a host."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _link(address: str, shown: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), _text(shown), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _inline(children: list[Token], words: Callable[[str], str] | None) -> None:
    """Images of others become their words; plain words go through `words` unless they stand in a link."""
    in_link = 0
    for token in children:
        in_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "image":
            _image(token)
        elif token.type == "text" and words and not in_link:
            token.content = words(token.content)


def _image(token: Token) -> None:
    """An image of our own is fetched late; of another origin only its words stay."""
    src = _own_image(str(token.attrGet("src") or ""))
    if src:
        token.attrSet("src", src)
        token.attrSet("loading", "lazy")
    else:
        token.type, token.tag = "text", ""


def _paragraphs(tokens: list[Token], paragraph: Callable[[str], str | None]) -> list[Token]:
    """Paragraphs at the top of the text, of one line, as `paragraph` says."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "paragraph_open" and token.level == 0 and "\n" not in tokens[at + 1].content:
            mark = paragraph(tokens[at + 1].content.strip())
            if mark is not None:
                kept.append(Token("html_block", "", 0, content=f"{mark}\n"))
                at += 3
                continue
        kept.append(token)
        at += 1
    return kept


def _make(*without: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": NESTING}).enable("table")
    parser.disable(["html_block", "html_inline", "entity", *without])
    parser.validateLink = _link_is_allowed
    return parser


_parser = _make()
_sparing = {
    (True, False): _make("table"),
    (False, True): _make("link", "image", "reference"),
    (True, True): _make("table", "link", "image", "reference"),
}


def _parser_for(text: str) -> MarkdownIt:
    """The parser that reads this text in reasonable time, whatever somebody made of it."""
    pipes = [line.count("|") for line in text.split("\n")]
    wide = max(pipes) * len(pipes) > CELLS
    return _sparing.get((wide, text.count("[") > BRACKETS), _parser)
