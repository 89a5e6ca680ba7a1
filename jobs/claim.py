"""A message is made one process's own, and its text is made: from the notices that still hold, and kept as sent.

A claim is a conditional UPDATE with a token and an end; settling needs the token.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, text, update
from sqlmodel import Session

from bot.channel import Button, Outgoing
from bot.prompts import open_prompt
from bot.render import Weekly, holds, render
from jobs.next_in_line import pass_on
from jobs.notices import drop
from models import clock
from models.base import Database, connection_of
from models.inserting import looked_up, rows_of
from models.message import Attempt, Message, MessageState, Notice, NoticeState, insert_row
from models.organisation import Contact, ContactState
from models.task import Task
from papers.digest import weekly

CLAIM_SECONDS = 30

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_message, _notice, _contact = Message.__table__, Notice.__table__, Contact.__table__
CLAIMABLE = (
    # Written out: bound, a value that partial indexes depend on has SQLite prepare the statement anew each time.
    text("message.state IN ('queued','sending')"),
    _message.c.not_before <= bindparam("now"),
    or_(_message.c.claimed_until.is_(None), _message.c.claimed_until <= bindparam("at")),
)
"""`now`: office time. `at`: the database's own time."""
_CLAIM = (
    update(_message)
    .where(_message.c.id == bindparam("message"), *CLAIMABLE)
    .values(state=MessageState.SENDING, tries=_message.c.tries + 1)
    .returning(*_message.c)
)
_SET = update(_message).where(_message.c.id == bindparam("message"))
_NOTICES = select(_notice).where(_notice.c.message_id == bindparam("message")).order_by(_notice.c.id)
_CONTACT = (
    select(_contact.c.id, _contact.c.channel, _contact.c.chat_id)
    .where(
        _contact.c.person_id == bindparam("person"),
        _contact.c.state == ContactState.ACTIVE,
        _contact.c.channel.in_(bindparam("channels", expanding=True)),
    )
    .order_by(_contact.c.preference, _contact.c.id)
    .limit(1)
)

Row = Any
"""A message's row; SQLAlchemy types a row by its tuple, which says nothing of its names."""


@dataclass(frozen=True)
class Claim:
    """A message that is ours for 30 seconds: to which contact, what, and the token that settles it."""

    message_id: int
    contact_id: int | None
    channel: str
    token: str
    outgoing: Outgoing


@dataclass(frozen=True)
class _Said:
    """What a message says, and the question that its buttons answer."""

    text: str
    buttons: list[dict[str, Any]]
    prompt_id: int | None


def claim(database: Database, message_id: int, channels: tuple[str, ...], report: Weekly = weekly) -> Claim | None:
    """Make a message ours and render it; None if another has it, nothing is left to say, or nobody is left to tell.

    `report`: what makes the text of the weekly report.
    """
    token = secrets.token_hex(16)
    with database.write() as session:
        at = clock.database_time(session)
        ours = {"message": message_id, "now": clock.now(), "at": at, "claim_token": token,
                "claimed_until": at + timedelta(seconds=CLAIM_SECONDS)}  # fmt: skip
        message = connection_of(session).execute(_CLAIM, ours).first()
        if message is None:
            return None
        kept = _Said(message.text, message.buttons, message.prompt_id) if message.text is not None else None
        said = kept or _compose(session, message, report)
        if said is None:
            return None
        to = _contact_of(session, message, channels)
        if to is None:
            _nobody(session, message)
            return None
        contact_id, channel, chat_id = to
        insert_row(session, Attempt, message_id=message_id, contact_id=contact_id, at=clock.now(), token=token)
        buttons = tuple(Button(**{**b, "prompt": b.get("prompt") or said.prompt_id or 0}) for b in said.buttons)
        outgoing = Outgoing(chat_id, said.text, buttons, message.key, message.tries > 1)
        return Claim(message_id, contact_id, channel, token, outgoing)


def end(session: Session, message_id: int, state: MessageState, reason: str | None = None, **values: Any) -> None:
    """Nothing more is to be done about a message."""
    release(session, message_id, state=state, reason=reason, **values)


def release(session: Session, message_id: int, **values: Any) -> None:
    """Let go of a message."""
    freed = {"message": message_id, "claim_token": None, "claimed_until": None}
    connection_of(session).execute(_SET, freed | values)


def _compose(session: Session, message: Row, report: Weekly) -> _Said | None:
    """Render a claimed message from its notices that still hold; None (and dropped) when nothing is left."""
    at, connection = message.slot_at or clock.now(), connection_of(session)
    notices = rows_of(session, Notice, _NOTICES, message=message.id)
    _tasks = looked_up(session, Task, {notice.task_id for notice in notices})  # held: each notice is judged by its own
    good: list[Notice] = []
    for notice in notices:
        reason = holds(session, notice, at)
        if reason is None:
            good.append(notice)
        else:
            drop(session, [notice.id or 0], reason)
    if not good:
        end(session, message.id, MessageState.DROPPED, "nothing_left")
        return None
    made = render(session, message.person_id or 0, good, at, report)
    prompt_id: int | None = message.prompt_id
    if made.prompt_kind is not None:
        prompt_id = open_prompt(session, person_id=message.person_id or 0, kind=made.prompt_kind,
                                tasks=list(made.prompt_tasks), message_id=message.id)  # fmt: skip
    asked = prompt_id if made.prompt_kind is not None else 0
    buttons = [{"label": tap.label, "number": tap.number, "task": tap.task, "prompt": tap.prompt or asked}
               for tap in made.buttons]  # fmt: skip
    values = {"text": made.text, "kinds": list(made.kinds), "tasks": list(made.tasks), "buttons": buttons}
    connection.execute(_SET, {"message": message.id, "prompt_id": prompt_id, **values})
    return _Said(made.text, buttons, prompt_id)


def _contact_of(session: Session, message: Row, channels: tuple[str, ...]) -> tuple[int | None, str, str] | None:
    """A reply goes to the chat it answers; everything else to the person's first contact that still takes messages.

    (contact or None for a reply, channel, chat).
    """
    if message.chat_id is not None:
        return (None, message.channel, message.chat_id) if message.channel in channels else None
    asked = {"person": message.person_id, "channels": channels}
    found = connection_of(session).execute(_CONTACT, asked).first()
    return (found.id, found.channel, found.chat_id) if found is not None else None


def _nobody(session: Session, message: Row) -> None:
    """No contact is left: what it carried goes to the next in line, in messages of their own."""
    end(session, message.id, MessageState.FAILED, "unreachable")
    for notice in rows_of(session, Notice, _NOTICES, message=message.id):
        if notice.state is NoticeState.CARRIED:
            pass_on(session, notice)
            drop(session, [notice.id or 0], "unreachable")
