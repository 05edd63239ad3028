"""A file of 20,000 rows through the import, as CSV and as XLSX: seconds to read and to apply, and the most memory of its process.

What was read is applied the same way whatever it was read from: that is done once, and counts for both.
As a program of its own (python -m bench.imports FILE read,apply) it does the work of one file and prints a line of JSON.
"""

import csv
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROWS = 20_000
LIMIT = 60.0  # seconds for each file, read and applied
HEADS = (
    "título",
    "categoría",
    "país",
    "inicio",
    "fin",
    "área",
    "tema",
    "descripción",
    "objetivos",
    "recursos financieros",
    "resultados",
)
PLACES = ("Chile", "Perú", "México", "Costa Rica", "Uruguay", "Honduras", "Guatemala; Ecuador")
THEMES = (("Empleo", "Servicios de empleo"), ("Trabajo", "Salarios"), ("Relaciones laborales", "Diálogo social"))
KINDS = ("programa", "política", "proyecto de cooperación técnica", "otra medida")
WORDS = [
    "formación",
    "empleo",
    "jóvenes",
    "inspección",
    "diálogo",
    "empresas",
    "mujeres",
    "rurales",
    "certificación",
    "talleres",
    "salud",
    "seguridad",
    "ministerio",
    "región",
]


@dataclass(frozen=True)
class Import:
    """What one file cost."""

    form: str
    rows: int
    read: float
    applied: float
    memory: float  # MB at the highest, of which `bare` before the first row
    bare: float

    @property
    def whole(self) -> float:
        return self.read + self.applied


def rows(mark: str):
    """The records of a file; `mark` makes them others than those of the next one."""
    random = Random(20260301)
    for number in range(ROWS):
        area, theme = random.choice(THEMES)
        text = [" ".join(random.choices(WORDS, k=60)) for _ in range(3)]
        yield (
            f"Programa {mark} {number} {random.choice(WORDS)}", random.choice(KINDS), random.choice(PLACES), f"marzo de {1990 + number % 35}",
            "en curso", area, theme, text[0], text[1], f"USD {1000 + number}.50", text[2],
        )  # fmt: skip


def write(folder: Path, form: str) -> Path:
    """One file."""
    target = folder / f"table.{form}"
    if form == "csv":
        with target.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows([HEADS, *rows("C")])
        return target
    from catalogue.exporting.workbook import Sheet, workbook

    with target.open("wb") as out:
        for block in workbook(Sheet("Tabla", list(HEADS), map(list, rows("X")))):
            out.write(block)
    return target


def measure(form: str, *, work: str = "read,apply") -> Import:
    """The work of one file, in a process of its own."""
    with TemporaryDirectory() as folder:
        file = write(Path(folder), form)
        done = subprocess.run(
            [sys.executable, "-m", "bench.imports", str(file), work], check=True, stdout=subprocess.PIPE, text=True
        )
    return Import(form, **json.loads(done.stdout.splitlines()[-1]))


def imports() -> list[Import]:
    """Both forms."""
    applied = measure("csv")
    return [applied, replace(measure("xlsx", work="read"), applied=applied.applied)]


def highest() -> float:
    """The most memory that this process held so far, in MB."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) / 1024


def carry_out(file: Path, work: str) -> dict:
    """Read one file and perhaps apply it, as the worker does."""
    from programs.models import ImportBatch
    from programs.services import imports as service
    from programs.services.imports.moving import move

    batch = ImportBatch.objects.create(name=file.name)
    move(batch, "begin_reading", by=None)
    bare, began = highest(), time.monotonic()
    service.read_file_into(batch, lambda: file.open("rb"))
    read = time.monotonic()
    if "apply" in work:
        service.apply(batch, by=None)
    over = time.monotonic()
    return {"rows": batch.rows.count(), "read": read - began, "applied": over - read, "memory": highest(), "bare": bare}


if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-on-this-machine")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    print(json.dumps(carry_out(Path(sys.argv[1]), sys.argv[2])))
