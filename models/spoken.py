"""What has been said about tasks: a unit's last word, and the days on which it was reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.event import Event
from models.message import Kind, Message, MessageState, Notice
from models.rules import OFFICE_ZONE

WORD_VERBS = ("progress", "wait", "report", "refuse", "ask_extension")
REMINDS = (Kind.UNCONFIRMED, Kind.OVERDUE)
REACHED = (MessageState.SENT, MessageState.UNKNOWN)


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
    newest = (
        select(func.max(Event.id))
        .where(col(Event.task_id).in_(task_ids), col(Event.verb).in_(WORD_VERBS))
        .group_by(col(Event.task_id))
    )
    events = session.exec(select(Event).where(col(Event.id).in_(newest))).all() if task_ids else []
    found = {}
    for event in events:
        facts = event.facts or {}
        words = facts.get("words") or facts.get("reason_given") or facts.get("reason") or facts.get("result") or ""
        if words and event.task_id is not None:
            behalf = bool(facts.get("behalf"))
            found[event.task_id] = Word(event.at, words, event.actor_id, event.verb, behalf, facts.get("how"))
    return found


def last_word(session: Session, task_id: int) -> Word | None:
    """The unit's last word on one task."""
    return last_words(session, [task_id]).get(task_id)


def reminded(session: Session, task_ids: Sequence[int]) -> dict[int, list[date]]:
    """On which days each task's unit was reminded by a message that went out: that it is overdue, or, as long as that
    was never said, that it is not confirmed."""
    query = (
        select(Notice.task_id, Notice.kind, Message.sent_at, Message.created_at)
        .join(Message, col(Message.id) == Notice.message_id)
        .where(col(Notice.task_id).in_(task_ids), col(Notice.kind).in_(REMINDS), col(Message.state).in_(REACHED))
        .where(col(Notice.facts)["for_role"].as_string().is_distinct_from("desk"))  # a leader's desk is no unit
        .order_by(col(Message.id))
    )
    days: dict[str, dict[int, list[date]]] = {kind: {} for kind in REMINDS}
    for task_id, kind, sent_at, created_at in session.exec(query) if task_ids else ():
        day = (sent_at or created_at).astimezone(OFFICE_ZONE).date()
        said = days[kind].setdefault(task_id or 0, [])
        if day not in said:
            said.append(day)
    return days[Kind.UNCONFIRMED] | days[Kind.OVERDUE]


def reminders(session: Session, task_id: int) -> list[date]:
    """On which days the unit was reminded of one task."""
    return reminded(session, [task_id]).get(task_id, [])
