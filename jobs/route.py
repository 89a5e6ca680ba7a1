"""Which of a person's chats a message takes: the first one that works and has messages left this month.

Above nine tenths of a month's messages the rest is kept for replies and for what cannot wait: whoever has another chat
is written to there, and what is merely due soon is not said at all. When all is used up, the next chat carries on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.channel import Channel
from models import clock
from models.base import connection_of
from models.channel_state import TRY_AGAIN, TRY_ANYWAY, Budget, ChannelState, budget, is_down, note_trial, state_of
from models.organisation import Contact, ContactState

_contact = Contact.__table__
_CONTACTS = (
    select(_contact.c.person_id, _contact.c.id, _contact.c.channel, _contact.c.bot, _contact.c.chat_id)
    .where(_contact.c.person_id.in_(bindparam("people", expanding=True)), _contact.c.state == ContactState.ACTIVE)
    .order_by(_contact.c.preference, _contact.c.id)
)


class Lack(StrEnum):
    """Why nobody is written to. nobody: no chat that takes messages. down: what there is does not answer now. quota:
    the month's messages are used up."""

    NOBODY = "unreachable"
    DOWN = "down"
    QUOTA = "quota"


@dataclass(frozen=True)
class Route:
    """A chat to write to. `contact_id`: None for a reply. `sparing`: only what cannot wait."""

    contact_id: int | None
    channel: str
    bot: str
    chat_id: str
    sparing: bool = False


class Router:
    """Chooses for the messages of one transaction; each channel's state is read once in it."""

    def __init__(self, session: Session, channels: Mapping[str, Channel]) -> None:
        self.session, self.channels = session, channels
        self._states: dict[str, ChannelState] = {}
        self._chats: dict[int, list[Any]] = {}
        self._trials: set[Route] = set()

    def know(self, people: Iterable[int]) -> None:
        """Ask for the chats of these people in one question: a look at the outbox goes through hundreds."""
        asked = {person: list[Any]() for person in people if person not in self._chats}
        if not asked:
            return
        for row in connection_of(self.session).execute(_CONTACTS, {"people": list(asked)}):
            channel = self.channels.get(row.channel)
            if channel is not None and row.bot == channel.bot:
                asked[row.person_id].append(row)
        for chats in asked.values():
            chats.sort(key=lambda row: not self.channels[row.channel].capabilities.pushes)
        self._chats |= asked

    def reply(self, channel: str, chat_id: str, person_id: int | None) -> Route | Lack:
        """A reply goes to the chat it answers; to another of the person only when that one has no messages left."""
        if channel not in self.channels:
            return Lack.NOBODY
        if self._budget(channel) >= Budget.SPENT:
            return self.person(person_id) if person_id is not None else Lack.QUOTA
        if (silent := self._silent(channel)) is not None and silent < TRY_AGAIN:
            return Lack.DOWN
        return Route(None, channel, self.channels[channel].bot, chat_id)

    def person(self, person_id: int) -> Route | Lack:
        """The person's first chat that works; one with messages to spare before one that has few left.

        What is only shown when it is looked at (the browser) comes after all that calls its reader, and takes nothing
        that a channel which is down for a while would have brought to his telephone.
        """
        sparing: Route | None = None
        trial: Route | None = None
        lack = Lack.NOBODY
        self.know((person_id,))
        for row in self._chats[person_id]:
            route = Route(row.id, row.channel, row.bot, row.chat_id)
            if not self.channels[row.channel].capabilities.pushes:
                return sparing or trial or (lack if lack is Lack.DOWN else route)
            level = self._budget(row.channel)
            if level >= Budget.SPENT:
                lack = Lack.QUOTA if lack is Lack.NOBODY else lack
            elif (silent := self._silent(row.channel)) is not None and silent < TRY_ANYWAY:
                lack = Lack.DOWN
                trial = trial or (route if silent >= TRY_AGAIN else None)
            elif level < Budget.CLOSED:
                return route
            else:
                sparing = sparing or replace(route, sparing=True)
        return sparing or trial or lack

    def goes(self, route: Route) -> None:
        """A message is to take this way. Over a channel that is down it tries whether that is back."""
        state = self._state(route.channel)
        if is_down(state):
            self._trials.add(route)
            state.failed_at = clock.now()

    def tries(self) -> bool:
        """Is there one that tries whether a channel is back?"""
        return bool(self._trials)

    def went(self, route: Route) -> None:
        """It does take it."""
        if route in self._trials:
            note_trial(self.session, route.channel, route.bot)

    def _silent(self, channel: str) -> timedelta | None:
        """How long it has not been tried, if it is down."""
        state = self._state(channel)
        return clock.now() - state.failed_at if is_down(state) and state.failed_at is not None else None

    def _state(self, channel: str) -> ChannelState:
        if channel not in self._states:
            self._states[channel] = state_of(self.session, channel, self.channels[channel].bot)
        return self._states[channel]

    def _budget(self, channel: str) -> Budget:
        return budget(self._state(channel), self.channels[channel].capabilities.monthly)
