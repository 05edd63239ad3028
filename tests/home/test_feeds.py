"""Feeds: what people wrote is text, whoever wrote it, and says its language."""

from xml.etree import ElementTree

import pytest

from tests.factories import published_program

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MARKUP = 'Firms of <10 & more <a href="https://evil.example/">Sign in</a> <img src=x> &lt;b&gt;'


@pytest.mark.parametrize("address", ["/en/portfolio/feed/", "/en/search/feed/"])
def test_a_summary_is_text_in_a_reader_that_takes_it_for_html(client, address):
    published_program(title="Oficios", description=MARKUP, language="pt")
    feed = ElementTree.fromstring(client.get(address).content)
    entry = feed.find(f"{ATOM}entry")
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html" and "<" not in summary.text
    assert summary.text.startswith("Firms of &lt;10 &amp; more &lt;a href=&quot;https://evil.example/&quot;&gt;Sign in")
    assert entry.get(LANG) == "pt-BR" and feed.get(LANG) == "en"


def test_a_feed_names_the_network_and_no_empty_author(client):
    published_program(title="Oficios")
    feed = ElementTree.fromstring(client.get("/fr/portfolio/feed/").content)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert all(author.findtext(f"{ATOM}name") for author in feed.iter(f"{ATOM}author"))
