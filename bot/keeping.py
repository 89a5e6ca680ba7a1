"""The inbox's rows on their way to an answer: kept as they came, joined when they belong together, filled with the
files they speak of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text, update
from sqlmodel import Session

from bot.channel import Incoming, Update
from bot.inbox import receive
from models import clock, pairing
from models.base import Database, connection_of
from models.message import Inbox, InboxState
from models.report import add_evidence

TOGETHER = timedelta(seconds=3)
"""Pictures sent together come one by one; this long the first waits for the next."""
FETCH_TRIES = 6
"""In a minute; then a file that cannot be fetched is gone, and the person is asked for it again."""
LONGEST_WAIT = 30
LONGEST_RAW = 100_000
"""Letters of an update that are kept as they came; a forged one may have millions."""
LONGEST = 4000
"""Letters of one message that are read; no chat lets a person type more, a forged update might."""

_inbox = Inbox.__table__
_WAITING = text(f"inbox.state = '{InboxState.RECEIVED.value}'")  # written out, for the partial index
_LAST = (
    select(_inbox.c.channel, _inbox.c.chat_id, func.max(_inbox.c.id).label("last"))
    .where(_inbox.c.id.in_(bindparam("ids", expanding=True)))
    .group_by(_inbox.c.channel, _inbox.c.chat_id)
    .subquery()
)
_UNTIL_THESE = (
    select(_inbox.c.id, _inbox.c.channel, _inbox.c.chat_id, _inbox.c.payload)
    .join(_LAST, (_inbox.c.channel == _LAST.c.channel) & (_inbox.c.chat_id == _LAST.c.chat_id))
    .where(_WAITING, _inbox.c.id <= _LAST.c.last,
           or_(_inbox.c.not_before.is_(None), _inbox.c.not_before <= bindparam("now")))
    .order_by(_inbox.c.id)
)  # fmt: skip
_WAITING_HERE = (
    select(_inbox.c.id, _inbox.c.person_id, _inbox.c.payload)
    .where(_WAITING, _inbox.c.channel == bindparam("channel"), _inbox.c.bot == bindparam("bot"),
           _inbox.c.chat_id == bindparam("chat"), _inbox.c.not_before.is_not(None))
    .order_by(_inbox.c.id.desc())
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A row that waits for its answer. `files`: what is still to be fetched, each with how it went."""

    channel: str
    bot: str
    chat_id: str
    person_id: int | None
    files: tuple[Mapping[str, Any], ...]


def keep(database: Database, channel: str, bot: str, updates: Sequence[Update]) -> list[int]:
    """Keep what came, in one transaction; inbox ids to be answered now, in order, without what was kept before."""
    due: list[int] = []
    with database.write() as session:
        for one in updates:
            due += _keep(session, channel, bot, one)
    return due


def _keep(session: Session, channel: str, bot: str, one: Update) -> list[int]:
    incoming = _cut(one.incoming)
    before = _waiting_here(session, channel, bot, one.chat_id)
    inbox_id = receive(session, channel=channel, bot=bot, message_key=one.key, chat_id=one.chat_id, user_id=one.user_id,
                       incoming=incoming, raw=_raw(one))  # fmt: skip
    if inbox_id is None:
        return []
    waits = _of_same_person(session, before, inbox_id)
    if waits is not None and incoming.album is not None and waits.payload.get("album") == incoming.album:
        _set(session, waits.id, payload=_joined(waits.payload, incoming), not_before=clock.now() + TOGETHER)
        _set(session, inbox_id, state=InboxState.DONE, done_at=clock.now())
        return []
    if incoming.album is not None:
        _set(session, inbox_id, not_before=clock.now() + TOGETHER)
        return []
    if waits is None:
        return [inbox_id]
    _set(session, waits.id, not_before=None)  # words follow the pictures: they are complete
    return [waits.id, inbox_id]


def by_chat(database: Database, ids: Sequence[int]) -> dict[tuple[str, str], list[tuple[int, bool]]]:
    """(channel, chat) → the rows of these and of what came there before them that are to be answered now, in order,
    each with whether it speaks of files."""
    found: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    with database.read() as session:
        for one in connection_of(session).execute(_UNTIL_THESE, {"ids": list(ids), "now": clock.now()}):
            found.setdefault((one.channel, one.chat_id), []).append((one.id, bool(one.payload.get("files"))))
    return found


