"""A person's own last act that can be taken back: which tasks it touched, and whether it still can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from models import clock
from models.base import rules_of
from models.event import Event
from models.moves import MOVES
from models.task import Task

UNDOABLE = tuple(verb for verb, spec in MOVES.items() if spec.take_back)
ONE_MESSAGE = timedelta(seconds=2)
"""Acts of one message on several tasks are this close together."""


@dataclass(frozen=True)
class LastAct:
    """NV numbers, and whether the take-back time is not over and nobody has acted since."""

    tasks: tuple[int, ...]
    in_time: bool


def last_acted(session: Session, person_id: int | None) -> LastAct:
    """The person's last acknowledgement, report or refusal; empty when there is none or it was taken back."""
    query = (
        select(Event.id, Event.at, Event.verb, Event.task_id)
        .where(Event.actor_id == person_id, col(Event.verb).in_((*UNDOABLE, "take_back")))
        .order_by(col(Event.id).desc())
        .limit(10)
    )
    rows = session.execute(query).all()
    if not rows or rows[0].verb == "take_back":
        return LastAct((), False)
    same = [row for row in rows if row.verb == rows[0].verb and rows[0].at - row.at <= ONE_MESSAGE]
    ids = [row.task_id for row in same]
    numbers = session.execute(select(Task.number).where(col(Task.id).in_(ids)).order_by(col(Task.number))).scalars()
    others = select(Event.id).where(
        col(Event.task_id).in_(ids), col(Event.id) > min(row.id for row in same), Event.actor_id != person_id
    )
    window = timedelta(minutes=rules_of(session).take_back_minutes)
    in_time = clock.now() <= rows[0].at + window and session.execute(others.limit(1)).first() is None
    return LastAct(tuple(numbers), in_time)
