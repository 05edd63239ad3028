"""The push process itself, with a real broker: who is let in, what comes back after a loss, that nobody slow holds others up."""

import asyncio
import socket
import tempfile
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from bench.rooms.programs import Broker
from bench.rooms.show import Moment, show
from devstack.place import find_place, forget_place
from forums.choices import Access
from forums.models import ForumMember
from forums.push.hub import CHECK
from forums.services import rooms
from forums.services.rooms import bell
from network.models import User
from tests import loops
from tests.forums.live import ask, cookie_of, health, push_program, reader
from tests.forums.room_factories import forum, key, room

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def broker():
    """A broker that may be killed."""
    with tempfile.TemporaryDirectory(prefix="inla-rooms-", dir="/tmp") as folder:
        data = Path(folder)
        made = Broker(find_place(data), data / "broker.log")
        made.start()
        yield made
        made.stop()
        forget_place(data)


@pytest.fixture
def ours(broker, settings, monkeypatch):
    """The pages of this test ring the bell of that broker."""
    settings.REDIS_URL = broker.url
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    bell._client.cache_clear()
    if broker.process.poll() is not None:
        broker.start()
    yield broker
    bell._client.cache_clear()


@pytest.fixture
def push(ours, tmp_path):
    program = push_program(tmp_path / "push.log", ours.url)
    program.start()
    yield program
    program.stop()


async def until(condition, seconds: float = 120.0, what: str = "it") -> None:
    """Patience is for a busy machine: what is quick on a quiet one, the benchmark tells."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        await asyncio.sleep(0.05)


def in_thread(function, *arguments, **named):
    """The tests' own database work, beside a loop."""

    def work():
        try:
            return function(*arguments, **named)
        finally:
            connection.close()

    return asyncio.to_thread(work)


def write(where, by, text="Hola", count=1):
    for _ in range(count):
        by_now = User.objects.get(pk=by.pk)
        rooms.post(where, text, by=by_now, key=key())


def calm(monkeypatch):
    """These tests write faster than people do."""
    monkeypatch.setattr("forums.services.rooms.posting.BURST", 10_000)
    monkeypatch.setattr("forums.services.rooms.posting.MOST", 10_000)


# --- who is let in ---------------------------------------------------------------------------------
def test_only_whoever_reads_the_room_is_let_in(push, ana, luis):
    closed = room(forum("invited", Access.INVITATION), slug="closed")
    public = room(forum("open"), slug="open")
    ForumMember.objects.create(forum=closed.forum, user=ana)
    for where, who, status in (
        (public, None, 200), (public, ana, 200), (closed, ana, 200), (closed, luis, 404), (closed, None, 404),
    ):  # fmt: skip
        cookie = {"Cookie": cookie_of(who)} if who else {}
        got, headers, _ = ask(push, f"/push/rooms/{where.slug}/?lang=es", **cookie)
        assert got == status, (where.slug, who)
        if status == 200:
            assert headers["Content-Type"].startswith("text/event-stream") and headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/push/rooms/no-such-room/", "GET", {}, 404), ("/push/rooms/", "GET", {}, 404), ("/", "GET", {}, 404),
        ("/es/forums/", "GET", {}, 404), ("/push/rooms/hour/?after=-1", "GET", {}, 400),
        ("/push/rooms/hour/?after=" + "9" * 22, "GET", {}, 400), ("/push/rooms/hour/?after=a%00b", "GET", {}, 400),
        ("/push/rooms/%00/", "GET", {}, 404), ("/push/rooms/%ff%fe/", "GET", {}, 404),
        ("/push/rooms/" + "x" * 300 + "/", "GET", {}, 404), ("/push/rooms/hour/?lang=%ff", "GET", {}, 200),
        ("/push/rooms/hour/", "POST", {}, 405), ("/push/rooms/hour/", "GET", {"Last_Event_ID": "x"}, 400),
        ("/push/rooms/hour/", "GET", {"Host": "evil.example"}, 200), ("/push/rooms/hour/", "GET", {"Cookie": "sessionid=%00"}, 200),
        ("/push/rooms/hour/", "GET", {"Origin": "https://evil.example"}, 403), ("/push/rooms/hour/", "GET", {"Origin": "null"}, 403),
        ("/push/rooms/hour/", "GET", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("/push/rooms/hour/", "GET", {"Origin": "http://localhost:1"}, 200),
    ],
)  # fmt: skip
def test_hostile_addresses_and_headers_are_answered_plainly(push_once, path, method, headers, status):
    got, answered, _ = ask(push_once, path, method, **headers)
    assert got == status
    if headers.get("Origin") == "http://localhost:1":
        assert answered["Access-Control-Allow-Origin"] == "http://localhost:1"
        assert answered["Access-Control-Allow-Credentials"] == "true"


