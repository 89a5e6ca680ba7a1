"""From the wire to an answer: kept first, its files fetched, then carried out, and the reply sent at once.

Nothing here is remembered but what may be forgotten: a process that dies anywhere is carried on from the inbox's rows.
Chats are worked on side by side, the messages of one chat in their order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channel import Channel, ChannelError, Chatting, FileGone, Update
from bot.desk import Desk
from bot.inbox import answer, failed, waiting
from bot.keeping import by_chat, keep, keep_file, kept, postpone_file, refuse_file
from models.base import Database

MOST_FILES = 20
log = logging.getLogger(__name__)

Send = Callable[[Sequence[int]], Awaitable[None]]
Screen = Callable[[str, bytes], str]
"""(name, content) → media type. Raises FileRefused."""


class FileRefused(Exception):
    """A file that is not taken as evidence. `reason`: type, empty, secret, unscreened."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Lane:
    """One chat's turn. `users`: those who have it or wait for it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Receiver:
    """What comes from the channels in which people write. `send`: sends these messages now; `screen`: looks at a file
    before it is kept."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], desk: Desk, screen: Screen,
                 send: Send) -> None:  # fmt: skip
        self.database, self.channels, self.desk, self.screen, self.send = database, channels, desk, screen, send
        self._lanes: dict[tuple[str, str], Lane] = {}

    async def take(self, channel: Chatting, updates: Sequence[Update]) -> list[int]:
        """Keep what came: inbox ids of what is new, committed. Only then may the channel be told that it arrived."""
        if not updates:
            return []
        ids = await asyncio.to_thread(keep, self.database, channel.capabilities.name, channel.bot, updates)
        for update in updates:
            await channel.taken(update)
        return ids

    async def handle(self, ids: Sequence[int]) -> None:
        """Answer these kept updates: chats side by side, each chat in order. Never raises."""
        try:
            found = await asyncio.to_thread(by_chat, self.database, ids)
        except Exception:  # they are kept: the loop comes back to them
            log.exception("inbox rows %s", list(ids))
            return
        await asyncio.gather(*(self._chat(chat, rows) for chat, rows in found.items()))

    async def handle_waiting(self) -> int:
        """Answer whatever is kept and not answered: what a process left that died, and pictures that waited for each
        other. How many rows."""
        ids = await asyncio.to_thread(self._waiting)
        await self.handle(ids)
        return len(ids)

    def _waiting(self) -> list[int]:
        with self.database.read() as session:
            return waiting(session)

    async def _chat(self, chat: tuple[str, str], rows: Sequence[tuple[int, bool]]) -> None:
        lane = self._lanes.setdefault(chat, Lane())
        lane.users += 1
        try:
            async with lane.lock:
                for inbox_id, with_files in rows:
                    await self._one(inbox_id, with_files)
        finally:
            lane.users -= 1
            if not lane.users:  # a lock that somebody is about to take looks free
                self._lanes.pop(chat, None)

    async def _one(self, inbox_id: int, with_files: bool) -> None:
        replies: list[int] = []
        try:
            if not with_files or await self._has_files(inbox_id):
                replies = await asyncio.to_thread(answer, self.database, inbox_id, self.desk)
        except Exception as fault:  # of a file: counted, so that no row is tried for ever
            log.exception("inbox row %s", inbox_id)
            replies = await asyncio.to_thread(failed, self.database, inbox_id, type(fault).__name__)
        try:
            if replies:
                await self.send(replies)
        except Exception:  # they are queued: the sender comes to them
            log.exception("answers to inbox row %s", inbox_id)

    async def _has_files(self, inbox_id: int) -> bool:
        """Fetch what is not fetched yet, looking again after each file: another picture may have joined meanwhile.
        False when the row is not to be answered now."""
        while (row := await asyncio.to_thread(kept, self.database, inbox_id)) is not None:
            place = next((n for n, file in enumerate(row.files[:MOST_FILES]) if not file.get("done")), None)
            if place is None:
                return True
            await self._fetch(inbox_id, row.channel, place, row.files[place])
        return False

    async def _fetch(self, inbox_id: int, name: str, place: int, file: Mapping[str, Any]) -> None:
        called = str(file.get("name") or f"{file.get('kind', 'file')}-{place + 1}")
        channel: Any = self.channels.get(name)
        try:
            if channel is None:
                raise ChannelError("no_channel")
            data = await channel.fetch(file)
            media_type = await asyncio.to_thread(self.screen, called, data)
        except FileGone as error:
            await asyncio.to_thread(refuse_file, self.database, inbox_id, place, error.why)
        except FileRefused as error:
            await asyncio.to_thread(refuse_file, self.database, inbox_id, place, error.reason)
        except ChannelError as error:
            log.warning("a file of inbox row %s cannot be fetched now: %s", inbox_id, error.why)
            await asyncio.to_thread(postpone_file, self.database, inbox_id, place)
        else:
            await asyncio.to_thread(keep_file, self.database, inbox_id, place, called, media_type, data)
