"""One act on several tasks at once, kept so that it can be undone as one (`undoing.py`).

Each task is moved by the same functions as alone, with an event of its own. Telling people waits until the act can no
longer be undone: for a reminder, which is wanted now, two minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import JSON, Column, bindparam, func, update
from sqlmodel import Field, Session, col, select

from models import clock
from models.base import Table, UtcDateTime, connection_of, rules_of
from models.event import Event
from models.extending import extend
from models.handling import BadDate, UnitUnknown, reassign
from models.inserting import by_id, insert_new
from models.moves import Actor, DateNotOurs, MoveError, check, move
from models.organisation import Unit
from models.report import Decision, Extension
from models.task import DueSetBy, Task, TaskClass
from models.updating_there import updated_there

_event = Event.__table__
_HOLD = (
    update(_event)
    .where(_event.c.id.in_(bindparam("events", expanding=True)), _event.c.announced_at.is_(None))
    .values(announce_from=bindparam("until"))
)
VERBS = ("remind", "reassign", "extend", "withdraw", "update_there")
MOST = 500
"""Tasks of one act: more than a page of a list holds, and still within a second."""
REMIND_HOLD = timedelta(minutes=2)


class BulkAct(Table, table=True):
    """`verb`: one of VERBS. `events`: the events it made, one for each task it changed."""

    __tablename__ = "bulk_act"
    id: int | None = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    verb: str = Field(max_length=24)
    events: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NotInBulk(MoveError):
    """Nothing is to be done to this task by this act; `details["why"]`: silent, same_unit, past, not_theirs,
    updated."""


@dataclass(frozen=True)
class Wanted:
    """What is to be done to each task: the verb, and what it needs."""

    verb: str
    unit_id: int | None = None
    due: date | None = None
    due_time: time | None = None
    reason: str = ""


def hindrance(session: Session, wanted: Wanted, actor: Actor, task: Task) -> MoveError | None:
    """What stands in the way of doing this to the task now; None: nothing does. A unit or a date that is not asked for
    yet stands in nobody's way."""
    try:
        if wanted.verb == "extend" and task.due_set_by is DueSetBy.AUTHORITY:
            raise DateNotOurs("extend", task)
        check(session, wanted.verb, actor, task, reason=wanted.reason)
        if wanted.verb == "remind":
            unit = by_id(session, Unit, task.unit_id)
            if unit is None or unit.is_leaders or task.task_class is TaskClass.MONITOR:
                raise NotInBulk("remind", task, why="silent")
        elif wanted.verb == "reassign":
            _other_unit(session, wanted, task)
        elif wanted.verb == "extend":
            _later(wanted, task)
        elif wanted.verb == "update_there":
            _not_yet_there(task)
    except MoveError as error:
        return error
    return None


def _other_unit(session: Session, wanted: Wanted, task: Task) -> None:
    if wanted.unit_id is None:
        return  # it is not asked for yet
    unit = by_id(session, Unit, wanted.unit_id)
    if unit is None or (unit.valid_to is not None and unit.valid_to < clock.today()):
        raise UnitUnknown("reassign", task)
    if unit.id == task.unit_id:
        raise NotInBulk("reassign", task, why="same_unit")


def _later(wanted: Wanted, task: Task) -> None:
    if task.due_on is None:
        raise BadDate("extend", task, why="no_due")
    if wanted.due is None:
        return  # it is not asked for yet
    if wanted.due < clock.today():
        raise NotInBulk("extend", task, why="past")
    if (wanted.due, wanted.due_time or time.max) <= (task.due_on, task.due_time or time.max):
        raise BadDate("extend", task, why="earlier", due=task.due_on)


def _not_yet_there(task: Task) -> None:
    if task.due_set_by is not DueSetBy.AUTHORITY and not task.authority_code:
        raise NotInBulk("update_there", task, why="not_theirs")
    if task.updated_there_on is not None:
        raise NotInBulk("update_there", task, why="updated")


def carry_out(session: Session, wanted: Wanted, tasks: Sequence[Task], actor: Actor) -> BulkAct:
    """Do it to each of these tasks, all of them or none. Raises the MoveError of the first that refuses."""
    last = session.exec(select(func.coalesce(func.max(Event.id), 0))).one()
    requests = _open_requests(session, tasks)
    # Unit by unit: a person's reminders are announced together, and so in one message.
    for task in sorted(tasks, key=lambda one: (one.unit_id or 0, one.number)):
        error = hindrance(session, wanted, actor, task)
        if error is not None:
            raise error
        _do(session, wanted, task, actor, requests.get(task.id or 0))
    ids = [task.id for task in tasks]
    made = session.exec(
        select(Event.id).where(col(Event.task_id).in_(ids), col(Event.id) > last, Event.actor_id == actor.person_id,
                               Event.verb == wanted.verb).order_by(col(Event.id))
    ).all()  # fmt: skip
    window = timedelta(minutes=rules_of(session).take_back_minutes)
    hold = min(window, REMIND_HOLD) if wanted.verb == "remind" else window
    now = clock.now()
    connection_of(session).execute(_HOLD, {"events": list(made), "until": now + hold})
    kept = BulkAct(by_id=actor.person, at=now, verb=wanted.verb, events=[one for one in made if one is not None])
    insert_new(session, kept)
    return kept


def _do(session: Session, wanted: Wanted, task: Task, actor: Actor, request: int | None) -> None:
    task_id, reason = task.id or 0, wanted.reason or None
    match wanted.verb:
        case "reassign":
            reassign(session, task_id, actor, wanted.unit_id or 0, reason=reason, request=request)
        case "extend":
            assert wanted.due is not None  # `hindrance` has said so
            extend(session, task_id, actor, wanted.due, due_time=wanted.due_time, words=wanted.reason)
        case "withdraw":
            move(session, task_id, "withdraw", actor, reason=reason, facts={"request": request} if request else None)
        case "update_there":
            updated_there(session, task_id, actor)
        case _:
            move(session, task_id, wanted.verb, actor)


def _open_requests(session: Session, tasks: Sequence[Task]) -> dict[int, int]:
    """Task → its request for more time that is open: an undo opens it again."""
    query = select(Extension.task_id, Extension.id).where(
        col(Extension.task_id).in_([task.id for task in tasks]), Extension.decision == Decision.OPEN
    )
    return {task_id: request or 0 for task_id, request in session.exec(query)}
