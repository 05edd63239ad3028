"""Words of people become HTML that can do nothing."""

import time

import pytest

from core import markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='/x' hx-get='/y' data-confirm='z'>k</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        '[x](https://a.example "onmouseover=alert(1)")',
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "<svg/onload=alert(1)>",
        "<!--><script>alert(1)</script>-->",
        "<style>*{display:none}</style>",
        "![x](https://elsewhere.example/pixel.png)",
        "![x](//elsewhere.example/pixel.png)",
        "![x](/\\elsewhere.example/pixel.png)",
        "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
        'https://a.example/"onmouseover="alert(1)',
        "https://a.example/<script>alert(1)</script>",
        "javascript:alert(1)//https://a.example/ data:text/html,https://a.example/",
        "https://a.example/'onerror='alert(1) <img src=https://elsewhere.example/x onerror=alert(1)>",
    ],
)
def test_nothing_of_a_hostile_text_runs_or_fetches(text):
    html = markdown.render(text)
    for sign in ("<script", "<img src=\"http", "<img src=\"//", "<svg", "<style", "<!--", " onerror=\"", " hx-get=\"", " data-confirm=\""):  # fmt: skip
        assert sign not in html
    assert 'href="java' not in html.lower() and 'href="data' not in html and 'href="vb' not in html
    assert "<img src=x" not in html


def test_a_link_is_marked_as_somebody_elses_and_keeps_its_address():
    html = markdown.render("[the list](https://a.example/?q=1&b=2)")
    assert '<a href="https://a.example/?q=1&amp;b=2" rel="nofollow noopener ugc">the list</a>' in html


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("See https://a.example/list?q=1&b=2.", "https://a.example/list?q=1&amp;b=2", "."),
        ("(http://a.example/x_(y)_z)", "http://a.example/x_(y)_z", ")"),
        ("**https://a.example/a*b*c**", "https://a.example/a", ""),
        ("«https://a.example/ñandú»", "https://a.example/%C3%B1and%C3%BA", "»"),
        ("|a|\n|-|\n|https://a.example/|", "https://a.example/", ""),
        ("# HTTPS://A.example/X!", "HTTPS://A.example/X", "!"),
    ],
)
def test_a_bare_address_of_a_page_becomes_a_link(text, address, rest):
    html = markdown.render(text)
    assert html.count("<a ") == 1 and f'<a href="{address}" rel="nofollow noopener ugc">' in html, html
    assert f"</a>{rest}" in html


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.example/`", "```\nhttps://a.example/\n```", "    https://a.example/", "www.a.example a.example/x",
        "ana@a.example mailto:ana@a.example", "ftp://a.example/ //a.example/", "https:// http:///x https://?q",
        "xhttps://a.example/", "javascript:https://a.example/", "https://[a", f"https://a.example/{'x' * 2001}",
    ],
)  # fmt: skip
def test_code_mail_and_half_an_address_are_no_links(text):
    assert "<a" not in markdown.render(text)


def test_the_words_of_an_address_are_not_looked_at_and_a_link_is_not_linked_twice():
    html = markdown.render(
        "https://a.example/cat [https://b.example/cat](/x) cat", words=lambda words: words.replace("cat", "dog")
    )
    assert html.count("<a ") == 2 and html.count("cat") == 3 and html.count("dog") == 1


def test_an_address_without_scheme_of_another_origin_is_no_link():
    assert "<a" not in markdown.render("[x](//elsewhere.example/)")


def test_an_image_of_our_own_origin_is_shown_and_of_another_only_its_words():
    html = markdown.render("![ours](/static/a.png) ![theirs](https://elsewhere.example/b.png)")
    assert '<img src="/static/a.png" alt="ours" loading="lazy">' in html
    assert "elsewhere" not in html and "theirs" in html


def test_an_image_of_our_own_takes_no_query():
    assert "<img" not in markdown.render("![x](/es/search/?q=all)")


def test_headings_stay_below_those_of_the_page():
    assert markdown.render("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_tables_and_lists_are_drawn():
    html = markdown.render("|a|b|\n|-|-|\n|1|2|\n\n1. x\n2. y")
    assert "<th>a</th>" in html and "<li>y</li>" in html


def test_nobody_types_a_mark_of_ours_or_turns_the_direction_of_the_line():
    assert markdown.render(f"a{markdown.OPEN}m1{markdown.CLOSE}b\u202ec") == "<p>am1bc</p>\n"


def test_words_of_code_and_of_links_are_not_looked_at():
    html = markdown.render("cat `cat` [cat](/x)", words=lambda words: words.replace("cat", "dog"))
    assert html.count("dog") == 1 and html.count("cat") == 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![a](" * 4_000,
        ">" * 20_000,
        "*a **b " * 2_500,
        "`" * 10_000 + "a" + "`" * 9_999,
        "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|\n" * 2_500,
        "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 9_000,
        "- " * 10_000,
        "http://a/ " * 2_000,
        "http://a/" + ")" * 19_900,
        ("http://a/" + "(" * 900 + ")" * 1_000 + " ") * 10,
        "http://" * 2_800,
    ],
    ids=[
        "brackets",
        "images",
        "quotes",
        "stars",
        "ticks",
        "wide",
        "long",
        "lists",
        "addresses",
        "closing",
        "nested",
        "schemes",
    ],
)
def test_no_text_takes_long_to_draw(text):
    before = time.process_time()
    html = markdown.render(text)
    assert time.process_time() - before < 3
    assert len(html) < 150_000


def test_the_words_alone_are_one_line():
    assert markdown.plain("# A\n\n**b** [c](/x)\n\n- d\n- e") == "A b c d e"
    assert markdown.plain("word " * 100, limit=20).endswith("…")
