"""References read back: whatever an item says, a reader of BibTeX or RIS gets the same words."""

import random
import re

import pytest
from django.urls import reverse

from catalogue import labels
from library import citing, identifiers
from library.models import ItemRevision, LibraryItem
from tests import factories

NASTY = (
    "{", "}", "{}", "}{", "\\", "\\{", "%", "&", "#", "_", "$", "~", "^", '"', "'", "@", ",", " and ", "AND", "\n", "\r\n", "\t",
    "ñ", "ç", "œ", "Ł", "É", "日本", "\u2028", "ER  - ", "TY  - ", "\\textbackslash{}", "--", "<b>", "=", " ", "ab", "Zé", "1",
)  # fmt: skip
COMMANDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
}  # fmt: skip


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """As BibTeX reads: braces are counted, whatever stands before them."""
    head = re.match(r"@(\w+)\{([^\s,{}]+),\n", text)
    place, fields = head.end(), {}
    while text[place] != "}":
        name = re.compile(r"\s*(\w+) = \{").match(text, place)
        place, depth = name.end(), 1
        start = place
        while depth:
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        fields[name[1]] = text[start : place - 1]
        place = re.compile(r",?\s*").match(text, place).end()
    assert text[place:] == "}\n"
    return head[1], head[2], fields


def plain(tex: str) -> str:
    """What TeX prints of it."""
    tex = re.sub(r"\\(text\w+)\{\}", lambda found: f"\0{COMMANDS[found[1]]}", tex)
    tex = re.sub(r"\\([%&#_$])", r"\1", tex)
    return re.sub(r"(?<!\0)[{}]", "", tex).replace("\0", "")


def names(field: str) -> list[str]:
    """People, as BibTeX splits them: at `and` outside braces."""
    parts, depth, current = [], 0, ""
    for word in re.split(r"(\s+)", field):
        if depth == 0 and word.lower() == "and":
            parts.append(current.strip())
            current = ""
        else:
            current += word
        depth += word.count("{") - word.count("}")
    return [*parts, current.strip()]


def read_ris(text: str) -> list[tuple[str, str]]:
    lines = text.split("\r\n")
    assert lines[-1] == ""
    return [(line[:2], line[6:]) for line in lines[:-1] if re.match(r"[A-Z][A-Z0-9]  - ", line)]


def an_item(**values) -> LibraryItem:
    item = LibraryItem(pk=12, slug="una-obra")
    item.published = ItemRevision(**(factories.ITEM_TEXT | values))
    return item


def hostile(chance: random.Random) -> str:
    return "".join(chance.choice(NASTY) for _number in range(chance.randint(1, 12))) or "x"


@pytest.mark.parametrize("seed", range(300))
def test_whatever_an_item_says_is_read_back(seed):
    chance = random.Random(seed)
    people = [
        {"corporate": hostile(chance)}
        if chance.random() < 0.3
        else {"family": hostile(chance), "given": hostile(chance)}
        for _number in range(chance.randint(0, 4))
    ]
    people = [row for row in people if all(citing.line(part) for part in row.values())]
    said = {name: hostile(chance) for name in ("title", "publisher", "part_of", "abstract", "licence_text")}
    item = an_item(
        authors=people, doi="", isbn="", item_type=chance.choice(["ART", "BOO", "REP", "NOR", "THE"]), **said
    )
    _kind, _key, fields = read_bibtex(citing.bibtex(item))
    assert plain(fields["title"]) == citing.line(said["title"])
    assert plain(fields.get("abstract", "")) == citing.line(said["abstract"])
    assert len(names(fields["author"]) if people else []) == len(people)
    spoken = [row.get("corporate") or f"{citing.line(row['family'])}, {citing.line(row['given'])}" for row in people]
    assert [plain(name) for name in names(fields.get("author", ""))] == [
        citing.line(one) for one in spoken
    ] or not people
    rows = read_ris(citing.ris(item, []))
    assert rows[0][0] == "TY" and rows[-1][0] == "ER" and [tag for tag, _v in rows].count("TY") == 1
    assert [value for tag, value in rows if tag == "TI"] == (
        [citing.line(said["title"])] if citing.line(said["title"]) else []
    )
    assert [citing.line(value) for tag, value in rows if tag == "AU"] == [
        citing.line(row.get("corporate") or f"{row['family']}, {row['given']}") for row in people
    ]


