"""Names are shown and served without tricks."""

import pytest

from files.naming import extension_of, safe_name


@pytest.mark.parametrize(
    ("given", "extension", "shown"),
    [
        ("Evaluación 2024.pdf", "pdf", "Evaluación 2024.pdf"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("C:\\Users\\ana\\informe.docx", "docx", "informe.docx"),
        ("foto.png", "jpg", "foto.jpg"),
        ("foto.JPEG", "jpg", "foto.jpg"),
        ("factura\u202efdp.exe", "pdf", "facturafdp.exe.pdf"),
        ("a\x00b\r\nSet-Cookie: x.txt", "txt", "ab Set-Cookie- x.txt"),
        ("a\u200b\u2028b.txt", "txt", "a b.txt"),
        ("", "pdf", "file.pdf"),
        (" ...pdf. ", "pdf", "file.pdf"),
        ("con.txt", "txt", "_con.txt"),
        ("datos.csv", "txt", "datos.csv"),
        ("nota.txt", "csv", "nota.txt"),
        ('a<b>"c"|d?.pdf', "pdf", "a-b-'c'-d-.pdf"),
        ("Informe %22final%22.pdf", "pdf", "Informe 'final'.pdf"),
        ("a%0D%0ASet-Cookie: x.pdf", "pdf", "a Set-Cookie- x.pdf"),
        ("100%25 %2fetc%0a.pdf", "pdf", "100%25 %2fetc%0a.pdf"),
        ("e\u0301.pdf", "pdf", "é.pdf"),
    ],
)
def test_a_name_is_made_safe(given, extension, shown):
    assert safe_name(given, extension) == shown


def test_long_names_are_cut_and_keep_their_extension():
    name = safe_name("ñ" * 500 + ".pdf", "pdf")
    assert name.endswith("ñ.pdf") and len(name) == 124


def test_the_extension_that_a_name_claims():
    assert extension_of("A.B.CSV ") == "csv"
    assert extension_of("folder.txt/file") == ""
