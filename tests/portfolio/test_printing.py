"""On paper stands what was answered: every label, every answer, in the layout of Annex II."""

import html
import re

import pytest
from django.urls import reverse

from core.languages import speaking
from files.models import ScanState, StoredFile
from portfolio import annex
from portfolio.models import Attachment, ConsolidatedProgram, Submission
from portfolio.pdf import submission_pdf
from portfolio.printing.sheet import sheet
from portfolio.printing.typeface import Widths, printable, wrapped
from taxonomy.models import ProgramCategory
from tests.factories import COMPLETE_ANSWERS
from tests.portfolio import pdf_text

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "es", "pt", "fr"]
PRIVATE = ["Ana Rojas", "+56 2 0000 0120", "contact@demo.example"]
CRITERIA = [{"criterion": "tested", "statement": "Evaluado dos veces", "evidence": "Informe de 2024"}]
LONG = [field.name for field in Submission._meta.concrete_fields if getattr(field, "max_length", None) == 40_000]


def form(institution, **answers) -> Submission:
    """A form as it stands in the database, whatever a service would say of its answers."""
    answers = {key: value for key, value in (COMPLETE_ANSWERS | answers).items() if not key.startswith("na:")}
    contact = {key: answers.pop(key) for key in list(answers) if key in annex.CONTACT}
    program = ConsolidatedProgram.objects.create(institution=institution, country=institution.country, **contact)
    answers.setdefault("not_applicable", ["contact_fax"])
    return Submission.objects.create(program=program, criteria=CRITERIA, **answers)


def attach(submission, name: str, *, may_publish: bool) -> Attachment:
    key = StoredFile.objects.count()
    stored = StoredFile.objects.create(
        sha256=f"{key:064d}", size=1, media_type="application/pdf", extension="pdf", storage_key=str(key),
        scan_state=ScanState.CLEAN,
    )  # fmt: skip
    return Attachment.objects.create(
        submission=submission, file=stored, name=name, kind="study", may_publish=may_publish
    )


def read(submission, language: str = "en", **how) -> str:
    return pdf_text.words(submission_pdf(submission, language=language, **how))


def spaced(text: str) -> str:
    return " ".join(text.split())


