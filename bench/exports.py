"""Downloads of the whole catalogue: when the first byte comes, how long it takes, and what memory it costs."""

import threading
import time
from dataclasses import dataclass

from bench.pages import address
from bench.server import Portal, Stream

FORMATS = (("portfolio", ("csv", "json", "xlsx")), ("experts", ("csv",)), ("programs", ("csv", "json", "xlsx", "xml")))
MOST = 6.0  # seconds of each that are looked at: what streams for so long without growing does not grow later


@dataclass(frozen=True)
class Download:
    """One export as it was read, and the MB that the process grew by at its highest."""

    catalogue: str
    format: str
    read: Stream
    grown: float | None


class Watch(threading.Thread):
    """Looks at the server's memory twenty times a second."""

    def __init__(self, portal: Portal):
        super().__init__(daemon=True)
        self.portal, self.before = portal, portal.memory()
        self.highest, self.over = self.before, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            now = self.portal.memory()
            if now is not None and now > (self.highest or 0):
                self.highest = now

    def grown(self) -> float | None:
        self.over.set()
        self.join()
        return None if self.before is None or self.highest is None else self.highest - self.before


def download(portal: Portal, catalogue: str, form: str) -> Download | None:
    """Fetch one export without keeping it; None where the portal has none."""
    where = address(f"{catalogue}:export", form)
    if not where:
        return None
    portal.get("/bench/bare")
    watch = Watch(portal)
    watch.start()
    time.sleep(0.1)
    read = portal.stream(where, MOST)
    return Download(catalogue, form, read, watch.grown())


def downloads(portal: Portal, advance) -> list[Download]:
    """Every format of both catalogues."""
    found = []
    for catalogue, formats in FORMATS:
        for form in formats:
            advance(f"download: {catalogue} {form}")
            found.append(download(portal, catalogue, form))
    return [done for done in found if done]
