"""How an item is cited: in words, in BibTeX, in RIS, and in the names that search engines for literature read.

Accents stay as they are (UTF-8); what BibTeX would take for a command is written as one that prints it.
"""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from core.languages import HTML_LANG
from library.identifiers import doi_address
from library.parts import Author, authors
from taxonomy.choices import ItemType

NETWORK = "Inter-American Network for Labor Administration"
BIBTEX = {
    ItemType.ARTICLE: "article", ItemType.BOOK: "book", ItemType.CHAPTER: "incollection", ItemType.REPORT: "techreport",
    ItemType.WORKING_PAPER: "techreport", ItemType.CONFERENCE: "inproceedings", ItemType.GUIDE: "manual",
}  # fmt: skip
PART_OF = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}  # else series
PUBLISHER = {"techreport": "institution", "manual": "organization", "misc": "howpublished"}  # else publisher
RIS = {
    ItemType.ARTICLE: "JOUR", ItemType.BOOK: "BOOK", ItemType.CHAPTER: "CHAP", ItemType.REPORT: "RPRT",
    ItemType.WORKING_PAPER: "RPRT", ItemType.THESIS: "THES", ItemType.CONFERENCE: "CPAPER", ItemType.NORM: "STAT",
    ItemType.DATA: "DATA", ItemType.WEB: "ELEC",
}  # fmt: skip
_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "%&#_$"},
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}~^%&#_$]")
_IN_ADDRESS = re.compile(r"[\\{}%#]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # the order of what follows


def line(text: str) -> str:
    """In one line, without what cannot be seen."""
    return " ".join(_CONTROL.sub(" ", _TURNING.sub("", text)).split())


def permanent(item) -> str:
    """Its address that never changes."""
    return settings.SITE_URL + reverse("permanent", args=[item.permanent_id])


def where(item) -> str:
    """Where it is read: its DOI, else its own address, else its page here."""
    text = item.published
    return doi_address(text.doi) if text.doi else text.link or permanent(item)


# --- in words
def in_words(item) -> dict[str, str]:
    """The parts of a reference, in their order: who and when, the title, where it appeared, where it is read."""
    text = item.published
    wrote = "; ".join(author.inverted for author in authors(text)) or text.publisher
    publisher = text.publisher if wrote != text.publisher else ""
    appeared = ". ".join(part for part in (text.part_of, publisher) if part)
    return {"who": wrote, "year": str(text.year or ""), "title": text.title, "appeared": appeared, "where": where(item)}


# --- BibTeX
def bibtex(item) -> str:
    """One entry."""
    text = item.published
    kind = BIBTEX.get(text.item_type, "misc")
    fields = [
        ("author", " and ".join(_bibtex_name(author) for author in authors(text))),
        ("title", f"{{{_tex(text.title)}}}"),  # braced, so that capitals stay
        ("year", str(text.year or "")),
        (PART_OF.get(kind, "series"), _tex(text.part_of)),
        (PUBLISHER.get(kind, "publisher"), _tex(text.publisher)),
        ("isbn", text.isbn),
        ("doi", text.doi),
        ("url", _address(where(item))),
        ("language", _tex(text.written_in) or HTML_LANG.get(text.language, "")),
        ("abstract", _tex(text.abstract)),
        ("note", _tex(f"{NETWORK}, {item.permanent_id}")),
    ]
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{kind}{{{_key(item)},\n{lines}\n}}\n"


def _key(item) -> str:
    first = next((author.corporate or author.family for author in authors(item.published)), "") or item.published.title
    return f"{slugify(first).replace('-', '')[:20] or 'item'}{item.published.year or ''}{item.permanent_id.replace('-', '')}"


def _tex(text: str) -> str:
    """Text inside braces, which stay balanced whatever it holds."""
    return _SPECIAL.sub(lambda sign: _COMMANDS[sign[0]], line(text))


def _address(url: str) -> str:
    """An address, which readers of BibTeX take as it stands: braces and backslashes as their codes."""
    return _IN_ADDRESS.sub(lambda sign: sign[0] if sign[0] in "%#" else f"%{ord(sign[0]):02X}", line(url))


def _bibtex_name(author: Author) -> str:
    if not author.is_person:
        return f"{{{_tex(author.corporate)}}}"
    return ", ".join(_guarded(part) for part in (author.family, author.given) if part)


def _guarded(name: str) -> str:
    """Braced where a comma or the word `and` would make two names of it."""
    written = _tex(name)
    splits = "," in written or re.search(r"(^|\s)and(\s|$)", written, re.IGNORECASE)
    return f"{{{written}}}" if splits else written


# --- RIS
def ris(item, theme_names: list[str]) -> str:
    """One record; lines end as the format asks."""
    text = item.published
    rows = [
        ("TY", RIS.get(text.item_type, "GEN")),
        ("ID", item.permanent_id),
        *(("AU", author.inverted) for author in authors(text)),
        ("TI", text.title),
        ("T2", text.part_of),
        ("PY", str(text.year or "")),
        ("PB", text.publisher),
        ("SN", text.isbn),
        ("DO", text.doi),
        ("UR", where(item)),
        ("LA", text.written_in or HTML_LANG.get(text.language, "")),
        ("AB", text.abstract),
        *(("KW", name) for name in theme_names),
        ("DB", NETWORK),
    ]
    written = [f"{tag}  - {line(value)}" for tag, value in rows if line(value)]
    return "\r\n".join([*written, "ER  - ", ""])
