"""`make run` in a fresh clone: the main pages answer, one interrupt stops it, nothing is left."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "/",
    "/en/",
    "/es/",
    "/pt/",
    "/fr/",
    "/es/portfolio/",
    "/es/programs/",
    "/es/experts/",
    "/es/experts/answers/",
    "/es/library/",
    "/es/search/",
    "/en/about/",
    "/en/accounts/login/",
    "/admin/login/",
    "/healthz",
    "/readyz",
)
READY_WITHIN, STOPPED_WITHIN = 420, 60
OURS = ("INLA_", "DATABASE_URL", "REDIS_URL", "CELERY_", "DJANGO_", "SECRET_KEY", "MAKE", "MFLAGS")


class Fault(Exception):
    """What did not go as it should."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stranger_environment(data_dir: Path, port: int) -> dict[str, str]:
    """The environment of somebody who has just cloned the project."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    env.pop("VIRTUAL_ENV", None)
    return env | {"INLA_DATA_DIR": str(data_dir), "INLA_BIND": f"127.0.0.1:{port}"}


def wait_ready(process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while "The portal is ready" not in log.read_text(errors="replace"):
        if process.poll() is not None:
            raise Fault(f"make run ended with exit status {process.returncode} before it was ready.")
        if time.monotonic() > until:
            raise Fault(f"make run was not ready within {READY_WITHIN} s.")
        time.sleep(0.2)


def look_at_pages(port: int) -> None:
    faults = []
    for page in PAGES:
        began = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://localhost:{port}{page}", timeout=30) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        print(f"  {status} {page} {(time.monotonic() - began) * 1000:.0f} ms")
        if status != 200:
            faults.append(f"{page} answered {status}")
    if faults:
        raise Fault("; ".join(faults))


def look_at_accounts(log: Path) -> None:
    if "ana@demo.example" not in log.read_text(errors="replace"):
        raise Fault("The demonstration accounts were not printed.")


def leftovers(data_dir: Path) -> list[str]:
    """Processes that work in this data folder, whoever started them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        try:
            words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(data_dir) in words:
            found.append(f"{folder.name}: {(folder / 'cmdline').read_bytes()[:120]!r}")
    return found


def stop(process: subprocess.Popen, data_dir: Path) -> None:
    """One interrupt to the starter, as Ctrl-C gives it."""
    starter = json.loads((data_dir / "devstack.json").read_text())["pid"]
    os.kill(starter, signal.SIGINT)
    try:
        status = process.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired as error:
        raise Fault(f"It had not stopped {STOPPED_WITHIN} s after the interrupt.") from error
    if status:
        raise Fault(f"After the interrupt it ended with exit status {status}.")
    left = leftovers(data_dir)
    if left:
        raise Fault("Processes were left: " + "; ".join(left))


def walk(work: Path) -> None:
    clone, data_dir, log = work / "portal", work / "data", work / "run.log"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    port = free_port()
    env = stranger_environment(data_dir, port)
    began = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_ready(process, log)
        print(f"  ready after {time.monotonic() - began:.0f} s, the installation included")
        look_at_pages(port)
        look_at_accounts(log)
        began = time.monotonic()
        stop(process, data_dir)
        print(f"  stopped clean after {time.monotonic() - began:.1f} s")
    except Fault:
        print(log.read_text(errors="replace")[-6000:])
        raise
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(STOPPED_WITHIN)
        reset = [".venv/bin/python", "-m", "devstack", "reset", "--yes"]
        if (clone / reset[0]).exists():
            subprocess.run(reset, cwd=clone, env=env, check=False)


def main() -> int:
    work = Path(tempfile.mkdtemp(prefix="inla-fresh-"))
    try:
        walk(work)
    except Fault as fault:
        print(f"FAILED: {fault}")
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
