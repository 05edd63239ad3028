"""An expert hour with two and three browsers: messages at once, a line lost and resumed, the push process gone and back, a text
hidden on every page, the transcript, and a question with its answer made of it."""

import asyncio
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bench.rooms.programs import Broker
from devstack.place import find_place, forget_place
from experts.models import AdviceRequest, AnswerRevision
from forums.models import Room, RoomMessage
from forums.services import rooms
from forums.services.rooms import bell
from tests.experts.factories import expert as new_expert
from tests.forums.live import push_program
from tests.forums.room_factories import room, said

QUESTION = "¿Cómo se inspecciona el trabajo en casas particulares?"
ANSWER = "Con consentimiento escrito, y primero con el registro de horas."


@pytest.fixture
def push(live_server, settings, monkeypatch, tmp_path):
    """The real push process and a real broker, as `make run` has them."""
    with tempfile.TemporaryDirectory(prefix="inla-rooms-", dir="/tmp") as folder:
        broker = Broker(find_place(Path(folder)), Path(folder) / "broker.log")
        broker.start()
        settings.REDIS_URL = broker.url
        monkeypatch.setattr(bell, "_silent_until", 0.0)
        bell._client.cache_clear()
        program = push_program(tmp_path / "push.log", broker.url, live_server.url)
        settings.PUSH_PORT = program.port
        program.start()
        yield program
        program.stop()
        broker.stop()
        forget_place(Path(folder))
        bell._client.cache_clear()


@pytest.fixture
def elena(db):
    return new_expert("Elena Ríos", countries=["CL"], languages=["es"])


class Swallower:
    """A line to the push process that can go dead without a word: what comes in is thrown away, and nothing is closed."""

    def __init__(self, port: int):
        self.behind, self.dead = port, False
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self._do(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    async def _carry(self, source, sink) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.behind)
        silent = [self.dead]
        await asyncio.gather(self._pass_on(source, back, silent), self._pass_on(there, sink, silent))

    async def _pass_on(self, source, sink, silent: list[bool]) -> None:
        while data := await source.read(65536):
            silent[0] = silent[0] or self.dead  # once dead this connection stays so
            if not silent[0]:
                sink.write(data)
        if not silent[0]:
            sink.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(30)


@pytest.fixture
def swallower(push, settings):
    """The push process behind a line that may go dead, with a sign of life each second."""
    push.stop()
    push.options = ("--beat", "1")
    push.start()
    line = Swallower(push.port)
    settings.PUSH_PORT = line.port
    yield line
    line.stop()


def write(page, text: str) -> None:
    page.fill("#room-text", text)
    page.locator("#room-write .btn-primary").click()


def texts(page) -> list[str]:
    return [text.strip() for text in page.locator("#room-messages .said-text").all_text_contents()]


def live(page, how: str = "live") -> None:
    """The page says how it hears of new messages."""
    expect(page.locator(f'#room[data-line="{how}"]')).to_be_attached()


def without_lost_lines(page) -> None:
    """That the line was cut is what this test is about; Chromium says so on its console."""
    page.faults[:] = [fault for fault in page.faults if "net::ERR" not in fault]


