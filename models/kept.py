"""Answers that hold until something changes: kept in the process, and forgotten at once when anything happened.

Whatever changes a task writes an event in the same transaction, whichever process it is done by. So an answer holds
while the last event is the same one, no further due date or hour has passed, and the calendar is the same. The last
event is known by its hash, which a salt makes unlike any other: an id is given out again after a rollback.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import Database, connection_of, database_of, writes
from models.calendar import Calendar, calendar_of
from models.event import Event
from models.lateness import DATED, past
from models.task import Task

MOST_KEPT = 500
T = TypeVar("T")
Mend = Callable[[T, int], T | None]
_event, _task = Event.__table__.c, Task.__table__.c
_LAST_EVENT = select(_event.id, _event.hash).where(_event.id == select(func.max(_event.id)).scalar_subquery())
_STILL_THERE = select(_event.hash).where(_event.id == bindparam("event"))
_LAST_HOUR = select(func.max(_task.due_time)).where(
    DATED, _task.due_on == bindparam("past_until"), _task.due_time <= bindparam("past_hour")
)


@dataclass(frozen=True)
class Stamp:
    """What an answer depends on: the last event (0 and nothing before the first), and the dates that have passed."""

    event: int
    hash: str
    passed: tuple[date, date, time | None]
    calendar: Calendar


_kept: WeakKeyDictionary[Database, dict[Hashable, tuple[Stamp, Any]]] = WeakKeyDictionary()


def kept(session: Session, name: Hashable, now: datetime, make: Callable[[], T], mend: Mend[T] | None = None) -> T:
    """What `make` gives, made again only when something has changed. The caller must not change it.

    `name`: what is asked, with everything it depends on but the tasks and the time. `now`: the office time at which
    lateness is judged. `mend`: makes of the last answer the present one, given the event after which things happened;
    None if it cannot. A session that writes always makes its own: it sees what nobody else does, and may roll back.
    """
    if writes(session):
        return make()
    answers = _kept.setdefault(database_of(session), {})
    stamp = _stamp(session, now)
    made: T | None = None
    if name in answers:
        before, value = answers[name]
        if before == stamp:
            return cast(T, value)
        if mend is not None and _only_more_events(session, before, stamp):
            made = mend(value, before.event)
    if made is None:
        made = make()
    if len(answers) >= MOST_KEPT:
        answers.clear()
    answers[name] = stamp, made
    return made


def _only_more_events(session: Session, before: Stamp, stamp: Stamp) -> bool:
    """Has nothing happened but events after the last one that was known?"""
    if before.passed != stamp.passed or before.calendar != stamp.calendar or not 0 < before.event < stamp.event:
        return False
    return connection_of(session).execute(_STILL_THERE, {"event": before.event}).scalar() == before.hash


def _stamp(session: Session, now: datetime) -> Stamp:
    """What the answers depend on, as this transaction sees it: read once in it for one moment."""
    known: tuple[datetime, Stamp] | None = session.info.get("kept_stamp")
    if known is not None and known[0] == now:
        return known[1]
    connection, calendar = connection_of(session), calendar_of(session)
    values = past(calendar, now)
    event, digest = connection.execute(_LAST_EVENT).first() or (0, "")
    hour: time | None = connection.execute(_LAST_HOUR, values).scalar()
    stamp = Stamp(event, digest, (values["past_until"], values["past"], hour), calendar)
    session.info["kept_stamp"] = now, stamp
    return stamp
