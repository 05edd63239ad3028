"""Which parameters a page reads: it is told by what it asks its address for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.datastructures import MultiValueDict


@contextmanager
def heard() -> Iterator[set[str]]:
    """The names that whatever runs inside looks up in the query or in what was sent."""
    names: set[str] = set()
    doors = ("__getitem__", "_getlist", "__contains__")
    stock = {door: getattr(MultiValueDict, door) for door in doors}

    def listening(door):
        def look(self, key, *rest, **more):
            names.add(str(key))
            return stock[door](self, key, *rest, **more)

        return look

    for door in doors:
        setattr(MultiValueDict, door, listening(door))
    try:
        yield names
    finally:
        for door in doors:
            setattr(MultiValueDict, door, stock[door])
        if stock["__contains__"] is dict.__contains__:
            del MultiValueDict.__contains__
