"""`manage.py import_table`: what it prints, what it leaves, and the two legacy files."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network import demo_loading
from programs.demo import loading
from programs.models import ImportBatch, Project
from tests import factories
from tests.programs.import_files import FIRST, table

pytestmark = pytest.mark.django_db
LEGACY = Path(__file__).parent / "legacy"


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


def expected(name: str) -> list[dict]:
    return json.loads((LEGACY / "expected.json").read_text())["files"][name]["rows"]


def as_expected(rows: list[dict]) -> list[dict]:
    """The keys that the expected outcome has; what it leaves out is empty."""
    keys = ("row", "sheet", "block", "action", "reasons", "warnings", "normalised")
    empty = {"reasons": [], "warnings": [], "normalised": {}}
    return [{key: one.get(key, empty.get(key)) for key in keys} for one in rows]


@pytest.mark.parametrize("name", ["centroamerica_export.csv", "mexico_tabla_oit.xlsx"])
def test_the_legacy_files_come_out_as_expected(name, teo):
    found = json.loads(run(LEGACY / name, "--json"))
    assert as_expected(found) == as_expected(expected(name))
    imported = [one for one in found if one["action"].startswith("import")]
    assert {one["existing"] for one in imported} == {"none"} and Project.objects.count() == len(imported)
    again = json.loads(run(LEGACY / name, "--json"))
    assert as_expected(again) == as_expected(found)
    assert {one["existing"] for one in again if one["action"].startswith("import")} == {"unchanged"}


def test_the_legacy_files_come_out_as_expected_on_the_table_of_the_demonstration():
    demo_loading.load("violet umbrella under seven bridges")
    loading.load()
    before = Project.objects.count()
    for name in ("centroamerica_export.csv", "mexico_tabla_oit.xlsx"):
        found = json.loads(run(LEGACY / name, "--json"))
        assert as_expected(found) == as_expected(expected(name))
        standing = {one["existing"] for one in found if one["action"].startswith("import")}
        assert standing <= {
            "none",
            "conflict",
        }  # records that are there were never imported: nothing of them is replaced
        before += sum(one["action"].startswith("import") and one["existing"] == "none" for one in found)
    assert Project.objects.count() == before
