"""Telegram's webhook: set and dropped, and only what bears its secret is read."""

from __future__ import annotations

import json

import pytest

from bot.channel import Conflict
from bot.telegram import HOOK_BYTES, TelegramChannel
from tests.telegram_chats import Person
from tests.telegram_server import HOOK_SECRET, TelegramServer

pytest_plugins = ["tests.telegram_stage"]
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}


async def test_polling_beside_a_webhook_is_a_conflict(channel: TelegramChannel, hung: Person) -> None:
    await channel.set_hook("https://dondoc.example.vn/telegram")
    hung.says("đã nhận")
    info = await channel.hook_info()
    assert (info["url"], info["pending_update_count"]) == ("https://dondoc.example.vn/telegram", 1)
    with pytest.raises(Conflict):
        await channel.poll()
    await channel.drop_hook()
    assert (await channel.hook_info())["url"] == ""
    assert len(await channel.poll()) == 1


async def test_the_webhook_brings_what_polling_brings(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    await channel.set_hook("https://dondoc.example.vn/telegram")
    assert server.updates.hook["secret_token"] == HOOK_SECRET
    hung.says("đã nhận")
    body = json.dumps(server.updates.waiting[0]).encode()
    hooked = channel.hooked(HEADERS, body)
    await channel.drop_hook()
    assert hooked == await channel.poll()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"{}"),
        ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, b"{}"),
        ({"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET + "x"}, b"{}"),
        ({"X-Telegram-Bot-Api-Secret-Token": "đ\ud800"}, b"{}"),
        (HEADERS, b""),
        (HEADERS, b"{"),
        (HEADERS, b"\xff\xfe"),
        (HEADERS, b"[" * 200_000),
        (HEADERS, b" " * HOOK_BYTES + b"{}"),
    ],
)
async def test_a_request_that_is_not_telegrams_is_not_read(
    channel: TelegramChannel, headers: dict[str, str], body: bytes
) -> None:
    assert channel.hooked(headers, body) is None


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b"7", b'{"update_id": 7, "poll": {}}'])
async def test_an_update_of_an_unknown_kind_brings_nothing(channel: TelegramChannel, body: bytes) -> None:
    assert channel.hooked({"x-telegram-bot-api-secret-token": HOOK_SECRET}, body) == []


async def test_without_a_secret_there_is_no_webhook(server: TelegramServer) -> None:
    channel = TelegramChannel(server.token, server.address)
    assert channel.hooked({"X-Telegram-Bot-Api-Secret-Token": ""}, b"{}") is None
    assert channel.hooked({}, b"{}") is None
    with pytest.raises(ValueError, match="secret"):
        await channel.set_hook("https://dondoc.example.vn/telegram")
    await channel.close()
