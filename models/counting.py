"""Late events: counted once for each due date that passed before the work was reported, and never for the leaders'."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.calendar import calendar_of
from models.inserting import by_id
from models.organisation import Unit
from models.task import Task, TaskClass


def late_at(session: Session, task: Task, moment: datetime) -> bool:
    """Had the due date passed at this moment? Requests for more time are not looked at."""
    if task.due_on is None or task.task_class is TaskClass.MONITOR:
        return False
    if moment < calendar_of(session).overdue_from(task.due_on, task.due_time):
        return False
    unit = by_id(session, Unit, task.unit_id) if task.unit_id is not None else None
    return unit is None or not unit.is_leaders


def late_counted(session: Session, task: Task, moment: datetime) -> dict[str, Any]:
    """The columns that count the lateness of the present due date at this moment; empty when there is none to count,
    or it has been counted."""
    if task.late_counted_version == task.due_version or not late_at(session, task, moment):
        return {}
    return {"late_events": task.late_events + 1, "late_counted_version": task.due_version}
