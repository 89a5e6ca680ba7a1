"""Counts of the weekly report that stay exact when there are more tasks than a snapshot keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.lateness import leaders_units
from models.owing import BLOCKS, Block
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task

_task = Task.__table__.c
_SINCE = {"for_office": _task.reported_at, "waiting": _task.waiting_since}
"""Block → since when a task in it has waited."""


def set_above(session: Session, block: Block, first: date, last: date) -> int:
    """How many of the tasks due between these days have a date that a higher authority set."""
    if block.total == len(block.tasks):
        return sum(task.due_set_by is DueSetBy.AUTHORITY for task in block.tasks)
    above = _task.due_set_by == DueSetBy.AUTHORITY
    return _count(session, "due_between", {"first": first, "last": last}, above)


def waited(session: Session, name: str, block: Block, at: datetime, days: int, **asked: Any) -> Block:
    """Of a block of tasks that wait only those that have waited for so many working days, the longest first."""
    long = tuple(task for task in block.tasks if task.days >= days)
    if block.total == len(block.tasks) or len(long) < len(block.tasks):
        return Block(len(long), long)
    calendar, today = calendar_of(session), at.astimezone(OFFICE_ZONE).date()
    last = today
    while calendar.between(last, today) < days:
        last -= timedelta(1)
    before = _SINCE[name] < clock.at_local(last + timedelta(1), datetime.min.time())
    return Block(_count(session, name, asked, before), long)


def _count(session: Session, name: str, asked: dict[str, Any], also: Any) -> int:
    conditions, _ = BLOCKS[name]
    query = select(func.count()).select_from(Task.__table__).where(*conditions, also)
    found: int = connection_of(session).execute(query, asked | {"leaders_units": leaders_units(session)}).scalar_one()
    return found
