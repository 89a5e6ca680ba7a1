"""A person's conversation as rows: what they wrote and what came, from every channel, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from models import clock
from models.message import Inbox, Message, MessageState, Prompt
from models.report import Evidence

MOST = 60
ARRIVED = (MessageState.SENT, MessageState.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """One message. `buttons`: those whose question is still open. `pressed`: the label of a button that was pressed."""

    at: datetime
    own: bool
    text: str
    channel: str
    buttons: tuple[dict[str, Any], ...] = ()
    files: Sequence[Evidence] = ()
    waiting: bool = False
    message_id: int | None = None


def lines(session: Session, person_id: int) -> list[Line]:
    """The last messages of a conversation, oldest first."""
    inbox = session.exec(
        select(Inbox).where(Inbox.person_id == person_id).order_by(col(Inbox.id).desc()).limit(MOST)
    ).all()
    messages = session.exec(
        select(Message).where(*_shown(person_id)).order_by(col(Message.id).desc()).limit(MOST)
    ).all()
    still_open, labels = _open_prompts(session, person_id), _labels(messages)
    files = _files(session, [row.id for row in inbox])
    found = [_own(row, labels, files.get(row.id, [])) for row in inbox]
    found += [_came(message, still_open) for message in messages]
    # A reply has the moment of what it answers: the own line goes first.
    return sorted(found, key=lambda line: (line.at, not line.own, line.message_id or 0))[-MOST:]


def stamp(session: Session, person_id: int) -> str:
    """Changes whenever the conversation looks different: a new line, an answer, a question that was closed."""
    came = session.execute(select(func.count(), func.max(Message.id)).where(*_shown(person_id))).one()
    own = session.execute(select(func.max(Inbox.id)).where(Inbox.person_id == person_id)).scalar_one()
    closed = session.execute(select(func.count()).where(*_open(person_id))).scalar_one()
    return "-".join(str(part or 0) for part in (*came, own, closed))


def unread(session: Session, after: dict[int, int]) -> dict[int, int]:
    """Person id → how many messages came after the one with the id that `after` gives."""
    found = {}
    for person_id, last in after.items():
        query = select(func.count()).select_from(Message).where(*_shown(person_id), col(Message.id) > last)
        found[person_id] = session.exec(query).one()
    return found


def last_message(session: Session, person_id: int) -> int:
    """The id of the newest message that reached the person; 0 when there is none."""
    return session.exec(select(func.max(Message.id)).where(*_shown(person_id))).one() or 0


def _shown(person_id: int) -> tuple[Any, ...]:
    """What has arrived, and replies that are about to: the browser is their channel, there when made."""
    return (Message.person_id == person_id, col(Message.text).is_not(None),
            or_(col(Message.state).in_(ARRIVED), col(Message.inbox_id).is_not(None)))  # fmt: skip


def _open(person_id: int) -> tuple[Any, ...]:
    return (Prompt.person_id == person_id, col(Prompt.closed_at).is_(None), col(Prompt.expires_at) > clock.now())


def _open_prompts(session: Session, person_id: int) -> set[int]:
    return {prompt for prompt in session.exec(select(Prompt.id).where(*_open(person_id))) if prompt is not None}


def _labels(messages: Sequence[Message]) -> dict[tuple[Any, Any, Any], str]:
    """Every button by what its press carries, to say in words what was pressed."""
    return {_press(button): button["label"] for message in messages for button in message.buttons}


def _press(values: dict[str, Any]) -> tuple[Any, Any, Any]:
    return values.get("prompt"), values.get("number"), values.get("task")


def _files(session: Session, inbox_ids: Sequence[int | None]) -> dict[int | None, list[Evidence]]:
    found: dict[int | None, list[Evidence]] = {}
    for one in session.exec(select(Evidence).where(col(Evidence.inbox_id).in_(inbox_ids)).order_by(col(Evidence.id))):
        found.setdefault(one.inbox_id, []).append(one)
    return found


def _own(row: Inbox, labels: dict[tuple[Any, Any, Any], str], files: Sequence[Evidence]) -> Line:
    press = row.payload.get("press")
    text = row.payload.get("text") or ""
    if press:
        text = labels.get(_press(press), str(press.get("number", "")))
    return Line(row.received_at, True, text, row.channel, files=files, waiting=row.state.value == "received")


def _came(message: Message, still_open: set[int]) -> Line:
    buttons = tuple(one for one in message.buttons if one.get("prompt") in still_open)
    return Line(message.sent_at or message.created_at, False, message.text or "", message.channel or "", buttons,
                message_id=message.id)  # fmt: skip
