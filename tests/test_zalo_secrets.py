"""The token stands in every address that is called, and the webhook's secret in a header: neither gets out."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import httpx
import pytest

from bot import zalo_client
from bot.channel import ChannelError, Outgoing
from bot.zalo import ZaloChannel
from tests.zalo_people import Person, all_of, the_bot
from tests.zalo_server import SECRET, Switches, ZaloServer

TOKEN = "123456789:tUyEtMaT-abc_xyz"
PRIVATE = "tUyEtMaT"


@pytest.fixture
def server() -> Iterator[ZaloServer]:
    made = ZaloServer(Switches(), token=TOKEN)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def logs_as_in_the_service(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Everything is logged but httpx's line for each request, which the service turns off."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="httpx")
    yield
    assert PRIVATE not in caplog.text and SECRET not in caplog.text


def everything(fault: BaseException | None) -> str:
    """All that a log or a debugger could make of it."""
    if fault is None:
        return ""
    words = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.args) + repr(vars(fault))
    return words + everything(fault.__cause__) + everything(fault.__context__)


async def test_no_call_logs_it(server: ZaloServer) -> None:
    person = Person(server)
    person.says("1")
    person.sends_photo()
    async with the_bot(server) as bot:
        kept = await all_of(bot)
        await bot.send(Outgoing(person.id, "Tin"))
        await bot.set_hook("https://dondoc.example/zalo")
        await bot.drop_hook()
        for update in kept.values():
            for file in update.incoming.files:
                await bot.fetch(file)
        bot.hooked({"X-Bot-Api-Secret-Token": SECRET}, b"{")
        assert PRIVATE not in repr(list(kept.values()))


@pytest.mark.parametrize("fault", [401, 403, 404, 429, 502, "page", "drop", "hang"])
async def test_no_fault_tells_it(server: ZaloServer, monkeypatch: pytest.MonkeyPatch, fault: int | str) -> None:
    monkeypatch.setattr(zalo_client, "CALL_SECONDS", 0.1)
    person = Person(server)
    person.opens()
    async with the_bot(server) as bot:
        for call in (bot.me, bot.poll, bot.drop_hook):
            server.fail_next = [fault]
            with pytest.raises(ChannelError) as raised:
                await call()
            assert PRIVATE not in everything(raised.value)
        server.fail_next = [fault]
        assert PRIVATE not in repr(await bot.send(Outgoing(person.id, "Tin")))


async def test_no_connection_tells_it() -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        bot = ZaloChannel(TOKEN, "http://127.0.0.1:1", client=http)
        with pytest.raises(ChannelError, match="connect") as raised:
            await bot.poll()
    assert PRIVATE not in everything(raised.value)
    assert raised.value.__cause__ is None and raised.value.__context__ is None


def test_it_stands_in_no_name_of_the_bot() -> None:
    bot = ZaloChannel(TOKEN, hook_secret=SECRET)
    assert PRIVATE not in repr(bot) + str(bot) + repr(bot.capabilities) + bot.bot
    assert bot.bot == "123456789"
    assert ZaloChannel("tUyEtMaT").bot not in ("", PRIVATE)


@pytest.mark.parametrize(
    "api", ["http://bot-api.zaloplatforms.com", "ftp://127.0.0.1", "bot-api.zaloplatforms.com", ""]
)
def test_it_is_sent_over_no_open_line(api: str) -> None:
    with pytest.raises(ValueError, match="https") as raised:
        ZaloChannel(TOKEN, api)
    assert PRIVATE not in everything(raised.value)


@pytest.mark.parametrize("api", ["https://bot-api.zaloplatforms.com", "https://bot-api.zapps.me/"])
async def test_both_hosts_are_called_with_post_and_json(api: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"ok": True, "result": {"message_id": "1"}})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        await ZaloChannel(TOKEN, api, client=http).send(Outgoing("6ede9a", "Việc"))
    assert (seen[0].method, str(seen[0].url)) == ("POST", f"{api.rstrip('/')}/bot{TOKEN}/sendMessage")
    assert seen[0].headers["Content-Type"] == "application/json"
    assert seen[0].content.decode() == '{"chat_id": "6ede9a", "text": "Việc"}'


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        ZaloChannel(token)


async def test_a_token_with_odd_letters_calls_one_path_only() -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(200, json={"ok": True})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        await ZaloChannel("1:a/../b?c#d\n", client=http).drop_hook()
    assert paths == [b"/bot1:a%2F..%2Fb%3Fc%23d/deleteWebhook"]


async def test_its_own_connections_are_closed_and_others_left() -> None:
    async with httpx.AsyncClient() as http:
        await ZaloChannel(TOKEN, client=http).close()
        assert not http.is_closed
    own = ZaloChannel(TOKEN)
    await own.close()
    with pytest.raises(RuntimeError, match="closed"):
        await own.drop_hook()
