"""A unit's own tasks with the next step of each: what its head sees first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from models.base import connection_of
from models.calendar import calendar_of
from models.lateness import leaders_units
from models.listing import official_category
from models.owing import Owing, owings
from models.report import CompletionReport
from models.task import OPEN, Category, CoUnit, State, Task, TaskClass, Waiting, overdue_days
from web.viewer import Viewer

MOST = 50
_task, _report, _co = (one.__table__.c for one in (Task, CompletionReport, CoUnit))


@dataclass(frozen=True)
class Step:
    """An open task of the unit, where it stands, and what comes next.

    `next`: confirm, supplement (its report was returned: `why`), report, review, promised, decision (of a request for
    more time), signature, co_unit, office (its report), other_unit (refused), resume.
    """

    task: Task
    category: Category | None
    days_late: int
    next: str
    why: str = ""


def own_tasks(session: Session, viewer: Viewer, now: datetime) -> tuple[int, tuple[Step, ...]]:
    """How many open tasks the person answers for, and the most pressing: by date, those without one last."""
    mine = col(Task.focal_id) == viewer.id
    if viewer.units:
        mine = mine | col(Task.unit_id).in_(viewer.units)
    where = (mine, col(Task.state).in_(OPEN), col(Task.is_parent).is_(False))
    first = case((col(Task.state).in_((State.REPORTED, State.SUSPENDED, State.REFUSED)), 1), else_=0)
    query = (
        select(Task)
        .where(*where)
        .order_by(first, col(Task.due_on).is_(None), col(Task.due_on), col(Task.number))
        .limit(MOST)
    )
    tasks = session.execute(query).scalars().all()
    total = len(tasks)
    if total == MOST:
        total = session.execute(select(func.count()).select_from(Task).where(*where)).scalar_one()
    return total, steps(session, tasks, now)


def steps(session: Session, tasks: Any, now: datetime) -> tuple[Step, ...]:
    """Tasks as steps to take."""
    calendar, leaders = calendar_of(session), leaders_units(session)
    returned, found = _returned(session, [task.id for task in tasks if task.returns]), []
    for task in tasks:
        category = official_category(task, calendar, now, leaders)
        late = overdue_days(task, calendar, now) if category is Category.OVERDUE else 0
        why = returned.get(task.id, "")
        found.append(Step(task, category, late, next_step(task, why), why))
    return tuple(found)


def next_step(task: Task, returned: str = "") -> str:
    """What comes next for an open task; `returned`: why its last report was."""
    settled = {State.ASSIGNED: "confirm", State.REPORTED: "office", State.REFUSED: "other_unit",
               State.SUSPENDED: "resume"}.get(task.state)  # fmt: skip
    if settled:
        return settled
    if task.extension_asked_at is not None:
        return "decision"
    if task.waiting is not None:
        return "signature" if task.waiting is Waiting.SUBMITTED else "co_unit"
    if returned:
        return "supplement"
    return "review" if task.due_on is None and task.task_class is not TaskClass.MONITOR else "report"


def co_tasks(session: Session, units: frozenset[int], limit: int = MOST) -> tuple[Owing, ...]:
    """Open tasks of others that these units co-operate in, by date."""
    if not units:
        return ()
    query = (
        select(Task)
        .where(col(Task.id).in_(select(_co.task_id).where(_co.unit_id.in_(units))), col(Task.state).in_(OPEN),
               col(Task.is_parent).is_(False))
        .order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.number))
        .limit(limit)
    )  # fmt: skip
    return owings(session, session.execute(query).scalars().all())


def _returned(session: Session, task_ids: list[int]) -> dict[int, str]:
    """Why the last report of each task was returned, as long as none was made since."""
    if not task_ids:
        return {}
    newest = select(func.max(_report.id)).where(_report.task_id.in_(task_ids)).group_by(_report.task_id)
    query = select(_report.task_id, _report.return_reason).where(
        _report.id.in_(newest), _report.return_reason.is_not(None)
    )
    return {row.task_id: row.return_reason for row in connection_of(session).execute(query)}
