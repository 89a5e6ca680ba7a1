"""What goes up: nobody is named to a leader who was not told first, nor before the Office could hold it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from models.calendar import Calendar
from models.message import Kind, Notice, NoticeState
from models.task import Task


def may_go_up(session: Session, task: Task, slot: datetime) -> bool:
    """Was the Office told, in an earlier slot, that this lateness will go up? After an outage it was not."""
    query = select(Notice.id).where(
        Notice.task_id == task.id,
        Notice.due_version == task.due_version,
        Notice.kind == Kind.PRE_NOTICE,
        col(Notice.state) != NoticeState.DROPPED,
        col(Notice.due_at) < slot,
    )
    return session.exec(query.limit(1)).first() is not None


def postponed(calendar: Calendar, day: date) -> date:
    """The working day to which an escalation is put off: the Office in its morning, the leader in its afternoon."""
    return calendar.add(day, 1)
