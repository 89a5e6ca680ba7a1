"""Updates on their way to the bot: a queue that is read by `getUpdates` and its offset, or sent to a webhook."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import httpx

from tests.telegram_checks import Refused

Params = dict[str, Any]
# What Telegram sends when nothing is said about allowed_updates is much; what is never sent unasked is not here.
EVERY_DAY = ["message", "edited_message", "callback_query", "my_chat_member", "channel_post", "inline_query", "poll"]
CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """`waits`: hold `getUpdates` for as long as it asks, as Telegram does; else it answers at once."""

    def __init__(self, waits: bool) -> None:
        self.waits = waits
        self.waiting: list[dict[str, Any]] = []
        self.hook: Params = {}
        self._allowed = EVERY_DAY
        self._last = 500_000_000
        self._poller: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, kind: str, body: Any) -> dict[str, Any]:
        """One more, as Telegram would send it."""
        self._last += 1
        update = {"update_id": self._last, kind: json.loads(json.dumps(body))}
        if kind in self._allowed:
            self.waiting.append(update)
        if self._poller is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._poller.set)
        return update

    async def get(self, params: Params) -> list[dict[str, Any]]:
        """`getUpdates`. A second one ends the first with a conflict."""
        if self.hook:
            raise Refused(409, CONFLICT)
        self._allowed = params.get("allowed_updates") or self._allowed
        offset = params.get("offset", 0)
        if offset < 0:
            self.waiting = self.waiting[offset:]
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        if not self.waiting and self.waits and params.get("timeout", 0) > 0:
            await self._news(params["timeout"])
        return self.waiting[: params.get("limit", 100)]

    async def _news(self, seconds: int) -> None:
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                await mine.wait()
        except TimeoutError:
            return
        finally:
            taken_over = self._poller is not mine
            if not taken_over:
                self._poller = None
        if taken_over:
            raise Refused(409, TWO_POLLERS)

    def set_hook(self, params: Params) -> bool:
        """`setWebhook`. Telegram asks for https; on loopback it may be http."""
        if not params["url"].startswith(("https://", "http://127.0.0.1")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", wrong=True)
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "-")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters", wrong=True)
        self.hook = params
        self._allowed = params.get("allowed_updates") or EVERY_DAY
        return True

    def drop_hook(self, params: Params) -> bool:
        """`deleteWebhook`."""
        self.hook = {}
        if params.get("drop_pending_updates"):
            self.waiting = []
        return True

    def info(self, params: Params) -> Params:
        """`getWebhookInfo`."""
        return {"url": self.hook.get("url", ""), "has_custom_certificate": False,
                "pending_update_count": len(self.waiting)} | (
                    {"allowed_updates": self._allowed} if self.hook else {})  # fmt: skip

    async def deliver(self, client: httpx.AsyncClient) -> list[int]:
        """Send what waits to the webhook, one by one, until one is not answered with 2xx; the statuses."""
        statuses: list[int] = []
        while self.waiting:
            secret = self.hook.get("secret_token")
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
            answer = await client.post(self.hook["url"], json=self.waiting[0], headers=headers)
            statuses.append(answer.status_code)
            if not answer.is_success:
                break
            self.waiting.pop(0)
        return statuses
