"""Addresses of pages that stay where they are, and of pages that are one of many, worked out once a language."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

from core.languages import current


def place(name: str, *values: str) -> str:
    """The address of a list, or of what a list of the portal names, such as a country."""
    return _place(name, values, current(), get_script_prefix())


@lru_cache(maxsize=1024)
def _place(name: str, values: tuple[str, ...], language: str, prefix: str) -> str:
    return reverse(name, args=values)


def one_of(name: str, like: str, value: str) -> str:
    """The address of one of many pages: `one_of("portfolio:record", "any-slug", program.slug)`.

    `like` is any value that the address could hold and that stands nowhere else in it. The value itself must be one that an
    address holds as it is: a slug, a number.
    """
    return value.join(around(name, like, current(), get_script_prefix()))


@lru_cache(maxsize=256)
def around(name: str, like: str, language: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the value in such an address, in the active language."""
    before, _like, after = reverse(name, args=[like]).rpartition(like)
    return before, after
