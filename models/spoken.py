"""What has been said about tasks: a unit's last word, and the days on which it was reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import connection_of
from models.event import Event
from models.message import Kind, Message, MessageState, Notice
from models.rules import OFFICE_ZONE

WORD_VERBS = ("progress", "wait", "report", "refuse", "ask_extension")
REMINDS = (Kind.UNCONFIRMED, Kind.OVERDUE)
REACHED = (MessageState.SENT, MessageState.UNKNOWN)

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_event, _notice, _message = Event.__table__.c, Notice.__table__.c, Message.__table__.c
_IDS: Any = bindparam("ids", expanding=True)
_NEWEST = select(func.max(_event.id)).where(_event.task_id.in_(_IDS), _event.verb.in_(WORD_VERBS))
_WORDS = select(_event.task_id, _event.at, _event.actor_id, _event.verb, _event.facts).where(
    _event.id.in_(_NEWEST.group_by(_event.task_id))
)
_REMINDED = (
    select(_notice.task_id, _notice.kind, _message.sent_at, _message.created_at)
    .select_from(Notice.__table__.join(Message.__table__, _message.id == _notice.message_id))
    .where(_notice.task_id.in_(_IDS), _notice.kind.in_(REMINDS), _message.state.in_(REACHED))
    .where(_notice.facts["for_role"].as_string().is_distinct_from("desk"))  # a leader's desk is no unit
    .order_by(_message.id)
)


@dataclass(frozen=True)
class Word:
    """Somebody's words on a task, verbatim; `behalf`: entered by the Office for the unit, told by `how`."""

    at: datetime
    words: str
    by_id: int | None
    verb: str
    behalf: bool = False
    how: str | None = None


def last_words(session: Session, task_ids: Sequence[int]) -> dict[int, Word]:
    """The last thing each task's unit said of it: progress, a wait, a report, a refusal, a request for time."""
    events = connection_of(session).execute(_WORDS, {"ids": task_ids}).all() if task_ids else []
    found = {}
    for event in events:
        facts = event.facts or {}
        words = facts.get("words") or facts.get("reason_given") or facts.get("reason") or facts.get("result") or ""
        if words:
            behalf = bool(facts.get("behalf"))
            found[event.task_id] = Word(event.at, words, event.actor_id, event.verb, behalf, facts.get("how"))
    return found


def last_word(session: Session, task_id: int) -> Word | None:
    """The unit's last word on one task."""
    return last_words(session, [task_id]).get(task_id)


def reminded(session: Session, task_ids: Sequence[int]) -> dict[int, list[date]]:
    """On which days each task's unit was reminded by a message that went out: that it is overdue, or, as long as that
    was never said, that it is not confirmed."""
    rows = connection_of(session).execute(_REMINDED, {"ids": task_ids}).all() if task_ids else []
    days: dict[str, dict[int, list[date]]] = {kind: {} for kind in REMINDS}
    for task_id, kind, sent_at, created_at in rows:
        day = (sent_at or created_at).astimezone(OFFICE_ZONE).date()
        said = days[kind].setdefault(task_id, [])
        if day not in said:
            said.append(day)
    return days[Kind.UNCONFIRMED] | days[Kind.OVERDUE]


def reminders(session: Session, task_id: int) -> list[date]:
    """On which days the unit was reminded of one task."""
    return reminded(session, [task_id]).get(task_id, [])
