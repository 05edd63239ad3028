"""ORCID: the last of the sixteen signs checks the others."""

import pytest

from experts import orcid


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        " orcid.org/0000-0002-1825-0097/ ",
    ],
)
def test_it_is_read_however_people_write_it(text):
    assert orcid.parse(text) == "0000-0002-1825-0097"


def test_the_sign_x_stands_for_ten():
    assert orcid.parse("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "text",
    ["0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1825-00977", "X000-0002-1825-0097", "", "https://evil.example/0000-0002-1825-0097",
     "javascript:0000-0002-1825-0097", "٠٠٠٠-0002-1825-0097"],
)  # fmt: skip
def test_what_does_not_fit_is_refused(text):
    with pytest.raises(ValueError):
        orcid.parse(text)