def answers_of(submission) -> list[str]:
    """Every text that the institution wrote, the repeated parts line by line."""
    own = [str(value) for value in COMPLETE_ANSWERS.values() if isinstance(value, str) and value != "yes"]
    for name in ("actors", "evaluations", "documents", "funding"):
        own += [
            str(row[key])
            for row in COMPLETE_ANSWERS[name]
            for key in ("name", "by", "findings", "title", "source")
            if key in row
        ]
    return own


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_and_every_answer_stands_on_the_paper(agency_cl, language):
    submission = form(agency_cl, reference="INLA-2026-000123")
    said = read(submission, language, include_contact=True)
    with speaking(language):
        labels = [str(q.label) for q in annex.questions() if q.key != "criteria"]
        labels += [str(section.label) for section in annex.ALL] + [c.label for c in ProgramCategory.objects.all()]
        labels += [agency_cl.country.label]
    for expected in [*labels, *answers_of(submission), agency_cl.name, "INLA-2026-000123", "Evaluado dos veces"]:
        assert spaced(expected) in said, expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_same_as_the_pdf(agency_cl, ana, client_of, language):
    submission = form(agency_cl)
    with speaking(language):
        answer = client_of(ana).get(reverse("portfolio:print", args=[submission.pk]))
        labels = [str(q.label) for q in annex.questions() if q.key != "criteria"]
    assert answer.status_code == 200
    page = spaced(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
    for expected in [*labels, *answers_of(submission), *PRIVATE]:
        assert spaced(expected) in page, expected


def test_numbers_and_letters_are_those_of_annex_ii(agency_cl):
    said = read(form(agency_cl))
    for expected in ["I. Country or institution", "II. Under which", "III. Description", "VII. Dissemination"]:
        assert expected in said
    for expected in ["a. Needs addressed", "g. Institutions and actors", "d. Internal or external evaluations"]:
        assert expected in said


def test_what_was_ticked_carries_an_x(agency_cl):
    said = read(form(agency_cl, registry_consent="yes", sharing_commitment="no"))
    assert "X Labour Skills Training" in said and "X Gender Equity" in said
    assert "X Occupational Health and Safety" not in said and "Occupational Health and Safety" in said
    assert "registry? X Yes No" in said and "mechanisms? Yes X No" in said
    assert "X National Provincial" in said


def test_what_is_not_known_and_what_is_not_said_differ(agency_cl):
    said = read(form(agency_cl, website="", not_applicable=["website"], also_known_as=""))
    assert "Web site Not applicable or not known" in said
    assert "Also known as Not stated" in said


def test_tables_hold_amounts_as_the_reader_writes_them(agency_cl):
    submission = form(agency_cl)
    assert "Presupuesto de la Agencia 1,250,000.50 CLP 2023" in read(submission, "en")
    assert "Presupuesto de la Agencia 1.250.000,50 CLP 2023" in read(submission, "pt")
    assert "External 2024 Una universidad" in read(submission, "en")


def test_contact_private_files_and_criteria_are_for_those_inside(agency_cl):
    submission = form(agency_cl)
    attach(submission, "interno.pdf", may_publish=False)
    attach(submission, "abierto.pdf", may_publish=True)
    outside, inside = read(submission), read(submission, include_contact=True)
    for private in [*PRIVATE, "interno.pdf", "Evaluado dos veces"]:
        assert private not in outside and private in inside, private
    assert "Profesional de cooperación" in outside and "abierto.pdf" in outside
    assert "Shown to members of the network only" in outside


def test_the_paper_says_what_it_is_and_where_it_stands(agency_cl):
    submission = form(agency_cl, language="pt", reference="INLA-2026-000123")
    content = submission_pdf(submission, language="fr")
    assert b"/Lang (fr)" in content and b"/DisplayDocTitle true" in content
    assert "Cuidar con Certificado".encode("utf-16-be") in content or b"(Cuidar con Certificado)" in content
    said = read(submission, "en")
    pages = int(re.search(r"Page 1 of (\d+)", said)[1])
    assert "Language of the text" in said and "Português" in said and f"Page {pages} of {pages}" in said
    assert said.count("INLA-2026-000123") == pages  # once in the facts, then in the head of each page
    assert submission.program.permanent_id not in said
    submission.program.published = submission
    assert submission.program.permanent_id in read(submission)


def test_a_source_stands_in_place_of_an_act(agency_cl):
    submission = form(agency_cl, registry_consent="", sharing_commitment="")
    submission.program.source = "https://example.org/source"
    said = read(submission)
    assert "Compiled from public sources: https://example.org/source" in said
    assert "registry? Yes No" in said


def test_an_empty_draft_prints(agency_cl):
    program = ConsolidatedProgram.objects.create(institution=agency_cl)
    said = read(Submission.objects.create(program=program), include_contact=True)
    assert "Programme without a name" in said and "Draft: not submitted yet" in said
    assert said.count("Not stated") > 15


# --- hostile and huge ---------------------------------------------------------------------------------
HOSTILE = (
    "emoji 👩‍🏭🇨🇱 control \x01\x1b bidi \u202eabc\u2066 zero\u200bwidth شكرا 谢谢 {nb} {pages} **bold** "
    "(paren\\theses) \ud83d <b>tag</b> %(name)s ñandú Guaraní g̃ tab\there"
)


@pytest.mark.parametrize("name", ["title", "time_span", "needs_addressed", "sharing_text"])
def test_hostile_characters_print_as_words(agency_cl, name):
    submission = form(agency_cl, title="t")
    setattr(submission, name, HOSTILE)
    said = read(submission)
    for expected in [
        "control",
        "bidi abc",
        "zerowidth",
        "شكرا",
        "{nb} {pages} **bold**",
        "(paren\\theses)",
        "<b>tag</b>",
        "%(name)s",
        "ñandú",
    ]:
        assert expected in said, expected
    assert not set("\x01\x1b\u202e\u200b") & set(said)


def test_a_hostile_page_keeps_its_markup(agency_cl, ana, client_of):
    submission = form(
        agency_cl, needs_addressed="<script>alert(1)</script>", title="<b>t", website="https://x.example/?a=%3Cb"
    )
    Submission.objects.filter(pk=submission.pk).update(website="javascript:alert(1)")
    page = client_of(ana).get(reverse("portfolio:print", args=[submission.pk])).content.decode()
    assert "<script>alert" not in page and "<b>t" not in page and 'href="javascript' not in page


def test_forty_thousand_characters_in_each_field_print_in_full(agency_cl):
    texts = {name: (f"{name} " + "palabra número " * 3_000)[:39_990] + " " + name[::-1] for name in LONG}
    said = read(form(agency_cl, **{name: text[:40_000] for name, text in texts.items()}))
    assert len(said) > 38_000 * len(LONG)
    for name in LONG:
        assert name in said


def test_words_longer_than_a_line_and_rows_longer_than_a_page_go_on(agency_cl):
    word = "x" * 5_000
    rows = [{"source": "y" * 9_000, "amount": "1", "currency": "USD", "year": 2020}]
    evaluations = [{"kind": "external", "by": "z" * 300, "findings": "w " * 20_000, "year": None}]
    said = read(
        form(agency_cl, needs_addressed=word, address=word[:500], funding=rows, evaluations=evaluations)
    ).replace(" ", "")
    assert said.count("x") > 5_400 and said.count("y") > 8_900 and said.count("w") > 19_900


def test_lines_break_at_spaces_and_never_overflow():
    widths = Widths({ord(c): 500 for c in "ab c"}, {})
    assert wrapped("aaa bbb cc", 3_500, widths) == ["aaa bbb", "cc"]
    assert wrapped("a" * 9, 2_000, widths) == ["aaaa", "aaaa", "a"]
    assert wrapped("", 2_000, widths) == [""]
    assert wrapped("  a", 2_000, widths) == ["  a"]
    assert printable("a\r\nb\x00\u202e") == "a\nb"


# --- who may ------------------------------------------------------------------------------------------
def test_the_institution_and_the_oas_print_and_strangers_find_nothing(
    agency_cl, ana, bruno, victor, teo, client_of, client
):
    submission = form(agency_cl, state="submitted")
    for name in ("print", "pdf"):
        url = reverse(f"portfolio:{name}", args=[submission.pk])
        assert client_of(ana).get(url).status_code == 200
        assert client_of(bruno).get(url).status_code == 200
        assert client_of(victor).get(url).status_code == 404
        assert client_of(teo).get(url).status_code == 404
        assert client.get(url).status_code == 302
        assert client_of(ana).post(url).status_code == 405


def test_the_pdf_is_saved_under_its_reference(agency_cl, ana, client_of):
    submission = form(agency_cl, reference="INLA-2026-000123")
    answer = client_of(ana).get(reverse("portfolio:pdf", args=[submission.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INLA-2026-000123.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")


def test_the_pdf_of_a_draft_is_saved_under_its_whole_title(agency_cl, ana, client_of):
    submission = form(agency_cl, reference="", title="Apoyo 2024/2025 y/o becas \\ Fase 1")
    answer = client_of(ana).get(reverse("portfolio:pdf", args=[submission.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Apoyo 2024-2025 y-o becas - Fase 1.pdf"'


def test_printing_asks_no_more_for_more_answers(agency_cl, ana, client_of, django_assert_max_num_queries):
    submission = form(agency_cl)
    for number in range(3):
        attach(submission, f"{number}.pdf", may_publish=True)
    client = client_of(ana)
    url = reverse("portfolio:print", args=[submission.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_one_sheet_serves_page_and_pdf(agency_cl):
    paper = sheet(form(agency_cl))
    assert [part.roman for part in paper.sections] == ["I", "II", "III", "IV", "V", "VI", "VII"]
