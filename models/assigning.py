"""An order → tasks: codes run on over all directives in document order, a parent before its children.

Where a unit's task of a replaced directive goes on under the order, that task gets the order's words and dates and
keeps its code and history; no second one is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, delete, func, insert
from sqlmodel import Session

from models import clock, event
from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.counting import late_counted
from models.inserting import insert_new
from models.moves import Actor, move, recompute_next_notice
from models.organisation import Department
from models.series import Series, next_due, period_of
from models.task import CoUnit, DueSetBy, Task, TaskClass, json_value

# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it.
_co_unit = CoUnit.__table__
_LOCK = sqlalchemy.select(Department.__table__.c.id).with_for_update()
_LAST_NUMBER = sqlalchemy.select(func.coalesce(func.max(Task.__table__.c.number), 0))
_NO_CO_UNITS = delete(_co_unit).where(_co_unit.c.task_id == bindparam("task"))
_CO_UNITS = insert(_co_unit)


class NotConfirmable(Exception):
    """A draft that cannot become tasks: `why` is assigned, recalled, discarded, missing, empty, internal_after_due,
    questions, unwaivable, undecided, moved_on, no_place or nobody; `questions` lists the questions, or the items or
    tasks that it is about."""

    def __init__(self, why: str, questions: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.why, self.questions = why, list(questions)


@dataclass(frozen=True)
class Order:
    """What one or several units are to do; every task of it is made alike."""

    title: str
    text: str
    unit_ids: tuple[int, ...]
    task_class: TaskClass
    grouped: bool = False
    co_unit_ids: tuple[int, ...] = ()
    due_on: date | None = None
    due_time: time | None = None
    internal_due: date | None = None
    review_on: date | None = None
    due_set_by: DueSetBy = DueSetBy.OFFICE
    due_leader_id: int | None = None
    deliverables: tuple[str, ...] = ()
    urgency: str | None = None
    directive_id: int | None = None
    draft_item_id: int | None = None
    series_id: int | None = None
    item: str | None = None
    file: int = 0
    span_start: int | None = None
    span_end: int | None = None
    period: str | None = None


Going = Mapping[int, Task]
"""Unit → its task of a replaced directive that goes on under the order."""


def assign(session: Session, order: Order, actor: Actor, going: Going | None = None) -> list[Task]:
    """Make the task of an order, or a parent and one task per unit; writes an `assigned` event for each duty.

    Of the units in `going` the old task is taken over instead. Raises a MoveError when it has moved on meanwhile.
    """
    calendar, going = calendar_of(session), going or {}
    units = tuple(dict.fromkeys(order.unit_ids))
    if len(units) == 1 and not order.grouped:
        return [_one(session, calendar, order, actor, units[0], None, going)]
    parent = _make(session, calendar, order, actor, is_parent=True)
    return [parent, *(_one(session, calendar, order, actor, unit, parent.id, going) for unit in units)]


def next_number(session: Session) -> int:
    """The n of the next NVn, which nobody else takes meanwhile: SQLite's write transaction is immediate, elsewhere the
    office's own row is locked (SQLite knows no FOR UPDATE, and leaves it out)."""
    connection = connection_of(session)
    connection.execute(_LOCK)
    return int(connection.execute(_LAST_NUMBER).scalar_one()) + 1


def make_instance(session: Session, series: Series, due: date, actor: Actor, going: Going | None = None) -> list[Task]:
    """Make one instance of a series, due on `due`, and set when the next is to be made."""
    pattern = dict(series.pattern)
    for name in ("co_unit_ids", "deliverables"):
        pattern[name] = tuple(pattern.get(name) or ())
    pattern |= {"task_class": TaskClass.RECURRING, "due_set_by": DueSetBy(pattern["due_set_by"])}
    order = Order(**pattern, unit_ids=tuple(series.unit_ids), grouped=series.grouped, due_on=due, series_id=series.id,
                  directive_id=series.directive_id, draft_item_id=series.draft_item_id,
                  period=period_of(series.recurrence, due))  # fmt: skip
    made = assign(session, order, actor, going)
    series.next_due, series.make_on = next_due(series.recurrence, due), due + timedelta(1)
    session.add(series)
    session.flush()
    return made


