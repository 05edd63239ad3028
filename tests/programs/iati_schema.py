"""The IATI schema, where it is on this machine: it is not ours to hand on."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = os.environ.get("IATI_XSD_DIR")
FOLDER = Path(NAMED) if NAMED else ROOT.parent / "shared" / "data" / "iati" / "schemas"
FILE = FOLDER / "iati-activities-schema.xsd"


def go_without(told: str) -> None:
    """Skip the test, or fail it where IATI_XSD_DIR names a folder that does not hold the standard's files."""
    if NAMED:
        pytest.fail(told)
    pytest.skip(told)


@cache
def schema():
    """The schema, read once."""
    if not FILE.exists():
        go_without(f"no IATI schema at {FILE}: name its folder with IATI_XSD_DIR")
    from lxml import etree

    return etree.XMLSchema(file=str(FILE))


def codes(name: str) -> set[str]:
    """Codes of one of the standard's lists, where they lie beside the schema."""
    file = FOLDER.parent / "codelists" / f"{name}.csv"
    if not file.exists():
        go_without(f"no code list at {file}")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"] for row in csv.DictReader(lines) if row["status"] != "withdrawn"}
