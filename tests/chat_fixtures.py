"""Fixtures of the chat tests: the office for what goes wrong (tests/chat_trouble.py), on Telegram and on Zalo.

A test file asks for them by `pytest_plugins = ["tests.chat_fixtures"]`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.chat_channels import on_telegram, on_zalo
from tests.chat_office import ChatOffice
from tests.chat_trouble import begun


@pytest.fixture
async def there() -> AsyncIterator[ChatOffice]:
    """On Telegram."""
    async with begun(on_telegram) as made:
        yield made


@pytest.fixture
async def zalo() -> AsyncIterator[ChatOffice]:
    """On Zalo."""
    async with begun(on_zalo) as made:
        yield made