def test_an_expert_hour_with_a_line_lost_and_resumed(desk, push, ana, luis, carla, elena):
    where = room(hosts=[elena.user, carla])
    address = f"/es/forums/rooms/{where.slug}/"
    officer, answers, colleague = (desk.page_of(one) for one in (ana, elena.user, luis))
    for page in (officer, answers, colleague):
        page.goto(address)
        live(page)

    # at once, in both directions
    write(officer, QUESTION)
    expect(answers.locator("#room-messages")).to_contain_text(QUESTION)
    write(answers, ANSWER)
    expect(officer.locator("#room-messages")).to_contain_text(ANSWER)
    expect(officer.locator("#room-text")).to_have_value("")
    expect(answers.locator("#room-here")).to_contain_text(ana.name)

    # the colleague's line is gone; what they type stays; then everything comes, once and in order
    colleague.context.set_offline(True)
    write(colleague, "¿Y sin registro?")
    expect(colleague.locator("#room-problem-words")).not_to_be_empty()
    expect(colleague.locator("#room-text")).to_have_value("¿Y sin registro?")
    for number in range(3):
        said(where, carla, f"Mientras tanto {number}")
    expect(officer.locator("#room-messages")).to_contain_text("Mientras tanto 2")
    colleague.context.set_offline(False)
    expect(colleague.locator("#room-messages")).to_contain_text("Mientras tanto 2")
    colleague.locator("#room-write .btn-primary").click()
    expect(answers.locator("#room-messages")).to_contain_text("¿Y sin registro?")
    whole = [QUESTION, ANSWER, "Mientras tanto 0", "Mientras tanto 1", "Mientras tanto 2", "¿Y sin registro?"]
    for page in (officer, answers, colleague):
        expect(page.locator("#room-messages > li")).to_have_count(6)
        assert texts(page) == whole
    assert RoomMessage.objects.count() == 6

    # the push process dies: the pages ask by themselves; it comes back: they listen again
    push.kill()
    said(where, carla, "Sin proceso")
    for page in (officer, answers):
        live(page, "polling")
        expect(page.locator("#room-messages")).to_contain_text("Sin proceso")
    push.start()
    for page in (officer, answers):
        live(page)
    said(where, carla, "Con proceso")
    for page in (officer, answers, colleague):
        expect(page.locator("#room-messages")).to_contain_text("Con proceso")
        assert texts(page) == [*whole, "Sin proceso", "Con proceso"]

    # hidden on every page at once
    answers.locator("#m-7 .said-act").click()
    answers.fill("[name=reason]", "No venía al caso")
    answers.locator("main form .btn-primary").click()
    for page in (officer, colleague):
        expect(page.locator("#m-7.is-hidden")).to_be_attached()
        assert "Sin proceso" not in page.content()

    # closed: said on open pages, then read as a transcript
    now = timezone.now()
    rooms.change_room(
        Room.objects.get(), by=carla, opens_at=now - timedelta(hours=2), closes_at=now - timedelta(seconds=1)
    )
    expect(officer.locator('#room-state [data-room-state="closed"]')).to_be_attached()
    for page in (officer, answers, colleague):
        without_lost_lines(page)
    officer.goto(f"{address}transcript/")
    expect(officer.locator(".said-list > li")).to_have_count(8)
    expect(officer.locator(".said-list")).to_contain_text(ANSWER)
    assert "Sin proceso" not in officer.content()
    _make_a_page_of_it(answers, officer, address, ana)


def _make_a_page_of_it(answers, officer, address: str, ana) -> None:
    """The host writes down question and answer; both sides agree to publish; the draft of the text opens."""
    answers.goto(address)
    answers.locator('aside a[href$="/answer/"]').click()
    expect(answers.locator("[name=question]")).to_have_value(QUESTION)
    answers.select_option("[name=asker]", str(ana.pk))
    answers.select_option("[name=theme]", "LAB-1")
    answers.fill("[name=reply]", ANSWER)
    answers.fill("[name=title]", "Inspeccionar el trabajo en casas")
    answers.locator("main form .btn-primary").click()
    answers.wait_for_load_state()
    request = AdviceRequest.objects.get()
    assert (request.expert_consent, request.requester_consent) == ("yes", "")
    officer.goto(f"/es/experts/requests/{request.pk}/")
    officer.locator('button[name="consent"][value="yes"]').click()
    officer.wait_for_load_state()
    officer.goto(f"/es/experts/requests/{request.pk}/text/")
    expect(officer.locator("[name=reply]")).to_have_value(ANSWER)
    expect(officer.locator("[name=question]")).to_have_value(QUESTION)
    assert AnswerRevision.objects.get().is_draft


def test_whoever_writes_while_the_page_asks_loses_nothing_that_others_said(desk, push, ana, carla, luis):
    """The page stands still between two times of asking: what others say then, and what one says after it, all come."""
    where = room(hosts=[carla])
    page = desk.page_of(ana)
    page.goto(f"/es/forums/rooms/{where.slug}/")
    live(page)
    push.kill()
    live(page, "polling")
    for word in ("uno", "dos"):
        page.wait_for_event(
            "response", lambda answer: "/messages/?after=" in answer.url
        )  # four seconds of silence begin
        said(where, carla, f"Antes de {word}")
        said(where, luis, f"También antes de {word}")
        write(page, f"Digo {word}")
        expect(page.locator("#room-messages")).to_contain_text(f"Digo {word}")
        said(where, luis, f"Después de {word}")
        expect(page.locator("#room-messages")).to_contain_text(f"Después de {word}")
    whole = [
        text.format(word) for word in ("uno", "dos")
        for text in ("Antes de {}", "También antes de {}", "Digo {}", "Después de {}")
    ]  # fmt: skip
    expect(page.locator("#room-messages > li")).to_have_count(len(whole))
    assert texts(page) == whole

    # and where it listens again, it asks for everything from where it had heard everything
    said(where, carla, "Antes de volver")
    write(page, "Digo al volver")
    expect(page.locator("#room-messages")).to_contain_text("Digo al volver")
    push.start()
    live(page)
    said(where, carla, "Con proceso")
    expect(page.locator("#room-messages")).to_contain_text("Con proceso")
    assert texts(page) == [*whole, "Antes de volver", "Digo al volver", "Con proceso"]
    without_lost_lines(page)


