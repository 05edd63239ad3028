"""What the environment asks of the starter, read once and checked."""

import errno
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from devstack.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent
NEEDED_MEGABYTES = 200
PORTS_TRIED = 20


@dataclass(frozen=True)
class Settings:
    """The folder, the address and the services that the environment names."""

    data_dir: Path
    host: str
    port: int
    push_host: str
    push_port: int
    environ: Mapping[str, str]

    @property
    def database_url(self) -> str:
        return self.environ.get("DATABASE_URL", "")

    @property
    def redis_url(self) -> str:
        return self.environ.get("REDIS_URL", "")

    @property
    def all_embedded(self) -> bool:
        return not self.database_url and not self.redis_url

    @property
    def demo(self) -> bool:
        """Embedded services, or INLA_DEMO=1, and nothing else; INLA_DEMO=0 says no."""
        said = self.environ.get("INLA_DEMO", "").strip().lower()
        if said:
            return said in {"1", "true", "yes", "on"}
        return self.all_embedded

    @property
    def probe_host(self) -> str:
        return _from_here(self.host)

    @property
    def push_probe_host(self) -> str:
        return _from_here(self.push_host)

    @property
    def public_address(self) -> str:
        # WebAuthn needs the name: an IP address is not a valid relying party.
        local = {"127.0.0.1", "0.0.0.0", "::", "::1", "localhost"}
        host = "localhost" if self.host in local else self.host
        return f"http://{host}:{self.port}/"


def _from_here(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def read(environ: Mapping[str, str], *, subfolder: str = "") -> Settings:
    """Read the settings; a value that cannot be used is refused by its name."""
    data_dir = Path(environ.get("INLA_DATA_DIR") or "var")
    data_dir = (data_dir if data_dir.is_absolute() else ROOT / data_dir) / subfolder
    host, port = parse_bind(environ.get("INLA_BIND") or "127.0.0.1:8000")
    given = environ.get("INLA_PUSH_BIND") or ""
    push_host, push_port = parse_bind(given, "INLA_PUSH_BIND") if given else (host, _port_beside(port))
    if (push_host, push_port) == (host, port):
        raise Refusal(f"INLA_PUSH_BIND and INLA_BIND are both {host}:{port}: live rooms need a port of their own.")
    return Settings(Path(os.path.abspath(data_dir)), host, port, push_host, push_port, environ)


def _port_beside(port: int) -> int:
    """The next port, which live rooms take unless told."""
    return port + 1 if port < 65535 else port - 1


def parse_bind(text: str, name: str = "INLA_BIND") -> tuple[str, int]:
    """Split host:port, the port being a number that can be listened on."""
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Refusal(f"{name} must be an address and a port, such as 127.0.0.1:8000: not {text!r}.")
    return host, int(port)


def check_ports(settings: Settings) -> Settings:
    """Refuse early when the address of the pages, or the one named for live rooms, cannot be listened on.

    Where none was named for live rooms and the port beside is taken, the next one that is free is theirs.
    """
    _check_port(settings.host, settings.port, "", "INLA_BIND=127.0.0.1:8010")
    for port in range(settings.push_port, min(settings.push_port + PORTS_TRIED, 65536)):
        settled = replace(settings, push_port=port)
        try:
            _check_port(settled.push_host, port, ", which live rooms use,", "INLA_PUSH_BIND=127.0.0.1:8011")
        except Refusal as refusal:
            if settings.environ.get("INLA_PUSH_BIND") or port == settings.push_port + PORTS_TRIED - 1:
                raise refusal
        else:
            return settled
    raise Refusal("No port is left for live rooms. Name one: INLA_PUSH_BIND=127.0.0.1:8011 make run.")


def _check_port(host: str, port: int, use: str, instead: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(_why_no_port(f"Port {port} on {host}{use}", instead, error)) from error


def _why_no_port(where: str, instead: str, error: OSError) -> str:
    other = f"another address, for instance {instead} make run"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is already used by another program. Stop that program or choose {other}."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{where} may be opened by the system administrator only. Choose {other}."
    return f"{where} cannot be listened on ({error}). Choose {other}."


def prepare_data_dir(settings: Settings) -> None:
    """Create the data folder and try a write; say in a sentence what is in the way."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        trial = folder / f".write-{os.getpid()}"
        trial.write_bytes(b"x")
        trial.unlink()
        room = os.statvfs(folder)
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be written ({error.strerror}). Make it writable or "
            "name another: INLA_DATA_DIR=/path/to/folder."
        ) from error
    if room.f_bavail * room.f_frsize < NEEDED_MEGABYTES * 2**20:
        raise Refusal(
            f"The disk that holds {folder} is nearly full: at least {NEEDED_MEGABYTES} MB must be "
            "free. Make room or name another folder: INLA_DATA_DIR=/path/to/folder."
        )


def check_reachable(name: str, url: str) -> str:
    """Answer why the server that a URL names cannot be reached, or nothing."""
    parts = urlsplit(url)
    if not parts.hostname:
        return ""  # a socket path: the client itself says what is wrong
    try:
        port = parts.port or {"redis": 6379, "rediss": 6379}.get(parts.scheme, 5432)
        with socket.create_connection((parts.hostname, port), timeout=5):
            return ""
    except (OSError, ValueError) as error:
        return f"The server that {name} names, {parts.hostname}, does not answer ({error})."


def broker_url(redis_url: str) -> str:
    """The queue's address: the same server as the cache, database 1."""
    parts = urlsplit(redis_url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=1"
    return urlunsplit(parts._replace(path="/1"))


def kept_secret(path: Path, make) -> str:
    """A secret made once and kept in the data folder, readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        value = make()
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(value + "\n")
        return value


def new_secret_key() -> str:
    return secrets.token_urlsafe(50)


def new_demo_password() -> str:
    """Four pronounceable words, easy to type from a terminal into a browser."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"

    def word() -> str:
        return "".join(secrets.choice(consonants) + secrets.choice(vowels) for _ in range(2))

    return "-".join(word() for _ in range(4))
