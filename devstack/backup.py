"""`backup FILE` and `restore FILE`: the database and the stored files in one archive.

The archive is a plain tar: manifest.json, database.dump (pg_dump's custom format) and files/.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from devstack import commands
from devstack.console import say
from devstack.environment import child_environment
from devstack.errors import Failure, Refusal
from devstack.place import client_programs
from devstack.prepare import prepare_quietly, run_quietly
from devstack.settings import Settings
from devstack.stack import services

FORMAT = 1
COUNT_TABLES = "select count(*) from pg_tables where schemaname = 'public'"


def libpq_environment(url: str) -> dict[str, str]:
    """A DATABASE_URL as the variables that PostgreSQL's own programs read."""
    parts = urlsplit(url)
    folder, _, name = parts.path[1:].rpartition("/")
    values = {
        "PGHOST": parts.hostname or folder or "localhost",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(name),
        "PGSSLMODE": parse_qs(parts.query).get("sslmode", [""])[0],
    }
    return {name: value for name, value in values.items() if value}


def backup(settings: Settings, target: Path) -> int:
    """Write database and files to an archive that appears only when it is whole."""
    target = target.absolute()
    if target.exists():
        raise Refusal(f"{target} exists already: name a new file.")
    if not os.access(target.parent, os.W_OK):
        raise Refusal(f"The folder {target.parent} cannot be written: name a file elsewhere.")
    with services(settings) as embedded, tempfile.TemporaryDirectory(dir=target.parent) as work:
        env = child_environment(settings, embedded)
        dump = Path(work) / "database.dump"
        _client(env, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        draft = Path(work) / "archive"
        stored = files_folder(settings)
        count = _pack(draft, dump, stored)
        draft.chmod(0o600)
        draft.replace(target)
    size = target.stat().st_size / 2**20
    say(f"{target}: the database and {count} files, {size:.1f} MB.")
    return 0


def restore(settings: Settings, source: Path, *, replace: bool = False) -> int:
    """Put an archive into an empty database, bring it up to this version, and forget again whoever asked for it since."""
    if not source.is_file():
        raise Refusal(f"There is no file {source}.")
    with services(settings, alone=True) as embedded, tempfile.TemporaryDirectory() as work:
        env = child_environment(settings, embedded)
        _check_target(env, replace)
        with _open(source) as archive:
            dump = _unpack_dump(archive, Path(work))
            _fill_database(env, dump, replace)
            count = _unpack_files(archive, files_folder(settings))
        prepare_quietly(env)
        forgotten = run_quietly(commands.REPLAY_ERASURES, env)
    say(f"Restored: the database and {count} files from {source}.")
    say(forgotten)
    return 0


def files_folder(settings: Settings) -> Path:
    """Where the portal stores files, if it stores them on this machine's disk."""
    return Path(settings.environ.get("MEDIA_ROOT") or settings.data_dir / "files")


def _client(env: Mapping[str, str], program: str, *arguments: str, feed: str | None = None) -> str:
    """Run one of PostgreSQL's client programs on the database that DATABASE_URL names."""
    folder = env.get("INLA_PG_BIN")
    path = Path(folder) / program if folder else client_programs() / program
    done = subprocess.run(
        [str(path), *arguments],
        env={**env, **libpq_environment(env["DATABASE_URL"])},
        input=feed,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Failure(f"{program} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def _pack(target: Path, dump: Path, stored: Path) -> int:
    manifest = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database_sha256": _digest(dump),
    }
    note = dump.with_name("manifest.json")
    note.write_text(json.dumps(manifest, indent=2) + "\n")
    files = sorted(path for path in stored.rglob("*") if path.is_file()) if stored.is_dir() else []
    with tarfile.open(target, "w") as archive:
        archive.add(note, "manifest.json")
        archive.add(dump, "database.dump")
        for path in files:
            archive.add(path, f"files/{path.relative_to(stored).as_posix()}")
    return len(files)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _check_target(env: Mapping[str, str], replace: bool) -> None:
    tables = int(_client(env, "psql", "-At", "-c", COUNT_TABLES))
    if tables and not replace:
        raise Refusal(f"The database is not empty: it has {tables} tables. To overwrite it for good, add --replace.")


def _open(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source)
    except tarfile.TarError as error:
        raise Refusal(f"{source} is not a backup of the portal.") from error


def _unpack_dump(archive: tarfile.TarFile, work: Path) -> Path:
    try:
        manifest = json.load(archive.extractfile("manifest.json"))
        content = archive.extractfile("database.dump")
    except (KeyError, ValueError, tarfile.TarError) as error:
        raise Refusal(f"{archive.name} is not a backup of the portal.") from error
    if manifest.get("format") != FORMAT:
        raise Refusal(f"{archive.name} was written by another version of the portal.")
    dump = work / "database.dump"
    _copy(content, dump)
    if _digest(dump) != manifest["database_sha256"]:
        raise Refusal(f"{archive.name} is damaged: its database is not the one that was written.")
    return dump


def _fill_database(env: Mapping[str, str], dump: Path, replace: bool) -> None:
    if replace:
        _client(env, "psql", "-q", "-c", "drop schema public cascade; create schema public")
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _client(env, "pg_restore", *options, f"--dbname={libpq_environment(env['DATABASE_URL'])['PGDATABASE']}", str(dump))
    _client(env, "psql", "-q", "-c", "analyze")


def _unpack_files(archive: tarfile.TarFile, stored: Path) -> int:
    """Write the stored files; a name that leads out of their folder is refused."""
    count = 0
    for member in archive:
        name = PurePosixPath(member.name)
        if not member.isfile() or name.parts[0] != "files":
            continue
        if ".." in name.parts or name.is_absolute() or len(name.parts) < 2:
            raise Refusal(f"{archive.name} holds a file with an impossible name: {member.name}.")
        target = stored.joinpath(*name.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(archive.extractfile(member), target)
        count += 1
    return count


def _copy(content, target: Path) -> None:
    with target.open("wb") as out:
        while block := content.read(2**20):
            out.write(block)
