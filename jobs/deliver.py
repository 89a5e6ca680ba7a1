"""Messages → chats. Claim, commit, call, record: never a transaction across a network call.

What was in flight when a process died is sent once more, marked as a possible repeat: no chat service lets a sender
ask whether a message arrived.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from bot.channel import Channel, Later, Refused, Result, Sent
from jobs.claim import CLAIMABLE, Claim, claim, end, release
from models import clock
from models.base import Database, connection_of
from models.message import Attempt, Message, MessageState, Outcome
from models.organisation import Contact, ContactState
from papers.digest import weekly_of_one_moment

BATCH = 50
UNKNOWN_TRIES = 2

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_message, _attempt, _contact = Message.__table__, Attempt.__table__, Contact.__table__
_DUE = select(_message.c.id).where(*CLAIMABLE).order_by(_message.c.not_before, _message.c.id).limit(BATCH)
_CLAIMED = select(_message.c.state, _message.c.claim_token, _message.c.tries).where(
    _message.c.id == bindparam("message")
)
_TRIED = update(_attempt).where(_attempt.c.message_id == bindparam("message"), _attempt.c.token == bindparam("made"))
_DEAD = update(_contact).where(_contact.c.id == bindparam("contact")).values(state=ContactState.DEAD)
_IN_FLIGHT = update(_message).where(_message.c.state == MessageState.SENDING)


async def deliver(database: Database, channels: Mapping[str, Channel]) -> int:
    """Send what is due now; how many messages were tried. One slow chat delays no other."""
    done = 0
    while True:
        ids = await asyncio.to_thread(_due, database)
        if not ids:
            return done
        report = weekly_of_one_moment()
        tried = [await asyncio.to_thread(claim, database, i, tuple(channels), report) for i in ids]
        claims = [one for one in tried if one is not None]
        results = await asyncio.gather(*(channels[c.channel].send(c.outgoing) for c in claims))
        for made, result in zip(claims, results, strict=True):
            await asyncio.to_thread(settle, database, made, result)
        done += len(claims)
        if len(ids) < BATCH:
            return done


def take_over(database: Database) -> None:
    """End every claim: for a process that alone owns the data folder, so that a restart sends what it left at once."""
    with database.write() as session:
        connection_of(session).execute(_IN_FLIGHT, {"claimed_until": None})


def _due(database: Database) -> Sequence[int]:
    with database.read() as session:
        asked = {"now": clock.now(), "at": clock.database_time(session)}
        return connection_of(session).execute(_DUE, asked).scalars().all()


def settle(database: Database, made: Claim, result: Result) -> None:
    """Record what became of a try. Without the token (the claim had ended) nothing is changed."""
    with database.write() as session:
        connection, message_id = connection_of(session), made.message_id
        message = connection.execute(_CLAIMED, {"message": message_id}).first()
        if message is None or message.claim_token != made.token or message.state is not MessageState.SENDING:
            return
        attempt = {"outcome": _outcome(result), "error": getattr(result, "why", None),
                   "channel_message_id": getattr(result, "channel_message_id", None)}  # fmt: skip
        connection.execute(_TRIED, {"message": message_id, "made": made.token, **attempt})
        if isinstance(result, Sent):
            end(session, message_id, MessageState.SENT, sent_at=clock.now())
        elif isinstance(result, Later):
            _again(session, message_id, result.seconds)
        elif isinstance(result, Refused):
            _refused(session, made)
        elif message.tries < UNKNOWN_TRIES:
            _again(session, message_id)
        else:
            end(session, message_id, MessageState.UNKNOWN, "no_answer")


def _refused(session: Session, made: Claim) -> None:
    """For good: the contact is dead, the next one of the person carries on, then the next in line."""
    if made.contact_id is not None:
        connection_of(session).execute(_DEAD, {"contact": made.contact_id, "refused_at": clock.now()})
        _again(session, made.message_id)
    else:
        end(session, made.message_id, MessageState.FAILED, "refused")


def _again(session: Session, message_id: int, seconds: float = 0) -> None:
    release(session, message_id, state=MessageState.QUEUED, not_before=clock.now() + timedelta(seconds=seconds))


def _outcome(result: Result) -> Outcome:
    if isinstance(result, Sent):
        return Outcome.SENT
    if isinstance(result, Later):
        return Outcome.LATER
    return Outcome.REFUSED if isinstance(result, Refused) else Outcome.UNKNOWN
