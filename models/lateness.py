"""Lateness as conditions of a query, the same judgement as `task.is_late`, so that counting needs no row in memory.

A partial index is used only where its own words stand in the query: SQLite cannot see through bound values. Hence the
literal conditions here.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, text
from sqlmodel import Session, col, select

from models.calendar import Calendar, calendar_of
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.task import WITH_UNIT, Task, TaskClass, is_late

OPEN = text("task.state IN ('assigned','acknowledged','reported','refused') AND NOT task.is_parent")
ASKED = text("task.state IN ('reported','refused')")
JUDGED = text("task.state IN ('reported','completed')")
UNCONFIRMED = text("task.state = 'assigned' AND NOT task.is_parent")
WAITING = text("task.waiting IS NOT NULL")


def local_day(session: Session, moment: ColumnElement[datetime]) -> ColumnElement[date]:
    """The office's calendar day of a stored instant, reckoned by the database (the zone has no summer time)."""
    if session.get_bind().dialect.name == "sqlite":
        return func.date(moment, "+7 hours")
    return func.date(func.timezone(str(OFFICE_ZONE), moment))


def last_past_day(calendar: Calendar, today: date) -> date:
    """The last due date (without an hour) that is overdue today."""
    yesterday = today - timedelta(1)
    return calendar.previous_working(yesterday) if calendar.rules.day_off_due_moves else yesterday


def past_due(calendar: Calendar, now: datetime) -> ColumnElement[bool]:
    """Condition: judged now, the due date has passed; requests for more time are not looked at."""
    local = now.astimezone(OFFICE_ZONE)
    today, hour = local.date(), local.timetz().replace(tzinfo=None)
    past = col(Task.due_on) <= last_past_day(calendar, today)
    if not calendar.is_working(today):
        return past
    by_hour = and_(col(Task.due_on) == today, col(Task.due_time) <= hour)
    return and_(col(Task.due_on) <= today, or_(past, by_hour))


def held(session: Session, now: datetime) -> list[int]:
    """Ids of open tasks past their date that an extension asked in time keeps from being late."""
    calendar = calendar_of(session)
    query = select(Task).where(OPEN, past_due(calendar, now), col(Task.extension_asked_at) != None)  # noqa: E711
    return [task.id for task in session.exec(query) if task.id is not None and not is_late(task, calendar, now)]


def leaders_units(session: Session) -> Sequence[int | None]:
    """Ids of the units of the leaders themselves."""
    return session.exec(select(Unit.id).where(Unit.is_leaders == True)).all()  # noqa: E712


def can_be_late(session: Session) -> ColumnElement[bool]:
    """Condition: no monitor task and none of the leaders'; those stand in reports but are never late."""
    return and_(col(Task.task_class) != TaskClass.MONITOR, col(Task.unit_id).not_in(leaders_units(session)))


def overdue_with_unit(session: Session, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions of the tasks that their units owe: late, and neither reported, refused nor waiting for others."""
    conditions = [past_due(calendar_of(session), now), can_be_late(session), col(Task.state).in_(WITH_UNIT),
                  col(Task.waiting) == None]  # noqa: E711  # fmt: skip
    resting = held(session, now)  # few: asked for and not decided
    return [*conditions, col(Task.id).not_in(resting)] if resting else conditions
