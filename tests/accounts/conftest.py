"""Helpers of the account tests."""

import re

import pytest
from django.core import mail

from accounts import mails


@pytest.fixture
def letters():
    """Sends what is owed and answers the mails that went."""

    def sent():
        mails.send_owed()
        return mail.outbox

    return sent


@pytest.fixture
def link_in(letters):
    """The path of the link in the newest mail."""

    def path() -> str:
        body = letters()[-1].body
        return re.search(r"https?://[^/\s]+(/\S+)", body).group(1)

    return path
