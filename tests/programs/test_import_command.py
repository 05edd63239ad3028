"""`manage.py import_table`: what it prints, what it leaves, and the legacy files where they are on this machine."""

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programs.models import ImportBatch, Project
from tests import factories
from tests.programs.import_files import FIRST, table

pytestmark = pytest.mark.django_db
LEGACY = Path(os.environ.get("LEGACY_DIR", Path(__file__).resolve().parents[3] / "shared" / "data" / "legacy"))


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("import_table", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_prints_json_and_a_dry_run_changes_nothing(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(table())
    told = json.loads(run(file, "--dry-run", "--json"))
    assert [(one["row"], one["action"], one["existing"]) for one in told] == [(1, "import", "none")]
    assert told[0]["normalised"]["theme"] == "Employment services"
    assert not ImportBatch.objects.exists() and not Project.objects.exists()
    run(file)
    assert Project.objects.get().is_public


def test_the_command_leaves_conflicts_and_says_so(tmp_path, teo):
    project = factories.project(teo, title=FIRST[0], start_year=2019)
    file = tmp_path / "a.csv"
    file.write_bytes(table())
    assert "conflict" in run(file)
    project.refresh_from_db()
    assert project.published.number == 1


@pytest.mark.parametrize(("content", "code"), [(b"uno,dos\n1,2\n", 1), (None, 2)])
def test_the_command_says_in_one_sentence_what_is_wrong(tmp_path, content, code):
    file = tmp_path / "a.csv"
    if content:
        file.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        run(file)
    assert refusal.value.returncode == code and "\n" not in str(refusal.value)


@pytest.mark.skipif(not (LEGACY / "expected.json").exists(), reason="the legacy files are not here")
@pytest.mark.parametrize("name", ["centroamerica_export.csv", "mexico_tabla_oit.xlsx"])
def test_the_legacy_files_come_out_as_expected(name, teo):
    expected = json.loads((LEGACY / "expected.json").read_text())["files"][name]["rows"]
    found = json.loads(run(LEGACY / name, "--dry-run", "--json"))
    keys = ("row", "sheet", "block", "action", "reasons", "warnings", "normalised")
    empty = {"reasons": [], "warnings": [], "normalised": {}}
    assert [{k: one.get(k, empty.get(k)) for k in keys} for one in found] == [
        {k: one.get(k, empty.get(k)) for k in keys} for one in expected
    ]
