"""Addresses of pages that stay where they are, worked out once a language."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

from core.languages import current


def place(name: str, *values: str) -> str:
    """The address of a list, or of what a list of the portal names, such as a country."""
    return _place(name, values, current(), get_script_prefix())


@lru_cache(maxsize=1024)
def _place(name: str, values: tuple[str, ...], language: str, prefix: str) -> str:
    return reverse(name, args=values)
