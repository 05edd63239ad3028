"""What the record pages of both catalogues are made of. Put together here, as answers are: most of it is short and there is much of it.

Every value passes through `escape` exactly once; heads and labels come ready (`labelled`), since they are looked up once a language.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines

from core.templatetags.ui import icon

FACT = "<div><dt>{}</dt>{}</div>\n"
CONTENT = '<li><a href="#{}">{}</a></li>'
PAPER = '<section class="paper-only{}">{}<table class="tbl"><tbody>{}</tbody></table>{}</section>\n'
PAPER_ROW = '<tr><th scope="row">{}</th><td{}>{}</td></tr>\n'


def labelled(words: dict[str, str]) -> dict[str, str]:
    """Words of the portal, ready to stand in markup."""
    return {key: escape(str(said)) for key, said in words.items()}


def facts(rows: Iterable[tuple[str, str]]) -> SafeString:
    """The facts at the head of a record: (label, its cells)."""
    return SafeString(f'<dl class="facts">\n{"".join(FACT.format(label, cells) for label, cells in rows)}</dl>\n')


def cell(words: str, attributes: str = "") -> str:
    """One plain value of a fact."""
    return f"<dd{attributes}>{escape(words)}</dd>"


def outward(url: str, words: str) -> str:
    """A link that leads out of the portal; without an address the words alone."""
    return f'<a href="{escape(url)}" rel="nofollow noopener">{escape(words)}</a>' if url else escape(words)


def broken_lines(text: str) -> str:
    """A short text of several lines."""
    return escape(normalize_newlines(text)).replace("\n", "<br>")


def contents(sections: Iterable[tuple[str, str]]) -> SafeString:
    """Lines of the contents of a page: (what it leads to, its words)."""
    return SafeString("".join(CONTENT.format(key, escape(words)) for key, words in sections))


def side_link(name: str, words: str, url: str) -> str:
    """Something that may be done with the record."""
    return f'<li><a href="{escape(url)}">{icon(name)}{words}</a></li>'


def printing(words: str) -> str:
    """The button that prints, which a script shows."""
    return f'<li><button class="btn btn-link" type="button" data-print hidden>{icon("print")}{words}</button></li>'
