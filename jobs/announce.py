"""Events → notices: who must learn of what somebody did. `event.announced_at` is set in the same transaction.

Never a cursor on ids: two transactions may commit in the other order than their ids, and the one between is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from jobs.news import TELLERS, News
from jobs.notices import AtOnce
from models import clock
from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.event import Event
from models.inserting import looked_up, rows_of
from models.organisation import Unit
from models.recipients import Directory
from models.rules import OFFICE_ZONE
from models.task import Task, TaskClass

BATCH = 200
AT_ONCE = {"accept", "return", "extend", "decline", "reassign", "suspend", "withdraw", "remind"}

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_event = Event.__table__
_UNANNOUNCED = (
    select(_event)
    .where(_event.c.announced_at.is_(None), _event.c.announce_from <= bindparam("until"))
    .order_by(_event.c.announce_from, _event.c.id)
    .limit(BATCH)
)
# An act on several tasks may be told from one moment on: a person's reminders of it are one message, so it is not cut.
_OF_THE_SAME_MOMENT = (
    select(_event)
    .where(_event.c.announced_at.is_(None), _event.c.announce_from == bindparam("moment"))
    .where(_event.c.id > bindparam("last"))
    .order_by(_event.c.id)
)
_TOLD = update(_event).where(_event.c.id.in_(bindparam("ids", expanding=True))).values(announced_at=bindparam("now"))


def announce(session: Session, until: datetime, *, into_slot: bool = False) -> int:
    """Make the notices of some 200 events that may be told by `until`; how many. `into_slot`: the messages of the slot
    `until` are made next, and one person gets one, so that nothing goes apart."""
    events = rows_of(session, Event, _UNANNOUNCED, until=until)
    if not events:
        return 0
    if len(events) == BATCH:
        last = events[-1]
        events += rows_of(session, Event, _OF_THE_SAME_MOMENT, moment=last.announce_from, last=last.id)
    tasks = looked_up(session, Task, {event.task_id for event in events})
    units = looked_up(session, Unit, {task.unit_id for task in tasks.values()})
    directory_on, calendar, at_once = cache(partial(Directory, session)), calendar_of(session), AtOnce(into_slot)
    for event in events:
        task = tasks.get(event.task_id or 0)
        unit = units.get(task.unit_id or 0) if task else None
        _tell(session, event, task, unit, directory_on, calendar, at_once)
    at_once.carry(session)
    connection_of(session).execute(_TOLD, {"ids": [event.id for event in events], "now": clock.now()})
    return len(events)


def _tell(session: Session, event: Event, task: Task | None, unit: Unit | None,
          directory_on: Callable[[date], Directory], calendar: Calendar, at_once: AtOnce) -> None:  # fmt: skip
    teller = TELLERS.get(event.verb)
    if teller is None or task is None or unit is None or unit.is_leaders or task.task_class is TaskClass.MONITOR:
        return
    slot = calendar.slot_at_or_after(event.announce_from)
    # Who is there is asked of the day on which it goes: the head's leave may begin in between.
    now = task.urgency == "HỎA TỐC" or (event.verb in AT_ONCE and calendar.in_working_hours(clock.now()))
    day = clock.today() if now else max(slot.astimezone(OFFICE_ZONE).date(), clock.today())
    teller(News(session, event, task, unit, directory_on(day), calendar, slot, at_once))
