"""XML as it is written: whatever a text holds, the document can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.xml import XmlStream


def _comment(text: str) -> str:
    xml = XmlStream()
    with xml.inside("root"):
        xml.comment(text)
    return etree.fromstring(xml.take())[0].text.strip()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("OIT --- Oficina de Lima", "OIT - - - Oficina de Lima"), ("a-b", "a-b"), ("nacional -", "nacional"), ("----", "- - -"),
        ("Uno -\x00- dos", "Uno - - dos"), ("a-->b", "a- ->b"),
    ],
)  # fmt: skip
def test_hyphens_never_break_a_remark(text, told):
    assert _comment(text) == told


@given(st.text(alphabet=st.sampled_from("-> a\x00\n"), max_size=12))
def test_any_remark_can_be_read(text):
    assert "--" not in _comment(text)
