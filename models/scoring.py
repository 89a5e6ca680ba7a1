"""What a unit's scoring is made of (NĐ 335/2025/NĐ-CP): duties of a period, on time or late, late events, returns, and
objective causes that were confirmed. Figures and their lists; no points and no verdict.

A duty belongs to the period in which it came due; one without a date to that in which it was completed.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, and_, case, false, func, literal, select, true, union_all
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.kept import kept
from models.organisation import Unit
from models.overdue import DATED, in_category
from models.task import Category, State, Task, TaskClass

_task, _unit = Task.__table__.c, Unit.__table__.c
PARTS = ("tasks", "on_time", "done_late", "overdue", "in_time", "no_due", "late", "returned", "caused")
"""What a list of one unit can be asked for: all of its duties, or those that one figure counts."""
_CATEGORIES = {"on_time": Category.DONE_ON_TIME, "done_late": Category.DONE_LATE, "overdue": Category.OVERDUE,
               "in_time": Category.IN_TIME, "no_due": Category.NO_DUE}  # fmt: skip
_ELSE, _DONE_LATE, _OVERDUE = 0, 1, 2


@dataclass(frozen=True)
class Score:
    """One unit's figures. `late_events`, `returns`: how often, on how many duties in `late`, `returned`. `caused`:
    duties that were late and whose objective cause the Office confirmed."""

    tasks: int = 0
    on_time: int = 0
    done_late: int = 0
    overdue: int = 0
    in_time: int = 0
    no_due: int = 0
    late: int = 0
    late_events: int = 0
    returned: int = 0
    returns: int = 0
    caused: int = 0

    @property
    def came_due(self) -> int:
        """What the on-time rate is of."""
        return self.on_time + self.done_late + self.overdue

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    start: date
    end: date


def scores(session: Session, period: Period, now: datetime) -> list[tuple[str, str, Score]]:
    """(code, name, figures) of every unit with a duty of the period, in the office's order of units."""
    return kept(session, ("scores", period), now, lambda: _scores(session, period, now))


def _scores(session: Session, period: Period, now: datetime) -> list[tuple[str, str, Score]]:
    duties = _duties(session, period, now).subquery().c
    late = duties.late_events > 0
    parts = {
        "on_time": and_(duties.done, duties.dated, duties.how == _ELSE),
        "done_late": duties.how == _DONE_LATE,
        "overdue": duties.how == _OVERDUE,
        "in_time": and_(~duties.done, duties.dated, duties.how == _ELSE),
        "no_due": ~duties.dated,
        "late": late,
        "returned": duties.returns > 0,
        "caused": and_(late, duties.objective_cause.is_not(None)),
    }
    sums = [func.sum(case((one, 1), else_=0)).label(name) for name, one in parts.items()]
    query = select(
        duties.unit_id, func.count().label("tasks"), *sums, func.sum(duties.late_events).label("late_events"),
        func.sum(duties.returns).label("returns"),
    ).group_by(duties.unit_id)  # fmt: skip
    rows = connection_of(session).execute(query).mappings()
    found = {row["unit_id"]: Score(**{one.name: int(row[one.name]) for one in fields(Score)}) for row in rows}
    units = connection_of(session).execute(
        select(_unit.id, _unit.code, _unit.name).where(_unit.id.in_(list(found))).order_by(_unit.position, _unit.id)
    )
    return [(unit.code, unit.name, found[unit.id]) for unit in units]


def listed(session: Session, period: Period, now: datetime, unit: str | None, part: str, limit: int) -> list[Any]:
    """The duties of one unit (None: of all) that a figure counts, in order of their dates: rows with number, title,
    due_on, due_time, state, category (its value), late_events (the present one included), returns, objective_cause,
    completed_at."""
    duties = _duties(session, period, now).subquery().c
    late = duties.late_events > 0
    named = case(
        (~duties.dated, Category.NO_DUE.value), (duties.how == _OVERDUE, Category.OVERDUE.value),
        (duties.how == _DONE_LATE, Category.DONE_LATE.value), (duties.done, Category.DONE_ON_TIME.value),
        else_=Category.IN_TIME.value,
    ).label("category")  # fmt: skip
    query = select(*duties, named).order_by(duties.due_on, duties.number).limit(limit)
    if unit is not None:
        query = query.where(duties.unit_id.in_(select(_unit.id).where(_unit.code == unit)))
    narrower = {"late": late, "returned": duties.returns > 0, "caused": and_(late, duties.objective_cause.is_not(None))}
    if part in narrower:
        query = query.where(narrower[part])
    elif part != "tasks":
        query = query.where(named == _CATEGORIES[part].value)
    return list(connection_of(session).execute(query))


def _duties(session: Session, period: Period, now: datetime) -> CompoundSelect[Any]:
    """The duties of a period with what their figures are made of: each is judged once, for all of them."""
    overdue, done_late = (in_category(session, now, one) for one in (Category.OVERDUE, Category.DONE_LATE))
    happening = and_(overdue, _task.late_counted_version != _task.due_version)
    columns = (
        _task.number, _task.title, _task.unit_id, _task.due_on, _task.due_time, _task.state, _task.returns,
        _task.objective_cause, _task.completed_at, (_task.state == State.COMPLETED).label("done"),
        # Late events so far, the one that is happening now included (`models.task.late_events`).
        (_task.late_events + case((happening, 1), else_=0)).label("late_events"),
    )  # fmt: skip
    first, after = clock.at_local(period.start, time(0)), clock.at_local(period.end + timedelta(1), time(0))
    how = case((overdue, _OVERDUE), (done_late, _DONE_LATE), else_=_ELSE).label("how")
    scored = (_task.task_class != TaskClass.MONITOR, _task.state.not_in((State.SUSPENDED, State.WITHDRAWN)))
    # Two questions rather than one with an "or": each has an index of its own.
    return union_all(
        select(*columns, true().label("dated"), how)
        .where(DATED, _task.due_on.between(period.start, period.end), *scored),
        select(*columns, false().label("dated"), literal(_ELSE).label("how"))
        .where(_task.is_parent.is_(False), _task.due_on.is_(None), _task.completed_at >= first,
               _task.completed_at < after, *scored),
    )  # fmt: skip
