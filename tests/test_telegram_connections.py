"""The connections to Telegram: what was certainly not written, kept connections, proxies, limits."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import InputFile
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot import telegram_connections
from bot.channel import Down, Later, Unknown
from bot.telegram import TelegramChannel
from bot.telegram_connections import Unanswered
from bot.telegram_request import Answered, Wire, classed
from tests import telegram_wire
from tests.telegram_chats import Person
from tests.telegram_methods import form_of
from tests.telegram_server import TelegramServer
from tests.telegram_wire import Reply, Request

pytest_plugins = ["tests.telegram_stage"]
OK = Reply(200, b'{"ok":true,"result":true}')
Answers = Callable[[Request], Reply | None]


@asynccontextmanager
async def answering(answer: Answers) -> AsyncIterator[tuple[str, list[Request], telegram_wire.Wire]]:
    """A service that answers so; its address, what came, and the service."""
    came: list[Request] = []

    async def handle(request: Request) -> Reply | None:
        came.append(request)
        return answer(request)

    service = telegram_wire.Wire(handle)
    try:
        yield await service.start(), came, service
    finally:
        await service.stop()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    wire = Wire(read=0.3)
    yield wire
    await wire.shutdown()


async def test_a_kept_connection_that_was_closed_meanwhile_costs_no_message(wire: Wire) -> None:
    async with answering(lambda _: OK) as (address, came, service):
        for number in range(1, 6):
            for ask in (wire.post, wire.retrieve):
                assert await ask(f"{address}/getMe")
            assert len(came) == 2 * number and service.connections == number
            service.shut()


async def test_a_request_that_was_written_is_not_written_again(wire: Wire) -> None:
    async with answering(lambda request: OK if len(came) == 1 else None) as (address, came, _):
        await wire.post(f"{address}/getMe")
        for ask in (wire.post, wire.retrieve):
            before = len(came)
            with pytest.raises(Unanswered) as failed:
                await ask(f"{address}/getMe")
            assert classed(failed.value) == Unknown("dropped") and len(came) == before + 1


async def test_when_no_connection_is_free_nothing_was_sent() -> None:
    wire = Wire(connections=1, read=5)
    asked, free = asyncio.Event(), asyncio.Event()

    async def handle(request: Request) -> Reply:
        asked.set()
        await free.wait()
        return OK

    service = telegram_wire.Wire(handle)
    address = await service.start()
    first = asyncio.create_task(wire.post(f"{address}/getMe"))
    await asked.wait()
    with pytest.raises(Unanswered) as failed:
        await wire.post(f"{address}/getMe", pool_timeout=0.01)
    assert classed(failed.value) == Later(5, "busy")
    free.set()
    assert await first is True and await wire.post(f"{address}/getMe") is True
    await wire.shutdown()
    await service.stop()


@pytest.mark.filterwarnings("ignore:Sending a large body")
async def test_a_request_that_cannot_be_written_in_time_may_have_arrived(wire: Wire) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody_reads:
        much = RequestData([RequestParameter("text", "x" * 12_000_000, None)])  # more than the system keeps unread
        with pytest.raises(Unanswered) as failed:
            address = f"http://127.0.0.1:{nobody_reads.getsockname()[1]}"
            await wire.post(f"{address}/sendMessage", much, write_timeout=0.1, read_timeout=60)
        assert classed(failed.value) == Unknown("timeout")


async def test_the_proxy_of_the_environment_is_asked(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering(lambda _: OK) as (proxy, came, _):
        monkeypatch.setenv("http_proxy", proxy.replace("//", "//me:secret@"))
        assert await wire.post("http://api.invalid/bot1:x/getMe") is True
        assert (came[0].path, came[0].headers["host"]) == ("http://api.invalid/bot1:x/getMe", "api.invalid")
        assert came[0].headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"


async def test_what_needs_no_proxy_is_asked_itself(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "127.0.0.1:1")
    async with answering(lambda _: OK) as (address, came, _):
        with pytest.raises(Unanswered, match="connect"):
            await wire.post(f"{address}/getMe")
        await wire.shutdown()
        await wire.initialize()
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert await wire.post(f"{address}/getMe") is True and len(came) == 1


@pytest.mark.parametrize("reply", [Reply(407, b""), Reply(503, b"busy"), None])
async def test_a_proxy_that_opens_no_way_is_no_connection(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, reply: Reply | None
) -> None:
    async with answering(lambda _: reply) as (proxy, came, _):
        monkeypatch.setenv("https_proxy", proxy)
        with pytest.raises(Unanswered) as failed:
            await wire.post("https://api.invalid/bot1:x/getMe")
        assert classed(failed.value) == Down(5, "connect") and failed.value.__context__ is None
        assert {(one.method, one.path) for one in came} == {("CONNECT", "api.invalid:443")}


async def test_a_redirect_is_not_followed(wire: Wire) -> None:
    async with answering(lambda _: Reply(302, b"", headers="Location: /elsewhere\r\n")) as (address, came, _):
        for ask in (wire.post, wire.retrieve):
            with pytest.raises(Answered, match="302"):
                await ask(f"{address}/getMe")
        assert [one.path for one in came] == ["/getMe", "/getMe"]


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_has_a_limit_when_unpacked(wire: Wire, monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:
    monkeypatch.setattr(telegram_connections, "ANSWER_BYTES", 200_000)
    more = "Content-Encoding: gzip\r\n" if packed else ""
    pages = {"/fits": b"x" * 200_000, "/much": b"x" * 200_001}
    bodies = {path: gzip.compress(body) if packed else body for path, body in pages.items()}
    async with answering(lambda request: Reply(200, bodies[request.path], headers=more)) as (address, _, _):
        assert await wire.retrieve(f"{address}/fits") == pages["/fits"]
        with pytest.raises(Unanswered) as failed:
            await wire.retrieve(f"{address}/much")
        assert classed(failed.value) == Unknown("odd_answer")


@pytest.mark.parametrize("headers", ["Content-Encoding: gzip\r\n", "no header\r\n"])
async def test_an_answer_that_is_broken_may_have_arrived(wire: Wire, headers: str) -> None:
    async with answering(lambda _: Reply(200, b"not gzip", headers=headers)) as (address, _, _):
        with pytest.raises(Unanswered) as failed:
            await wire.post(f"{address}/getMe")
        assert classed(failed.value) == Unknown("dropped")


async def test_a_file_goes_in_a_part_of_its_own(wire: Wire) -> None:
    content = bytes(range(256)) + b"\r\n--\r\n"
    data = RequestData([RequestParameter.from_input("chat_id", 7), RequestParameter.from_input("caption", "Báo cáo"),
                        RequestParameter.from_input("photo", InputFile(content, filename="x.png"))])  # fmt: skip
    async with answering(lambda _: OK) as (address, came, _):
        await wire.post(f"{address}/sendPhoto", data)
    assert form_of(came[0]) == ({"chat_id": "7", "caption": "Báo cáo"}, {"photo": content})


async def test_what_is_shut_sends_nothing_until_it_is_opened_again(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    await channel.close()
    with pytest.raises(Exception, match="connect"):
        await channel.fetch({"id": "x"})
    await channel.start()
    hung.says("đã nhận")
    assert [one.incoming.text for one in await channel.poll()] == ["đã nhận"]
