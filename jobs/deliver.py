"""Messages → chats. Claim, commit, call, record: never a transaction across a network call.

What was in flight when a process died is sent once more, marked as a possible repeat: no chat service lets a sender
ask whether a message arrived. A few messages of each channel are under way at a time.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

from bot.channel import Channel, Down, Later, Result, Unknown
from bot.render import Weekly
from jobs.claim import Claim, Claimed, Scope, claim
from jobs.pace import Pace
from jobs.pictures import Address
from jobs.settle import settle
from models import clock
from models.base import Database
from papers.weekly.digest import Reports

ROOM = 24
"""Of each channel at once: a chat that takes long holds one place of its own channel. A chat service's client gets no
quicker with more, but so many are claimed in one transaction."""
PATIENCE = 5.0
"""Seconds that a round waits for a chat's pace; whoever must wait longer is left to a later round."""
LOOK_AGAIN = 1.0
"""Seconds after which what became due meanwhile is looked for, whatever is still under way."""

UnderWay = dict[asyncio.Task[tuple[Claim, Result]], Claim]


class Gates:
    """The paces of all channels, asked by name."""

    def __init__(self, channels: Mapping[str, Channel], elapsed: Callable[[], float]) -> None:
        self._paces = {name: Pace(channel.capabilities, elapsed) for name, channel in channels.items()}

    def wait(self, channel: str, chat_id: str) -> float:
        """Seconds until this chat may be written to."""
        return self._paces[channel].wait(chat_id)

    def note(self, channel: str, chat_id: str) -> None:
        """It is written to now."""
        self._paces[channel].note(chat_id)

    def forgo(self, channel: str, chat_id: str) -> None:
        """It is not written to after all."""
        self._paces[channel].forgo(chat_id)

    def shut(self, channel: str) -> float:
        """Seconds for which nothing goes over this channel."""
        return self._paces[channel].shut()

    def heed(self, made: Claim, result: Result) -> None:
        """What a channel answered is kept to at once, before it is recorded."""
        pace = self._paces[made.route.channel]
        if isinstance(result, Later):
            pace.park(made.route.chat_id, result.seconds)
        elif isinstance(result, Down):
            pace.park_all(min(result.seconds, PATIENCE * 2))


class Sender:
    """One process's way out. `pictures`: where a chat's service finds them, None: nowhere. `site`: its public address,
    empty: none. `elapsed`, `sleep`: the time by which paces are kept, for those who set it."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], *, pictures: Address | None = None,
                 site: str = "", elapsed: Callable[[], float] = clock.elapsed,
                 sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:  # fmt: skip
        self.database, self.channels, self._pictures, self._sleep = database, channels, pictures, sleep
        self._site = site
        self._gates = Gates(channels, elapsed)
        self._claiming = asyncio.Lock()
        self._on_their_way: set[int] = set()

    async def deliver(self) -> int:
        """Send what is due now, and what becomes due while it is at it; how many messages were tried."""
        done, report, under_way = 0, Reports(self._site), UnderWay()
        try:
            while True:
                found = await self._claimed(Scope(self._room(under_way), self._on_their_way), report)
                under_way |= {asyncio.create_task(self._try(made)): made for made in found.claims}
                nap = None
                if found.wait is not None and found.wait <= PATIENCE:
                    nap = asyncio.ensure_future(self._sleep(found.wait))
                elif not under_way:
                    return done
                done += await self._until_a_look(under_way, nap, found.full)
        finally:
            self._on_their_way -= {made.message_id for made in under_way.values()}

    async def send(self, ids: Sequence[int]) -> None:
        """Send these messages at once, where their chats' pace allows it: the answer to what somebody just wrote. What
        does not go now is left to the next round."""
        scope = Scope(dict.fromkeys(self.channels, len(ids)), self._on_their_way, ids)
        claims = (await self._claimed(scope, Reports(self._site))).claims
        try:
            await self._settled(await asyncio.gather(*(self._try(made) for made in claims)))
        finally:
            self._on_their_way -= {made.message_id for made in claims}

    async def _until_a_look(self, under_way: UnderWay, nap: asyncio.Future[None] | None, full: Collection[str]) -> int:
        """Record what is sent until it is time to look again: when a wait is over, when a channel for which there is
        more has room for several (not for each a transaction), or when nothing happens; how many were recorded."""
        recorded, look = 0, False
        while not look:
            waited: list[asyncio.Future[Any]] = [*under_way, *([nap] if nap is not None else [])]
            await asyncio.wait(waited, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
            finished = [task for task in under_way if task.done()]
            await self._settled([task.result() for task in finished])
            for task in finished:
                self._on_their_way.discard(under_way.pop(task).message_id)
            recorded += len(finished)
            room = self._room(under_way)
            look = (nap is not None and nap.done()) or not finished or not under_way
            look = look or any(room[name] >= ROOM // 2 for name in full)
        if nap is not None:
            nap.cancel()
        return recorded

    def _room(self, under_way: UnderWay) -> dict[str, int]:
        taken = Counter(made.route.channel for made in under_way.values())
        return {name: ROOM - taken[name] for name in self.channels}

    async def _claimed(self, scope: Scope, report: Weekly) -> Claimed:
        async with self._claiming:  # a pace is looked at and noted by one at a time
            found = await asyncio.to_thread(claim, self.database, self.channels, self._gates, scope, report,
                                            self._pictures)  # fmt: skip
            self._on_their_way |= {made.message_id for made in found.claims}
            return found

    async def _try(self, made: Claim) -> tuple[Claim, Result]:
        try:
            result = await self.channels[made.route.channel].send(made.outgoing)
        except Exception as fault:  # an adapter's own mistake: it may have arrived
            result = Unknown(type(fault).__name__)
        self._gates.heed(made, result)
        return made, result

    async def _settled(self, results: Sequence[tuple[Claim, Result]]) -> None:
        if results:
            await asyncio.to_thread(settle, self.database, self.channels, results)


async def deliver(database: Database, channels: Mapping[str, Channel]) -> int:
    """One round with paces of its own: for those who send now and then."""
    return await Sender(database, channels).deliver()