def kept(database: Database, inbox_id: int) -> Kept | None:
    """A row that is to be answered now; None when it was, or still waits for more."""
    with database.read() as session:
        row = connection_of(session).execute(select(_inbox).where(_inbox.c.id == inbox_id)).mappings().first()
        if row is None or row["state"] is not InboxState.RECEIVED:
            return None
        if row["not_before"] is not None and row["not_before"] > clock.now():
            return None
    files = tuple(row["payload"].get("files") or ())
    person_id = row["person_id"] or (_linked_since(database, row) if files else None)
    return Kept(row["channel"], row["bot"], row["chat_id"], person_id, files if person_id is not None else ())


def keep_file(database: Database, inbox_id: int, place: int, name: str, media_type: str, data: bytes) -> None:
    """A file that was fetched and looked at: evidence of the person whose message it came with."""
    with database.write() as session:
        row = connection_of(session).execute(
            select(_inbox.c.person_id, _inbox.c.payload).where(_inbox.c.id == inbox_id)
        ).one()
        if row.payload["files"][place].get("done"):
            return  # another process was quicker
        add_evidence(session, by_id=row.person_id, name=name, media_type=media_type, data=data, inbox_id=inbox_id)
        _done(session, inbox_id, row.payload, place, "kept")


def refuse_file(database: Database, inbox_id: int, place: int, reason: str) -> None:
    """A file that cannot be had or is not taken; the answer says so."""
    with database.write() as session:
        payload = connection_of(session).execute(select(_inbox.c.payload).where(_inbox.c.id == inbox_id)).scalar_one()
        _done(session, inbox_id, payload, place, reason)


def postpone_file(database: Database, inbox_id: int, place: int) -> None:
    """A file that cannot be fetched now: its row waits, longer each time, and after FETCH_TRIES it is gone."""
    with database.write() as session:
        payload = connection_of(session).execute(select(_inbox.c.payload).where(_inbox.c.id == inbox_id)).scalar_one()
        tries = payload["files"][place].get("tries", 0) + 1
        if tries >= FETCH_TRIES:
            _done(session, inbox_id, payload, place, "gone")
            return
        files = [dict(file) | ({"tries": tries} if n == place else {}) for n, file in enumerate(payload["files"])]
        wait = timedelta(seconds=min(2**tries, LONGEST_WAIT))
        _set(session, inbox_id, payload=payload | {"files": files}, not_before=clock.now() + wait)


def _linked_since(database: Database, row: Any) -> int | None:
    """Whose private chat it is by now: the message before this one, which came with it, may have linked it."""
    if row["payload"].get("group"):
        return None
    with database.write() as session:
        person_id = pairing.owner_of(session, pairing.Chat(row["channel"], row["bot"], row["chat_id"]))
        if person_id is not None:
            _set(session, row["id"], person_id=person_id)
        return person_id


def _done(session: Session, inbox_id: int, payload: dict[str, Any], place: int, how: str) -> None:
    files = [dict(file) | ({"done": how} if n == place else {}) for n, file in enumerate(payload["files"])]
    _set(session, inbox_id, payload=payload | {"files": files})


def _waiting_here(session: Session, channel: str, bot: str, chat_id: str) -> Sequence[Any]:
    """The rows of this chat that wait for more pictures, the newest first."""
    asked = {"channel": channel, "bot": bot, "chat": chat_id}
    return connection_of(session).execute(_WAITING_HERE, asked).all()


def _of_same_person(session: Session, before: Sequence[Any], inbox_id: int) -> Any:
    """In a group several may be sending pictures."""
    if not before:
        return None
    query = select(_inbox.c.person_id).where(_inbox.c.id == inbox_id)
    person_id = connection_of(session).execute(query).scalar()
    return next((one for one in before if one.person_id == person_id), None)


def _joined(payload: dict[str, Any], incoming: Incoming) -> dict[str, Any]:
    said = "\n".join(part for part in (payload.get("text"), incoming.text) if part)
    return payload | {
        "text": said[:LONGEST],
        "attachments": [*payload["attachments"], *incoming.attachments],
        "files": [*(payload.get("files") or ()), *incoming.files],
    }


def _cut(incoming: Incoming) -> Incoming:
    return replace(incoming, text=incoming.text[:LONGEST]) if len(incoming.text) > LONGEST else incoming


def _raw(one: Update) -> dict[str, Any]:
    """As it came, unless it is far longer than anything a service sends."""
    raw = dict(one.raw)
    return raw if len(json.dumps(raw)) <= LONGEST_RAW else {}


def _set(session: Session, inbox_id: int, **values: Any) -> None:
    connection_of(session).execute(update(_inbox).where(_inbox.c.id == inbox_id).values(**values))
