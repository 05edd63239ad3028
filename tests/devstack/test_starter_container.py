"""The container files: valid, and running the same commands as the starter does natively."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from devstack import commands
from devstack.environment import child_environment
from devstack.settings import read
from tests.devstack.conftest import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_compose_file_follows_the_schema():
    tool = Path(sys.executable).parent / "check-jsonschema"
    command = [tool, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["web", "push", "worker", "beat"])
def test_each_service_runs_the_command_that_the_starter_runs(name):
    data_dir = COMPOSE["services"][name]["environment"]["INLA_DATA_DIR"]
    assert tuple(COMPOSE["services"][name]["command"]) == commands.long_running(data_dir)[name]


def test_the_two_preparations_are_migrating_and_loading():
    services = COMPOSE["services"]
    assert tuple(services["migrate"]["command"]) == commands.MIGRATE
    assert tuple(services["reference"]["command"]) == commands.LOAD_REFERENCE


@pytest.mark.parametrize(
    "given, kept",
    [
        ({"PYTHONDONTWRITEBYTECODE": "1"}, True),
        ({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/elsewhere"}, False),
        ({}, False),
    ],
)
def test_compiled_code_is_kept_in_the_data_folder_where_none_may_stand_beside_the_sources(tmp_path, given, kept):
    settings = read(given | {"INLA_DATA_DIR": str(tmp_path), "SECRET_KEY": "k"})
    env = child_environment(settings, {})
    assert (env.get("PYTHONPYCACHEPREFIX") == str(tmp_path / "bytecode")) is kept
    assert ("PYTHONDONTWRITEBYTECODE" in env) is (bool(given) and not kept)


def test_every_service_of_the_installation_is_there_and_never_in_demonstration_mode():
    services = COMPOSE["services"]
    assert {"web", "push", "worker", "beat", "postgres", "redis", "nginx", "mail"} <= set(services)
    for service in services.values():
        assert "INLA_DEMO" not in service.get("environment", {})
        assert (
            service.get("environment", {})
            .get("DJANGO_SETTINGS_MODULE", "inla.settings.production")
            .endswith(".production")
        )


def test_the_image_does_not_run_as_root_and_serves_by_default():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER inla" in lines
    assert f"CMD {list(commands.WEB)}".replace("'", '"') in lines


def test_the_starters_programs_are_taken_from_its_own_environment():
    assert commands.native(commands.WEB)[0] == str(Path(sys.executable).parent / "gunicorn")
