"""One settled task in every state, for tests of moves that are undone at their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models.event import Event
from models.task import State, Task
from tests.office import Office

# The task is Thanh tra Sở's, its date the Office's; gd is in charge of it, Phòng QLVH co-operates, tv.pho is its
# đầu mối.
PEOPLE = {
    "head": "tts.truong", "deputy": "tts.pho", "focal": "tv.pho", "co_unit": "qlvh.truong", "stranger": "bt.truong",
    "office": "vp.vanthu", "leader": "gd", "other_leader": "pgd1", "admin": "quantri",
}  # fmt: skip
Trial = tuple[Session, Office, Task]


def settled() -> Office:
    """An office with the one task, assigned."""
    office = Office("2023-07-24 09:00")
    office.assign("TTS", due="2023-08-30", co_unit_ids=(office.units["QLVH"],))
    return office


@contextmanager
def trial_in(office: Office) -> Iterator[Trial]:
    """The office's task in a transaction that is undone."""
    office.at("2023-07-24 09:00")
    with office.trial() as session:
        yield session, office, session.exec(select(Task)).one()


def stand(session: Session, task: Task, state: str, **columns: Any) -> None:
    """Put the task into a state, as its row would be."""
    columns.setdefault("state_before", State.ACKNOWLEDGED if state == "suspended" else None)
    session.execute(update(Task).where(col(Task.id) == task.id).values(state=State(state), **columns))
    session.refresh(task)


def snapshot(session: Session) -> tuple[Any, ...]:
    """Every task's row and the number of events."""
    tasks = session.execute(sqlalchemy.select(Task.__table__)).all()
    return (*tasks, session.exec(select(func.count()).select_from(Event)).one())


def last_event(session: Session, task: Task) -> Event:
    """The newest event of the task."""
    return session.exec(select(Event).where(Event.task_id == task.id).order_by(col(Event.seq).desc()).limit(1)).one()
