"""An office whose people write in a real channel: the service's own loops, a step at a time, at a clock that is set.

    async with on_telegram("tts.truong") as there:
        await there.link("tts.truong")
        await there.says("tts.truong", "đã nhận")
        assert "NV1" in there.heard("tts.truong")

The same acts on every channel: `chooses` presses the button with a number where there are buttons and types the number
elsewhere. What was said and heard is kept, to be read as a conversation.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import update
from sqlmodel import SQLModel, col, func, select

import chats
from bot.channel import Channel
from bot.desk import Desk
from bot.polling import Poller
from bot.receiving import Receiver
from jobs import schedule
from jobs.deliver import Sender
from jobs.tidy import Tidier
from models import clock, pairing
from models.linking import CHAT, new_code
from models.organisation import Contact, ContactState
from tests.office import Office
from web.context import Context
from web.site import make_site

SECRET = b"only for tests"
SITE = "https://dondoc.example"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(200)


def screen(name: str, data: bytes) -> str:
    """As the service looks at a file, but at the same bytes once: a process of its own opens each."""
    return _screened(Path(name).suffix, data)


@cache
def _screened(suffix: str, data: bytes) -> str:
    return chats.screen(f"file{suffix}", data)


@dataclass
class ChatOffice:
    """The office, the channel its people write in, and what passed between them. `server`: the channel's service;
    `hook`: has it call our site with what is new."""

    office: Office
    name: str
    channels: dict[str, Channel]
    server: Any = None
    hook: Callable[[], Awaitable[Any]] | None = None
    people: dict[str, Any] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)
    _read: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A simulated second goes by with each wait: paces are kept, and nothing waits.
        self._seconds = 0.0
        self.sender = Sender(self.office.database, self.channels, elapsed=lambda: self._seconds, sleep=self._sleep)
        self.tidier = Tidier(self.office.database, self.channels, lambda: self._seconds)
        desk = Desk(SECRET, SITE, ("telegram", "zalo", "web"), {"zalo": 50}, frozenset({"zalo"}))
        self.receiver = Receiver(self.office.database, self.channels, desk, screen, self.sender.send)
        asked: Any = None if self.name == "web" else self.channels[self.name]
        self.poller = asked and Poller(self.office.database, asked, self.receiver)

        # Where the services call us, and where people leave documents that a chat cannot carry.
        hooks = {self.name: asked} if asked else {}
        self.site = make_site(Context(self.office.database, SECRET, base_url=SITE, hooks=hooks, receiver=self.receiver))
        self.browser = httpx.AsyncClient(transport=httpx.ASGITransport(self.site), base_url=SITE)

    async def close(self) -> None:
        """Give connections back."""
        await self.browser.aclose()
        for channel in self.channels.values():
            await channel.close()
        # They hold each other: the database's engine, with all that it has compiled, would wait for the collector.
        del self.sender, self.receiver, self.tidier, self.poller, self.site, self.browser, self.hook

    async def _sleep(self, seconds: float) -> None:
        self._seconds += seconds

    def at(self, moment: str) -> None:
        """Set the clock ("2023-07-24 13:30"); the page of the transcript says so."""
        self.office.at(moment)
        self.transcript.append(f"\n== {clock.local_now():%d/%m/%Y %H:%M}")

    def later(self, minutes: int) -> None:
        """Minutes go by."""
        clock.stand_at(clock.now() + timedelta(minutes=minutes))

    async def link(self, who: str) -> None:
        """The Office gives a code, it is typed in the chat and confirmed. In the browser everybody is signed in."""
        if self.name == "web":
            return
        with self.office.database.write() as session:
            others = update(Contact).where(col(Contact.person_id) == self.office.people[who])
            session.execute(others.values(state=ContactState.UNLINKED))
            code = new_code(session, SECRET, self.office.people[who], CHAT)
        self._said(who, "(mã liên kết)")
        await _done(self.people[who].says(code))
        await self.turn()
        await self.says(who, "1")

    def linked(self, who: str) -> None:
        """Linked long ago, without the talk."""
        chat = pairing.Chat(self.name, getattr(self.channels[self.name], "bot", ""), self._chat_of(who))
        with self.office.database.write() as session:
            others = update(Contact).where(col(Contact.person_id) == self.office.people[who])
            session.execute(others.values(state=ContactState.UNLINKED))
            pairing.link(session, chat, self.office.people[who], 0, clock.now())

    def _chat_of(self, who: str) -> str:
        person = self.people[who]
        if self.name == "zalo":
            person.opens()
        return str(person.id if self.name == "zalo" else person.person.id)

    async def says(self, who: str, text: str) -> None:
        """Type a message, and let the service do what it has to."""
        self._said(who, text)
        await _done(self.people[who].says(text))
        await self.turn()

    async def chooses(self, who: str, number: int) -> None:
        """The answer with this number to what was said last."""
        label = self._label(who, number)
        self._said(who, f"[{label}]" if label else str(number))
        if label is not None:
            await _done(self.people[who].presses(number))
        else:
            await _done(self.people[who].says(str(number)))
        await self.turn()

    async def sends_photo(self, who: str) -> None:
        """A picture without words. Pictures that come together wait for each other: some seconds go by."""
        self._said(who, "(ảnh)")
        self.people[who].sends_photo(PICTURE)
        await self.turn()
        clock.stand_at(clock.now() + timedelta(seconds=5))
        await self.turn()

    async def turn(self) -> None:
        """What the service does by itself, once: fetch and answer what came, plan, send, tidy up."""
        await self.comes()
        await self.receiver.handle_waiting()
        schedule.tick(self.office.database)
        await self.sender.deliver()
        await self.tidier.tidy()
        for who in self.people:
            self._hear(who)

    async def comes(self) -> None:
        """What was said arrives and is answered."""
        if self.hook is not None:
            await self.hook()
        elif self.poller is not None:
            for _ in range(1 + len(getattr(self.server, "queue", "1"))):  # Zalo gives one at a time, and old ones again
                await self.poller.step()
                await self.poller.finish()

    def count(self, table: type[SQLModel], *where: Any) -> int:
        """How many rows there are."""
        with self.office.database.read() as session:
            return session.exec(select(func.count()).select_from(table).where(*where)).one()

    def heard(self, who: str) -> str:
        """The last thing that was said to somebody."""
        seen = self.people[who].sees()
        return seen[-1] if seen else ""

    def _label(self, who: str, number: int) -> str | None:
        find = getattr(self.people[who], "label", None)
        return find(number) if find is not None else None

    def _said(self, who: str, words: str) -> None:
        self._hear(who)
        self.transcript.append(f"\n{who} > {words}")

    def _hear(self, who: str) -> None:
        seen = self.people[who].sees()
        for text in seen[self._read.get(who, 0) :]:
            self.transcript.append(f"\n{who} <\n" + "\n".join(f"    {line}" for line in text.split("\n")))
        self._read[who] = len(seen)


async def _done(act: Any) -> None:
    """What somebody did, on a service whose people take their time too."""
    if inspect.isawaitable(act):
        await act
