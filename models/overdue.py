"""The official categories as conditions that the database judges exactly as `task.category` does row by row.

Late means: at the moment that counts, the day of the due date was over (or the hour set for it). A due date on a day
off gives until its next working day: how many days that is depends on the calendar, so the few due dates that fall on
days off are named, by how many days they give.
"""

from collections import defaultdict
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, not_, or_, text
from sqlmodel import Session

from models.base import UtcDateTime, connection_of, rules_of
from models.calendar import Calendar, calendar_of
from models.kept import kept
from models.lateness import DATED, OPEN, can_be_late, past_due
from models.rules import OFFICE_ZONE
from models.task import Category, State, Task
from models.task_indexes import DAY_IS_OVER

_task = Task.__table__.c
# Literal, for the partial index.
_COMPLETED = text("task.state = 'completed'")
_JUDGED_DATED = "task.state IN ('completed','reported') AND NOT task.is_parent AND (task.due_on IS NULL) IS NOT TRUE"
_LEAST = f"SELECT min(task.due_on) FROM task WHERE {DATED.text}"
_NEXT_DUE = text(
    f"WITH RECURSIVE dated(day) AS ({_LEAST} UNION ALL SELECT ({_LEAST} AND task.due_on > dated.day)"
    " FROM dated WHERE dated.day IS NOT NULL) SELECT day FROM dated WHERE day IS NOT NULL"
).columns(day=_task.due_on.type)


def may_be_late(session: Session) -> ColumnElement[bool]:
    """Handed in or accepted, and not all of it on the day: the words of the partial index, true of all that is late."""
    over = DAY_IS_OVER[session.get_bind().dialect.name].replace("due_on", "task.due_on")
    return literal_column(f"{_JUDGED_DATED} AND (task.due_time IS NOT NULL "
                          f"OR task.reported_at >= {over} OR task.completed_at >= {over})")  # fmt: skip


def in_category(session: Session, now: datetime, wanted: Category, *, walked: bool = False) -> ColumnElement[bool]:
    """Condition: duties that stand in this official category at `now` (`models.listing.official_category`).

    `walked`: of a list with so many that its own order finds some soonest; the index of what was late is left aside.
    """
    state = _task.state
    if wanted is Category.NO_DUE:
        kept_states = state.not_in((State.SUSPENDED, State.WITHDRAWN))
        return and_(_task.is_parent.is_(False), _task.due_on.is_(None), kept_states)
    if wanted is Category.DONE_LATE:
        return and_(_COMPLETED, late_when_judged(session, now, walked=walked))
    if wanted is Category.DONE_ON_TIME:
        dated = and_(_COMPLETED, _task.is_parent.is_(False), _task.due_on.is_not(None))
        return and_(dated, is_not(late_when_judged(session, now)))
    overdue = _overdue(session, now)
    return overdue if wanted is Category.OVERDUE else and_(OPEN, _task.due_on.is_not(None), is_not(overdue))


def late_when_judged(session: Session, now: datetime, *, walked: bool = False) -> ColumnElement[bool]:
    """Reported or completed, and late by the moment of the report (or of the acceptance, a setting)."""
    first: Any = _task.reported_at
    second: Any = _task.completed_at
    if rules_of(session).late_judged_on != "report":
        first, second = case((_task.state == State.COMPLETED, _task.completed_at), else_=None), first
    moment = func.coalesce(first, second, _instant(now))
    # The short question first: most that was accepted after its day was handed in on it.
    perhaps = or_(_task.due_time.is_not(None), moment >= _end_of(session, 0))
    judged = and_(_task.state.in_((State.REPORTED, State.COMPLETED)), _task.due_on.is_not(None))
    handed_in = judged if walked else may_be_late(session)
    return and_(handed_in, can_be_late(session), perhaps, moment >= overdue_from(session, now))


def overdue_from(session: Session, now: datetime) -> ColumnElement[Any]:
    """The instant from which a task with a due date is overdue, as `Calendar.overdue_from` reckons it."""
    given = days_given(session, now)
    off = [day for days in given.values() for day in days]
    after_off: list[Any] = [(_task.due_on.in_(days), _end_of(session, more)) for more, days in given.items() if more]
    whens: list[Any] = [(and_(_task.due_time.is_not(None), _task.due_on.not_in(off)), _hour(session))]
    if after_off:
        whens.append((_task.due_on.in_(off), case(*after_off, else_=_end_of(session, 0))))
    return case(*whens, else_=_end_of(session, 0))


def days_given(session: Session, now: datetime) -> dict[int, list[date]]:
    """Due dates in use that fall on days off, by how many days they give (0, where the rules give none)."""
    calendar = calendar_of(session)
    return kept(session, "days given", now, partial(_days_given, session, calendar))


def _days_given(session: Session, calendar: Calendar) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for day in connection_of(session).execute(_NEXT_DUE).scalars():
        if not calendar.is_working(day):
            found[(calendar.last_due_day(day) - day).days].append(day)
    return dict(found)


def _overdue(session: Session, now: datetime) -> ColumnElement[bool]:
    reported = and_(_task.state == State.REPORTED, late_when_judged(session, now))
    asked_in_time = and_(_task.extension_asked_at.is_not(None), _task.extension_asked_at < overdue_from(session, now))
    waits = and_(_task.state != State.REPORTED, not_(asked_in_time))
    return and_(OPEN, past_due(calendar_of(session), now), can_be_late(session), or_(reported, waits))


def is_not(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Not so, or not known to be so: a comparison with a column that is empty is neither true nor false."""
    return case((condition, 1), else_=0) == 0


def _instant(moment: datetime) -> ColumnElement[Any]:
    return literal(moment, UtcDateTime())


def _end_of(session: Session, more: int) -> ColumnElement[Any]:
    """The instant at which the day so many days after the due date ends at the office.

    An instant is stored as text in UTC on SQLite, and compares as text: 17:00 there is midnight at the office. Spelled
    out whole, since the types of the columns would have their own way of adding.
    """
    if session.get_bind().dialect.name == "sqlite":
        day = "task.due_on" if more == 0 else f"date(task.due_on, '+{more} days')"
        return literal_column(f"{day} || ' 17:00:00'")
    return literal_column(f"timezone('{OFFICE_ZONE}', task.due_on + interval '{more + 1} days')")


def _hour(session: Session) -> ColumnElement[Any]:
    """The instant of the hour that is set for the due date."""
    if session.get_bind().dialect.name == "sqlite":
        return literal_column("datetime(task.due_on || ' ' || task.due_time, '-7 hours')")
    return literal_column(f"timezone('{OFFICE_ZONE}', task.due_on + task.due_time)")
