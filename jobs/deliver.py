"""Messages → chats. Claim, commit, call, record: never a transaction across a network call.

A claim is a conditional UPDATE with a token and an end; settling needs the token. The text is made at the claim, from
the notices that still hold, and kept as sent. What was in flight when a process died is sent once more, marked as a
possible repeat: no chat service lets a sender ask whether a message arrived.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, or_, select

from bot.channel import Button, Channel, Later, Outgoing, Refused, Result, Sent
from bot.prompts import open_prompt
from bot.render import holds, render
from jobs.next_in_line import pass_on
from jobs.notices import drop
from models import clock
from models.base import Database
from models.message import (
    WAITING_MESSAGES,
    Attempt,
    Message,
    MessageState,
    Notice,
    NoticeState,
    Outcome,
    insert_row,
)
from models.organisation import Contact, ContactState
from papers.digest import weekly

CLAIM_SECONDS = 30
BATCH = 50
UNKNOWN_TRIES = 2
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """A message that is ours for 30 seconds: to which contact, what, and the token that settles it."""

    message_id: int
    contact_id: int | None
    channel: str
    token: str
    outgoing: Outgoing


async def deliver(database: Database, channels: Mapping[str, Channel]) -> int:
    """Send what is due now; how many messages were tried. One slow chat delays no other."""
    done = 0
    while True:
        ids = await asyncio.to_thread(_due, database, tuple(channels))
        if not ids:
            return done
        claims = [c for c in [await asyncio.to_thread(claim, database, i, tuple(channels)) for i in ids] if c]
        results = await asyncio.gather(*(channels[c.channel].send(c.outgoing) for c in claims))
        for made, result in zip(claims, results, strict=True):
            await asyncio.to_thread(settle, database, made, result)
        done += len(claims)
        if len(ids) < BATCH:
            return done


def take_over(database: Database) -> None:
    """End every claim: for a process that alone owns the data folder, so that a restart sends what it left at once."""
    with database.write() as session:
        session.execute(update(Message).where(col(Message.state) == MessageState.SENDING).values(claimed_until=None))


def _due(database: Database, channels: tuple[str, ...]) -> list[int]:
    with database.read() as session:
        query = (
            select(Message.id)
            .where(*_claimable(session))
            .order_by(col(Message.not_before), col(Message.id))
            .limit(BATCH)
        )
        return [message_id for message_id in session.exec(query) if message_id is not None]


def _claimable(session: Session) -> tuple[ColumnElement[bool], ...]:
    at = clock.database_time(session)
    return (
        col(Message.state).in_(WAITING_MESSAGES),
        col(Message.not_before) <= clock.now(),
        or_(col(Message.claimed_until) == None, col(Message.claimed_until) <= at),  # noqa: E711
    )


def claim(database: Database, message_id: int, channels: tuple[str, ...]) -> Claim | None:
    """Make a message ours and render it; None if another has it, nothing is left to say, or nobody is left to tell."""
    token = secrets.token_hex(16)
    with database.write() as session:
        until = clock.database_time(session) + timedelta(seconds=CLAIM_SECONDS)
        in_flight = session.get(Message, message_id)
        repeat = in_flight is not None and in_flight.state is MessageState.SENDING
        changed = session.execute(
            update(Message)
            .where(col(Message.id) == message_id, *_claimable(session))
            .values(state=MessageState.SENDING, claim_token=token, claimed_until=until, tries=Message.tries + 1)
        )
        if changed.rowcount != 1:  # type: ignore[attr-defined]
            return None
        message = session.get(Message, message_id, populate_existing=True)
        assert message is not None
        if message.text is None and not _compose(session, message):
            return None
        contact = _contact(session, message, channels)
        if contact is None:
            _nobody(session, message)
            return None
        insert_row(session, Attempt, message_id=message_id, contact_id=contact.id, at=clock.now(), token=token)
        buttons = tuple(Button(**{**b, "prompt": b.get("prompt") or message.prompt_id or 0}) for b in message.buttons)
        outgoing = Outgoing(contact.chat_id, message.text or "", buttons, message.key, repeat or message.tries > 1)
        return Claim(message_id, contact.id, contact.channel, token, outgoing)


def _compose(session: Session, message: Message) -> bool:
    """Render a claimed message from its notices that still hold; False (and dropped) when nothing is left."""
    at = message.slot_at or clock.now()
    notices = session.exec(select(Notice).where(Notice.message_id == message.id).order_by(col(Notice.id))).all()
    good: list[Notice] = []
    for notice in notices:
        reason = holds(session, notice, at)
        if reason is None:
            good.append(notice)
        else:
            drop(session, [notice.id or 0], reason)
    if not good:
        _end(session, message, MessageState.DROPPED, "nothing_left")
        return False
    made = render(session, message.person_id or 0, good, at, weekly)
    message.text, message.kinds, message.tasks = made.text, list(made.kinds), list(made.tasks)
    message.buttons = [
        {"label": tap.label, "number": tap.number, "task": tap.task, "prompt": tap.prompt or 0} for tap in made.buttons
    ]
    if made.prompt_kind is not None:
        message.prompt_id = open_prompt(session, person_id=message.person_id or 0, kind=made.prompt_kind,
                                        tasks=list(made.prompt_tasks), message_id=message.id)  # fmt: skip
        message.buttons = [{**button, "prompt": button["prompt"] or message.prompt_id} for button in message.buttons]
    session.add(message)
    session.flush()
    return True


def _contact(session: Session, message: Message, channels: tuple[str, ...]) -> Contact | None:
    """A reply goes to the chat it answers; everything else to the person's first contact that still takes messages."""
    if message.chat_id is not None:
        if message.channel not in channels:
            return None
        return Contact(person_id=message.person_id or 0, channel=message.channel, chat_id=message.chat_id,
                       linked_at=message.created_at)  # fmt: skip
    query = (
        select(Contact)
        .where(
            Contact.person_id == message.person_id,
            Contact.state == ContactState.ACTIVE,
            col(Contact.channel).in_(channels),
        )
        .order_by(col(Contact.preference), col(Contact.id))
    )
    return session.exec(query).first()


