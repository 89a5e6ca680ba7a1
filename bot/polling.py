"""Asking a channel what has come: one step of the loop, and how long to wait before the next.

What came is committed before the next request, which acknowledges it. Failures wait longer each time; one poller a bot
is the lease's matter, and whoever finds another one at it steps down.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.channel import ChannelError, Chatting, Conflict, Unauthorised, Update
from bot.receiving import Receiver
from models import clock
from models.base import Database
from models.channel_state import note_down, note_up

FIRST, LONGEST = 1.0, 30.0
STEP_DOWN = 30.0
NOTED_EVERY = 10.0
WHAT_TO_DO = {"webhook": "; `dondoc webhook CHANNEL --remove` goes back to polling",
              "conflict": "; stop the other program that polls with this token"}  # fmt: skip
log = logging.getLogger(__name__)


@dataclass
class Poller:
    """One channel's. `floor`: seconds between two requests, however quick the answer was."""

    database: Database
    channel: Chatting
    receiver: Receiver
    floor: float = 0.0
    _came: Sequence[Update] = ()
    """Not kept yet: the next request would acknowledge it, so what could not be kept is tried first."""
    _failed: float = 0.0
    _note_at: float = -1.0
    _at_work: set[asyncio.Task[None]] = field(default_factory=set)

    async def step(self) -> float:
        """Ask once, keep what came and begin to answer it; seconds to wait before the next step."""
        if not self._came:
            try:
                self._came = await self.channel.poll()
            except ChannelError as error:
                return await self._trouble(error)
        ids = await self.receiver.take(self.channel, self._came)
        self._came = ()
        if self._failed or clock.elapsed() >= self._note_at:  # not with every message: it is a commit
            await asyncio.to_thread(self._note, None)
            self._note_at = clock.elapsed() + NOTED_EVERY
        self._failed = 0.0
        if ids:
            task = asyncio.create_task(self.receiver.handle(ids))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        return self.floor

    async def finish(self) -> None:
        """Wait for the answers that are being made."""
        await asyncio.gather(*self._at_work)

    async def _trouble(self, error: ChannelError) -> float:
        name = self.channel.capabilities.name
        log.warning("%s cannot be asked: %s%s", name, error.why, WHAT_TO_DO.get(error.why, ""))
        if not isinstance(error, Conflict):  # messages go through all the same: it is only noted that nobody polls
            await asyncio.to_thread(self._note, error.why)
        if isinstance(error, (Conflict, Unauthorised)):
            self._failed = STEP_DOWN
            return STEP_DOWN
        self._failed = min(max(self._failed * 2, FIRST, error.seconds), LONGEST)
        return self._failed

    def _note(self, why: str | None) -> None:
        name, bot = self.channel.capabilities.name, self.channel.bot
        with self.database.write() as session:
            if why is None:
                note_up(session, name, bot, polled=True)
            else:
                note_down(session, name, bot, why, polled=True)


async def begin(database: Database, channel: Chatting,
                sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:  # fmt: skip
    """Ask a channel that calls us who its bot is, until it says so: nobody polls it, so nobody else would ask."""
    name, wait = channel.capabilities.name, FIRST
    while True:
        try:
            return await channel.start()
        except ChannelError as error:
            log.warning("%s does not say who its bot is: %s", name, error.why)
            await asyncio.to_thread(_silent, database, channel, error.why)
        await sleep(wait)
        wait = min(wait * 2, LONGEST)


def _silent(database: Database, channel: Chatting, why: str) -> None:
    with database.write() as session:
        note_down(session, channel.capabilities.name, channel.bot, why)
