"""History: append-only, written in the same transaction as what it tells, one hash chain per subject.

`hash = SHA-256(prev, subject, seq, at, actor, verb, facts digest)` and `facts digest = HMAC(row salt, facts)`: when a
person's data must be forgotten, facts and salt are erased and the chain still verifies. Each night a seal hashes all
heads, chained to the seal before it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, Column, Index, UniqueConstraint, bindparam, func, insert, text
from sqlmodel import Field, Session, col, select

from models import clock
from models.base import Table, UtcDateTime, canonical_json, connection_of

FIRST = "0" * 64


class Event(Table, table=True):
    """Something that happened to `subject` (`task:12`, `directive:3`, `person:7`, `office`).

    `announced_at` is null until its notices exist; `announce_from` holds it back while it can be taken back.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("subject", "seq"),
        Index("ix_event_unannounced", "announce_from", sqlite_where=text("announced_at IS NULL"),
              postgresql_where=text("announced_at IS NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=60)
    seq: int
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    verb: str = Field(max_length=40)
    channel: str = Field(default="", max_length=24)
    facts: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    salt: str | None = Field(default=None, max_length=32)
    facts_digest: str = Field(max_length=64)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id")
    announce_from: datetime = Field(sa_type=UtcDateTime)
    announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Seal(Table, table=True):
    """The night's hash over the heads of all chains, chained to the last one."""

    __tablename__ = "seal"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    last_event_id: int
    heads: str = Field(max_length=64)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)


# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it, and every move needs these.
_event = Event.__table__.c
_LAST = (
    sqlalchemy.select(_event.seq, _event.hash)
    .where(_event.subject == bindparam("subject"))
    .order_by(_event.seq.desc())
    .limit(1)
)
_INSERT = insert(Event.__table__)
Head = tuple[int, str]
"""Where a chain stands: its last event's seq and hash."""
EMPTY: Head = (0, FIRST)


def head_columns() -> tuple[sqlalchemy.ScalarSelect[Any], sqlalchemy.ScalarSelect[Any]]:
    """The head of the chain of `:subject`, as two columns of a statement that reads more."""
    seq = _LAST.with_only_columns(_event.seq).scalar_subquery()
    return seq, _LAST.with_only_columns(_event.hash).scalar_subquery()


def record(
    session: Session,
    subject: str,
    verb: str,
    *,
    actor_id: int | None,
    facts: dict[str, Any],
    channel: str = "",
    task_id: int | None = None,
    directive_id: int | None = None,
    at: datetime | None = None,
    announce_from: datetime | None = None,
    announced: bool = False,
    head: Head | None = None,
) -> int:
    """Append one event and return its id. `facts`: JSON values. `announced=True`: nobody needs to be told.

    The caller has changed the subject's row in this transaction, and so holds its lock: seq cannot be taken twice.
    `head`: where the chain stands, if the caller has read it in this transaction.
    """
    at = at or clock.now()
    last, prev = head or connection_of(session).execute(_LAST, {"subject": subject}).first() or EMPTY
    seq = last + 1
    salt = secrets.token_hex(16)
    digest = facts_digest(salt, facts)
    row = {
        "subject": subject, "seq": seq, "at": at, "actor_id": actor_id, "verb": verb, "channel": channel,
        "facts": facts, "salt": salt, "facts_digest": digest, "prev": prev,
        "hash": chain_hash(prev, subject, seq, at, actor_id, verb, digest),
        "task_id": task_id, "directive_id": directive_id,
        "announce_from": announce_from or at, "announced_at": at if announced else None,
    }  # fmt: skip
    result = connection_of(session).execute(_INSERT, row)
    event_id: int = result.inserted_primary_key[0]  # type: ignore[index]
    return event_id


def facts_digest(salt: str, facts: dict[str, Any]) -> str:
    """HMAC-SHA-256 of the facts in one canonical spelling, under the row's own salt."""
    return hmac.digest(bytes.fromhex(salt), canonical_json(facts).encode(), "sha256").hex()


def chain_hash(prev: str, subject: str, seq: int, at: datetime, actor_id: int | None, verb: str, digest: str) -> str:
    """What ties an event to the one before it."""
    spelled = "\x1f".join((prev, subject, str(seq), at.astimezone(UTC).isoformat(), str(actor_id or ""), verb, digest))
    return hashlib.sha256(spelled.encode()).hexdigest()


def seal(session: Session) -> Seal:
    """Hash the heads of all chains as they stand, and chain the result to the last seal."""
    if session.get_bind().dialect.name != "sqlite":
        # Ids are given out before their transactions commit: without this one under the seal could come after it.
        session.execute(text("LOCK TABLE event IN SHARE MODE"))
    heads = select(Event.subject, func.max(col(Event.seq)).label("seq")).group_by(col(Event.subject)).subquery()
    rows = session.execute(
        select(Event.subject, Event.hash)
        .join(heads, (heads.c.subject == Event.subject) & (heads.c.seq == Event.seq))
    )
    last = _last_seal(session)
    prev = last.hash if last else FIRST
    at = clock.now()
    last_event = session.execute(select(func.coalesce(func.max(Event.id), 0))).scalar_one()
    digest = _heads_digest(dict(rows.all()))
    made = Seal(at=at, last_event_id=last_event, heads=digest, prev=prev, hash=_seal_hash(prev, at, last_event, digest))
    session.add(made)
    session.flush()
    return made


def broken(session: Session) -> Iterator[str]:
    """Every fault of the chains, the first of each subject: `task:12 #3: hash`. Empty when all is whole.

    Erased facts (facts and salt null) are no fault; facts that do not match their digest are. The end of a chain cut
    off is found by the last seal, if the night has passed since.
    """
    last = _last_seal(session)
    expected: dict[str, tuple[int, str]] = {}
    sealed: dict[str, str] = {}
    bad: set[str] = set()
    events = select(Event).order_by(Event.subject, col(Event.seq)).execution_options(yield_per=1000)
    for event in session.exec(events):
        seq, prev = expected.get(event.subject, (1, FIRST))
        fault = _fault(event, seq, prev)
        if fault and event.subject not in bad:
            bad.add(event.subject)
            yield f"{event.subject} #{event.seq}: {fault}"
        expected[event.subject] = (event.seq + 1, event.hash)
        if last is not None and (event.id or 0) <= last.last_event_id:
            sealed[event.subject] = event.hash
    yield from _broken_seals(session)
    if last is not None and _heads_digest(sealed) != last.heads:
        yield f"seal #{last.id}: heads"


def _broken_seals(session: Session) -> Iterator[str]:
    prev = FIRST
    for made in session.exec(select(Seal).order_by(col(Seal.id))):
        if made.prev != prev or made.hash != _seal_hash(made.prev, made.at, made.last_event_id, made.heads):
            yield f"seal #{made.id}: hash"
        prev = made.hash


def _fault(event: Event, seq: int, prev: str) -> str | None:
    if event.seq != seq:
        return "missing event"
    if event.prev != prev:
        return "chain"
    if event.subject.startswith("task:") and event.subject != f"task:{event.task_id}":
        return "task"
    if event.facts is None or event.salt is None:
        if event.facts is not event.salt:
            return "facts"  # erased means both: without its salt, no fact can be checked
    elif facts_digest(event.salt, event.facts) != event.facts_digest:
        return "facts"
    whole = chain_hash(event.prev, event.subject, event.seq, event.at, event.actor_id, event.verb, event.facts_digest)
    return None if whole == event.hash else "hash"


def _last_seal(session: Session) -> Seal | None:
    return session.exec(select(Seal).order_by(col(Seal.id).desc()).limit(1)).first()


def _heads_digest(heads: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for subject in sorted(heads):  # by code point: a database may sort otherwise
        digest.update(f"{subject}={heads[subject]}\n".encode())
    return digest.hexdigest()


def _seal_hash(prev: str, at: datetime, last_event_id: int, heads: str) -> str:
    spelled = "\x1f".join((prev, at.astimezone(UTC).isoformat(), str(last_event_id), heads))
    return hashlib.sha256(spelled.encode()).hexdigest()
