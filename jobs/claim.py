"""Messages are made one process's own, and what they say is made: several in one transaction.

A claim is a conditional UPDATE with a token and an end; settling needs the token.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

import catalogue
from bot.channel import Button, Capabilities, Channel, Outgoing, Picture
from bot.render import Weekly
from jobs.compose import Composer, Row, Said, end, notices_of, release
from jobs.due import CLAIMABLE, Due, Look
from jobs.next_in_line import pass_on
from jobs.notices import drop
from jobs.pace import Gate
from jobs.pictures import TAKES, Address, pictures_of, week_pictures
from jobs.route import Lack, Route
from models import clock, shown
from models.base import Database, connection_of
from models.message import Attempt, Kind, Message, MessageState, NoticeState, Prompt

CLAIM_SECONDS = 30
TYPED = ("ask_product", "ask_result", "ask_date", "ask_reason", "ask_progress", "ask_absence")

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_message, _prompt = Message.__table__, Prompt.__table__
_CLAIM = (
    update(_message)
    .where(_message.c.id.in_(bindparam("messages", expanding=True)), *CLAIMABLE)
    .values(state=MessageState.SENDING, tries=_message.c.tries + 1)
    .returning(*(_message.c[name] for name in ("id", "key", "person_id", "inbox_id", "slot_at", "created_at", "kinds",
                                               "text", "buttons", "prompt_id", "tries")))
)  # fmt: skip
_ATTEMPT = insert(Attempt.__table__)
_KIND = select(_prompt.c.kind).where(_prompt.c.id == bindparam("prompt"))


@dataclass(frozen=True)
class Claim:
    """A message that is ours for 30 seconds: over which route, what, and the token that settles it."""

    message_id: int
    route: Route
    token: str
    outgoing: Outgoing


@dataclass
class Claimed:
    """What a look at the outbox gave: messages that are ours now, in how many seconds one more may go that has to wait
    for its pace, None if none has, and the channels for which there is more than they have room for."""

    claims: list[Claim] = field(default_factory=list)
    wait: float | None = None
    full: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Scope:
    """What a look may take. `room`: messages of each channel; `besides`: those that are on their way; `only`: of these
    messages."""

    room: Mapping[str, int]
    besides: Collection[int] = ()
    only: Collection[int] | None = None


def claim(database: Database, channels: Mapping[str, Channel], gate: Gate, scope: Scope, report: Weekly,
          pictures: Address | None = None) -> Claimed:  # fmt: skip
    """Make messages that are due ours and render them, in one transaction.

    What has nothing left to say is dropped, what reaches nobody goes to the next in line. `report`: what makes the text
    of the weekly report; `pictures`: where those are found that follow a text.
    """
    with database.write() as session:
        asked = {"now": clock.now(), "at": clock.database_time(session)}
        look = Look(session, channels, gate, scope.room, asked, scope.besides)
        due = look.choose(scope.only)
        if not due.ways:
            return Claimed([], due.wait, due.full)
        claims = _Claiming(session, channels, asked, pictures).claim(due, report)
        for message_id, route in due.ways.items():
            if not isinstance(route, Route):
                continue
            if message_id in claims:
                look.router.went(route)
            else:
                gate.forgo(route.channel, route.chat_id)
    return Claimed(list(claims.values()), due.wait, due.full)


class _Claiming:
    """The messages of one look become ours. `asked`: the moment, by both clocks."""

    def __init__(self, session: Session, channels: Mapping[str, Channel], asked: Mapping[str, Any],
                 address: Address | None) -> None:  # fmt: skip
        self.session, self.connection, self.channels = session, connection_of(session), channels
        self.asked, self.address, self.token = asked, address, secrets.token_hex(16)
        self.until = asked["at"] + timedelta(seconds=CLAIM_SECONDS)

    def claim(self, due: Due, report: Weekly) -> dict[int, Claim]:
        """Those that are ours now and have something to say to somebody, in their order."""
        ours = {"messages": list(due.ways), "claim_token": self.token, "claimed_until": self.until}
        rows = {row.id: row for row in self.connection.execute(_CLAIM, {**ours, **self.asked})}
        taken = [(rows[message_id], way) for message_id, way in due.ways.items() if message_id in rows]
        arrived = self._arrived([row for row, _ in taken])
        kept = {row.id for row, way in taken if self._stays(row, way, arrived)}
        for row, way in taken:
            if isinstance(way, Route) and way.sparing and row.id not in kept:
                self._spare(row)
        composer = Composer(self.session, report, [row for row, _ in taken if row.id not in kept])
        ready: list[tuple[Row, Route, Said]] = []
        for row, way in taken:
            said = (Said(row.text, row.buttons, row.prompt_id, row.kinds) if row.id in kept
                    else composer.compose(row))  # fmt: skip
            if said is None:
                continue
            if isinstance(way, Route):
                ready.append((row, way, said))
            else:
                self._nobody(row, way)
        composer.keep()
        if ready:
            self.connection.execute(_ATTEMPT, [
                {"message_id": row.id, "contact_id": way.contact_id, "at": clock.now(), "token": self.token}
                for row, way, _ in ready
            ])  # fmt: skip
        return {row.id: self._claim(row, way, said, arrived.get((row.id, way.channel, way.chat_id), ()),
                                    row.id in kept) for row, way, said in ready}  # fmt: skip

    def _claim(self, row: Row, route: Route, said: Said, places: tuple[str, ...], kept: bool) -> Claim:
        buttons = tuple(Button(**{**b, "prompt": b.get("prompt") or (0 if b.get("url") else said.prompt_id) or 0})
                        for b in said.buttons)  # fmt: skip
        can = self.channels[route.channel].capabilities
        typed = self._typed(said.prompt_id) if kept and can.edit and not buttons and said.prompt_id else ""
        outgoing = Outgoing(route.chat_id, said.text, buttons, row.key, row.tries > 1, places, typed)
        pictures = self._pictures(row, said, can) if can.pictures and not route.sparing else ()
        if pictures:  # they are sent while it is ours
            release(self.session, row.id, claim_token=self.token, claimed_until=self.until + TAKES)
            outgoing = replace(outgoing, pictures=pictures)
        return Claim(row.id, route, self.token, outgoing)

    def _pictures(self, row: Row, said: Said, can: Capabilities) -> tuple[Picture, ...]:
        """The weekly report's own picture, then the photos of what was reported."""
        at, pictures = self.asked["at"], tuple[Picture, ...]()
        if Kind.DIGEST in said.kinds:
            pictures = week_pictures(self.session, row.id, self.address, at, can.uploads)
        if Kind.REPORTED in said.kinds and self.address:
            pictures += pictures_of(self.session, row.id, row.person_id, self.address, at)
        return pictures

    def _arrived(self, rows: list[Row]) -> dict[tuple[int, str, str], tuple[str, ...]]:
        """Parts that an earlier try brought to a chat."""
        tried = [row.id for row in rows if row.text is not None]
        return shown.places_of(self.session, tried) if tried else {}

    def _stays(self, row: Row, way: Route | Lack, arrived: Mapping[tuple[int, str, str], tuple[str, ...]]) -> bool:
        """What has notices is written anew at each try: they may hold no longer. Only what stands there in part, and
        what answers somebody, stays as it is."""
        in_part = isinstance(way, Route) and (row.id, way.channel, way.chat_id) in arrived
        return row.text is not None and (row.inbox_id is not None or in_part)

    def _spare(self, row: Row) -> None:
        """The month's messages are nearly used up: what is merely due soon is not said."""
        for notice in notices_of(self.session, [row.id])[row.id]:
            if notice.kind is Kind.DUE_SOON:
                drop(self.session, [notice.id or 0], "quota")

    def _nobody(self, row: Row, why: Lack) -> None:
        """No contact is left: what it carried goes to the next in line, in messages of their own."""
        end(self.session, row.id, MessageState.FAILED, why.value)
        for notice in notices_of(self.session, [row.id])[row.id]:
            if notice.state is NoticeState.CARRIED:
                pass_on(self.session, notice)
                drop(self.session, [notice.id or 0], why.value)

    def _typed(self, prompt_id: int) -> str:
        """What is to be typed in answer to a step of a dialogue; empty for other questions."""
        kind = self.connection.execute(_KIND, {"prompt": prompt_id}).scalar()
        return catalogue.text(f"channel.typed.{kind}", "vi") if kind in TYPED else ""