@pytest.fixture
def push_once(ours, tmp_path_factory, request):
    """One process for the whole list of hostile requests: the room is made anew for each."""
    cache = request.config.stash.setdefault(STASH, {})
    if "push" not in cache or cache["push"].process.poll() is not None:
        cache["push"] = push_program(tmp_path_factory.mktemp("push") / "log", ours.url)
        cache["push"].start()
    room(slug="hour")
    return cache["push"]


STASH = pytest.StashKey[dict]()


@pytest.fixture(scope="module", autouse=True)
def _end_of_the_one(request):
    yield
    program = request.config.stash.get(STASH, {}).get("push")
    if program:
        program.stop()


def test_more_windows_than_allowed_are_refused_in_words(ours, tmp_path, ana):
    push = push_program(tmp_path / "log", ours.url, INLA_PUSH_PER_PERSON="2")
    push.start()
    try:
        where, cookie = room(), cookie_of(ana)

        async def play():
            windows = [reader(push, where, ana) for _ in range(2)]
            tasks = [asyncio.create_task(one.read()) for one in windows]
            await asyncio.gather(*(one.online.wait() for one in windows))
            answer = await asyncio.to_thread(ask, push, f"/push/rooms/{where.slug}/", Cookie=cookie)
            [task.cancel() for task in tasks]
            await asyncio.gather(*tasks, return_exceptions=True)
            return answer

        status, _, body = loops.play(play())
        assert status == 429 and b"2 live windows" in body
    finally:
        push.stop()


# --- what comes ------------------------------------------------------------------------------------
def test_a_message_comes_at_once_and_a_hidden_text_leaves_at_once(push, ana, luis, diana, monkeypatch):
    calm(monkeypatch)
    where = room()

    async def play():
        page, moderator = reader(push, where, luis), reader(push, where, diana)
        tasks = [asyncio.create_task(one.read()) for one in (page, moderator)]
        await asyncio.gather(page.online.wait(), moderator.online.wait())
        await in_thread(write, where, ana, "no 1 at 0.0")
        await until(lambda: page.versions == [1] and moderator.versions == [1], what="the message")
        message = await in_thread(lambda: where.messages.select_related("room__forum").get())
        await in_thread(lambda: rooms.hide_message(message, by=diana, reason="x"))
        await until(lambda: page.versions == [1, 2], what="the hiding")
        late = reader(push, where, luis)
        tasks.append(asyncio.create_task(late.read()))
        await until(lambda: late.versions == [2], what="what a late reader gets")
        await until(lambda: "here" in page.kinds and "state" in page.kinds, what="who is here")
        [task.cancel() for task in tasks]
        await asyncio.gather(*tasks, return_exceptions=True)
        return page, late

    page, late = loops.play(play())
    assert page.numbers == [1] and late.numbers == []  # the text is sent to nobody any more


def test_a_stream_begins_with_a_sign_of_life_and_says_one_again_and_again(ours, tmp_path, luis):
    program = push_program(tmp_path / "log", ours.url, options=("--beat", "1"))
    program.start()
    where = room()

    async def play():
        page = reader(program, where, luis)
        task = asyncio.create_task(page.read())
        await until(lambda: page.kinds.count("beat") >= 3, what="three signs of life")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return page

    try:
        page = loops.play(play())
    finally:
        program.stop()
    assert page.kinds[0] == "beat" and not page.versions  # it has no number: the place to resume from does not move


def test_a_place_beyond_the_room_is_cut_down_to_it_and_what_is_said_next_comes(push, ana, luis, monkeypatch):
    calm(monkeypatch)
    where = room()
    write(where, ana, count=2)

    async def play():
        page = reader(push, where, luis, last=999999999999999)
        task = asyncio.create_task(page.read())
        await page.online.wait()
        await until(lambda: "cut" in page.kinds, what="where the room stands")
        await in_thread(write, where, ana, "no 3 at 0.0")
        await until(lambda: page.numbers == [3], what="what is said next")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return page

    assert loops.play(play()).versions[-1] == 3


