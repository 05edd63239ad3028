"""Which parameters a page reads: it is told by what it looks up in the query or in what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import QueryDict

DOORS = ("__getitem__", "_getlist", "__contains__")


@contextmanager
def heard() -> Iterator[set[str]]:
    """The names that whatever runs inside looks up one by one; going through all of them is no look."""
    names: set[str] = set()
    stock = {door: getattr(QueryDict, door) for door in DOORS}

    def listening(door):
        def look(self, key, *rest, **more):
            names.add(key)
            return stock[door](self, key, *rest, **more)

        return look

    def items(self):
        return ((key, stock["__getitem__"](self, key)) for key in self)

    for door in DOORS:
        setattr(QueryDict, door, listening(door))
    QueryDict.items = items
    try:
        yield names
    finally:
        for name in (*DOORS, "items"):
            delattr(QueryDict, name)  # what it inherits is back