def test_accents_stay_and_kinds_are_named(db):
    item = an_item(item_type="ART", part_of="Revista del Trabajo 3 (2)", doi="10.1234/a_b")
    kind, key, fields = read_bibtex(citing.bibtex(item))
    assert kind == "article" and key == "perez1998L000012"
    assert fields["journal"] == "Revista del Trabajo 3 (2)" and fields["doi"] == "10.1234/a_b"
    assert fields["author"] == "Pérez, Ana and {Oficina Internacional del Trabajo}"
    assert fields["url"] == "https://doi.org/10.1234/a_b"
    rows = read_ris(citing.ris(item, [labels.read().theme["LAB-1"].label]))
    assert ("TY", "JOUR") in rows and ("AU", "Pérez, Ana") in rows and ("KW", "Labour legislation") in rows


@pytest.mark.django_db
def test_references_are_downloaded(client, diana):
    item = factories.item(diana, title="Título con {llaves} y \\barras")
    for format, media in (("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")):
        answer = client.get(reverse("library:cite", args=[item.slug, format]))
        assert answer.status_code == 200 and answer["Content-Type"].startswith(media)
        assert f"{item.permanent_id}.{format}" in answer["Content-Disposition"]
    assert client.get(reverse("library:cite", args=["no-such-item", "bib"])).status_code == 404


SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10.1111/ILR.12345", "10.1111/ilr.12345"), ("https://doi.org/10.1/x", None), ("doi: 10.1234/a(b)c", "10.1234/a(b)c"),
        ("http://dx.doi.org/10.1234/5", "10.1234/5"), ("10.1234/", None), ("11.1234/5", None), ("10.1234/a b", None),
        ("10.1234/<x>", None), ("doi.org/10.1000/abc", "10.1000/abc"), ("https://www.doi.org/10.1000/abc", "10.1000/abc"),
        ("DOI 10.1000/abc", "10.1000/abc"), ("DOI: HTTPS://DOI.ORG/10.1000/ABC", "10.1000/abc"), ("doi:10.1000/abc.", "10.1000/abc"),
        ("10.1000/a(b)c).", "10.1000/a(b)c"), ("10.1000/abc\u200b", "10.1000/abc"), ("\ufeff10.1000/a\u00adbc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc?x=1#y", "10.1000/abc"), ("10.1000/abc?x=1", "10.1000/abc?x=1"), ("10.1000%2Fabc", "10.1000/abc"),
        ("https://doi.org/10.1000/a%3Fb", "10.1000/a?b"), ("info:doi/10.1000/abc", "10.1000/abc"), ("10.1000/a%00b", None),
        ("10.1000/a%20b", None), ("10.1000/a%FFb", None), ("10.1000/abc<br>", None), ("doi.org/10.1000/", None), (SICI, SICI.lower()),
        ("https://doi.org/10.1002/%28SICI%291097-0258%2819980815%2917%3A15%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2", SICI.lower()),
    ],
)  # fmt: skip
def test_a_doi_is_known_by_its_shape(typed, read):
    if read is None:
        with pytest.raises(ValueError, match=re.escape(typed)):
            identifiers.doi(typed)
    else:
        assert identifiers.doi(typed) == read


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("10.1234/a_b(c);d", "https://doi.org/10.1234/a_b(c);d"),
        ("10.1234/a?b#c%d<e>é", "https://doi.org/10.1234/a%3Fb%23c%25d%3Ce%3E%C3%A9"),
    ],
)
def test_the_address_of_a_doi_leads_to_it_and_is_read_back_as_it(number, address):
    assert identifiers.doi_address(number) == address
    assert identifiers.doi(address) == number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("978-92-2-131216-1", "9789221312161"), ("ISBN 0-306-40615-2", "9780306406157"), ("080442957X", "9780804429573"),
        ("9789221312162", None), ("0306406153", None), ("978922131216", None), ("abc", None), ("٩٧٨٩٢٢١٣١٢١٦١", None),
    ],
)  # fmt: skip
def test_an_isbn_is_checked_by_its_last_figure(typed, read):
    if read is None:
        with pytest.raises(ValueError, match=re.escape(typed)):
            identifiers.isbn(typed)
    else:
        assert identifiers.isbn(typed) == read


def test_signs_that_turn_the_order_of_a_text_are_left_out():
    assert citing.line("In\u202eforme\u202c \u2067uno\u2069") == "Informe uno"


@pytest.mark.parametrize("typed", ["ftp://example.org/a", "javascript:alert(1)", "a b"])
def test_an_item_is_read_on_the_web_and_nowhere_else(typed):
    from django.core.exceptions import ValidationError

    from library.forms.fields import MAKE

    assert MAKE["link"](None).clean("https://example.org/\u202ea") == "https://example.org/a"
    with pytest.raises(ValidationError):
        MAKE["link"](None).clean(typed)
