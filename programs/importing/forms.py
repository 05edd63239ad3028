"""Forms: labels with their values beside them, in the next cell or in the same one."""

from programs.importing import headings
from programs.importing.headings import HEADING_FIELDS, field_of
from programs.importing.records import Value

_LONGEST_LABEL = 200


def begins_block(text: str) -> bool:
    """The mark of a block, or the label of its title."""
    return headings.marks_block(text) or (headings.is_label(text) and field_of(text) == "title")


def pairs_in(texts: dict[int, str], own: dict[int, Value]) -> dict[str, tuple[str, Value]]:
    """Labels and their values in a row of a form: `País: | México`, `Inicio: | 2004 | Término: | 2008`, `País: México`."""
    places = sorted(texts)
    pairs: dict[str, tuple[str, Value]] = {}
    index = 0
    while index < len(places):
        text = texts[places[index]]
        known = field_of(text) if len(text) < _LONGEST_LABEL else None
        following = places[index + 1] if index + 1 < len(places) else None
        if known is None:
            known, label, value = _in_one_cell(text)
            if known is None and index == 0:
                return {}
            if known:
                pairs.setdefault(known, (label, value))
        elif following is not None and not _is_next_label(known, texts[following]):
            pairs.setdefault(known, (text, own[following]))
            index += 1
        else:
            pairs.setdefault(known, (text, ""))
        index += 1
    return pairs


def _is_next_label(known: str, text: str) -> bool:
    """Whether what follows a label is another label, so that the first has no value."""
    if headings.is_label(text):
        return field_of(text) is not None
    return known not in ("title", "theme", "area") and field_of(text) in HEADING_FIELDS


def _in_one_cell(text: str) -> tuple[str | None, str, str]:
    label, colon, value = text.partition(":")
    known = field_of(label) if colon and value.strip() and len(label) < 80 else None
    return known, label, value.strip()
