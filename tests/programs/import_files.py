"""Files for the tests of imports."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = ("title", "category", "country", "start", "area", "theme", "description")
FIRST = (
    "Red de formación dual",
    "programme",
    "Chile",
    "2019",
    "Employment",
    "Employment services",
    "Cursos y práctica en empresas.",
)


def row(**changes) -> tuple[str, ...]:
    """One record of the file."""
    return tuple({**dict(zip(HEAD, FIRST, strict=True)), **changes}.values())


def table(*rows, head=HEAD) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *(rows or [FIRST])])
    return out.getvalue().encode()


def upload(content: bytes | None = None, name: str = "tabla.csv") -> SimpleUploadedFile:
    """As the browser sends it."""
    return SimpleUploadedFile(name, table() if content is None else content)
