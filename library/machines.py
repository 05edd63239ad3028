"""What machines read in the page of an item: Dublin Core, the names that search engines for literature know, schema.org."""

from django.conf import settings
from django.urls import reverse

from catalogue.labels import Labels
from core.languages import HTML_LANG
from library import citing
from library.choices import LICENCE_ADDRESSES, Licence
from library.identifiers import doi_address
from library.parts import Author, authors
from taxonomy.choices import ItemType

SCHEMA = "https://schema.org"
TYPES = {
    ItemType.ARTICLE: "ScholarlyArticle", ItemType.BOOK: "Book", ItemType.CHAPTER: "Chapter", ItemType.REPORT: "Report",
    ItemType.WORKING_PAPER: "Report", ItemType.THESIS: "Thesis", ItemType.CONFERENCE: "ScholarlyArticle",
    ItemType.NORM: "Legislation", ItemType.DATA: "Dataset", ItemType.WEB: "WebPage",
}  # fmt: skip
# Dublin Core's own words for types; everything else is Text
DUBLIN = {ItemType.DATA: "Dataset", ItemType.WEB: "InteractiveResource"}
IN_PART = {
    ItemType.ARTICLE: "citation_journal_title", ItemType.CHAPTER: "citation_inbook_title",
    ItemType.CONFERENCE: "citation_conference_title",
}  # fmt: skip
BY_BODY = {
    ItemType.REPORT: "citation_technical_report_institution", ItemType.WORKING_PAPER: "citation_technical_report_institution",
    ItemType.THESIS: "citation_dissertation_institution",
}  # fmt: skip


def names(item, labels: Labels) -> list[tuple[str, str]]:
    """(name, content) of each <meta>, in order; nothing that the page itself does not show."""
    text = item.published
    wrote = [author.spoken for author in authors(text)]
    language = text.written_in or HTML_LANG.get(text.language, text.language)
    themes, places = _named(labels.theme, text.themes), _named(labels.country, text.countries)
    rows = [
        ("DC.title", text.title),
        *(("DC.creator", name) for name in wrote),
        ("DC.date", str(text.year or "")),
        ("DC.type", DUBLIN.get(text.item_type, "Text")),
        ("DC.language", language),
        ("DC.publisher", text.publisher),
        ("DC.description", citing.line(text.abstract)),
        *(("DC.subject", name) for name in themes),
        *(("DC.coverage", name) for name in places),
        ("DC.identifier", citing.permanent(item)),
        ("DC.identifier", doi_address(text.doi) if text.doi else ""),
        ("DC.identifier", f"urn:isbn:{text.isbn}" if text.isbn else ""),
        ("DC.relation", text.part_of),
        ("DC.rights", rights(text)),
        ("citation_title", text.title),
        *(("citation_author", author.inverted) for author in authors(text)),
        ("citation_publication_date", str(text.year or "")),
        (IN_PART.get(text.item_type, ""), text.part_of),
        ("citation_publisher", text.publisher),
        (BY_BODY.get(text.item_type, ""), text.publisher),
        ("citation_doi", text.doi),
        ("citation_isbn", text.isbn),
        ("citation_language", language),
        *(("citation_keywords", name) for name in themes),
        ("citation_pdf_url", _file_address(item) if is_pdf(text) else ""),
    ]
    return [(name, value) for name, value in rows if name and value]


def rights(text) -> str:
    """The licence in words."""
    if text.licence == Licence.OTHER:
        return text.licence_text
    named = str(Licence(text.licence).label) if text.licence in Licence.values else ""
    return ". ".join(part for part in (named, text.licence_text) if part)


def is_pdf(text) -> bool:
    """Whether the public file is one that search engines for literature take."""
    return text.public_file is not None and text.public_file.extension == "pdf"


def linked(item, labels: Labels) -> dict:
    """The item in the words of schema.org."""
    text = item.published
    same = [address for address in (doi_address(text.doi) if text.doi else "", text.link) if address]
    found = {
        "@context": SCHEMA,
        "@type": TYPES.get(text.item_type, "CreativeWork"),
        "@id": citing.permanent(item),
        "url": settings.SITE_URL + reverse("library:item", args=[item.slug]),
        "identifier": item.permanent_id,
        "name": text.title,
        "headline": text.title[:110],
        "alternateName": text.title_original,
        "author": [_author(author) for author in authors(text)],
        "datePublished": str(text.year or ""),
        "publisher": {"@type": "Organization", "name": text.publisher} if text.publisher else "",
        "isPartOf": {"@type": "CreativeWork", "name": text.part_of} if text.part_of else "",
        "inLanguage": text.written_in or HTML_LANG.get(text.language, text.language),
        "abstract": text.abstract,
        "keywords": _named(labels.theme, text.themes),
        "spatialCoverage": [{"@type": "Country", "name": name} for name in _named(labels.country, text.countries)],
        "isbn": text.isbn,
        "license": LICENCE_ADDRESSES.get(text.licence, "") or rights(text),
        "sameAs": same,
        "encoding": _file(item) if text.public_file else "",
    }
    return {key: value for key, value in found.items() if value}


def _author(author: Author) -> dict:
    if not author.is_person:
        return {"@type": "Organization", "name": author.corporate}
    found = {"@type": "Person", "name": author.spoken, "familyName": author.family, "givenName": author.given}
    return {key: value for key, value in found.items() if value}


def _file(item) -> dict:
    stored = item.published.public_file
    return {"@type": "MediaObject", "contentUrl": _file_address(item), "encodingFormat": stored.media_type}


def _file_address(item) -> str:
    return settings.SITE_URL + reverse("library:file", args=[item.slug])


def _named(known: dict, codes) -> list[str]:
    return [known[code].label for code in codes if code in known]
