"""Tasks as the command line and the board list them: one dict a task, the shape of `dondoc tasks --json`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import clock
from models.calendar import Calendar, calendar_of
from models.directive import Directive
from models.lateness import OPEN, can_be_late, leaders_units, past_due
from models.organisation import Unit
from models.task import Category, CoUnit, Task, TaskClass, category, json_value, late_events, parent_state

PART = 500  # SQLite takes so many values in one IN without complaint
_IN_TIME_INSTEAD = {Category.OVERDUE: Category.IN_TIME, Category.DONE_LATE: Category.DONE_ON_TIME}


def official_category(task: Task, calendar: Calendar, now: datetime, leaders: Sequence[int | None]) -> Category | None:
    """The category as it is reported: a monitor task or one of the leaders' (`leaders`: their units) is never late."""
    found = category(task, calendar, now)
    if found is not None and (task.task_class is TaskClass.MONITOR or task.unit_id in leaders):
        return _IN_TIME_INSTEAD.get(found, found)
    return found


def task_rows(session: Session, *, overdue: bool = False, unit: str | None = None, directive_id: int | None = None,
              limit: int | None = None, offset: int = 0) -> list[dict[str, Any]]:  # fmt: skip
    """Tasks by number, parents included. `overdue`: those of that category only, so no parent."""
    now, calendar = clock.now(), calendar_of(session)
    query = select(Task).order_by(col(Task.number))
    if overdue:
        # Ordered by an expression: in the order of the plain number every task would be read.
        query = query.where(OPEN, past_due(calendar, now), can_be_late(session))
        query = query.order_by(None).order_by(col(Task.number) + 0)
    if unit is not None:
        query = query.join(Unit, col(Unit.id) == Task.unit_id).where(Unit.code == unit)
    if directive_id is not None:
        query = query.where(Task.directive_id == directive_id)
    tasks = session.exec(query.limit(limit).offset(offset)).all()
    rows: list[dict[str, Any]] = []
    for start in range(0, len(tasks), PART):
        rows += json_rows(session, tasks[start : start + PART], calendar, now)
    return [row for row in rows if row["category"] == Category.OVERDUE.value] if overdue else rows


def json_rows(session: Session, tasks: Sequence[Task], calendar: Calendar, now: datetime) -> list[dict[str, Any]]:
    """These tasks, at most PART of them, each as one dict."""
    ids = [task.id for task in tasks if task.id is not None]
    units = dict(session.exec(select(Unit.id, Unit.code)).all())
    leaders, co_units, children = leaders_units(session), _co_units(session, ids, units), _children(session, tasks)
    directives, parents = _directives(session, tasks), _parents(session, tasks)
    rows = []
    for task in tasks:
        found = official_category(task, calendar, now, leaders)
        mine, parent = children[task.id], parents.get(task.parent_id)
        state = parent_state(mine) if task.is_parent else task.state
        rows.append({
            "code": task.code, "title": task.title, "unit": units.get(task.unit_id), "co_units": co_units[task.id],
            "state": state.value, "class": task.task_class.value, "category": found.value if found else None,
            "due": json_value(task.due_on), "due_time": task.due_time.strftime("%H:%M") if task.due_time else None,
            "internal_due": json_value(task.internal_due), "due_set_by": task.due_set_by.value,
            "original_due": json_value(task.original_due), "review_on": json_value(task.review_on),
            "late_events": late_events(task, calendar, now) if found is Category.OVERDUE else task.late_events,
            "returns": task.returns, "extensions": task.extensions, "directive": directives.get(task.directive_id),
            "item": task.item, "parent": f"NV{parent}" if parent else None, "children": [child.code for child in mine],
        })  # fmt: skip
    return rows


def _co_units(session: Session, ids: list[int], units: dict[int | None, str]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = defaultdict(list)
    for link in session.exec(select(CoUnit).where(col(CoUnit.task_id).in_(ids)).order_by(col(CoUnit.unit_id))):
        found[link.task_id].append(units[link.unit_id])
    return found


def _children(session: Session, tasks: Sequence[Task]) -> dict[int | None, list[Task]]:
    found: dict[int | None, list[Task]] = defaultdict(list)
    parents = [task.id for task in tasks if task.is_parent]
    if parents:
        for child in session.exec(select(Task).where(col(Task.parent_id).in_(parents)).order_by(col(Task.number))):
            found[child.parent_id].append(child)
    return found


def _parents(session: Session, tasks: Sequence[Task]) -> dict[int | None, int]:
    """Id of a parent → its number."""
    ids = {task.parent_id for task in tasks if task.parent_id}
    return dict(session.exec(select(Task.id, Task.number).where(col(Task.id).in_(ids))).all()) if ids else {}


def _directives(session: Session, tasks: Sequence[Task]) -> dict[int | None, str]:
    """Id of a directive → its number, or its file's name where it bears none."""
    ids = {task.directive_id for task in tasks if task.directive_id}
    query = select(Directive.id, Directive.number, Directive.source).where(col(Directive.id).in_(ids))
    return {directive_id: number or source for directive_id, number, source in session.exec(query)} if ids else {}
