"""Polling Telegram, against a strict server: what comes, when it is acknowledged, and what may go wrong."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.channel import ChannelError, Conflict, Unauthorised
from bot.telegram import TelegramChannel
from bot.telegram_request import Polling
from tests.telegram_chats import Person
from tests.telegram_server import TelegramServer, serving

pytest_plugins = ["tests.telegram_stage"]


async def test_making_it_asks_nothing_of_the_network(server: TelegramServer) -> None:
    channel = TelegramChannel(server.token, server.address + "/")
    assert server.calls == [] and channel.bot == "7000000001" and channel.username is None
    await channel.start()
    assert channel.username == "dondoc_bot" and [method for method, _ in server.calls] == ["getMe"]
    await channel.close()


async def test_a_bot_without_a_username_works_too(server: TelegramServer, hung: Person) -> None:
    server.has_username = False
    channel = TelegramChannel(server.token, server.address)
    await channel.start()
    hung.says("/viec")
    assert [one.incoming.text for one in await channel.poll()] == ["/viec"]
    await channel.close()


@pytest.mark.parametrize("token", ["", "abc", "1:", ":x", "1:a b", "1:a/../b", "1:a\n"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="not a Telegram token"):
        TelegramChannel(token)


async def test_only_asking_again_acknowledges(channel: TelegramChannel, server: TelegramServer, hung: Person) -> None:
    hung.says("đã nhận")
    hung.says("xong")
    first = await channel.poll()
    assert [one.incoming.text for one in first] == ["đã nhận", "xong"]
    assert len({one.key for one in first}) == 2 and first[0].raw["message"]["text"] == "đã nhận"
    died = TelegramChannel(server.token, server.address)
    assert [one.key for one in await died.poll()] == [one.key for one in first]
    await died.close()
    assert await channel.poll() == [] and server.updates.waiting == []


async def test_an_update_that_says_nothing_is_acknowledged_too(
    channel: TelegramChannel, server: TelegramServer
) -> None:
    server.happens("message", {"message_id": 1, "chat": {"id": 5, "type": "channel"}, "text": "tin"})
    server.happens("my_chat_member", {"odd": True})
    assert await channel.poll() == []
    assert await channel.poll() == [] and server.updates.waiting == []


async def test_only_what_is_understood_is_asked_for(channel: TelegramChannel, server: TelegramServer) -> None:
    await channel.poll()
    asked = server.calls[-1][1]
    kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert asked == {"timeout": 25, "allowed_updates": kinds}


@pytest.mark.parametrize(
    ("upset", "kind", "why", "seconds"),
    [
        (401, Unauthorised, "unauthorised", 60),
        (429, ChannelError, "flood", 9),
        (500, ChannelError, "http_500", 1),
        (502, ChannelError, "http_502", 1),
        (503, ChannelError, "http_503", 5),
        ("page", ChannelError, "http_403", 30),
        ("not_json", ChannelError, "odd_answer", 1),
        ("drop_before", ChannelError, "dropped", 1),
        ("drop_after", ChannelError, "dropped", 1),
    ],
)
async def test_what_goes_wrong_with_polling_is_one_of_few_things(
    channel: TelegramChannel, server: TelegramServer, hung: Person, upset: int | str, kind: type[ChannelError],
    why: str, seconds: float,
) -> None:  # fmt: skip
    hung.says("đã nhận")
    server.upset(upset, "getUpdates", retry_after=9)
    with pytest.raises(ChannelError) as failed:
        await channel.poll()
    assert type(failed.value) is kind and (failed.value.why, failed.value.seconds) == (why, seconds)
    assert failed.value.__cause__ is None and failed.value.__context__ is None
    assert [one.incoming.text for one in await channel.poll()] == ["đã nhận"]


async def test_a_poll_that_hangs_ends(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.POLL_SECONDS", 0)
    monkeypatch.setattr("bot.telegram.Polling", partial(Polling, read=0.1))
    channel = TelegramChannel(server.token, server.address)
    server.upset("hang", "getUpdates")
    with pytest.raises(ChannelError, match=r"^timeout$"):
        await channel.poll()
    await channel.close()


async def test_no_connection_is_an_error_of_the_channel() -> None:
    channel = TelegramChannel("1:x", "http://127.0.0.1:1")
    for call in (channel.start(), channel.poll(), channel.fetch({"id": "x"})):
        with pytest.raises(ChannelError, match=r"^connect$"):
            await call
    await channel.close()


async def test_a_wrong_token_is_told_without_saying_it(server: TelegramServer) -> None:
    channel = TelegramChannel("1:not-the-token", server.address)
    with pytest.raises(Unauthorised, match=r"^unauthorised$"):
        await channel.start()
    await channel.close()


async def test_two_pollers_are_a_conflict() -> None:
    async with serving(waits=True) as server:
        one, two = (TelegramChannel(server.token, server.address) for _ in range(2))
        first = asyncio.create_task(one.poll())
        while not server.calls:
            await asyncio.sleep(0)
        second = asyncio.create_task(two.poll())
        with pytest.raises(Conflict):
            await first
        server.person("Hùng").says("đã nhận")
        assert [update.incoming.text for update in await second] == ["đã nhận"]
        for channel in (one, two):
            await channel.close()


async def test_each_chat_has_its_own_menu(channel: TelegramChannel, hung: Person) -> None:
    menu = [("viec", "Việc của đơn vị"), ("trogiup", "Cách trả lời")]
    await channel.set_commands(str(hung.id), menu)
    assert hung.menu == menu
    hung.closed = "Forbidden: bot was blocked by the user"
    with pytest.raises(ChannelError, match="blocked"):
        await channel.set_commands(str(hung.id), menu)
