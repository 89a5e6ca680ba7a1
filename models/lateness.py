"""Lateness as conditions of a query, the same judgement as `task.is_late`, so that counting needs no row in memory.

A partial index is used only where its own words stand in the query: SQLite cannot see through bound values. Hence the
literal conditions here.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, text
from sqlmodel import Session

from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.task import Task, TaskClass, is_late

OPEN = text("task.state IN ('assigned','acknowledged','reported','refused') AND NOT task.is_parent")
ASKED = text("task.state IN ('reported','refused')")
JUDGED = text("task.state IN ('reported','completed')")
UNCONFIRMED = text("task.state = 'assigned' AND NOT task.is_parent")
WAITING = text("task.waiting IS NOT NULL")
DUTY = text("task.is_parent IS NOT TRUE")
DATED = text("task.is_parent IS NOT TRUE AND (task.due_on IS NULL) IS NOT TRUE")
NOT_TOLD = text("task.state = 'completed' AND task.updated_there_on IS NULL "
                "AND (task.due_set_by = 'authority' OR task.authority_code IS NOT NULL)")  # fmt: skip
"""Done here, and not yet entered in the system of the authority that asked for it."""

# Built once, of plain columns, their values bound when they are asked: putting a statement together costs as much as
# running it, and each block of a list asks these.
_task, _unit = Task.__table__.c, Unit.__table__.c


def _past_due(past_until: Any, past: Any, past_hour: Any) -> ColumnElement[bool]:
    by_hour = and_(_task.due_on == past_until, _task.due_time <= past_hour)
    return and_(_task.due_on <= past_until, or_(_task.due_on <= past, by_hour))


def _can_be_late(leaders: Any) -> ColumnElement[bool]:
    return and_(_task.task_class != TaskClass.MONITOR, _task.unit_id.not_in(leaders))


PAST_DUE = _past_due(bindparam("past_until"), bindparam("past"), bindparam("past_hour"))
"""Condition: judged now, the due date has passed (`past` gives the values); no request for more time is looked at."""
CAN_BE_LATE = _can_be_late(bindparam("leaders_units", expanding=True))
"""Condition: no monitor task and none of the leaders' (`leaders_units`); those stand in reports but are never late."""
_HELD = select(
    _task.id, _task.state, _task.task_class, _task.due_on, _task.due_time, _task.extension_asked_at, _task.reported_at,
    _task.completed_at,
).where(OPEN, PAST_DUE, _task.extension_asked_at.is_not(None))  # fmt: skip
_LEADERS_UNITS = select(_unit.id).where(_unit.is_leaders.is_(True))


def local_day(session: Session, moment: ColumnElement[datetime]) -> ColumnElement[date]:
    """The office's calendar day of a stored instant, reckoned by the database (the zone has no summer time)."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(moment, "+7 hours")
    return func.date(func.timezone(str(OFFICE_ZONE), moment))


def last_past_day(calendar: Calendar, today: date) -> date:
    """The last due date (without an hour) that is overdue today."""
    yesterday = today - timedelta(1)
    return calendar.previous_working(yesterday) if calendar.rules.day_off_due_moves else yesterday


def past(calendar: Calendar, now: datetime) -> dict[str, Any]:
    """The values of PAST_DUE at `now`: an hour of today has passed only on a working day."""
    local = now.astimezone(OFFICE_ZONE)
    today, last = local.date(), last_past_day(calendar, local.date())
    until = today if calendar.is_working(today) else last
    return {"past_until": until, "past": last, "past_hour": local.timetz().replace(tzinfo=None)}


def past_due(calendar: Calendar, now: datetime) -> ColumnElement[bool]:
    """PAST_DUE with its values, for a statement that is put together anew."""
    return _past_due(**past(calendar, now))


def held(session: Session, now: datetime) -> list[int]:
    """Ids of open tasks past their date that an extension asked in time keeps from being late."""
    calendar = calendar_of(session)
    rows: Iterable[Any] = connection_of(session).execute(_HELD, past(calendar, now))
    return [task.id for task in rows if not is_late(task, calendar, now)]


def leaders_units(session: Session) -> Sequence[int | None]:
    """Ids of the units of the leaders themselves, read once in a transaction: only the founding says which they are."""
    kept: Sequence[int | None] | None = session.info.get("leaders_units")
    if kept is None:
        kept = session.info["leaders_units"] = connection_of(session).execute(_LEADERS_UNITS).scalars().all()
    return kept


def can_be_late(session: Session) -> ColumnElement[bool]:
    """CAN_BE_LATE with its values, for a statement that is put together anew."""
    return _can_be_late(leaders_units(session))
