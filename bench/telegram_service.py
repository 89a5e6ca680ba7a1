"""A chat service on loopback, in a process of its own: it answers at once, and measures how long it is left waiting.

`python -m bench.telegram_service`: prints its port. POST /next {"texts": [...], "chat": 1}: updates to hand out one
after the other, each when the one before was answered; GET /took: seconds from an update to its answer.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

POLL_SECONDS = 5.0
BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Service:
    """`waiting`: updates that were not handed out yet."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.took: list[float] = []
        self.given_at: float | None = None
        self.number = 0
        self.ready = asyncio.Condition()

    async def method(self, request: web.Request) -> web.Response:
        """Any method of the Bot API."""
        name = request.match_info["method"]
        if name == "getUpdates":
            return _ok(await self._updates())
        if name == "getMe":
            return _ok(BOT)
        self.number += 1
        sent = await request.post() if request.content_type != "application/json" else await request.json()
        if name == "sendMessage" and self.given_at is not None:
            self.took.append(time.perf_counter() - self.given_at)
            async with self.ready:
                self.given_at = None
                self.ready.notify_all()
        chat = {"id": int(str(sent.get("chat_id", 1))), "type": "private"}
        return _ok({"message_id": self.number, "date": 1, "chat": chat, "text": "x"} if name == "sendMessage" else True)

    async def _updates(self) -> list[dict[str, Any]]:
        async with self.ready:
            try:
                free = self.ready.wait_for(lambda: self.waiting and self.given_at is None)
                await asyncio.wait_for(free, POLL_SECONDS)
            except TimeoutError:
                return []
            self.given_at = time.perf_counter()
            return [self.waiting.pop(0)]

    async def next(self, request: web.Request) -> web.Response:
        """Texts to be handed out."""
        told = await request.json()
        async with self.ready:
            self.took.clear()
            for chat, text in told["said"]:
                self.number += 1
                who = {"id": chat, "is_bot": False, "first_name": "A"}
                message = {"message_id": self.number, "date": 1, "from": who, "text": text,
                           "chat": {"id": chat, "type": "private", "first_name": "A"}}  # fmt: skip
                self.waiting.append({"update_id": self.number, "message": message})
            self.ready.notify_all()
        return web.json_response({})

    async def times(self, _: web.Request) -> web.Response:
        """What was measured."""
        return web.json_response(self.took)


def _ok(result: Any) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")


async def main() -> None:
    """Serve until killed."""
    service = Service()
    site = web.Application()
    site.router.add_post("/next", service.next)
    site.router.add_get("/took", service.times)
    site.router.add_route("*", "/bot{token}/{method}", service.method)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
