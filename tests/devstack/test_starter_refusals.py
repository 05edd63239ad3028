"""What is in the way is said in a sentence, with exit status 2 and without a trace."""

import os
import random
import shutil
import socket
import subprocess
from contextlib import suppress

import pytest

from devstack import settings as starter_settings
from devstack.errors import Refusal
from tests.devstack.conftest import ROOT


def assert_sentence(done: subprocess.CompletedProcess, *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


def test_a_port_that_is_taken(make_starter):
    starter = make_starter("port")
    with socket.create_server(("127.0.0.1", starter.port)):
        done = starter.run("up")
    assert_sentence(done, f"Port {starter.port} on 127.0.0.1 is already used", "INLA_BIND=")


def test_a_port_for_live_rooms_that_is_taken(make_starter):
    starter = make_starter("push-port")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        done = starter.run("up", INLA_PUSH_BIND=f"127.0.0.1:{number}")
    assert_sentence(done, f"Port {number} on 127.0.0.1, which live rooms use, is already used", "INLA_PUSH_BIND=")


def second_of_two_free_ports() -> int:
    """Of those that no program is given by chance."""
    for number in random.sample(range(20_001, 32_000), 100):
        both = [("127.0.0.1", number - 1), ("127.0.0.1", number)]
        with suppress(OSError), socket.create_server(both[0]), socket.create_server(both[1]):
            return number
    raise AssertionError("No two free ports beside each other were found.")


def test_live_rooms_take_the_next_free_port_unless_one_is_named(tmp_path):
    number = second_of_two_free_ports()
    with socket.create_server(("127.0.0.1", number)):
        settings = starter_settings.read({"INLA_BIND": f"127.0.0.1:{number - 1}", "INLA_DATA_DIR": str(tmp_path)})
        assert settings.push_port == number
        assert number < starter_settings.check_ports(settings).push_port < number + 20


def test_live_rooms_and_pages_cannot_share_a_port():
    with pytest.raises(Refusal, match="a port of their own"):
        starter_settings.read({"INLA_BIND": "127.0.0.1:8000", "INLA_PUSH_BIND": "127.0.0.1:8000"})


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:http"])
def test_an_address_that_is_none(address):
    with pytest.raises(Refusal, match="INLA_BIND must be an address and a port"):
        starter_settings.read({"INLA_BIND": address})


def test_a_data_folder_that_cannot_be_written(make_starter, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    # Root may write anywhere but where the kernel itself says no.
    folder = "/sys/inla" if os.geteuid() == 0 else str(locked / "var")
    done = make_starter("read-only").run("up", INLA_DATA_DIR=folder)
    assert_sentence(done, f"The data folder {folder} cannot be written", "INLA_DATA_DIR=")


def test_a_data_folder_that_is_a_file(make_starter, tmp_path):
    (tmp_path / "file").write_text("")
    done = make_starter("file").run("exec", "--bare", "--", "true", INLA_DATA_DIR=str(tmp_path / "file"))
    assert_sentence(done, "cannot be written", "INLA_DATA_DIR=")


def test_a_disk_without_room(monkeypatch, tmp_path):
    monkeypatch.setattr(starter_settings, "NEEDED_MEGABYTES", 10**9)
    with pytest.raises(Refusal, match="is nearly full"):
        starter_settings.prepare_data_dir(starter_settings.read({"INLA_DATA_DIR": str(tmp_path)}))


def test_a_database_server_that_does_not_answer(make_starter):
    done = make_starter("away").run(
        "up", DATABASE_URL="postgres://inla@127.0.0.1:1/inla", REDIS_URL="redis://127.0.0.1:1/0"
    )
    assert_sentence(done, "The server that DATABASE_URL names, 127.0.0.1, does not answer")


def test_a_command_that_does_not_exist(make_starter):
    url = {"DATABASE_URL": "postgres://inla@127.0.0.1:1/inla", "REDIS_URL": "redis://127.0.0.1:1/0"}
    done = make_starter("command").run("exec", "--bare", "--", "no-such-command", **url)
    assert_sentence(done, "There is no command 'no-such-command' here.")


@pytest.fixture
def empty_project(tmp_path):
    """The shell script as it stands in a clone where nothing is installed."""
    for name in ("portal", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run_portal(folder, **changes: str) -> subprocess.CompletedProcess:
    env = {"PATH": "/usr/bin:/bin"} | changes
    return subprocess.run(["./portal", "run"], cwd=folder, env=env, capture_output=True, text=True)


def fake_python(folder, answers: str):
    script = folder / "fake-python"
    script.write_text(f"#!/bin/sh\n{answers}\n")
    script.chmod(0o755)
    return script


def test_a_python_that_is_too_old(empty_project):
    old = fake_python(empty_project, "exit 1")
    assert_sentence(run_portal(empty_project, PY=str(old)), "no Python between 3.11 and 3.14")


def test_a_python_without_virtual_environments(empty_project):
    bare = fake_python(empty_project, 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    assert_sentence(run_portal(empty_project, PY=str(bare)), "apt-get install python3-venv")
    assert not (empty_project / ".venv").exists()
