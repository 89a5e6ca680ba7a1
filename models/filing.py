"""Where a directive's papers are filed: the code of the file (hồ sơ) and how long it is kept (NĐ 30/2020/NĐ-CP,
Appendix V); and what that file holds beside the tasks' own histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session

from models import event
from models.base import connection_of
from models.directive import Directive, DirectiveState
from models.message import Attempt, Inbox, Message, MessageState, Notice
from models.moves import Actor
from models.organisation import Contact
from models.report import Blob, Evidence

LONGEST = 80
MOST = 5000
"""Messages of one kind in one file."""
SHOWN = (MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED)
_directive, _message, _notice, _inbox = (one.__table__.c for one in (Directive, Message, Notice, Inbox))
_evidence, _attempt, _contact = Evidence.__table__.c, Attempt.__table__.c, Contact.__table__.c
_IDS: Any = bindparam("ids", expanding=True)
_FILE = (
    update(Directive.__table__)
    .where(_directive.id == bindparam("filed"), _directive.state != DirectiveState.DISCARDED)
    .values(file_code=bindparam("code"), retention=bindparam("kept"), version=_directive.version + 1)
)
_TOLD = (
    select(_message.id, _message.person_id, _message.text, _message.state, _message.sent_at, _message.created_at,
           _notice.task_id)
    .select_from(Notice.__table__.join(Message.__table__, _message.id == _notice.message_id))
    .where(_notice.task_id.in_(_IDS), _message.state.in_(SHOWN))
    .order_by(_message.id)
    .limit(MOST)
)  # fmt: skip
_REPLIES = (
    select(_message.tasks, _message.inbox_id, _message.text, _message.sent_at, _message.created_at, _message.person_id,
           _message.channel, _message.state)
    .where(_message.person_id.in_(bindparam("people", expanding=True)), _message.inbox_id.is_not(None),
           _message.created_at >= bindparam("since"))
    .order_by(_message.id)
    .limit(MOST * 10)
)  # fmt: skip
_SAID = select(_inbox.id, _inbox.person_id, _inbox.channel, _inbox.received_at, _inbox.payload).where(
    _inbox.id.in_(_IDS)
)
_CHANNELS = (
    select(_attempt.message_id, _contact.channel)
    .select_from(Attempt.__table__.join(Contact.__table__, _contact.id == _attempt.contact_id))
    .where(_attempt.message_id.in_(_IDS))
    .order_by(_attempt.id)
)
_PROOFS = (
    select(_evidence.id, _evidence.task_id, _evidence.name, _evidence.media_type, _evidence.sha256, _evidence.by_id,
           _evidence.received_at, Blob.__table__.c.size)
    .select_from(Evidence.__table__.join(Blob.__table__, Blob.__table__.c.sha256 == _evidence.sha256))
    .where(or_(_evidence.task_id.in_(_IDS), _evidence.instruction_id.in_(bindparam("said", expanding=True))))
    .order_by(_evidence.id)
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A message, out or in (`ours`), word for word. `tasks`: numbers of those it speaks of, as far as they are asked
    for. `failed`: it did not arrive. `pressed`: the number of a button, where no words were typed."""

    at: datetime
    ours: bool
    person_id: int | None
    channel: str
    text: str
    tasks: tuple[int, ...]
    failed: bool = False
    pressed: str | None = None


def file_under(session: Session, directive: Directive, code: str, kept: str, actor: Actor) -> None:
    """Enter the code of the file and how long it is kept; empty ones take them back. Raises ValueError for what is too
    long, LookupError for a directive that was thrown away."""
    code, kept = " ".join(code.split()), " ".join(kept.split())
    if len(code) > LONGEST or len(kept) > LONGEST:
        raise ValueError(LONGEST)
    if (code or None, kept or None) == (directive.file_code, directive.retention):
        return
    before = {"file_code": directive.file_code, "retention": directive.retention}
    written = {"filed": directive.id, "code": code or None, "kept": kept or None}
    if connection_of(session).execute(_FILE, written).rowcount != 1:
        raise LookupError(directive.id)
    session.refresh(directive)
    facts = {"file_code": code or None, "retention": kept or None, "before": before}
    event.record(session, f"directive:{directive.id}", "filed", actor_id=actor.person_id, channel=actor.channel,
                 facts=facts, directive_id=directive.id, announced=True)  # fmt: skip


def letters(session: Session, numbers: dict[int, int], people: set[int], since: datetime) -> list[Letter]:
    """All that was said to and by people about these tasks, oldest first. `numbers`: id → NV number; `people`: whose
    answers are looked through, from `since` on."""
    if not numbers:
        return []
    told, connection = _told(session, numbers), connection_of(session)
    people = people | {one.person_id for one in told if one.person_id is not None}
    found, answered = list(told), dict[int, tuple[int, ...]]()
    for reply in connection.execute(_REPLIES, {"people": people, "since": since}):
        about = tuple(sorted(set(reply.tasks) & set(numbers.values())))
        if about:
            answered.setdefault(reply.inbox_id, about)
            found.append(Letter(reply.sent_at or reply.created_at, True, reply.person_id, reply.channel or "",
                                reply.text or "", about, reply.state is MessageState.FAILED))  # fmt: skip
    for row in connection.execute(_SAID, {"ids": list(answered)[:MOST]}) if answered else ():
        press = row.payload.get("press") or {}
        found.append(Letter(row.received_at, False, row.person_id, row.channel, row.payload.get("text") or "",
                            answered[row.id], pressed=str(press["number"]) if "number" in press else None))  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.ours))


def proofs(session: Session, task_ids: Sequence[int], instruction_ids: Sequence[int]) -> Sequence[Any]:
    """Rows of the files behind these tasks and instructions (id, task_id, name, media_type, sha256, by_id, received_at,
    size)."""
    return connection_of(session).execute(_PROOFS, {"ids": list(task_ids), "said": list(instruction_ids)}).all()


def _told(session: Session, numbers: dict[int, int]) -> list[Letter]:
    """One message a line, however many of the tasks it speaks of."""
    rows: dict[int, Any] = {}
    about: dict[int, set[int]] = {}
    for row in connection_of(session).execute(_TOLD, {"ids": list(numbers)}):
        rows.setdefault(row.id, row)
        about.setdefault(row.id, set()).add(numbers[row.task_id])
    tried = connection_of(session).execute(_CHANNELS, {"ids": list(rows)}).all() if rows else []
    channels: dict[int, str] = dict(map(tuple, tried))
    return [Letter(row.sent_at or row.created_at, True, row.person_id, channels.get(row.id, ""), row.text or "",
                   tuple(sorted(about[row.id])), row.state is MessageState.FAILED)
            for row in rows.values()]  # fmt: skip
