"""Fixtures of the Telegram tests: a strict server, the channel started on it, and Hùng, who has started the bot.

A test file asks for them by `pytest_plugins = ["tests.telegram_stage"]`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.telegram import TelegramChannel
from bot.telegram_request import Wire
from tests.telegram_chats import Person
from tests.telegram_server import HOOK_SECRET, TelegramServer, serving


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with serving() as running:
        yield running


@pytest.fixture
async def channel(server: TelegramServer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(server.token, server.address, hook_secret=HOOK_SECRET, request=Wire(read=0.2))
    await channel.start()
    yield channel
    await channel.close()


@pytest.fixture
def hung(server: TelegramServer) -> Person:
    return server.person("Hùng")
