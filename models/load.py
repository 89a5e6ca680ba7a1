"""What falls due when: open tasks to a day, with the days on which nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise

from sqlalchemy import func, select
from sqlmodel import Session

from models.base import connection_of
from models.calendar import calendar_of
from models.kept import kept
from models.lateness import OPEN
from models.rules import OFFICE_ZONE
from models.task import State, Task

OPEN_STATES = (State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.REFUSED)
"""Of a task that is counted here: what the list of a day asks for."""
_task = Task.__table__.c


@dataclass(frozen=True)
class DayLoad:
    """How many open tasks have this due date, and whether the office works on it."""

    day: date
    count: int
    works: bool


def load(
    session: Session, now: datetime, months: int = 3, unit_id: int | None = None
) -> tuple[tuple[DayLoad, ...], ...]:
    """Every day of the month of `now` and of those that follow it; of one unit, or of all."""
    starts = [month_start(now.astimezone(OFFICE_ZONE).date(), n) for n in range(months + 1)]
    first, end = starts[0], starts[-1]
    counts = kept(session, ("load", first, end, unit_id), now, partial(_counts, session, first, end, unit_id))
    calendar = calendar_of(session)
    return tuple(
        tuple(DayLoad(day, counts.get(day, 0), calendar.is_working(day)) for day in _days(start, end))
        for start, end in pairwise(starts)
    )


def _counts(session: Session, first: date, end: date, unit_id: int | None) -> dict[date, int]:
    query = (
        select(_task.due_on, func.count())
        .where(OPEN, _task.due_on >= first, _task.due_on < end)
        .group_by(_task.due_on)
    )
    if unit_id is not None:
        query = query.where(_task.unit_id == unit_id)
    return dict(connection_of(session).execute(query).all())


def month_start(day: date, later: int = 0) -> date:
    """The first day of the month that is so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days)]
