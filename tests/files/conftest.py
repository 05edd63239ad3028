"""Files of the tests go to a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder where stored bytes go."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.CLAMD_URL = ""
    return tmp_path / "media"
