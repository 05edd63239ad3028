"""What may be uploaded is told by content; each refusal says what to do."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from files import checking
from files.checking import archives, pdf
from files.errors import UploadRefused
from tests.files import samples
from tests.files.samples import OFFICE


def check(content: bytes, name: str = "file.bin"):
    checked = checking.check(io.BytesIO(content), name)
    checked.stream.close()
    return checked


def drawn(content: bytes) -> bytes:
    """A picture as it is kept."""
    with checking.check(io.BytesIO(content), "picture").stream as stream:
        return stream.read()


def cause(content: bytes, name: str = "file.bin") -> str:
    with pytest.raises(UploadRefused) as refused:
        check(content, name)
    assert refused.value.message.endswith(".")
    return refused.value.cause


@pytest.mark.parametrize("name", samples.GOOD)
def test_each_kind_on_the_list_is_taken(name):
    extension, make = samples.GOOD[name]
    assert check(make(), name).extension == extension


@pytest.mark.parametrize("name", [n for n in samples.GOOD if not n.endswith(("txt", "csv"))])
def test_the_content_decides_and_not_the_name(name):
    extension, make = samples.GOOD[name]
    assert check(make(), "setup.exe").extension == extension


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03" + b"\x00" * 200, "informe.pdf"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "foto.png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "dibujo.svg"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "dibujo.txt"),
        (b"<html><body>hello</body></html>", "pagina.txt"),
        (b"#!/bin/sh\nrm -rf /\n", "nota.txt"),
        (b"{\\rtf1\\object}", "nota.txt"),
        (b"Plain words", "programa.js"),
        (b"Plain words", "sin-extension"),
        (b"GIF89a" + b"\x01" * 100, "foto.gif"),
        (samples.zipped({"leeme.txt": b"hola"}), "todo.docx"),
        (samples.odf("text-template"), "carta.odt"),
        (samples.odf("presentation"), "taller.odt"),
    ],
)
def test_what_is_not_on_the_list_is_refused_whatever_its_name(content, name):
    assert cause(content, name) == "type"


def test_empty_files_are_refused():
    assert cause(b"") == "empty"


def test_old_and_protected_office_files_are_refused():
    assert cause(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "informe.docx") == "old office"


# --- office documents ---------------------------------------------------------------------------------
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MAIN = f"{OFFICE}wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    "content",
    [
        samples.zipped(
            {
                "[Content_Types].xml": samples.content_types("/word/document.xml", MACRO_TYPE),
                "word/document.xml": b"<w/>",
            }
        ),
        samples.zipped(
            {
                "[Content_Types].xml": samples.content_types("/word/document.xml", MAIN, VBA),
                "word/document.xml": b"<w/>",
            }
        ),
        samples.added(samples.docx(), {"word/vbaProject.bin": b"anything"}),
        samples.added(samples.xlsx(), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        samples.odf(**{"Basic/Standard/Module1.xml": b"<m/>"}),
        samples.odf(**{"Scripts/python/run.py": b"print()"}),
        samples.odf(**{"styles.xml": b"x" * 65_530 + b'<s:event-listener s:event-name="dom:load"/>'}),
    ],
)
def test_macros_are_refused(content):
    assert cause(content) == "macros"


def test_protected_documents_are_refused():
    assert cause(_encrypted_odf()) == "encrypted"
    assert cause(_encrypted_zip()) == "encrypted"


def _encrypted_odf() -> bytes:
    return samples.zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            "content.xml": b"noise",
        }
    )


def _encrypted_zip() -> bytes:
    content = bytearray(samples.docx())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def test_an_archive_that_unfolds_without_end_is_stopped_while_reading():
    bomb = samples.added(samples.docx(), {"word/media/zeros.emf": b"\0" * 210_000_000})
    assert len(bomb) < 400_000
    assert cause(bomb) == "bomb"


def test_what_an_entry_says_of_its_size_is_not_believed():
    content = bytearray(samples.added(samples.docx(), {"word/media/a.emf": b"\0" * 1_000_000}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert cause(bytes(content)) == "damaged"


def test_an_archive_in_the_document_is_refused_and_a_chart_s_figures_are_read_too():
    inner = samples.zipped({"a.txt": b"a"})
    assert cause(samples.added(samples.docx(), {"word/media/more.bin": inner})) == "nested"
    with_figures = samples.added(samples.pptx(), {"ppt/embeddings/sheet1.xlsx": samples.xlsx()})
    assert check(with_figures).extension == "pptx"
    macro_inside = samples.added(samples.xlsx(), {"xl/vbaProject.bin": b"x"})
    assert cause(samples.added(samples.pptx(), {"ppt/embeddings/sheet1.xlsx": macro_inside})) == "macros"
    twice = samples.added(samples.xlsx(), {"xl/embeddings/deeper.xlsx": samples.xlsx()})
    assert cause(samples.added(samples.pptx(), {"ppt/embeddings/sheet1.xlsx": twice})) == "nested"


def test_nested_archives_share_one_budget(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: setattr(self, "left", 3_000_000))
    sheet = samples.added(samples.xlsx(), {"xl/media/zeros.emf": b"\0" * 1_200_000})
    deck = {f"ppt/embeddings/sheet{n}.xlsx": sheet for n in range(4)}
    assert cause(samples.added(samples.pptx(), deck)) == "bomb"


def test_programs_and_inserted_objects_are_refused():
    assert cause(samples.added(samples.docx(), {"word/embeddings/setup.bin": b"MZ\x90\0"})) == "executable"
    assert cause(samples.added(samples.docx(), {"word/embeddings/run.ps1": b"Get-Item"})) == "executable"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert cause(samples.added(samples.docx(), {"word/embeddings/oleObject1.bin": ole})) == "object"


def test_a_template_fetched_from_the_net_is_refused_and_a_link_is_not():
    def rels(kind: str, target: str) -> dict:
        return {
            "word/_rels/settings.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
                f'Target="{target}" TargetMode="External"/></Relationships>'
            ).encode()
        }

    evil = "&#104;ttps://example.org/t.dotm"
    assert cause(samples.added(samples.docx(), rels("attachedTemplate", evil))) == "external"
    assert check(samples.added(samples.docx(), rels("hyperlink", "https://example.org/"))).extension == "docx"
    local = "file:///C:\\Templates\\Ministerio.dotx"
    assert check(samples.added(samples.docx(), rels("attachedTemplate", local))).extension == "docx"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "word/a\\b"])
def test_paths_that_climb_out_are_refused(name):
    assert cause(samples.added(samples.docx(), {name: b"x"})) == "damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    assert cause(samples.added(samples.docx(), {"Word/Document.xml": b"<other/>"})) == "damaged"


def test_too_many_parts_are_refused_before_they_are_listed():
    many = samples.zipped({f"n{number}": b"" for number in range(archives.MAX_ENTRIES + 1)})
    assert cause(many) == "entries"


def test_archives_with_something_behind_or_cut_off_are_refused():
    assert cause(samples.docx() + b"<script>") == "damaged"
    assert cause(samples.docx()[:-30]) == "damaged"
    assert cause(b"PK\x03\x04" + b"\0" * 100) == "damaged"


def test_entity_tricks_in_the_table_of_types_are_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><Types>&a;</Types>'
    assert cause(samples.zipped({"[Content_Types].xml": laughs, "word/document.xml": b""})) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    ("document", "part"),
    [
        (samples.docx, "word/footnotes.xml"),
        (samples.docx, "word/_rels/footnotes.xml.rels"),
        (samples.xlsx, "xl/worksheets/sheet9.xml"),
        (samples.xlsx, "xl/odd.bin"),  # a part is what its content type says, whatever its name
    ],
)
def test_a_part_that_declares_entities_is_refused(document, part, encoding):
    laughs = f'<?xml version="1.0"?><!--{" " * 5000}--><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    assert cause(samples.added(document(), {part: laughs.encode(encoding)})) == "damaged"


def test_a_drawing_in_a_document_may_have_a_document_type():
    svg = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    assert check(samples.added(samples.docx(), {"word/media/image1.svg": svg})).extension == "docx"
    types = samples.content_types("/word/document.svg", f"{samples.OFFICE}wordprocessingml.document.main+xml")
    assert cause(samples.zipped({"[Content_Types].xml": types, "word/document.svg": svg})) == "type"


def test_unknown_compression_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    assert cause(out.getvalue()) == "damaged"


# --- PDF ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dictionary", "why"),
    [
        (b"<</S/JavaScript/JS(app.alert\\(1\\))>>", "active"),
        (b"<</S/J#61va#53cript/JS 5 0 R>>", "active"),
        (b"<</S/Launch/F(cmd.exe)>>", "active"),
        (b"<</XFA 7 0 R>>", "active"),
        (b"<</Type/RichMedia>>", "active"),
        (b"<</Names<</EmbeddedFiles 3 0 R>>>>", "embedded"),
        (b"<</Type/Filespec/EF<</F 9 0 R>>>>", "embedded"),
        (b"<</Size 9/Encrypt 8 0 R>>", "encrypted"),
        (samples.object_stream(b"1 0 <</S/JavaScript/JS(x)>>"), "active"),
        (samples.object_stream(b"1 0 <</S/Launch>>"), "active"),
        (samples.object_stream(b"x", b"/DecodeParms<</Predictor 12>>"), "damaged"),
        (b"<</Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\nAA\nendstream", "damaged"),
        (b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\nnot deflated\nendstream", "damaged"),
    ],
)
def test_a_pdf_that_acts_hides_or_is_locked_is_refused(dictionary, why):
    assert cause(samples.pdf_with(dictionary)) == why


def test_a_pdf_with_links_and_bundled_objects_is_taken():
    assert check(samples.pdf_with(b"<</S/URI/URI(https://example.org/Launch)>>")).extension == "pdf"
    assert check(samples.pdf_with(samples.object_stream(b"1 0 <</Type/Page>>"))).media_type == "application/pdf"
    assert check(samples.pdf_with(b"<</Type/Font/BaseFont/JavaScriptSans>>")).extension == "pdf"


PROGRAM = b"1 0 <</S/JavaScript/JS(app.alert\\(1\\))>>"
HARMLESS = zlib.compress(b"1 0 <</Type/Page>>")


def stored(inside: bytes) -> bytes:
    """Deflated without making it smaller: each word stands in the file as it is."""
    return zlib.compress(inside, 0)


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        # a chain of filters, with and without a decoy that hides where the dictionary begins
        (samples.object_stream(b"", how=b"/Filter[/FlateDecode/FlateDecode]", packed=zlib.compress(zlib.compress(PROGRAM))), "damaged"),
        (samples.object_stream(b"", how=b"/Filter[/ASCIIHexDecode/FlateDecode]/X(obj)", packed=zlib.compress(PROGRAM).hex().encode()), "damaged"),
        (samples.object_stream(b"", how=b"/Filter[/ASCIIHexDecode/FlateDecode]/X(\n9 0 obj<<)/Filter/FlateDecode", packed=zlib.compress(PROGRAM).hex().encode()), "damaged"),
        (samples.object_stream(b"", how=b"/Filter[/ASCIIHexDecode/FlateDecode]/Y 1%9 0 obj\n", packed=zlib.compress(PROGRAM).hex().encode()), "damaged"),
        (samples.object_stream(b"", how=b"/Filter[/ASCIIHexDecode/FlateDecode]/X" + b" " * 9000, packed=zlib.compress(PROGRAM).hex().encode()), "damaged"),
        (samples.object_stream(b"", how=b"/F#69lter%\n[/ASCIIHexDecode/FlateDecode]", packed=zlib.compress(PROGRAM).hex().encode()), "damaged"),
        # other words for the filter, and its parameters in another place
        (samples.object_stream(PROGRAM, how=b"/F/Fl"), "damaged"),
        (samples.object_stream(PROGRAM, b"/DecodeParms 9 0 R"), "damaged"),
        (samples.object_stream(PROGRAM, b"/DecodeParms<</Predictor +12/Columns 3>>"), "damaged"),
        (samples.object_stream(PROGRAM, b"/DP<</Predictor 12>>"), "damaged"),
        # words in the deflated bytes, and nothing that says where they end
        (samples.object_stream(b"", packed=stored(b"1 0 <</A(\nendstream endobj)/S/JavaScript>>")), "active"),
        (samples.object_stream(b"", packed=zlib.compress(PROGRAM)[:-12]), "damaged"),
        # the type in another place, after a comment, or none
        (samples.object_stream(PROGRAM, kind=b"/Type 9 0 R"), "active"),
        (samples.object_stream(PROGRAM, kind=b""), "active"),
        (samples.object_stream(PROGRAM, kind=b"%(<<\n"), "active"),
        # content that begins on another line than the decoy's
        (samples.object_stream(PROGRAM, word=b" stream \n"), "active"),
        (samples.object_stream(PROGRAM, word=b"%x\rstream\r"), "active"),
        (samples.object_stream(PROGRAM, word=b"\nstream \n") + b"\nstream\n" + HARMLESS, "active"),
        (samples.object_stream(PROGRAM, word=b"\nstream odd\n") + b"\nstream\n" + HARMLESS, "damaged"),
        # brackets that some readers pair otherwise
        (samples.object_stream(PROGRAM, b"/X[>>]"), "damaged"),
        (samples.object_stream(PROGRAM, b"/X<\n9 0 obj<<>"), "damaged"),
        # an object that begins inside the address of a link
        (b"<</S 7 0 R/JS(x)/A<</URI (7 0 obj /JavaScript endobj)>>>>", "active"),
        (samples.object_stream(b"7 8 <</URI (/JavaScript )>>"), "active"),
        (samples.object_stream(b"", how=b"", packed=b"7 8 <</URI (/JavaScript )>>"), "active"),
        (samples.object_stream(b"x 8 <</URI (/JavaScript )>>"), "damaged"),
        (samples.object_stream(b"7 8 <</URI (/JavaScript )>>", b"/First 9 0 R"), "damaged"),
        # spaces and signs between the words
        (b"<</Size 9/Encrypt\0 8 0 R>>", "encrypted"),
        (b"<</Size 9/Encrypt%x\n8 0 R>>", "encrypted"),
        (b"<</Type/Filespec/EF 9%x\n0 R>>", "embedded"),
        (b"<</S/JavaScript#00/JS(x)>>", "active"),
    ],
)  # fmt: skip
def test_what_acts_is_found_where_a_decoy_hides_it(hidden, why):
    assert cause(samples.pdf_with(hidden)) == why


@pytest.mark.parametrize(
    "common",
    [
        samples.object_stream(b"1 0 <</Type/Page>>", how=b"/Filter [ /FlateDecode ]"),
        samples.object_stream(b"1 0 <</Type/Page>>", b"/DecodeParms null/Extends 4 0 R"),
        samples.object_stream(b"1 0 <</Type/Page>>", b"/DecodeParms<</Predictor 1>>"),
        samples.object_stream(b"", packed=HARMLESS[:-4]),  # readers need no checksum
        samples.object_stream(b"", packed=stored(b"1 0 <</A(\nendstream endobj)>>")),
        samples.object_stream(b"", how=b"", packed=b"1 0 <</Type/Page>>"),
        samples.object_stream(b"1 0 <</S/URI/URI(https://example.org/JavaScript/)>>"),
        b"<</Type/XObject/Filter[/ASCII85Decode/DCTDecode]/Length 2>>stream\n~>\nendstream",
        b"<</Type/XRef/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>>>\nstream\nx\nendstream",
        b"<</Type/Outlines/First 3 0 R/Last 3 0 R%(\n/Title(a \\( (b) c)/Kids[[<</A<41>>>][]]>>",
    ],
)
def test_what_common_programs_write_is_taken(common):
    assert check(samples.pdf_with(common)).extension == "pdf"


@pytest.mark.parametrize(
    "odd", [b"obj%", b"obj<<", b"obj<</A[[[]]]", b"9 0 obj<</A(", b"9 0 obj<</First 4/N 1>>stream\n1 0 "]
)
def test_a_file_that_would_take_long_to_read_is_refused(odd):
    assert cause(samples.pdf_with(b"<<>>") + odd * 200_000 + b"\n<<>>startxref\n0\n%%EOF") == "damaged"


def test_a_bundle_of_objects_inflates_under_a_limit(monkeypatch):
    monkeypatch.setattr(pdf, "_LARGEST_OBJECT_STREAM", 1_000_000)
    assert cause(samples.pdf_with(samples.object_stream(b" " * 2_000_000))) == "bomb"


def test_a_pdf_cut_off_or_with_something_before_it_is_refused():
    assert cause(samples.pdf()[:-40]) == "damaged"
    assert cause(b"MZ" + samples.pdf(), "informe.pdf") == "type"


@pytest.mark.parametrize("before", [b"\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n ", b"\n" * 1000])
def test_a_pdf_may_begin_with_blanks(before):
    assert check(before + samples.pdf()).extension == "pdf"


@pytest.mark.parametrize("behind", [b"\0", b"\r\n", b" \0"])
def test_a_pdf_may_end_in_blanks_and_in_nothing_else(behind):
    assert check(samples.pdf() + behind * 5000).extension == "pdf"
    assert cause(samples.pdf() + behind * 5000 + b"x") == "damaged"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (b"<html><script>alert(1)</script>", "type"),
        (b"\n<!--", "type"),
        (b"PK\x03\x04", "damaged"),
        (b"\xef\xbb\xbf\xef\xbb\xbf", "type"),
        (b"\n" * 1024, "type"),
    ],
)
def test_a_pdf_behind_anything_else_is_refused(before, why):
    assert cause(before + samples.pdf(), "informe.pdf") == why


# --- pictures ---------------------------------------------------------------------------------------------
def test_a_photo_loses_place_and_maker_and_stays_upright():
    clean = drawn(samples.photo_with_gps())
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (20, 40)
        top, bottom = image.convert("RGB").getpixel((10, 5)), image.convert("RGB").getpixel((10, 35))
    assert top[1] < 60 and bottom[1] > 200  # the red half, left in the sensor's frame, is on top
    assert b"Telephone" not in clean and b"taken at home" not in clean and b"Exif" not in clean


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_lose_their_exif_too(kind):
    exif = Image.Exif()
    exif[0x010F] = "Telephone maker"
    clean = drawn(samples.picture(kind, exif=exif))
    assert b"Telephone" not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert image.size == (40, 20)


def test_what_hangs_behind_a_picture_is_gone():
    clean = drawn(samples.picture("PNG") + b"<script>alert(1)</script>")
    assert b"script" not in clean


def test_transparency_survives():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(drawn(out.getvalue()))) as image:
        assert image.getpixel((0, 0))[3] == 0


def test_sixty_megapixels_are_refused_before_decoding():
    assert cause(samples.huge_png_header()) == "pixels"
    assert cause(samples.huge_png_header(60_000, 60_000)) == "pixels"


def test_moving_and_broken_pictures_are_refused():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert cause(out.getvalue()) == "animated"
    assert cause(samples.picture("PNG")[:60]) == "damaged"
    assert cause(samples.picture("JPEG")[:300]) == "damaged"


# --- text ---------------------------------------------------------------------------------------------------
def test_text_says_its_alphabet():
    assert check("año".encode(), "a.txt").media_type == "text/plain; charset=utf-8"
    assert check("año".encode("latin-1"), "a.csv").media_type == "text/csv; charset=windows-1252"
    split = ("a" * (64 * 1024 - 1) + "ñ").encode()
    assert check(split, "a.txt").media_type.endswith("utf-8")


@pytest.mark.parametrize("length", [1, 64 * 1024 - 1, 64 * 1024])
def test_text_may_end_in_the_sign_of_old_programs_once(length):
    words = b"a" * length
    assert check(words + b"\x1a", "datos.csv").media_type == "text/csv; charset=utf-8"
    for odd in (words + b"\x1a\x1a", b"\x1a" + words, words + b"\x1a" + words):
        assert cause(odd, "datos.csv") == "text"


@pytest.mark.parametrize("content", [b"words\0words", "año".encode("utf-16"), b"\x1b[31mred", b"a" * 100_000 + b"\x07"])
def test_what_is_not_readable_text_is_refused(content):
    assert cause(content, "nota.txt") == "text"
