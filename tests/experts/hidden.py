"""Experts who are to be seen nowhere, each with words of their own in every field."""

import io
import zipfile

from django.utils import timezone

from experts.choices import Shown
from tests.experts.factories import expert

NOW = timezone.now()
HIDE = {
    "paused": {"paused_at": NOW},
    "suspended": {"suspended_at": NOW},
    "silent": {"silent_since": NOW.date()},
    "retired": {"retired_at": NOW},
    "withdrawn": {"registry_consent": "no"},
    "unpublished": {"published": None},
}
NEVER = ("draft", "declined")
TEXT = {
    "themes": ["LAB-1", "INS-3"], "countries": ["CL", "SR"], "languages": ["nl"], "profession": "IND", "modalities": ["ONL"],
    "residence_id": "SR", "availability": "LIM", "shown": list(Shown.values),
}  # fmt: skip


def someone(key: str, **fields):
    """An expert whose every text has the key in it."""
    text = f"zq{key} quetzalito"
    values = TEXT | {
        "slug": f"zq{key}", "position": f"Zq{key} adviser", "institution_text": f"Zq{key} Institute", "biography": text,
        "publications": [{"title": text, "year": 2020}], "activities": [{"title": text, "country": "SR"}],
    } | fields  # fmt: skip
    return expert(f"Zq{key} Vanished", **values)


def body_of(response) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = b"".join(archive.read(name) for name in archive.namelist())
    return raw.decode("utf-8", "replace").lower()
