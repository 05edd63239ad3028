"""The part `rooms` of the benchmark: 200 readers, 20 messages a second for a minute, broker and push process killed on the way."""

import asyncio
import os
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from bench import machine
from bench.goals import MET, MISSED
from bench.people import cookie_of, person
from bench.report import Sheet
from bench.rooms.people import Reader, Writer
from bench.rooms.programs import Broker, Push, Web
from bench.rooms.show import Moment, Outcome, show
from devstack.place import find_place, forget_place
from network.choices import InstitutionKind, Role
from network.models import Country, Institution

TITLE = "Live rooms"


@dataclass(frozen=True)
class Plan:
    """How many, how quick, how long, and how long what was killed stays away."""

    readers: int = 200
    rate: float = 20.0
    seconds: float = 60.0
    away: float = 2.0


def carry_out(plan: Plan, say=print) -> Outcome:
    """In the benchmark's database, which is there."""
    with (
        tempfile.TemporaryDirectory(prefix="inla-bench-rooms-") as folder,
        _programs(Path(folder)) as (broker, push, web),
    ):
        room, cookies = _scene(plan.readers)
        readers = [Reader(push.port, room.slug, cookie) for cookie in cookies]
        writers = [Writer(web.port, room.slug, cookie) for cookie in cookies]
        moments = [
            Moment(plan.seconds * 0.3, "broker killed", lambda: _again(broker, plan.away)),
            Moment(plan.seconds * 0.6, "push process killed", lambda: _again(push, plan.away)),
        ]
        return asyncio.run(show(readers, writers, rate=plan.rate, seconds=plan.seconds, moments=moments, say=say))


def _again(program, away: float) -> None:
    program.kill()
    time.sleep(away)
    program.start()


@contextmanager
def _programs(folder: Path):
    broker = Broker(find_place(folder), folder / "broker.log")
    broker.start()
    common = {
        "DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": settings.SECRET_KEY, "REDIS_URL": broker.url,
        "LOG_LEVEL": "WARNING", "DATABASE_URL": os.environ["DATABASE_URL"],
    }  # fmt: skip
    push, web = Push(folder / "push.log", common), Web(folder / "web.log", common)
    try:
        push.start()
        web.start()
        yield broker, push, web
    finally:
        for program in (web, push, broker):
            program.stop()
        forget_place(folder)


def _scene(people: int):
    """An open room, and members of the network who read it and write in it in turns."""
    from forums.choices import Access
    from forums.models import Forum, Room

    names = {f"name_{code}": "Rooms" for code in ("en", "es", "pt", "fr")}
    forum = Forum.objects.create(slug="rooms-bench", access=Access.MEMBERS, **names)
    now = timezone.now()
    room = Room.objects.create(
        forum=forum, slug="bench", title="Bench", about="Bench", opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=5), zone="America/New_York",
    )  # fmt: skip
    agency = Institution.objects.create(
        name="Salas (medición)", kind=InstitutionKind.AGENCY, country=Country.objects.get(iso2="CL")
    )
    members = [person(f"room{n}@bench.example", f"Persona {n}", Role.OFFICER, agency) for n in range(people)]
    return room, [cookie_of(member) for member in members]


def sheet(outcome: Outcome) -> Sheet:
    """What is told of it."""
    rows = [
        ("readers connected", f"{outcome.readers}"),
        ("messages sent", f"{outcome.sent}"),
        ("deliveries", f"{outcome.delivered:,} of {outcome.sent * outcome.readers:,}"),
        ("lost", f"{outcome.lost}"),
        ("doubled", f"{outcome.doubled}"),
        ("out of order", f"{outcome.disordered}"),
        ("from the button to the page: median, p95, longest", _milliseconds(outcome)),
        ("the same without the moments of loss: median, p95", f"{outcome.at(0.5, calm=True):.0f}, {outcome.at(0.95, calm=True):.0f} ms"),
        ("streams opened", f"{outcome.openings}"),
        ("buttons pressed again", f"{outcome.again}"),
        ("meanwhile", machine.busy()),
        ("verdict", MET if outcome.whole else MISSED),
    ]  # fmt: skip
    note = (
        "Every reader writes too, through the page's own form. On the way the broker and then the push process are killed (SIGKILL) "
        "and started again two seconds later; readers come back as browsers do, after two seconds, with the number of the last event. "
        "Readers, writers, web, push process, broker and database share the machine."
    )
    return Sheet(TITLE, ("what", "found"), rows, words=2, note=note)


def _milliseconds(outcome: Outcome) -> str:
    return f"{outcome.median:.0f}, {outcome.at(0.95):.0f}, {outcome.at(1):.0f} ms"
