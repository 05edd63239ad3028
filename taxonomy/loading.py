"""Areas, themes, categories and types from the project's own files. What an administrator changed stays, unless told to refresh."""

import json
from pathlib import Path

from django.db import transaction

from taxonomy.models import Area, ProgramCategory, ProjectType, Theme

DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = ("en", "es", "pt", "fr")


def read(folder: Path, name: str) -> list[dict]:
    """The rows of one data file."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def spread(stem: str, words: dict) -> dict:
    """{"en": ...} as label_en=..., for each language."""
    return {f"{stem}_{language}": words.get(language, "") for language in LANGUAGES}


def put(model, *, refresh: bool, values: dict, **identity) -> tuple[object, bool]:
    """Create the row if it is missing; change it only on refresh. Answers the row and whether it was written."""
    row, created = model.objects.get_or_create(**identity, defaults=values)
    if created or not refresh:
        return row, created
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)
    return row, bool(changed)


@transaction.atomic
def load(*, refresh: bool = False) -> int:
    """Load the four lists; answers how many rows were written."""
    return _areas(refresh) + _themes(refresh) + _categories(refresh) + _types(refresh)


def _areas(refresh: bool) -> int:
    return sum(
        put(
            Area,
            refresh=refresh,
            code=row["code"],
            values={"number": row["number"], **spread("label", row["labels"])},
        )[1]
        for row in read(DATA, "areas")
    )


def _themes(refresh: bool) -> int:
    return sum(
        put(
            Theme,
            refresh=refresh,
            code=row["code"],
            values={
                "number": row["number"],
                "area_id": row["area"],
                "dac": row["dac"],
                "dac_also": row["dac_also"],
                "sdg_targets": row["sdg_targets"],
                **spread("label", row["labels"]),
                **spread("explanation", row["explanation"]),
            },
        )[1]
        for row in read(DATA, "themes")
    )


def _categories(refresh: bool) -> int:
    written = 0
    for row in read(DATA, "categories"):
        values = {"number": row["number"], **spread("label", row["labels"]), **spread("short", row["short"])}
        known = ProgramCategory.objects.filter(code=row["code"]).exists()
        category, wrote = put(ProgramCategory, refresh=refresh, code=row["code"], values=values)
        if refresh or not known:
            category.themes.set(row["themes"])
        written += wrote
    return written


def _types(refresh: bool) -> int:
    return sum(
        put(
            ProjectType,
            refresh=refresh,
            code=row["code"],
            values={
                "number": row["number"],
                "is_cooperation": row["is_cooperation"],
                **spread("label", row["labels"]),
            },
        )[1]
        for row in read(DATA, "types")
    )
