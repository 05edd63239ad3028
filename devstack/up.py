"""`python -m devstack up`: the whole portal in one terminal."""

import time

from devstack import commands, console
from devstack.claim import Claim, sole_owner
from devstack.environment import child_environment
from devstack.errors import Failure, Refusal
from devstack.health import answers
from devstack.servers import Server, wait_ready
from devstack.settings import (
    ROOT,
    Settings,
    check_ports,
    check_reachable,
    kept_secret,
    new_demo_password,
)
from devstack.stack import needed_servers
from devstack.supervisor import Service, Supervisor

STOP_ORDER = (("web", "push", "beat", "worker"), ("valkey",), ("postgres",))
TRIES_BEFORE_FIRST_ANSWER = 4


class Stopped(Exception):
    """Somebody asked for the end while the portal was still starting."""


def up(settings: Settings) -> int:
    """Start everything, keep it running, and stop everything on the first Ctrl-C."""
    settings = check_ports(settings)
    _check_given_servers(settings)
    with sole_owner(settings.data_dir, "the portal cannot be started on it a second time") as claim:
        supervisor = Supervisor()
        supervisor.listen_for_the_end()
        try:
            env = _start_servers(supervisor, settings, claim)
            accounts = _prepare(supervisor, settings, env)
            _start_portal(supervisor, settings, env)
            _announce(settings, env, accounts)
            while not supervisor.stop_requested:
                supervisor.pump()
        except Stopped:
            console.say("Stopped before the portal was up.")
        finally:
            _stop(supervisor, claim)
    return 0


def _check_given_servers(settings: Settings) -> None:
    for name, url in (("DATABASE_URL", settings.database_url), ("REDIS_URL", settings.redis_url)):
        trouble = check_reachable(name, url) if url else ""
        if trouble and name == "DATABASE_URL":
            raise Refusal(trouble)
        if trouble:
            console.say(f"{trouble} Pages work without it; mails wait.")


def _start_servers(supervisor: Supervisor, settings: Settings, claim: Claim) -> dict[str, str]:
    embedded: dict[str, str] = {}
    for server in needed_servers(settings):
        service = _as_service(server)
        supervisor.start(service)
        wait_ready(server, lambda service=service: _alive(supervisor, service))
        server.after_start()
        embedded |= server.environment()
    claim.publish("up", embedded)
    env = child_environment(settings, embedded)
    env.setdefault("INLA_PUSH_PORT", str(settings.push_port))  # no proxy in front: browsers go there themselves
    if settings.demo:
        env["INLA_DEMO"] = "1"
        password = settings.data_dir / "demo-password"
        if not env.get("INLA_DEMO_PASSWORD"):
            env["INLA_DEMO_PASSWORD"] = kept_secret(password, new_demo_password)
    return env


def _alive(supervisor: Supervisor, service: Service) -> bool:
    supervisor.pump(0)
    if supervisor.stop_requested:
        raise Stopped
    return service.is_running


def _as_service(server: Server) -> Service:
    return Service(
        server.name,
        server.argv(),
        account=server.place.account,
        cwd="/",
        stop_signal=server.stop_signal,
        patience=server.patience,
        ignored=server.ignored,
        before_start=server.prepare,
    )


def _prepare(supervisor: Supervisor, settings: Settings, env: dict[str, str]) -> list[str]:
    """Bring the database up to date; answer the demonstration accounts' lines."""
    console.say("Preparing the database and its content ...")
    command = commands.PREPARE_DEMO if settings.demo else commands.PREPARE
    service = Service("prepare", commands.native(command), env=env, cwd=ROOT, aside=commands.ACCOUNT)
    status = supervisor.run_once(service)
    if supervisor.stop_requested:
        raise Stopped
    if status:
        raise Failure(f"`{' '.join(command)}` failed with exit status {status}.")
    return service.kept


def _start_portal(supervisor: Supervisor, settings: Settings, env: dict[str, str]) -> None:
    """The web service until it answers, then the others: on a small machine they would only be in each other's way."""
    patience = {"web": 15.0, "push": 10.0, "worker": 15.0, "beat": 5.0}
    # The static files' server looks for this folder, which stays empty outside of an installation.
    (settings.data_dir / "static").mkdir(exist_ok=True)
    # Root is no mistake here: Celery's page of advice about it would hide the lines that matter.
    env = env | {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    for name, command in commands.long_running(settings.data_dir).items():
        argv = commands.native(command)
        supervisor.start(Service(name, argv, env=env, cwd=ROOT, patience=patience[name]))
        if name == "web":
            _await_first_answer(supervisor, settings)


def _await_first_answer(supervisor: Supervisor, settings: Settings) -> None:
    web = next(service for service in supervisor.services if service.name == "web")
    pause = 0.0
    while not answers(settings):
        until = time.monotonic() + pause
        while True:
            supervisor.pump(0.1)
            if supervisor.stop_requested:
                raise Stopped
            if web.deaths >= TRIES_BEFORE_FIRST_ANSWER:
                raise Failure("The web service does not start: its lines above tell why.")
            if time.monotonic() >= until:
                break
        pause = 0.3


def _announce(settings: Settings, env: dict[str, str], accounts: list[str]) -> None:
    console.say()
    console.say(f"The portal is ready: {settings.public_address}")
    console.say(f"New messages of its live rooms come from port {settings.push_port}.")
    if settings.demo:
        console.say("It shows demonstration content. Demonstration accounts:")
        for line in accounts:
            console.say(f"  {line}")
        if not any(env["INLA_DEMO_PASSWORD"] in line for line in accounts):
            console.say(f"  Their password: {env['INLA_DEMO_PASSWORD']}")
    else:
        console.say(
            "Its first account: .venv/bin/python -m devstack exec -- .venv/bin/python manage.py create_administrator EMAIL --name NAME"
        )
    console.say("Press Ctrl-C once to stop everything.")
    console.say()


def _stop(supervisor: Supervisor, claim: Claim) -> None:
    console.say("Stopping ...")
    claim.note.unlink(missing_ok=True)
    began = time.monotonic()
    supervisor.stop(*STOP_ORDER)
    console.say(f"Everything has stopped ({time.monotonic() - began:.1f} s).")
