"""A service that dies comes back; one request ends them all, in order, and leaves nothing."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devstack.supervisor import Service, Supervisor
from tests.devstack.conftest import is_alive, wait_until

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGQUIT, signal.SIG_IGN)"
)


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    names = [service.name for service in supervisor.services]
    if names:
        supervisor.stop(names)


def pump_until(supervisor: Supervisor, condition, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        supervisor.pump(0.05)


def test_a_killed_service_starts_again(supervisor, capsys):
    service = Service("web", SLEEPER)
    supervisor.start(service)
    first = service.process.pid
    os.kill(first, signal.SIGKILL)

    pump_until(supervisor, lambda: service.process.pid != first and service.is_running)

    assert "web ended (signal SIGKILL); it starts again in 0.5 s." in capsys.readouterr().out


def test_the_pause_grows_with_each_death_and_a_steady_life_shortens_it(supervisor, capsys):
    service = Service("web", [sys.executable, "-c", "raise SystemExit(3)"])
    supervisor.start(service)
    pump_until(supervisor, lambda: service.deaths == 3)
    said = capsys.readouterr().out
    assert [said.count(f"(exit status 3); it starts again in {pause} s.") for pause in ("0.5", "1", "2")] == [1, 1, 1]

    service.start_again_at, service.deaths = None, 6
    service.started = time.monotonic() - 3600
    pump_until(supervisor, lambda: service.deaths == 1)


def test_the_last_words_of_a_dying_service_are_shown(supervisor, capsys):
    supervisor.start(Service("worker", [sys.executable, "-c", "print('why'); print('no end of line', end='')"]))
    pump_until(supervisor, lambda: supervisor.services[0].deaths == 1)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("worker")] == ["worker    | why", "worker    | no end of line"]


def test_stopping_follows_the_order_and_leaves_no_process(supervisor, capsys):
    tell = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *a: sys.exit(print('bye', flush=True))); print('up', flush=True); time.sleep(60)"
    grandchild = "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print(child.pid, flush=True); time.sleep(60)"
    for name in ("postgres", "web", "worker"):
        supervisor.start(Service(name, [sys.executable, "-c", tell]))
    parent = Service("beat", [sys.executable, "-c", grandchild], shown=False)
    supervisor.start(parent)
    said = []
    pump_until(
        supervisor, lambda: said.append(capsys.readouterr().out) or (parent.kept and "".join(said).count("up") == 3)
    )
    pids = [service.process.pid for service in supervisor.services] + [int(parent.kept[0])]

    supervisor.stop(("web", "beat", "worker"), ("postgres",))

    order = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.endswith("bye")]
    assert sorted(order[:2]) == ["web", "worker"] and order[2:] == ["postgres"]
    wait_until(lambda: not any(map(is_alive, pids)), what="every process gone")


def test_a_service_that_does_not_listen_is_ended_all_the_same(supervisor, monkeypatch, capsys):
    service = Service(
        "worker", [sys.executable, "-c", DEAF + "; print('up', flush=True); time.sleep(60)"], patience=0.2
    )
    supervisor.start(service)
    pump_until(supervisor, lambda: "up" in capsys.readouterr().out)
    monkeypatch.setattr("devstack.supervisor.LAST_PATIENCE", 0.2)
    supervisor.stop(("worker",))
    assert service.process.returncode == -signal.SIGKILL


def test_services_die_with_a_starter_that_is_killed():
    program = (
        "import sys; from devstack.supervisor import *; s = Supervisor();"
        f"service = Service('web', {SLEEPER!r}); s.start(service); print(service.process.pid, flush=True)\n"
        "while True: s.pump(1)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    child = int(starter.stdout.readline())
    assert is_alive(child)
    starter.kill()
    starter.wait()
    starter.stdout.close()
    wait_until(lambda: not is_alive(child), what="the child's end")


def test_lines_for_the_caller_are_kept_and_not_shown(supervisor, capsys):
    told = Service("prepare", [sys.executable, "-c", "print('account: rosa'); print('done')"], aside="account: ")
    assert supervisor.run_once(told) == 0
    said = capsys.readouterr().out
    assert told.kept == ["rosa"] and "done" in said and "rosa" not in said
