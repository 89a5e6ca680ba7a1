"""What a person writes, taken in from the command line as if it had been typed in the browser chat."""

from __future__ import annotations

import mimetypes
import secrets
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, update

import founding
from bot.channel import Incoming
from bot.inbox import answer, receive
from intake import refuse_marked
from models import clock
from models.base import Database
from models.message import Inbox, InboxState, Message, MessageState
from models.organisation import Person
from models.report import add_evidence

CHANNEL = "cli"


def say(database: Database, person: Person, words: str, file: Path | None = None) -> list[dict[str, Any]] | None:
    """Carry out what `person` writes and give the replies: [{"text", "tasks": ["NV2"], "buttons": [{"label", "number",
    "task"}]}]; empty when there is nothing to say, None when it could not be handled yet. Everyone is linked to the
    browser chat first. Raises SecretDocument for a file that bears a mark, EvidenceTooLarge above 20 MB; nothing is
    kept then.
    """
    data = file.read_bytes() if file is not None else None
    if file is not None and data is not None:
        refuse_marked(file.name, data)
    with database.write() as session:
        founding.link_all_to_web(session)
        inbox_id = _receive(session, person, words, file, data)
    replies = answer(database, inbox_id)
    with database.write() as session:
        # Shown here and now: nothing is left for the service to send.
        session.execute(
            update(Message)
            .where(col(Message.id).in_(replies), col(Message.state) == MessageState.QUEUED)
            .values(state=MessageState.SENT, sent_at=clock.now())
        )
    with database.read() as session:
        if session.get_one(Inbox, inbox_id).state is InboxState.RECEIVED:
            return None
        return [_shown(message) for reply in replies if (message := session.get(Message, reply)) is not None]


def _receive(session: Session, person: Person, words: str, file: Path | None, data: bytes | None) -> int:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream" if file is not None else ""
    attachments = () if file is None else ("photo" if kind.startswith("image/") else "file",)
    inbox_id = receive(session, channel=CHANNEL, bot="", message_key=secrets.token_hex(8), chat_id=person.short_id,
                       incoming=Incoming(text=words, attachments=attachments), person_id=person.id)  # fmt: skip
    assert inbox_id is not None and person.id is not None
    if file is not None and data is not None:
        add_evidence(session, by_id=person.id, name=file.name, media_type=kind, data=data, inbox_id=inbox_id)
    return inbox_id


def _shown(message: Message) -> dict[str, Any]:
    buttons = [{name: button.get(name) for name in ("label", "number", "task")} for button in message.buttons]
    return {"text": message.text, "tasks": [f"NV{number}" for number in message.tasks], "buttons": buttons}
