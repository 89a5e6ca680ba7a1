"""What a unit's scoring is made of (NĐ 335/2025/NĐ-CP): duties of a period, on time or late, late events, returns, and
objective causes that were confirmed. Figures and their lists; no points and no verdict.

A duty belongs to the period in which it came due; one without a date to that in which it was completed.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.organisation import Unit
from models.overdue import in_category
from models.task import Category, State, Task, TaskClass

_task, _unit = Task.__table__.c, Unit.__table__.c
PARTS = ("tasks", "on_time", "done_late", "overdue", "in_time", "no_due", "late", "returned", "caused")
"""What a list of one unit can be asked for: all of its duties, or those that one figure counts."""


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
    conditions = _conditions(session, now)
    sums = [func.sum(case((conditions[part], 1), else_=0)) for part in PARTS if part != "tasks"]
    events = [func.sum(_late_events(conditions["overdue"])), func.sum(_task.returns)]
    query = (
        select(_task.unit_id, func.count(), *sums, *events)
        .where(*of_period(session, period))
        .group_by(_task.unit_id)
    )
    found: dict[int | None, Score] = {}
    for unit_id, tasks, *values in connection_of(session).execute(query):
        named = dict(zip([part for part in PARTS if part != "tasks"], map(int, values[:-2]), strict=True))
        found[unit_id] = Score(tasks=tasks, **named, late_events=int(values[-2]), returns=int(values[-1]))
    units = connection_of(session).execute(
        select(_unit.id, _unit.code, _unit.name).where(_unit.id.in_(list(found))).order_by(_unit.position, _unit.id)
    )
    return [(unit.code, unit.name, found[unit.id]) for unit in units]


def listed(session: Session, period: Period, now: datetime, unit: str | None, part: str, limit: int) -> list[Any]:
    """The duties of one unit (None: of all) that a figure counts, in order of their dates: rows with number, title,
    due_on, due_time, state, category (its value), late_events (the present one included), returns, objective_cause,
    completed_at."""
    conditions = _conditions(session, now)
    query: Select[Any] = (
        select(
            _task.number, _task.title, _task.due_on, _task.due_time, _task.state, _task.returns, _task.objective_cause,
            _task.completed_at, _late_events(conditions["overdue"]).label("late_events"), _named(conditions),
        )
        .where(*of_period(session, period))
        .order_by(_task.due_on, _task.number)
        .limit(limit)
    )  # fmt: skip
    if unit is not None:
        query = query.where(_task.unit_id.in_(select(_unit.id).where(_unit.code == unit)))
    if part != "tasks":
        query = query.where(conditions[part])
    return list(connection_of(session).execute(query))


def of_period(session: Session, period: Period) -> list[ColumnElement[bool]]:
    """Duties that are scored in a period: no parents, no following-up, nothing suspended or withdrawn."""
    first, after = clock.at_local(period.start, time(0)), clock.at_local(period.end + timedelta(1), time(0))
    done = and_(_task.due_on.is_(None), _task.completed_at >= first, _task.completed_at < after)
    return [
        _task.is_parent.is_(False),
        _task.task_class != TaskClass.MONITOR,
        _task.state.not_in((State.SUSPENDED, State.WITHDRAWN)),
        or_(_task.due_on.between(period.start, period.end), done),
    ]


def _conditions(session: Session, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Part → what makes a duty one of it."""
    overdue = in_category(session, now, Category.OVERDUE)
    late = _late_events(overdue) > 0
    return {
        "on_time": in_category(session, now, Category.DONE_ON_TIME),
        "done_late": in_category(session, now, Category.DONE_LATE),
        "overdue": overdue,
        "in_time": in_category(session, now, Category.IN_TIME),
        "no_due": in_category(session, now, Category.NO_DUE),
        "late": late,
        "returned": _task.returns > 0,
        "caused": and_(late, _task.objective_cause.is_not(None)),
    }


def _late_events(overdue: ColumnElement[bool]) -> ColumnElement[int]:
    """Late events so far, the one that is happening now included (`models.task.late_events`)."""
    happening = and_(overdue, _task.late_counted_version != _task.due_version)
    return _task.late_events + case((happening, 1), else_=0)


def _named(conditions: dict[str, ColumnElement[bool]]) -> ColumnElement[str]:
    """The official category as its value."""
    names = {"on_time": Category.DONE_ON_TIME, "done_late": Category.DONE_LATE, "overdue": Category.OVERDUE,
             "in_time": Category.IN_TIME}  # fmt: skip
    whens = [(conditions[part], one.value) for part, one in names.items()]
    return case(*whens, else_=Category.NO_DUE.value).label("category")
