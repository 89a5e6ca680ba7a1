"""What of the outbox may go now: due, over a chat that works, at its pace, and with a place free in its channel.

A channel that can take nothing hides no other's messages: what would go over it is passed over by the question itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, text, update
from sqlmodel import Session

from bot.channel import Channel
from jobs.pace import Gate
from jobs.route import Lack, Route, Router
from models import clock
from models.base import connection_of
from models.message import Message
from models.organisation import Contact, ContactState

LOOKED_AT = 200
"""Due messages that one question goes through to find some that may go now."""
LOOKED_UP = 20
"""Of so many at a time the chats are asked for."""
HOLD = timedelta(minutes=1)

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_message, _contact = Message.__table__, Contact.__table__.c
CLAIMABLE = (
    # Written out: bound, a value that partial indexes depend on has SQLite prepare the statement anew each time.
    text("message.state IN ('queued','sending')"),
    _message.c.not_before <= bindparam("now"),
    or_(_message.c.claimed_until.is_(None), _message.c.claimed_until <= bindparam("at")),
)
"""`now`: office time. `at`: the database's own time."""
_DUE = (
    select(_message.c.id, _message.c.person_id, _message.c.channel, _message.c.chat_id)
    .where(*CLAIMABLE)
    .order_by(_message.c.not_before, _message.c.id)
    .limit(LOOKED_AT)
)
_ONLY = _DUE.where(_message.c.id.in_(bindparam("ids", expanding=True)))
_other = Contact.__table__.alias("other").c
_BEFORE = exists().where(
    _other.person_id == _contact.person_id,
    _other.state == ContactState.ACTIVE,
    _other.channel.in_(bindparam("open", expanding=True)),
    or_(
        _other.preference < _contact.preference,
        and_(_other.preference == _contact.preference, _other.id < _contact.id),
    ),
)
_SHUT_IN = select(_contact.person_id).where(
    _contact.state == ContactState.ACTIVE, _contact.channel.in_(bindparam("shut", expanding=True)), ~_BEFORE
)
"""People whose first chat is in a channel that takes nothing. Asked once, not for each message."""
_ELSEWHERE = _DUE.where(
    or_(
        and_(_message.c.chat_id != "", _message.c.channel.not_in(bindparam("shut", expanding=True))),
        and_(func.coalesce(_message.c.chat_id, "") == "", _message.c.person_id.not_in(_SHUT_IN)),
    )
)
_HOLD = (
    update(_message).where(_message.c.id.in_(bindparam("ids", expanding=True))).values(not_before=bindparam("later"))
)


@dataclass
class Due:
    """What a look gave. `ways`: messages that may go now, in their order, each with its route, or why it has none.
    `wait`: seconds until one more may go that has to wait for its pace, None if none has. `full`: channels for which
    there is more than they have room for."""

    ways: dict[int, Route | Lack] = field(default_factory=dict)
    wait: float | None = None
    full: set[str] = field(default_factory=set)


class Look:
    """One transaction's look at the outbox. `room`: messages that each channel may take; `besides`: messages that this
    process is sending, although their claims may have ended."""

    def __init__(self, session: Session, channels: Mapping[str, Channel], gate: Gate, room: Mapping[str, int],
                 asked: Mapping[str, Any], besides: Collection[int] = ()) -> None:  # fmt: skip
        self._connection, self._channels, self._gate, self._besides = connection_of(session), channels, gate, besides
        self._room, self._asked, self.router, self.due = dict(room), asked, Router(session, channels), Due()
        self._pushing = [name for name, channel in channels.items() if channel.capabilities.pushes]

    def choose(self, only: Collection[int] | None = None) -> Due:
        """Take what may go now, of these messages; each is noted with its chat's pace. What waits for a channel that
        is down is put off."""
        shut: set[str] = set()
        while True:
            rows = self._rows(shut, only)
            held, met = self._go_through(rows, shut)
            if held:
                self._connection.execute(_HOLD, {"ids": held, "later": clock.now() + HOLD})
            if met is not None:
                shut.add(met)
            more = met is not None and len(shut) < len(self._channels)
            more = more or (bool(held) and len(rows) == LOOKED_AT)
            if only is not None or self.router.tries() or not more:
                return self.due

    def _rows(self, shut: set[str], only: Collection[int] | None) -> list[Any]:
        asked = dict(self._asked)
        if only is not None:
            return list(self._connection.execute(_ONLY, asked | {"ids": list(only)}))
        if shut:
            asked |= {"shut": sorted(shut), "open": [name for name in self._pushing if name not in shut]}
        return list(self._connection.execute(_ELSEWHERE if shut else _DUE, asked))

    def _go_through(self, rows: list[Any], shut: set[str]) -> tuple[list[int], str | None]:
        """The messages to be put off, and the channel that turned out to take nothing more, where the look ended."""
        held: list[int] = []
        for place, row in enumerate(rows):
            if place % LOOKED_UP == 0:
                self.router.know(
                    one.person_id for one in rows[place : place + LOOKED_UP] if one.person_id and not one.chat_id
                )
            if row.id in self.due.ways or row.id in self._besides:
                continue
            to_chat = bool(row.chat_id)
            route = (self.router.reply(row.channel, row.chat_id, row.person_id) if to_chat
                     else self.router.person(row.person_id))  # fmt: skip
            if route is Lack.DOWN:
                held.append(row.id)
            elif not isinstance(route, Route):
                self.due.ways[row.id] = route
            elif route.channel not in shut and not self._takes(row.id, route):
                return held, route.channel
            elif self.router.tries():
                self.due.wait = 0.0  # the way of all others depends on whether it has something to say
                return held, None
        return held, None

    def _takes(self, message_id: int, route: Route) -> bool:
        """Does its channel take anything now? Then this message goes, or waits for its chat alone."""
        due, gate = self.due, self._gate
        if self._room[route.channel] <= 0:
            due.full.add(route.channel)
            return False
        wait = gate.wait(route.channel, route.chat_id)
        if wait > 0:
            due.wait = wait if due.wait is None else min(wait, due.wait)
            return gate.shut(route.channel) <= 0
        gate.note(route.channel, route.chat_id)
        self.router.goes(route)
        self._room[route.channel] -= 1
        due.ways[message_id] = route
        return True
