"""What a start does: everything on an empty database, nothing twice, and whatever a newer release brings."""

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Entry
from home import preparing
from home.models import Prepared
from network.models import User

PASSWORD = "violet umbrella under seven bridges"


@pytest.fixture
def files(tmp_path, settings):
    """The project's reference files in a place where a test may change them."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "taxonomy/data").mkdir(parents=True)
    (tmp_path / "taxonomy/data/areas.json").write_text("[]")
    return tmp_path


def test_the_first_start_loads_and_the_second_finds_nothing_new(db, files):
    done = []
    assert preparing.bring(preparing.REFERENCE, lambda: done.append(1))
    assert not preparing.bring(preparing.REFERENCE, lambda: done.append(2))
    assert done == [1]


@pytest.mark.parametrize("name", ["taxonomy/data/areas.json", "taxonomy/data/more.json", "taxonomy/loading.py"])
def test_a_release_with_other_files_is_loaded(db, files, name):
    preparing.bring(preparing.REFERENCE, lambda: None)
    (files / name).write_text("[1]")
    assert preparing.bring(preparing.REFERENCE, lambda: None)


def test_a_loading_that_failed_is_tried_again(db, files):
    def fail():
        raise OSError

    with pytest.raises(OSError):
        preparing.bring(preparing.REFERENCE, fail)
    assert preparing.bring(preparing.REFERENCE, lambda: None)


def test_every_source_names_files_that_exist():
    for name in preparing.SOURCES:
        assert len(list(preparing._files(name))) > 10


def test_tables_are_migrated_when_the_last_time_did_not_come_to_its_end(db):
    done = []
    assert preparing.bring_tables(lambda: done.append(1))  # nothing waits here, but no end was noted
    assert not preparing.bring_tables(lambda: done.append(2))
    assert done == [1]


def test_a_release_with_another_migration_is_migrated(db):
    preparing.bring_tables(lambda: None)
    Prepared.objects.filter(name=preparing.TABLES).update(digest="of an older release")
    assert preparing.bring_tables(lambda: None)


def test_the_demonstration_is_loaded_once_and_its_accounts_open_after_every_start(db, settings, monkeypatch, capsys):
    settings.DEMO = True
    monkeypatch.setenv("INLA_DEMO_PASSWORD", PASSWORD)
    call_command("prepare", demo=True)
    first = capsys.readouterr().out
    assert Entry.objects.exists() and f"account: bruno@demo.example  reviewer  {PASSWORD}" in first

    Entry.objects.all().delete()
    bruno = User.objects.get(email="bruno@demo.example")
    bruno.set_password("something else altogether")
    bruno.save()
    call_command("prepare", demo=True)
    assert "Nothing new: demonstration content." in capsys.readouterr().out
    assert not Entry.objects.exists()
    assert User.objects.get(email="bruno@demo.example").check_password(PASSWORD)


def test_without_a_password_the_demonstration_is_refused(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.delenv("INLA_DEMO_PASSWORD", raising=False)
    with pytest.raises(CommandError):
        call_command("prepare", demo=True)
