"""A person's own last act that can be taken back: which tasks it touched, and whether it still can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlmodel import Session

from models import clock
from models.base import connection_of, rules_of
from models.event import Event
from models.moves import MOVES
from models.task import Task

UNDOABLE = tuple(verb for verb, spec in MOVES.items() if spec.take_back)
ONE_MESSAGE = timedelta(seconds=2)
"""Acts of one message on several tasks are this close together."""

_event, _task = Event.__table__.c, Task.__table__.c
_ACTS = (
    select(_event.id, _event.at, _event.verb, _event.task_id)
    .where(_event.actor_id == bindparam("person"), _event.verb.in_((*UNDOABLE, "take_back")))
    .order_by(_event.id.desc())
    .limit(10)
)
_NUMBERS = select(_task.number).where(_task.id.in_(bindparam("ids", expanding=True))).order_by(_task.number)
_OTHERS = (
    select(_event.id)
    .where(_event.task_id.in_(bindparam("ids", expanding=True)), _event.id > bindparam("after"))
    .where(_event.actor_id != bindparam("person"))
    .limit(1)
)


@dataclass(frozen=True)
class LastAct:
    """NV numbers, and whether the take-back time is not over and nobody has acted since."""

    tasks: tuple[int, ...]
    in_time: bool


def last_acted(session: Session, person_id: int | None) -> LastAct:
    """The person's last acknowledgement, report or refusal; empty when there is none or it was taken back."""
    connection = connection_of(session)
    rows = connection.execute(_ACTS, {"person": person_id}).all()
    if not rows or rows[0].verb == "take_back":
        return LastAct((), False)
    same = [row for row in rows if row.verb == rows[0].verb and rows[0].at - row.at <= ONE_MESSAGE]
    ids = [row.task_id for row in same]
    numbers = connection.execute(_NUMBERS, {"ids": ids}).scalars().all()
    others = {"ids": ids, "after": min(row.id for row in same), "person": person_id}
    window = timedelta(minutes=rules_of(session).take_back_minutes)
    in_time = clock.now() <= rows[0].at + window and connection.execute(_OTHERS, others).first() is None
    return LastAct(tuple(numbers), in_time)
