"""What makes two records the same one: title, country and start, folded (the rule of repetitions)."""

import hashlib

from core import dates
from programs.importing.folding import fold


def key_of(values: dict) -> str:
    """The key of a text given as columns."""
    start = tuple(values.get(f"start_{part}") for part in ("year", "month", "day"))
    return key(values.get("title", ""), values.get("countries") or [], values.get("region", ""), start)


def key(title: str, countries: list[str], region: str, start: dates.Partial) -> str:
    """The key of a record."""
    where = ",".join(sorted(countries)) or region
    said = "\n".join((fold(title) or title, where, dates.iso(start)))
    return hashlib.blake2s(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
