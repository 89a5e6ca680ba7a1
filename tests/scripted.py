"""Channels that answer as a test tells them to and remember what arrived, and an office that is linked to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.channel import Capabilities, Channel, Down, Incoming, Outgoing, Refused, Result, Sent, Spent
from bot.inbox import answer, receive
from bot.webchat import WebChat
from jobs.alarms import raise_alarms
from jobs.deliver import Sender
from models import channel_state, clock
from models.channel_health import Watched
from models.channel_state import ChannelState, state_of
from models.inserting import insert_row
from models.message import Message, MessageState, Notice
from models.organisation import Contact, ContactState
from tests.office import Office, local

Answer = Callable[[Outgoing], Result | None]


class Scripted:
    """A channel. `says`: what it answers instead of Sent, for every message; `to`: for one chat; None: it arrives."""

    def __init__(self, name: str, **limits: Any) -> None:
        self.capabilities = Capabilities(name, 4096, False, True, False, **limits)
        self.bot = f"{name}-bot"
        self.says: Result | None = None
        self.to: dict[str, Result | Answer] = {}
        self.tried: list[Outgoing] = []
        self.arrived: list[Outgoing] = []

    async def send(self, outgoing: Outgoing) -> Result:
        """One try."""
        self.tried.append(outgoing)
        answer = self.to.get(outgoing.chat_id, self.says)
        result = answer(outgoing) if callable(answer) else answer
        if result is None:
            self.arrived.append(outgoing)
            return Sent((f"p{len(self.arrived)}",))
        return result

    async def close(self) -> None:
        """It holds nothing."""

    def heard(self, who: str | None = None) -> list[str]:
        """The texts that arrived, of everybody or in one person's chat."""
        return [one.text for one in self.arrived if who in (None, one.chat_id)]

    def readers(self) -> list[str]:
        """In whose chats messages arrived, in order."""
        return [one.chat_id for one in self.arrived]


POLLED = (Watched("telegram", "polling", token="DONDOC_TELEGRAM_TOKEN"), Watched("zalo", "polling", 100, 50))
CONNECT, BLOCKED, USED_UP = Down(5, "connect"), Refused("blocked"), Spent("quota")


@dataclass
class Linked:
    """An office whose people are linked to Telegram and Zalo, by the short ids of those who are; chats are named after
    their people. Nobody else but the browser's people is there. `both`: on Telegram first."""

    office: Office
    telegram: Scripted = field(default_factory=lambda: Scripted("telegram"))
    zalo: Scripted = field(default_factory=lambda: Scripted("zalo", monthly=100))
    watched: tuple[Watched, ...] = (Watched("telegram"), Watched("zalo", monthly=100))
    seconds: float = 0.0
    written: int = 0

    def __post_init__(self) -> None:
        self.channels: dict[str, Channel] = {"telegram": self.telegram, "zalo": self.zalo, "web": WebChat()}
        self.sender = Sender(self.office.database, self.channels, elapsed=lambda: self.seconds, sleep=self.wait)

    async def wait(self, seconds: float) -> None:
        """What the sender does instead of sleeping: both clocks go on."""
        self.seconds += seconds
        clock.stand_at(clock.now() + timedelta(seconds=seconds))

    def link(self, channels: Mapping[str, str]) -> Linked:
        """Who is linked where, the preferred first: {"tts.truong": "telegram zalo"}; the browser is theirs no more."""
        with self.office.database.write() as session:
            for who, names in channels.items():
                mine = col(Contact.person_id) == self.office.people[who]
                session.execute(update(Contact).where(mine).values(state=ContactState.UNLINKED))
                for place, name in enumerate(names.split()):
                    now = {"state": ContactState.ACTIVE, "preference": place}
                    if name == "web":
                        session.execute(update(Contact).where(mine, col(Contact.channel) == name).values(**now))
                        continue
                    insert_row(session, Contact, person_id=self.office.people[who], channel=name, bot=f"{name}-bot",
                               chat_id=who, linked_at=clock.now(), **now)  # fmt: skip
        return self

    def deliver(self) -> int:
        """One round of the sender."""
        self.seconds += 60  # what was parked is free again
        return asyncio.run(self.sender.deliver())

    def at(self, moment: str) -> Linked:
        """At this moment: the planner looks, what is due goes out, the watch looks, and what it says goes out."""
        self.office.tick(moment)
        return self.pass_by()

    def pass_by(self, seconds: int = 0) -> Linked:
        """So many seconds pass, with one round of everything at their end."""
        clock.stand_at(clock.now() + timedelta(seconds=seconds))
        self.deliver()
        raise_alarms(self.office.database, self.watched)
        self.deliver()
        return self

    def write(self, who: str, channel: str, words: str) -> None:
        """Somebody writes in a chat and is answered at once."""
        self.written += 1
        self.seconds += 60
        with self.office.database.write() as session:
            row = receive(session, channel=channel, bot=f"{channel}-bot", message_key=f"w{self.written}", chat_id=who,
                          incoming=Incoming(text=words), person_id=self.office.people[who])  # fmt: skip
        assert row is not None
        asyncio.run(self.sender.send(answer(self.office.database, row)))

    def minutes(self, number: int) -> Linked:
        """So many minutes pass, looked at every 20 seconds."""
        for _ in range(number * 3):
            self.pass_by(20)
        return self

    def state(self, channel: Scripted) -> ChannelState:
        """What is known of it."""
        with self.office.database.read() as session:
            return state_of(session, channel.capabilities.name, channel.bot)

    def polled(self, why: str | None = None, channel: str = "telegram", at: str | None = None) -> None:
        """A poll went well, or failed for this reason; at a moment if one is given."""
        if at:
            clock.stand_at(local(at))
        with self.office.database.write() as session:
            if why is None:
                channel_state.note_up(session, channel, f"{channel}-bot", polled=True)
            else:
                channel_state.note_down(session, channel, f"{channel}-bot", why, polled=True)

    def have_used(self, messages: int) -> Linked:
        """So many of Zalo's hundred messages have gone this month."""
        with self.office.database.write() as session:
            channel_state.count(session, "zalo", "zalo-bot", messages, 100)
        return self

    def used(self) -> int:
        """How many of them have."""
        return channel_state.used(self.state(self.zalo))

    def messages(self, who: str, state: MessageState | None = None) -> list[Message]:
        """A person's messages."""
        with self.office.database.read() as session:
            query = select(Message).where(Message.person_id == self.office.people[who]).order_by(col(Message.id))
            return [one for one in session.exec(query) if state in (None, one.state)]

    def notices(self, who: str) -> list[tuple[str, str | None]]:
        """(kind, why it was dropped) of a person's notices."""
        with self.office.database.read() as session:
            query = select(Notice).where(Notice.person_id == self.office.people[who]).order_by(col(Notice.id))
            return [(one.kind.value, one.reason) for one in session.exec(query)]

    def shown(self, who: str, word: str = "") -> list[str]:
        """What the person finds in the browser, of what holds this word."""
        return [one.text or "" for one in self.messages(who, MessageState.SENT) if word in (one.text or "")]
