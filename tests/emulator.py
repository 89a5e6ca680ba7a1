"""A Bot API server that somebody else wrote (lo-bot-api-emulator), on loopback, with what it lacks of Telegram's.

It models another server that speaks the same API: its getMe has no username, and it refuses link_preview_options,
which Telegram has had since Bot API 7.0. Both are put right here; all else is as its makers wrote it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

TOKEN = "7:AAMadeUpForTheEmulator"
NAME = "dondoc_bot"
HUNG = {"id": 71, "is_bot": False, "first_name": "Hùng"}
CHAT = {"id": 71, "type": "private", "first_name": "Hùng"}


class Emulator(LoBotApiEmulator):
    """`address`: where it listens. `sent`: the fields of every message that it took, oldest first."""

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self.address = ""
        self.sent: list[dict[str, Any]] = []

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """As its own, with the two differences."""
        fields.pop("link_preview_options", None)
        if method == "getUpdates":
            fields["timeout"] = "0"  # what has come is there; nothing waits for more
        asked = dict(fields)
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = NAME
        if method in ("sendMessage", "editMessageReplyMarkup"):
            self.sent.append({"method": method, **asked, **(result if isinstance(result, dict) else {})})
        return result

    async def says(self, **body: Any) -> int:
        """A private message of Hùng's, by its fields; its update_id."""
        message = {"message_id": 900 + len(self.sent), "date": 1, "from": HUNG, "chat": CHAT, **body}
        return int(await self.enqueue_update({"message": message}, token=TOKEN))

    async def taps(self, data: str) -> int:
        """Hùng presses a button of the last message."""
        under = {"message_id": self.sent[-1]["message_id"], "date": 1, "chat": CHAT, "text": "…"}
        body = {"id": "tap-1", "from": HUNG, "message": under, "chat_instance": "1", "data": data}
        return int(await self.enqueue_update({"callback_query": body}, token=TOKEN))

    def refused(self) -> list[dict[str, Any]]:
        """Requests that it did not take."""
        return [one for one in self.requests if one["status"] != 200]


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    """An aiohttp application on a free port of loopback; its address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def emulating() -> AsyncIterator[Emulator]:
    """An emulator in this event loop, for the block."""
    emulator = Emulator()
    async with listening(emulator.app()) as address:
        emulator.address = address
        yield emulator
