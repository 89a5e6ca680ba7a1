"""How many tasks stand where, in the official categories, and both rates with what they are of.

Counted by the database; only what its own condition cannot judge (reports made after the date) is looked at by row.
Parents stand nowhere. Monitor tasks and those of the leaders are counted but never late.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from models.base import rules_of
from models.calendar import calendar_of
from models.lateness import JUDGED, OPEN, can_be_late, held, local_day, past_due
from models.organisation import Unit
from models.task import State, Task, is_late


@dataclass(frozen=True)
class Figures:
    """Duties by official category. `no_due` counts all without a date, `no_due_done` those of them completed."""

    done_on_time: int = 0
    done_late: int = 0
    in_time: int = 0
    overdue: int = 0
    no_due: int = 0
    no_due_done: int = 0
    suspended: int = 0
    withdrawn: int = 0

    @property
    def dated(self) -> int:
        """Duties with a due date: the four categories."""
        return self.done_on_time + self.done_late + self.in_time + self.overdue

    @property
    def came_due(self) -> int:
        """What the on-time rate is of: nhiệm vụ đến hạn."""
        return self.done_on_time + self.done_late + self.overdue

    @property
    def completed(self) -> int:
        """Completed duties, dated or not."""
        return self.done_on_time + self.done_late + self.no_due_done

    @property
    def duties(self) -> int:
        """What the done rate is of: all but withdrawn and suspended."""
        return self.dated + self.no_due

    @property
    def on_time_rate(self) -> float | None:
        """done_on_time / came_due; None when nothing has come due."""
        return self.done_on_time / self.came_due if self.came_due else None

    @property
    def done_rate(self) -> float | None:
        """completed / duties; None when there is none."""
        return self.completed / self.duties if self.duties else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def figures(session: Session, now: datetime, unit_id: int | None = None) -> Figures:
    """The figures of the whole office, or of one unit, at `now`."""
    return sum((counts for _, counts in by_unit(session, now, unit_id)), Figures())


def by_unit(session: Session, now: datetime, unit_id: int | None = None) -> list[tuple[Unit, Figures]]:
    """The figures of every unit that has or had a duty, in the office's order of units."""
    late = _late_open(session, now, unit_id) + _late_judged(session, now, unit_id)
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for unit, state, count, dated in _counts(session, unit_id):
        counts[unit].update(_names(state, count, dated))
    for (unit, done), count in late.items():
        late_as, else_as = ("done_late", "done_on_time") if done else ("overdue", "in_time")
        counts[unit].update({late_as: count, else_as: -count})
    units = session.exec(select(Unit).where(col(Unit.id).in_(list(counts))).order_by(col(Unit.position))).all()
    return [(unit, Figures(**counts[unit.id])) for unit in units]


def _counts(session: Session, unit_id: int | None) -> Iterator[tuple[int | None, State, int, int]]:
    """(unit, state, tasks, those of them with a date), in the order of an index that holds all of it."""
    query = select(Task.unit_id, Task.state, func.count(), func.count(col(Task.due_on))).where(Task.is_parent == False)  # noqa: E712
    if unit_id is not None:
        query = query.where(Task.unit_id == unit_id)
    for unit, state, count, dated in session.exec(query.group_by(col(Task.unit_id), col(Task.state))):
        yield unit, State(state), count, dated


def _names(state: State, count: int, dated: int) -> dict[str, int]:
    """Which figures a group of tasks adds to, before lateness is looked at."""
    if state in (State.SUSPENDED, State.WITHDRAWN):
        return {state.value: count}
    if state is State.COMPLETED:
        return {"done_on_time": dated, "no_due": count - dated, "no_due_done": count - dated}
    return {"in_time": dated, "no_due": count - dated}


def _late_open(session: Session, now: datetime, unit_id: int | None) -> Counter[tuple[int | None, bool]]:
    """Late and not reported, by unit."""
    unit = func.coalesce(Task.unit_id, 0)  # no plain column: grouping by one would walk all open tasks in its order
    query = select(unit, func.count()).where(
        OPEN, past_due(calendar_of(session), now), can_be_late(session), col(Task.state) != State.REPORTED
    )
    resting = held(session, now)
    if resting:
        query = query.where(col(Task.id).not_in(resting))
    if unit_id is not None:
        query = query.where(unit == unit_id)
    return Counter({(owner, False): count for owner, count in session.exec(query.group_by(unit))})


def _late_judged(session: Session, now: datetime, unit_id: int | None) -> Counter[tuple[int | None, bool]]:
    """Late by the moment of their report (or acceptance, a setting), by unit and whether completed."""
    calendar, late = calendar_of(session), Counter[tuple[int | None, bool]]()
    moment: Any = func.coalesce(Task.reported_at, Task.completed_at)
    if rules_of(session).late_judged_on != "report":
        moment = case((col(Task.state) == State.COMPLETED, col(Task.completed_at)), else_=col(Task.reported_at))
    day = local_day(session, moment)
    # On a day before or on the date it is in time without an hour: those, the most, are never loaded.
    query = select(Task).where(
        JUDGED, Task.is_parent == False, can_be_late(session), col(Task.due_on) != None,  # noqa: E711, E712
        or_(day > Task.due_on, and_(col(Task.due_time) != None, day == Task.due_on)),  # noqa: E711
    )  # fmt: skip
    if unit_id is not None:
        query = query.where(func.coalesce(Task.unit_id, 0) == unit_id)
    few = load_only(*(getattr(Task, name) for name in ("unit_id", "state", "due_on", "due_time", "extension_asked_at",
                                                       "reported_at", "completed_at")))  # fmt: skip
    for task in session.exec(query.options(few)):
        late[(task.unit_id, task.state is State.COMPLETED)] += is_late(task, calendar, now)
    return late