def test_whoever_is_suspended_or_loses_the_forum_stops_receiving(push, ana, luis, victor, monkeypatch):
    calm(monkeypatch)
    where = room(forum("invited", Access.INVITATION))
    for person in (ana, luis, victor):
        ForumMember.objects.create(forum=where.forum, user=person)

    async def play():
        readers = [reader(push, where, person) for person in (ana, luis, victor)]
        tasks = [asyncio.create_task(one.read()) for one in readers]
        await asyncio.gather(*(one.online.wait() for one in readers))
        await in_thread(lambda: User.objects.filter(pk=ana.pk).update(is_active=False, suspended_at=timezone.now()))
        await in_thread(lambda: ForumMember.objects.filter(user=luis).delete())
        await until(lambda: readers[0].status == readers[1].status == 404, what="the end of both")
        await in_thread(write, where, victor, "no 1 at 0.0")
        await until(lambda: readers[2].numbers == [1], what="the message")
        [task.cancel() for task in tasks]
        await asyncio.gather(*tasks, return_exceptions=True)
        return readers

    readers = loops.play(play())
    assert readers[0].numbers == readers[1].numbers == []
    assert CHECK <= 25  # seconds between two questions: nobody receives for longer than half a minute


# --- losses ----------------------------------------------------------------------------------------
class InTheTest:
    """Somebody who writes through the service, for shows without a web service."""

    again = 0

    def __init__(self, where, by):
        self.where, self.by = where, by

    async def say(self, text: str) -> None:
        await in_thread(write, self.where, self.by, text)


def test_broker_and_push_process_killed_and_started_again(push, ours, ana, luis, victor, monkeypatch):
    """The short form of the benchmark: 20 readers, 5 seconds, both killed in the middle."""
    calm(monkeypatch)
    where = room()

    def restart(program, pause: float):
        program.kill()
        time.sleep(pause)
        program.start()

    people = [ana, luis, victor, None]
    readers = [reader(push, where, people[number % 4], retry=0.3) for number in range(20)]
    moments = [
        Moment(1.0, "broker killed", lambda: restart(ours, 1)),
        Moment(2.5, "push killed", lambda: restart(push, 0.5)),
    ]
    writers = [InTheTest(where, person) for person in (ana, luis)]
    outcome = loops.play(show(readers, writers, rate=10, seconds=5, moments=moments))
    assert outcome.whole, outcome
    assert outcome.openings >= 40 and outcome.told == ["broker killed", "push killed"]


def test_without_a_broker_messages_come_all_the_same(push, ours, ana, monkeypatch):
    calm(monkeypatch)
    where = room()

    async def play():
        page = reader(push, where, ana)
        task = asyncio.create_task(page.read())
        await page.online.wait()
        ours.kill()
        await in_thread(write, where, ana, "no 1 at 0.0")
        await until(lambda: page.numbers == [1], what="the message")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    loops.play(play())
    assert health(push)["redis"] == "away"


def test_a_slow_reader_holds_up_nobody_and_costs_no_memory(push, ana, luis, monkeypatch):
    calm(monkeypatch)
    where = room()

    def memory() -> int:
        lines = Path(f"/proc/{push.process.pid}/status").read_text()
        return int(lines.split("VmRSS:")[1].split()[0])

    slow = socket.create_connection(("127.0.0.1", push.port))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.sendall(
        f"GET /push/rooms/{where.slug}/ HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie_of(luis)}\r\n\r\n".encode()
    )

    async def play():
        quick = reader(push, where, ana)
        task = asyncio.create_task(quick.read())
        await quick.online.wait()
        before = 0
        for number in range(320):
            if number == 20:  # whatever a process takes for good it has taken by now
                await until(lambda: len(quick.numbers) == 20, what="the first ones")
                before = memory()
            await in_thread(write, where, ana, f"no {number} at {time.time():.6f} {'x' * 1500}")
        await until(lambda: len(quick.numbers) == 320, what="everything to the quick one")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return quick, memory() - before

    quick, grown = loops.play(play())
    slow.close()
    assert quick.numbers == list(range(320))
    assert grown < 30_000  # kB


def test_a_plain_stop_ends_the_streams_at_once(push, ana):
    where = room()

    async def play():
        page = reader(push, where, ana)
        task = asyncio.create_task(page.once())
        await page.online.wait()
        status = await asyncio.to_thread(push.stop)
        await asyncio.gather(task, return_exceptions=True)
        return status

    assert loops.play(play()) == 0
    told = push.log.read_text()
    assert "why=the_process_stops" in told and "push has stopped" in told
