"""Translations: compiled without a system tool; gaps and drift are named."""

import gettext
import shutil
import subprocess

import pytest

from devstack import messages

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Programme"
msgstr "Programa"

#, python-format
msgid "%(count)s programme"
msgid_plural "%(count)s programmes"
msgstr[0] "%(count)s programa"
msgstr[1] "%(count)s programas"
"""


@pytest.fixture
def project(tmp_path):
    """A small project with three complete catalogues."""
    for language in messages.LANGUAGES:
        folder = tmp_path / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(PO)
    (tmp_path / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        "_('Programme')\nngettext('%(count)s programme', '%(count)s programmes', 2)\n"
    )
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


def catalogue(project, language="es"):
    return project / "locale" / language / "LC_MESSAGES" / "django.po"


def test_compiled_messages_are_what_gettext_reads(project):
    assert messages.compile_all(project) == 0
    with catalogue(project).with_suffix(".mo").open("rb") as compiled:
        spanish = gettext.GNUTranslations(compiled)
    assert spanish.gettext("Programme") == "Programa"
    assert spanish.ngettext("%(count)s programme", "%(count)s programmes", 5) == "%(count)s programas"


def test_a_project_without_translations_compiles(tmp_path):
    assert messages.compile_all(tmp_path) == 0


def test_a_damaged_catalogue_is_named(project, capsys):
    catalogue(project).write_text("<<<<<<< ours\n" + PO)
    assert messages.compile_all(project) == 1
    assert "django.po cannot be read" in capsys.readouterr().err


def test_complete_catalogues_have_no_fault(project):
    assert messages.incomplete(project) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Programa"', 'msgstr ""', "not translated: 'Programme'"),
        ('msgid "Programme"', '#, fuzzy\nmsgid "Programme"', "fuzzy: 'Programme'"),
        ("%(count)s programas", "%(total)s programas", "other variables than: '%(count)s programme'"),
    ],
)
def test_a_gap_is_named_with_its_language(project, old, new, fault):
    path = catalogue(project, "fr")
    path.write_text(path.read_text().replace(old, new))
    found = messages.incomplete(project)
    assert fault in found[0]
    assert all(line.startswith("locale/fr/") for line in found)


def test_a_language_without_a_catalogue_is_named(project):
    catalogue(project, "fr").unlink()
    assert messages.incomplete(project) == ["locale/fr: there is no catalogue"]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="Debian's gettext is not installed")
def test_drift_is_named_in_both_directions(project):
    assert messages.drift(project) == []
    source = project / "views.py"
    source.write_text(source.read_text().replace("'Programme'", "'Programmes in use'"))
    found = messages.drift(project)
    assert len(found) == 6
    assert "locale/es/LC_MESSAGES/django.po: missing: 'Programmes in use'" in found
    assert "locale/es/LC_MESSAGES/django.po: no longer used: 'Programme'" in found


def test_a_message_that_the_extraction_would_overlook_is_named(project):
    (project / "tags.py").write_text(
        "f'<b>{escape(gettext(\"Empty a line.\"))}</b>'\npgettext('reply', 'Programme')\n_(f'{x}')\n"
    )
    subprocess.run(["git", "-C", project, "add", "."], check=True)
    assert messages.unheard(project) == [
        "tags.py: not extracted: 'Empty a line.'",
        "tags.py: not extracted: 'Programme'",
    ]
