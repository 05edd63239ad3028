"""Small files of each kind, good and hostile, made on the spot."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """As it comes out of a form; what the browser says of its type is never believed."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def zipped(parts: dict[str, bytes], *, stored=("mimetype",)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=how)
    return out.getvalue()


def added(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same archive with more parts."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def docx() -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_heading("Evaluación externa")
    document.add_paragraph("Tres de cada cuatro personas certificadas.")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Año", "Personas"])
    book.active.append([2024, 3100])
    book.save(out)
    return out.getvalue()


def content_types(part: str, content_type: str, more: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{content_type}"/>{more}</Types>'
    ).encode()


def pptx() -> bytes:
    return zipped(
        {
            "[Content_Types].xml": content_types(
                "/ppt/presentation.xml", f"{OFFICE}presentationml.presentation.main+xml"
            ),
            "ppt/presentation.xml": b"<p/>",
        }
    )


def odf(kind: str = "text", **more: bytes) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": b"<office/>",
            **more,
        }
    )


def pdf(text: str = "Informe final") -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    page.cell(text=text)
    return bytes(page.output())


def pdf_with(dictionary: bytes) -> bytes:
    """The smallest PDF with one more object."""
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n" + dictionary + b"\nendobj\nstartxref\n0\n%%EOF\n"


def object_stream(
    inside: bytes, extra: bytes = b"", *, how: bytes = b"/Filter/FlateDecode", kind: bytes = b"/Type/ObjStm",
    packed: bytes | None = None, word: bytes = b"\nstream\n",
) -> bytes:  # fmt: skip
    """A bundle of one object, deflated, unless said otherwise."""
    packed = zlib.compress(inside) if packed is None else packed
    head = b"<<" + how + kind + b"/N 1/First 4" + extra + b"/Length %d>>" % len(packed)
    return head + word + packed + b"\nendstream"


def picture(kind: str = "PNG", size=(40, 20), **how) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(out, kind, **how)
    return out.getvalue()


def photo_with_gps(orientation: int = 6) -> bytes:
    """A photo of a telephone held upright: turned by a tag, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone maker"
    exif[0x8825] = {1: "S", 2: (33.0, 26.0, 0.0), 3: "W", 4: (70.0, 39.0, 0.0)}
    return picture("JPEG", exif=exif, comment=b"taken at home", quality=90)


def huge_png_header(width: int = 10_000, height: int = 6_000) -> bytes:
    """A few bytes that promise 60 megapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    header = struct.pack("!2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


GOOD = {
    "informe.pdf": ("pdf", pdf),
    "evaluación.docx": ("docx", docx),
    "cuadro.xlsx": ("xlsx", xlsx),
    "taller.pptx": ("pptx", pptx),
    "carta.odt": ("odt", lambda: odf("text")),
    "hoja.ods": ("ods", lambda: odf("spreadsheet")),
    "logo.png": ("png", lambda: picture("PNG")),
    "foto.jpg": ("jpg", lambda: picture("JPEG")),
    "foto.webp": ("webp", lambda: picture("WEBP")),
    "nota.txt": ("txt", lambda: "Notas de la visita, día 3".encode()),
    "datos.csv": ("csv", lambda: "año;personas\n2024;3100\n".encode("cp1252")),
}
