"""Repeated parts in one cell: a line for each of theirs, fields named and separated by bars."""

import re
from dataclasses import fields
from typing import get_args

from django.utils.translation import gettext as _

from programs.parts import PARTS

BAR = " | "
ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
MEANT = {"n": "\n", "r": "\r", "s": " "}
UNESCAPED_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def text_of_lines(part: str, rows: list[dict]) -> str:
    """The lines as text; empty lines and fields are left out."""
    lines = (PARTS[part].from_row(row) for row in rows)
    return "\n".join(_text(line.to_row()) for line in lines if not line.is_empty())


def lines_in(part: str, text: str) -> list[dict]:
    """The lines that a text holds; ValueError where it cannot be read."""
    return [_line(part, written) for written in text.split("\n") if written.strip()]


def _text(row: dict) -> str:
    return BAR.join(f"{name}: {_escaped(str(value))}" for name, value in row.items() if value not in (None, ""))


def _escaped(value: str) -> str:
    inner = "".join(ESCAPES.get(character, character) for character in value)
    if inner.startswith(" "):
        inner = f"\\s{inner[1:]}"
    return f"{inner[:-1]}\\s" if inner.endswith(" ") else inner


def _line(part: str, written: str) -> dict:
    known = {one.name: one for one in fields(PARTS[part])}
    values = {}
    # an even number of backslashes before a bar are themselves escaped: the bar separates
    for piece in UNESCAPED_BAR.sub(r"\1\n", written).split("\n"):
        name, colon, value = piece.partition(":")
        name = name.strip()
        if not colon or name not in known:
            if not piece.strip():
                continue
            words = _("“%(text)s” does not begin with one of: %(names)s.")
            raise ValueError(words % {"text": piece.strip()[:40], "names": ", ".join(known)})
        value = ESCAPED.sub(lambda found: MEANT.get(found[1], found[1]), value.strip(" "))
        values[name] = _typed(known[name], value)
    return PARTS[part](**values).to_row()


def _typed(one, value: str):
    if not value:
        return one.default
    if int not in get_args(one.type):
        return value
    if not value.isdecimal():
        raise ValueError(_("“%(text)s” is not a number: %(name)s.") % {"text": value[:40], "name": one.name})
    return int(value)
