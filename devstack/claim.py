"""Who uses a data folder: one owner who runs the servers, and guests who borrow them."""

import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path

from devstack.errors import Refusal


class Claim:
    """The owner's hold on a data folder, kept for as long as this process lives."""

    def __init__(self, data_dir: Path):
        self.note = data_dir / "devstack.json"
        self._owner = open(data_dir / "devstack.lock", "a")  # noqa: SIM115 - held until release
        self._guests = open(data_dir / "devstack.guests", "a")  # noqa: SIM115

    def take(self) -> bool:
        """Become the owner unless somebody is; a killed owner's hold ends with its process."""
        return _lock(self._owner, fcntl.LOCK_EX)

    def publish(self, kind: str, environment: dict[str, str]) -> None:
        """Tell guests what they may connect to."""
        content = {"pid": os.getpid(), "kind": kind, "environment": environment}
        draft = self.note.with_suffix(".new")
        draft.write_text(json.dumps(content))
        draft.replace(self.note)

    def owner(self) -> dict:
        """What the present owner published; empty while it is still starting."""
        try:
            return json.loads(self.note.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def join(self) -> bool:
        """Borrow the owner's servers; not possible while they are being stopped."""
        return _lock(self._guests, fcntl.LOCK_SH)

    def has_guests(self) -> bool:
        """Whether anybody borrows our servers; if not, nobody can from now on."""
        return not _lock(self._guests, fcntl.LOCK_EX)

    def release(self) -> None:
        self._guests.close()
        self._owner.close()

    def withdraw(self) -> None:
        """The owner's end: the note goes before the hold does."""
        self.note.unlink(missing_ok=True)
        self.release()


def _lock(handle, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def sole_owner(data_dir: Path, what: str):
    """Own the data folder or refuse with a sentence that names the owner."""
    claim = Claim(data_dir)
    if not claim.take():
        pid = claim.owner().get("pid", "unknown")
        claim.release()
        raise Refusal(
            f"The data folder {data_dir} is in use by another devstack (process {pid}), so {what}. "
            "Stop that one or name another folder: INLA_DATA_DIR=/path/to/folder."
        )
    try:
        yield claim
    finally:
        claim.withdraw()
