"""How many tasks stand where, in the official categories, and both rates with what they are of.

Counted by the database, and kept until something changes. Parents stand nowhere. Monitor tasks and those of the
leaders are counted but never late.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from models.calendar import calendar_of
from models.event import Event
from models.kept import kept
from models.lateness import OPEN, can_be_late, held, past_due
from models.organisation import Unit
from models.overdue import late_when_judged
from models.task import State, Task

FEW_EVENTS = 200
"""After more than this the figures are counted anew."""
Condition: TypeAlias = ColumnElement[bool]


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


ByUnit: TypeAlias = dict[int | None, Figures]


def figures(session: Session, now: datetime, unit_id: int | None = None) -> Figures:
    """The figures of the whole office, or of one unit, at `now`."""
    counts = by_unit_id(session, now)
    return sum(counts.values(), Figures()) if unit_id is None else counts.get(unit_id, Figures())


def by_unit(session: Session, now: datetime, unit_id: int | None = None) -> list[tuple[Unit, Figures]]:
    """The figures of every unit that has or had a duty, or of one of them, in the office's order of units."""
    counts = by_unit_id(session, now)
    wanted = list(counts) if unit_id is None else [unit_id]
    units = session.exec(select(Unit).where(col(Unit.id).in_(wanted)).order_by(col(Unit.position))).all()
    return [(unit, counts[unit.id]) for unit in units if unit.id in counts]


def by_unit_id(session: Session, now: datetime) -> ByUnit:
    """Id of a unit → its figures, of every unit that has or had a duty."""
    return kept(session, "figures", now, partial(_by_unit_id, session, now, None), partial(_mended, session, now))


def _mended(session: Session, now: datetime, before: ByUnit, event_id: int) -> ByUnit | None:
    """The figures of before with those units counted anew whose tasks something happened to; None if that is no
    saving, or cannot be said."""
    happened = session.exec(
        select(Event.task_id, Event.facts, Task.unit_id).outerjoin(Task, col(Task.id) == Event.task_id)
        .where(col(Event.id) > event_id).limit(FEW_EVENTS + 1)
    ).all()  # fmt: skip
    # Facts that were erased, or an event of no task: who knows what it did.
    if len(happened) > FEW_EVENTS or any(task_id is None or facts is None for task_id, facts, _ in happened):
        return None
    touched = {unit for _, _, unit in happened} | {unit for _, facts, _ in happened for unit in _left(facts)}
    counted = _by_unit_id(session, now, touched)
    return {unit: found for unit, found in before.items() if unit not in touched} | counted


def _left(facts: Mapping[str, Any] | None) -> Iterator[int | None]:
    """The unit that a task left by an act: `move` writes down every column as it was before."""
    before = (facts or {}).get("before")
    if isinstance(before, dict) and "unit_id" in before:
        yield before["unit_id"]


def _by_unit_id(session: Session, now: datetime, only: set[int | None] | None) -> ByUnit:
    """Figures of all units, or of these only."""
    some = [] if only is None else [col(Task.unit_id).in_(only)]
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for unit, state, count, dated in _counts(session, some):
        counts[unit].update(_names(state, count, dated))
    for (unit, done), count in (_late_open(session, now, some) + _late_judged(session, now, some)).items():
        late_as, else_as = ("done_late", "done_on_time") if done else ("overdue", "in_time")
        counts[unit].update({late_as: count, else_as: -count})
    return {unit: Figures(**found) for unit, found in counts.items()}


def _counts(session: Session, some: Sequence[Condition]) -> Iterator[tuple[int | None, State, int, int]]:
    """(unit, state, tasks, those of them with a date), in the order of an index that holds all of it."""
    query = select(Task.unit_id, Task.state, func.count(), func.count(col(Task.due_on)))
    query = query.where(Task.is_parent == False, *some)  # noqa: E712
    for unit, state, count, dated in session.exec(query.group_by(col(Task.unit_id), col(Task.state))):
        yield unit, State(state), count, dated


def _names(state: State, count: int, dated: int) -> dict[str, int]:
    """Which figures a group of tasks adds to, before lateness is looked at."""
    if state in (State.SUSPENDED, State.WITHDRAWN):
        return {state.value: count}
    if state is State.COMPLETED:
        return {"done_on_time": dated, "no_due": count - dated, "no_due_done": count - dated}
    return {"in_time": dated, "no_due": count - dated}


def _late_open(session: Session, now: datetime, some: Sequence[Condition]) -> Counter[tuple[int | None, bool]]:
    """Late and not reported, by unit."""
    unit = func.coalesce(Task.unit_id, 0)  # no plain column: grouping by one would walk all open tasks in its order
    query = select(unit, func.count()).where(
        OPEN, past_due(calendar_of(session), now), can_be_late(session), col(Task.state) != State.REPORTED, *some
    )
    resting = held(session, now)
    if resting:
        query = query.where(col(Task.id).not_in(resting))
    return Counter({(owner, False): count for owner, count in session.exec(query.group_by(unit))})


def _late_judged(session: Session, now: datetime, some: Sequence[Condition]) -> Counter[tuple[int | None, bool]]:
    """Late by the moment of their report (or acceptance, a setting), by unit and whether completed."""
    query = select(Task.unit_id, Task.state, func.count()).where(late_when_judged(session, now), *some)
    late = Counter[tuple[int | None, bool]]()
    for unit, state, count in session.exec(query.group_by(col(Task.unit_id), col(Task.state))):
        late[(unit, state is State.COMPLETED)] += count
    return late
