"""A strict Telegram on loopback: one bot, the methods we use, and every limit and fault that the real one has.

    async with serving() as server:
        hung = server.person("Hùng")
        channel = TelegramChannel(server.token, server.address)
        hung.says("đã nhận")
        hung.taps("Tiến độ")
        assert hung.sees() == [...]

It refuses what Telegram refuses, in its words. What must not happen at all (an unknown method, parameter or type,
broken HTML, a text too long, a button of 65 bytes) is also kept in `wrongs`, and the block ends with an AssertionError
unless the test has looked at it and cleared it. Nothing waits: a `getUpdates` without news answers at once, unless
`waits`. Faults: `upset`. Its people: tests/telegram_chats.py.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from models import clock
from tests.telegram_answers import DOES
from tests.telegram_chats import BOT_ID, Chat, Group, Person, Shown
from tests.telegram_checks import Limits, Refused
from tests.telegram_methods import Unfit, fitting, form_of
from tests.telegram_updates import Updates
from tests.telegram_wire import Reply, Request, Wire

HOOK_SECRET = "hook-secret_of_the_test"
"""What this Telegram sends with every request to a webhook of the tests."""
PAGES: dict[int | str, Reply] = {
    "page": Reply(403, b"<html>blocked by order</html>", "text/html"),
    "not_json": Reply(200, b"<html>sign in to this network</html>", "text/html"),
    502: Reply(502, b"<html>502 Bad Gateway</html>", "text/html"),
}
"""Answers that are not Telegram's own."""


@dataclass
class File:
    """What people have sent. `size`: what Telegram says it is."""

    path: str
    content: bytes
    size: int


@dataclass
class Upset:
    """The next requests go wrong. `how`: a status in Telegram's JSON (429 with `retry_after`), 502 and "page" as a
    proxy answers, "not_json" (200), "drop_before" and "drop_after" (the connection is cut before or after the work),
    "hang" (after it, until the server stops). `method`: "file" is a download; None: any."""

    how: int | str
    method: str | None
    times: int
    retry_after: int


