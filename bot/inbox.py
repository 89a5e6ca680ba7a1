"""Inbox first: an update is kept raw and committed before anything is done about it; its effect, its `done` and its
replies commit together. Whoever comes second finds it done; a row that fails three times is `failed`, and people learn.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot import texts
from bot.before import Before, before
from bot.channel import Button, Incoming
from bot.conversation import Answer, respond
from bot.desk import Desk
from bot.prompts import open_prompt
from bot.tell import tell
from models import clock, pairing
from models.base import Database, connection_of
from models.message import Inbox, InboxState, Kind, Message, Prompt, insert_row
from models.organisation import Contact, ContactState, Role
from models.recipients import Directory

TRIES = 3
log = logging.getLogger(__name__)

_inbox, _contact, _prompt = Inbox.__table__, Contact.__table__, Prompt.__table__
# Written out, not bound: it is a partial index's condition, and SQLite would prepare the statement anew each time.
_WAITING = text(f"inbox.state = '{InboxState.RECEIVED.value}'")
# A row whose files are fetched may be joined by one more picture: it waits again.
_DUE = or_(_inbox.c.not_before.is_(None), _inbox.c.not_before <= bindparam("now"))
_INSERT = {
    "sqlite": sqlite.insert(_inbox).on_conflict_do_nothing().returning(_inbox.c.id),
    "postgresql": postgresql.insert(_inbox).on_conflict_do_nothing().returning(_inbox.c.id),
}
_WHO = select(_contact.c.person_id).where(
    _contact.c.channel == bindparam("channel"),
    _contact.c.bot == bindparam("bot"),
    _contact.c.chat_id == bindparam("chat_id"),
    _contact.c.state == ContactState.ACTIVE,
)
_CLAIM = (
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"), _WAITING, _DUE)
    .values(state=InboxState.DONE, done_at=bindparam("now"), tries=_inbox.c.tries + 1, error=None)
    .returning(_inbox.c.person_id, _inbox.c.channel, _inbox.c.bot, _inbox.c.chat_id, _inbox.c.received_at,
               _inbox.c.payload)
)
_FAIL = (
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"), _WAITING)
    .values(tries=_inbox.c.tries + 1, error=bindparam("why"))
    .returning(_inbox.c.tries, _inbox.c.person_id, _inbox.c.channel, _inbox.c.chat_id, _inbox.c.payload)
)
_GIVE_UP = update(_inbox).where(_inbox.c.id == bindparam("row")).values(state=InboxState.FAILED)


@dataclass(frozen=True)
class Chat:
    """Where a reply goes."""

    inbox_id: int
    person_id: int | None
    channel: str
    chat_id: str
    bot: str = ""


def receive(
    session: Session,
    *,
    channel: str,
    bot: str,
    message_key: str,
    chat_id: str,
    incoming: Incoming,
    person_id: int | None = None,
    user_id: str | None = None,
    raw: dict[str, Any] | None = None,
    state: InboxState = InboxState.RECEIVED,
) -> int | None:
    """Keep an update; its inbox id, or None if this message of this channel and bot was kept before.

    The caller commits before it tells the channel that the update has arrived. Without `person_id` the person is the
    one whose active contact the chat with this user is; nobody's: a stranger. `raw`: as it came over the wire.
    """
    connection = connection_of(session)
    if person_id is None:
        who = connection.execute(_WHO, {"channel": channel, "bot": bot, "chat_id": user_id or chat_id}).first()
        person_id = who.person_id if who else None
    values = {
        "channel": channel,
        "bot": bot,
        "message_key": message_key,
        "chat_id": chat_id,
        "person_id": person_id,
        "received_at": clock.now(),
        "payload": incoming.as_json() | ({"raw": raw} if raw else {}),
        "state": state,
        "tries": 0,
    }
    made: int | None = connection.execute(_INSERT[connection.dialect.name], values).scalar()
    return made


def answer(database: Database, inbox_id: int, desk: Desk | None = None) -> list[int]:
    """Carry out a kept update and queue its replies: ids of their Messages, empty when it was done before.

    `desk`: what linking and files need; the browser, where everybody is signed in, has no use for it.
    Effect, `done` and replies commit together. A fault is counted; the third makes the row `failed`, tells the person
    and alarms the administrator.
    """
    try:
        with database.write() as session:
            claimed = connection_of(session).execute(_CLAIM, {"row": inbox_id, "now": clock.now()}).first()
            if claimed is None:
                return []
            chat = Chat(inbox_id, claimed.person_id, claimed.channel, claimed.chat_id, claimed.bot)
            return _reply(session, chat, claimed.received_at, Incoming.of(claimed.payload), desk)
    except Exception as fault:  # whatever it is, the row must not be tried for ever
        log.exception("inbox row %s", inbox_id)
        return failed(database, inbox_id, type(fault).__name__)


def waiting(session: Session, limit: int = 50) -> list[int]:
    """Kept updates that nobody has answered yet (a process died in between), oldest first."""
    now = clock.now()
    due = or_(_inbox.c.not_before.is_(None), _inbox.c.not_before <= now)
    query = select(_inbox.c.id).where(_WAITING, due).order_by(_inbox.c.id).limit(limit)
    return list(connection_of(session).execute(query).scalars())


def answer_waiting(database: Database) -> int:
    """Answer every kept update that nobody has answered yet (a process died in between), oldest first; how many."""
    done = 0
    while True:
        with database.read() as session:
            left = waiting(session)
        for inbox_id in left:
            answer(database, inbox_id)
        done += len(left)
        if not left:
            return done


def _reply(session: Session, chat: Chat, at: datetime, incoming: Incoming, desk: Desk | None) -> list[int]:
    looked = Before(incoming)
    if desk is not None:
        here = pairing.Chat(chat.channel, chat.bot, chat.chat_id)
        if chat.person_id is None and not incoming.group:
            # The message before this one, answered after both had come, may have linked the chat.
            chat = replace(chat, person_id=pairing.owner_of(session, here))
        looked = before(session, here, chat.person_id, incoming, desk)
    said = [Answer(one) for one in looked.said] + [Answer(one, private=True) for one in looked.aside]
    if looked.incoming is not None:
        said += respond(session, chat.person_id, looked.incoming, inbox_id=chat.inbox_id, at=at, channel=chat.channel,
                        hears=looked.hears)  # fmt: skip
    return [queue(session, chat, one, n, looked.own_chat) for n, one in enumerate(said, start=1)]


def queue(session: Session, chat: Chat, said: Answer, n: int, own_chat: str | None = None) -> int:
    """Open what a reply asks and queue it; its Message id. A private answer goes to the person's `own_chat` of the same
    channel, without one to whichever of their chats comes first."""
    prompts = [
        open_prompt(session, person_id=chat.person_id, kind=question.kind, tasks=question.tasks, about=question.about)
        for question in said.questions
        if chat.person_id is not None
    ]
    buttons = [_button(prompt, tap) for prompt, taps in zip(prompts, said.taps, strict=False) for tap in taps]
    where: dict[str, Any] = {"channel": chat.channel, "chat_id": own_chat if said.private else chat.chat_id}
    if where["chat_id"] is None:
        where = {}
    now = clock.now()
    message_id = insert_row(
        session,
        Message,
        key=f"reply:{chat.inbox_id}:{n}",
        person_id=chat.person_id,
        inbox_id=chat.inbox_id,
        not_before=now,
        any_hour=True,
        created_at=now,
        kinds=[Kind.REPLY.value],
        tasks=list(said.tasks),
        text=said.text,
        buttons=buttons,
        prompt_id=prompts[-1] if prompts else None,
        **where,
    )
    if prompts:
        connection_of(session).execute(update(_prompt).where(_prompt.c.id.in_(prompts)).values(message_id=message_id))
    return message_id


def _button(prompt_id: int, tap: tuple[str, int, int | None]) -> dict[str, Any]:
    label, number, task = tap
    return Button(label, number, prompt_id, task).as_json()


def failed(database: Database, inbox_id: int, why: str) -> list[int]:
    """Count a fault of a row that is to be answered; with the third it is given up, the person and the administrator
    are told: ids of the person's Messages."""
    with database.write() as session:
        row = connection_of(session).execute(_FAIL, {"row": inbox_id, "why": why}).first()
        if row is None or row.tries < TRIES:
            return []
        connection_of(session).execute(_GIVE_UP, {"row": inbox_id})
        directory = Directory(session, clock.today())
        for admin in directory.holders(None, Role.ADMIN) or directory.office():
            tell(
                session,
                f"alarm:inbox:{inbox_id}",
                Kind.ALARM,
                admin,
                "inbox_failed",
                any_hour=True,
                inbox=inbox_id,
                why=why,
            )
        chat, group = Chat(inbox_id, row.person_id, row.channel, row.chat_id), bool(row.payload.get("group"))
        if group and row.person_id is None:
            return []
        return [queue(session, chat, Answer(texts.text("failed", "vi"), private=group), 1)]
