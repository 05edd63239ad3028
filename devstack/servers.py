"""The two embedded servers: PostgreSQL and one that speaks the Redis protocol."""

import os
import signal
import socket
import time
from pathlib import Path

from devstack.errors import Failure, Refusal
from devstack.place import Place
from devstack.process import is_alive, run_quietly, wait_gone

USER = DATABASE = "inla"
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
QUIET = ("log_min_messages=fatal", "logging_collector=off", "jit=off")


class Postgres:
    """An embedded PostgreSQL that listens on a unix socket only."""

    name = "postgres"
    stop_signal = signal.SIGINT  # "fast shutdown": ends sessions, writes everything down
    patience = 30.0
    ignored = ""

    def __init__(self, place: Place, *, durable: bool = True):
        self.place = place
        self.durable = durable
        self.cluster = place.data / "postgres"
        self.sockets = place.sockets

    @property
    def url(self) -> str:
        return f"postgres://{USER}@/{self.sockets}/{DATABASE}"

    def program(self, name: str) -> Path:
        return self.place.postgres_bin / name

    def argv(self) -> list[str]:
        options = ["listen_addresses=", "unix_socket_permissions=0700", *QUIET]
        options += [] if self.durable else NOT_DURABLE
        command = [str(self.program("postgres")), "-D", str(self.cluster), "-k", str(self.sockets)]
        return command + [part for option in options for part in ("-c", option)]

    def prepare(self) -> None:
        """Create the cluster if there is none; end a server that a killed starter left behind."""
        self.place.make_folder(self.cluster)
        if not (self.cluster / "PG_VERSION").exists():
            self._create_cluster()
        self._check_version()
        self._end_leftover()

    def _create_cluster(self) -> None:
        command = [self.program("initdb"), "-D", self.cluster, "-U", USER, "-A", "trust"]
        # No ICU in these binaries: the builtin provider gives the same order on every machine.
        command += ["-E", "UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        done = run_quietly(command, account=self.place.account)
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise Refusal(f"The database could not be created in {self.cluster}: {''.join(reason)}")

    def _check_version(self) -> None:
        made_by = (self.cluster / "PG_VERSION").read_text().strip()
        banner = run_quietly([self.program("postgres"), "--version"]).stdout
        ours = banner.split()[-1].split(".")[0] if banner else made_by
        if made_by != ours:
            raise Refusal(
                f"The database in {self.cluster} was made by PostgreSQL {made_by} and this is "
                f"{ours}: docs/operations.md tells how to carry it over by backup and restore."
            )

    def _end_leftover(self) -> None:
        note = self.cluster / "postmaster.pid"
        if not note.exists():
            return
        pid = int((note.read_text().split() or ["0"])[0])
        # The number may have gone to another program since: look at its command line.
        if pid > 1 and is_alive(pid) and str(self.cluster) in _command_line(pid):
            os.kill(pid, self.stop_signal)
            if not wait_gone(pid, self.patience):
                raise Refusal(f"PostgreSQL, process {pid}, still uses {self.cluster}: end it first.")

    def is_ready(self) -> bool:
        command = [
            self.program("pg_isready"),
            "-q",
            "-h",
            self.sockets,
            "-U",
            USER,
            "-d",
            "postgres",
        ]
        return run_quietly(command).returncode == 0

    def after_start(self) -> None:
        """Create our database on a cluster that is new."""
        done = run_quietly([self.program("createdb"), "-h", self.sockets, "-U", USER, DATABASE])
        if done.returncode and "already exists" not in done.stderr:
            raise Failure(f"The database could not be created: {done.stderr.strip()}")

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}


class Valkey:
    """An embedded server of the Redis protocol: cache in database 0, queue in database 1."""

    name = "valkey"
    stop_signal = signal.SIGTERM
    patience = 10.0
    ignored = "Memory overcommit must be enabled"  # it writes nothing in the background

    def __init__(self, place: Place):
        self.place = place
        self.folder = place.data / "valkey"
        self.socket = place.sockets / "valkey.sock"

    def argv(self) -> list[str]:
        command = [str(self.place.valkey_server), "--port", "0", "--unixsocket", str(self.socket)]
        command += ["--unixsocketperm", "700", "--dir", str(self.folder), "--loglevel", "warning"]
        # Nothing here must survive: what is owed stands in the database and is swept up again.
        return [*command, "--save", "", "--appendonly", "no"]

    def prepare(self) -> None:
        self.place.make_folder(self.folder)
        self.socket.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(7).startswith(b"+PONG")
            except OSError:
                return False

    def after_start(self) -> None:
        return

    def environment(self) -> dict[str, str]:
        return {
            "REDIS_URL": f"unix://{self.socket}?db=0",
            "CELERY_BROKER_URL": f"redis+socket://{self.socket}?virtual_host=1",
        }


Server = Postgres | Valkey


def wait_ready(server: Server, still_running, seconds: float = 60.0) -> None:
    """Wait until a server answers; `still_running` says whether it is worth waiting."""
    until = time.monotonic() + seconds
    while not server.is_ready():
        if not still_running():
            raise Failure(f"{server.name} stopped while it was starting.")
        if time.monotonic() > until:
            raise Failure(f"{server.name} did not answer within {seconds:.0f} seconds.")
        time.sleep(0.05)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return str(pid)
