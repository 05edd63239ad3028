"""The show: everybody reads, messages come at a steady pace, programs die at their moments; then it is counted."""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.rooms.people import Reader, Writer, words

LAST_WAIT = 120.0  # seconds for what is still on its way


@dataclass(frozen=True)
class Moment:
    """Something that happens so many seconds after the first message."""

    at: float
    words: str
    do: Callable[[], None]


@dataclass
class Outcome:
    """What reached whom."""

    readers: int
    sent: int
    seconds: float
    delivered: int
    lost: int
    doubled: int
    disordered: int
    delays: list[float] = field(repr=False)
    calm: list[float] = field(repr=False)
    openings: int = 0
    again: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return self.lost == self.doubled == self.disordered == 0 and self.delivered == self.sent * self.readers

    def at(self, share: float, calm: bool = False) -> float:
        """The delay in milliseconds under which this share of the deliveries stayed."""
        found = sorted(self.calm if calm else self.delays)
        return 1000 * found[min(len(found) - 1, int(share * len(found)))] if found else 0.0

    @property
    def median(self) -> float:
        return 1000 * statistics.median(self.delays) if self.delays else 0.0


async def show(
    readers: list[Reader], writers: list[Writer], *, rate: float, seconds: float, moments=(), say=lambda words: None
) -> Outcome:
    """Run it; `moments` are carried out in a thread, since they wait for programs to start."""
    listening = [asyncio.create_task(reader.read()) for reader in readers]
    await asyncio.wait_for(asyncio.gather(*(reader.online.wait() for reader in readers)), 60)
    say(f"{len(readers)} readers listen")
    began, told = time.time(), []
    events = [asyncio.create_task(_carry_out(moment, began, told, say)) for moment in moments]
    sent = int(rate * seconds)
    await asyncio.gather(*(_write(writers[n % len(writers)], n, began + n / rate) for n in range(sent)))
    await asyncio.gather(*events)
    until = time.monotonic() + LAST_WAIT
    while time.monotonic() < until and not all(len(set(reader.numbers)) == sent for reader in readers):
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)  # whatever would come twice has time to come
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return _count(readers, writers, sent, time.time() - began, told)


async def _write(writer: Writer, number: int, at: float) -> None:
    await asyncio.sleep(max(0.0, at - time.time()))
    await writer.say(words(number))


async def _carry_out(moment: Moment, began: float, told: list, say) -> None:
    await asyncio.sleep(max(0.0, began + moment.at - time.time()))
    at = time.time()
    await asyncio.to_thread(moment.do)
    told.append((moment.words, at, time.time()))
    say(f"{moment.words}: after {at - began:.1f} s, up again {time.time() - at:.1f} s later")


def _count(readers, writers, sent: int, seconds: float, told) -> Outcome:
    delivered = lost = doubled = disordered = 0
    delays, calm = [], []
    for reader in readers:
        once = set(reader.numbers)
        delivered += len(once)
        lost += sent - len(once)
        doubled += len(reader.numbers) - len(once)
        disordered += sum(
            later <= earlier for earlier, later in zip(reader.versions, reader.versions[1:], strict=False)
        )
        for when, delay in reader.delays:
            delays.append(delay)
            if not any(began - 1 <= when <= ended + 6 for _words, began, ended in told):
                calm.append(delay)
    return Outcome(
        len(readers), sent, seconds, delivered, lost, doubled, disordered, delays, calm,
        openings=sum(reader.openings for reader in readers), again=sum(writer.again for writer in writers),
        told=[words for words, _began, _ended in told],
    )  # fmt: skip