class TelegramServer:
    """`calls`: (method, parameters) of every request that fitted. `answered`: taps that were answered, `taps`: those
    that were not yet. `limits`: who may be written to how often; None: no limits. `web`: what lies at an address."""

    token = f"{BOT_ID}:AAMadeUpForTests_0123456789"

    def __init__(self, *, waits: bool = False, limits: Limits | None = None) -> None:
        self.address = ""
        self.limits = limits
        self.has_username = True
        self.web: Callable[[str], bytes | None] = lambda url: None
        self.updates: Updates = Updates(waits)
        self.wrongs: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answered: list[str] = []
        self.taps: set[str] = set()
        self.chats: dict[int | str, Chat] = {}
        self.files: dict[str, File] = {}
        self._upsets: list[Upset] = []
        self._last = 1000
        self._wire = Wire(self._handle)

    def person(self, name: str, *, started: bool = True) -> Person:
        """Somebody with a private chat; one who never started the bot may not be written to."""
        number = self.number()
        closed = None if started else "Forbidden: bot can't initiate conversation with a user"
        person = Person(self, number, {"id": number, "first_name": name, "type": "private"}, closed=closed)
        self.chats[number] = person
        return person

    def group(self, title: str, kind: str = "group") -> Group:
        """A group that the bot is in."""
        number = -self.number() - (0 if kind == "group" else 1_000_000_000_000)
        group = Group(self, number, {"id": number, "title": title, "type": kind})
        self.chats[number] = group
        return group

    def upset(self, how: int | str, method: str | None = None, *, times: int = 1, retry_after: int = 1) -> None:
        """Let the next requests (of one method) go wrong; see Upset."""
        self._upsets.append(Upset(how, method, times, retry_after))

    def number(self) -> int:
        """The next id of a message, a chat, a file, a tap."""
        self._last += 1
        return self._last

    def date(self) -> int:
        """Now, as Telegram writes it."""
        return int(clock.now().timestamp())

    def said(self, chat: Chat, who: dict[str, Any], body: dict[str, Any]) -> Shown:
        """Somebody's message, and its update."""
        raw = {"message_id": self.number(), "from": who, "chat": chat.about, "date": self.date(), **body}
        shown = Shown(raw, str(body.get("text") or body.get("caption") or ""))
        chat.messages[shown.id] = shown
        self.happens("message", raw)
        return shown

    def tapped(self, who: dict[str, Any], under: Shown, data: str) -> str:
        """A button was pressed; the tap's id."""
        tap = f"44{self.number():016d}"
        self.taps.add(tap)
        body = {"id": tap, "from": who, "message": under.raw, "chat_instance": "-1", "data": data}
        self.happens("callback_query", body)
        return tap

    def keep(self, content: bytes, folder: str, size: int | None = None) -> dict[str, Any]:
        """Keep a file; how a message names it."""
        number = self.number()
        file = File(f"{folder}/file_{number}", content, len(content) if size is None else size)
        self.files[f"AgAC{number}"] = file
        return {"file_id": f"AgAC{number}", "file_unique_id": f"u{number}", "file_size": file.size}

    def happens(self, kind: str, body: Any) -> dict[str, Any]:
        """One update, whatever it is; also for what no person here can do."""
        return self.updates.add(kind, body)

    async def start(self) -> None:
        """Listen on loopback."""
        self.address = await self._wire.start()

    async def stop(self) -> None:
        """End every connection. Raises AssertionError for what must not happen and was not cleared."""
        await self._wire.stop()
        assert not self.wrongs, self.wrongs

    async def _handle(self, request: Request) -> Reply | None:
        path = unquote(request.path)  # the library writes the token's colon as %3A in the address of a file
        download = path.startswith("/file/")
        token, _, name = path.removeprefix("/file").removeprefix("/bot").partition("/")
        if token != self.token:
            return _refusal(401, "Unauthorized")
        upset = self._upset_for("file" if download else name)
        if upset is not None and upset.how not in ("drop_after", "hang"):
            return _wrong(upset)
        reply = self._download(name) if download else await self._call(name, request)
        if upset is not None and upset.how == "hang":
            await asyncio.Event().wait()
        return reply if upset is None else None

    def _upset_for(self, method: str) -> Upset | None:
        found = next((one for one in self._upsets if one.method in (None, method)), None)
        if found is not None:
            found.times -= 1
            if found.times == 0:
                self._upsets.remove(found)
        return found

    def _download(self, path: str) -> Reply:
        found = next((one for one in self.files.values() if one.path == path), None)
        return _refusal(404, "Not Found") if found is None else Reply(200, found.content, "application/octet-stream")

    async def _call(self, method: str, request: Request) -> Reply:
        try:
            form, files = form_of(request)
            params = fitting(method, form, files)
            self.calls.append((method, params))
            done = await self.updates.get(params) if method == "getUpdates" else DOES[method](self, params)
        except Unfit as unfit:
            self.wrongs.append(str(unfit))
            return _refusal(400, f"Bad Request: {unfit}")
        except Refused as refused:
            if refused.wrong:
                self.wrongs.append(f"{method}: {refused.description}")
            return _refusal(refused.code, refused.description, **refused.more)
        return Reply(200, json.dumps({"ok": True, "result": done}).encode())


def _refusal(code: int, description: str, **more: Any) -> Reply:
    return Reply(code, json.dumps({"ok": False, "error_code": code, "description": description, **more}).encode())


def _wrong(upset: Upset) -> Reply | None:
    if upset.how in PAGES:
        return PAGES[upset.how]
    if upset.how == 429:
        words = f"Too Many Requests: retry after {upset.retry_after}"
        return _refusal(429, words, parameters={"retry_after": upset.retry_after})
    if isinstance(upset.how, int):
        return _refusal(upset.how, {401: "Unauthorized"}.get(upset.how, "Internal Server Error"))
    return None


@asynccontextmanager
async def serving(*, waits: bool = False, limits: Limits | None = None) -> AsyncIterator[TelegramServer]:
    """A server in this event loop, for the block."""
    server = TelegramServer(waits=waits, limits=limits)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@contextmanager
def serving_beside(*, waits: bool = True, limits: Limits | None = None) -> Iterator[TelegramServer]:
    """A server in a thread of its own, for tests that are not asynchronous and programs in processes of their own."""
    server, loop = TelegramServer(waits=waits, limits=limits), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result()
        yield server
    finally:
        try:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