def carry_over(session: Session, task: Task, order: Order, actor: Actor, parent_id: int | None = None) -> Task:
    """Let a task go on under another directive's item: its code, state and history stay; words and dates are the new
    ones. A date that had passed is counted as late first. Raises a MoveError."""
    calendar, now = calendar_of(session), clock.now()
    values = _columns(calendar, order, is_parent=False) | late_counted(session, task, now)
    values |= {"parent_id": parent_id, "due_version": task.due_version + 1, "promised_on": None}
    facts = {"from_directive": task.directive_id, "from_item": task.item, "to_directive": order.directive_id,
             "to_item": order.item}  # fmt: skip
    moved = move(session, task.id or 0, "carry_over", actor, values=values, facts=facts)
    connection_of(session).execute(_NO_CO_UNITS, {"task": moved.id})
    _co_units(session, moved, order)
    return moved


def _one(session: Session, calendar: Calendar, order: Order, actor: Actor, unit_id: int, parent_id: int | None,
         going: Going) -> Task:  # fmt: skip
    if unit_id in going:
        return carry_over(session, going[unit_id], order, actor, parent_id)
    return _make(session, calendar, order, actor, unit_id=unit_id, parent_id=parent_id)


def _columns(calendar: Calendar, order: Order, *, is_parent: bool) -> dict[str, Any]:
    """What a task has from its order."""
    task_class = order.task_class
    if task_class in (TaskClass.DATED, TaskClass.STANDING):
        # A date that was not given is not invented: it is looked at instead.
        task_class = TaskClass.DATED if order.due_on is not None else TaskClass.STANDING
    looked_at = order.due_on is None and not is_parent and task_class is not TaskClass.MONITOR
    return {
        "directive_id": order.directive_id, "draft_item_id": order.draft_item_id, "series_id": order.series_id,
        "item": order.item, "title": order.title, "text": order.text, "file": order.file,
        "span_start": order.span_start, "span_end": order.span_end, "period": order.period, "task_class": task_class,
        "urgency": order.urgency, "deliverables": list(order.deliverables), "due_on": order.due_on,
        "due_time": order.due_time, "original_due": order.due_on, "internal_due": order.internal_due,
        "due_set_by": order.due_set_by, "due_leader_id": order.due_leader_id,
        "review_on": (order.review_on or calendar.review_date(clock.today())) if looked_at else None,
    }  # fmt: skip


def _make(session: Session, calendar: Calendar, order: Order, actor: Actor, *, unit_id: int | None = None,
          parent_id: int | None = None, is_parent: bool = False) -> Task:  # fmt: skip
    task = Task(number=next_number(session), parent_id=parent_id, is_parent=is_parent, unit_id=unit_id,
                assigned_at=clock.now(), assigned_by=actor.person_id,
                **_columns(calendar, order, is_parent=is_parent))  # fmt: skip
    task.next_notice_at = recompute_next_notice(session, task)
    task_id = insert_new(session, task)
    _co_units(session, task, order)
    # With these and the facts of its moves, every number of every report can be counted anew from the history alone.
    facts = {"unit": unit_id, "parent": parent_id, "is_parent": is_parent, "due_on": json_value(order.due_on),
             "due_time": json_value(order.due_time), "class": task.task_class.value, "title": order.title,
             "period": order.period}  # fmt: skip
    event.record(session, f"task:{task_id}", "assigned", actor_id=actor.person_id, facts=facts, channel=actor.channel,
                 task_id=task_id, directive_id=order.directive_id, announced=is_parent, head=event.EMPTY)  # fmt: skip
    return task


def _co_units(session: Session, task: Task, order: Order) -> None:
    others = [unit_id for unit_id in dict.fromkeys(order.co_unit_ids) if unit_id != task.unit_id]
    if others:
        connection_of(session).execute(_CO_UNITS, [{"task_id": task.id, "unit_id": unit_id} for unit_id in others])