def test_a_page_left_open_over_a_return_from_an_older_copy_goes_on_with_the_room(desk, push, ana, carla):
    where = room(hosts=[carla])
    for number in range(3):
        said(where, carla, f"Antes {number}")
    page = desk.page_of(ana)
    page.goto(f"/es/forums/rooms/{where.slug}/")
    live(page)
    push.kill()
    live(page, "polling")
    RoomMessage.objects.filter(seq__gt=1).delete()
    Room.objects.update(last_seq=1, last_version=1)
    expect(page.locator("#room-messages > li")).to_have_count(1)
    said(where, carla, "Después")
    expect(page.locator("#room-messages")).to_contain_text("Después")
    assert texts(page) == ["Antes 0", "Después"]

    # the same where it listens again
    said(where, carla, "Lo que se pierde")
    expect(page.locator("#room-messages")).to_contain_text("Lo que se pierde")
    RoomMessage.objects.filter(seq__gt=1).delete()
    Room.objects.update(last_seq=1, last_version=1)
    push.start()
    live(page)
    said(where, carla, "Lo que queda")
    expect(page.locator("#room-messages")).to_contain_text("Lo que queda")
    assert texts(page) == ["Antes 0", "Lo que queda"]
    without_lost_lines(page)


def test_a_line_that_dies_without_a_word_is_noticed_and_nothing_is_missed(desk, swallower, ana, carla):
    where = room(hosts=[carla])
    page = desk.page_of(ana)
    page.goto(f"/es/forums/rooms/{where.slug}/")
    live(page)
    said(where, carla, "Antes")
    expect(page.locator("#room-messages")).to_contain_text("Antes")
    swallower.dead = True
    said(where, carla, "Uno")
    said(where, carla, "Dos")
    live(page, "polling")
    expect(page.locator("#room-messages")).to_contain_text("Dos")
    assert texts(page) == ["Antes", "Uno", "Dos"]
    swallower.dead = False
    live(page)
    said(where, carla, "Después")
    expect(page.locator("#room-messages")).to_contain_text("Después")
    assert texts(page) == ["Antes", "Uno", "Dos", "Después"]


def test_a_browser_that_says_it_is_offline_shows_it_and_listens_again_when_it_is_back(desk, push, ana, carla):
    where = room(hosts=[carla])
    page = desk.page_of(ana)
    page.goto(f"/es/forums/rooms/{where.slug}/")
    live(page)
    page.context.set_offline(True)
    live(page, "offline")
    said(where, carla, "Mientras tanto")
    page.context.set_offline(False)
    live(page)
    expect(page.locator("#room-messages")).to_contain_text("Mientras tanto")
    without_lost_lines(page)


def test_whoever_waits_gets_where_to_write_when_the_room_opens(desk, push, ana, carla):
    now = timezone.now()
    where = room(opens=1, closes=2, hosts=[carla])
    officer, visitor = desk.page_of(ana), desk.page_of()
    for page in (officer, visitor):
        page.goto(f"/es/forums/rooms/{where.slug}/")
        live(page)
    expect(officer.locator("#room-why")).to_be_visible()
    rooms.change_room(where, by=carla, opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(hours=2))
    write(officer, QUESTION)
    expect(visitor.locator("#room-messages")).to_contain_text(QUESTION)
    expect(officer.locator("#room-text")).to_have_value("")
    expect(visitor.locator('#room-say a[href*="login"]')).to_be_visible()
    expect(visitor.locator("#room-write")).to_have_count(0)


def test_nobody_is_asked_to_report_their_own_message(desk, push, ana, luis):
    where = room()
    pages = [desk.page_of(one) for one in (ana, ana, luis)]  # two windows of one person
    for page in pages:
        page.goto(f"/es/forums/rooms/{where.slug}/")
        live(page)
    write(pages[0], QUESTION)
    for page, links in zip(pages, (0, 0, 1), strict=True):
        expect(page.locator("#m-1")).to_contain_text(QUESTION)
        expect(page.locator("#m-1 [data-report]")).to_have_count(links)
    pages[0].reload()
    expect(pages[0].locator("#m-1 [data-report]")).to_have_count(0)


def test_without_javascript_one_posts_and_reloads(desk, ana, luis):
    where = room()
    pages = [desk.page_of(one, javascript=False) for one in (ana, luis)]
    for page in pages:
        page.goto(f"/es/forums/rooms/{where.slug}/")
    write(pages[0], QUESTION)
    pages[0].wait_for_load_state()
    expect(pages[0].locator("#m-1")).to_contain_text(QUESTION)
    pages[1].locator("#room-line a").click()
    pages[1].wait_for_load_state()
    expect(pages[1].locator("#m-1")).to_contain_text(QUESTION)
    Room.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    write(pages[1], "Tarde")
    pages[1].wait_for_load_state()
    expect(pages[1].locator("#room-kept")).to_have_value("Tarde")
    assert RoomMessage.objects.count() == 1
