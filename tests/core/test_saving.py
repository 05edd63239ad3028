"""The line that says when something was saved."""

from datetime import UTC, datetime

from django.utils import timezone

from core.saving import saved_line


def test_the_place_of_the_hour_is_spelled_as_everywhere():
    with timezone.override("America/Sao_Paulo"):
        assert "São Paulo time" in saved_line(datetime(2026, 1, 5, 17, 32, tzinfo=UTC))