def settle(database: Database, made: Claim, result: Result) -> None:
    """Record what became of a try. Without the token (the claim had ended) nothing is changed."""
    with database.write() as session:
        message = session.get(Message, made.message_id)
        if message is None or message.claim_token != made.token or message.state is not MessageState.SENDING:
            return
        attempt = {"outcome": _outcome(result), "error": getattr(result, "why", None),
                   "channel_message_id": getattr(result, "channel_message_id", None)}  # fmt: skip
        session.execute(update(Attempt).where(col(Attempt.token) == made.token).values(**attempt))
        if isinstance(result, Sent):
            message.sent_at = clock.now()
            _end(session, message, MessageState.SENT, None)
        elif isinstance(result, Later):
            _again(session, message, clock.now() + timedelta(seconds=result.seconds))
        elif isinstance(result, Refused):
            _refused(session, message, made.contact_id)
        elif message.tries < UNKNOWN_TRIES:
            _again(session, message, clock.now())
        else:
            _end(session, message, MessageState.UNKNOWN, "no_answer")


def _refused(session: Session, message: Message, contact_id: int | None) -> None:
    """For good: the contact is dead, the next one of the person carries on, then the next in line."""
    if contact_id is not None:
        session.execute(
            update(Contact).where(col(Contact.id) == contact_id).values(state=ContactState.DEAD, refused_at=clock.now())
        )
        _again(session, message, clock.now())
    else:
        _end(session, message, MessageState.FAILED, "refused")


def _nobody(session: Session, message: Message) -> None:
    """No contact is left: what it carried goes to the next in line, in messages of their own."""
    _end(session, message, MessageState.FAILED, "unreachable")
    carried = select(Notice).where(Notice.message_id == message.id, Notice.state == NoticeState.CARRIED)
    for notice in session.exec(carried).all():
        pass_on(session, notice)
        drop(session, [notice.id or 0], "unreachable")


def _again(session: Session, message: Message, not_before: datetime) -> None:
    session.execute(
        update(Message)
        .where(col(Message.id) == message.id)
        .values(state=MessageState.QUEUED, not_before=not_before, claim_token=None, claimed_until=None)
    )


def _end(session: Session, message: Message, state: MessageState, reason: str | None) -> None:
    message.state, message.reason, message.claim_token, message.claimed_until = state, reason, None, None
    session.add(message)
    session.flush()


def _outcome(result: Result) -> Outcome:
    if isinstance(result, Sent):
        return Outcome.SENT
    if isinstance(result, Later):
        return Outcome.LATER
    return Outcome.REFUSED if isinstance(result, Refused) else Outcome.UNKNOWN
