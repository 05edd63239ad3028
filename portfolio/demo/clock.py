"""A past for the demonstration: inside the block, Django's clock stands some days back."""

import datetime
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def days_ago(days: float):
    """Everything that asks django.utils.timezone for the time is told `days` ago. For the loader only."""
    shift = datetime.timedelta(days=days)

    class Past(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.datetime.now(tz) - shift

    with patch("django.utils.timezone.datetime", Past):
        yield
