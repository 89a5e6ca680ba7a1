"""The one `move()` of a task, by the rows of the MOVES table.

A move is one statement that says "from these states only" and looks at the row count; its event stands in the same
transaction. It sends nothing: `jobs/announce.py` tells people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from models import clock, event, shown
from models.base import connection_of, rules_of
from models.calendar import calendar_of
from models.capacity import Who, capacities, office_owns
from models.inserting import looked_at
from models.ladder import next_rung
from models.lease import Mark
from models.move_table import CONFIRMS, ENDS_REQUESTS, MOVES, NEEDS_REASON, UNIT, UNTOLD, VOIDS_REPORT
from models.organisation import Unit
from models.report import void_reports, withdraw_requests
from models.task import WITH_UNIT, State, Task, TaskClass, json_value

S = State

_NOT_WAITING = {"waiting": None, "waiting_for": None, "waiting_since": None}
# Built once, of plain columns: putting a statement together, or passing it through the mapper, costs as much as
# running it. "From these states only", and only from the version that was looked at:
_task, _unit, _mark = Task.__table__, Unit.__table__.c, Mark.__table__.c
_FROM_HERE = {
    verb: update(_task).where(
        _task.c.id == bindparam("moved_id"),
        _task.c.version == bindparam("seen"),
        # Written out: bound, a value that partial indexes depend on has SQLite prepare the statement anew each time.
        sqlalchemy.text(f"task.state IN ({', '.join(repr(state.value) for state in sorted(spec.of))})"),
    )
    for verb, spec in MOVES.items()
}  # fmt: skip
# Are the leaders the owner (they are never nagged), and up to which slot has been planned?
_PLANNED = sqlalchemy.select(_mark.at).where(_mark.name == "planned").scalar_subquery()
_LOOKED_AT = sqlalchemy.select(_unit.is_leaders, _PLANNED).where(_unit.id == bindparam("unit"))
_TASK = (
    sqlalchemy.select(_unit.is_leaders, _PLANNED, *event.head_columns(), _task)
    .select_from(_task.join(Unit.__table__, _unit.id == _task.c.unit_id, isouter=True))
    .where(_task.c.id == bindparam("task"))
)


@dataclass(frozen=True)
class Actor:
    """Who acts, through which channel. `behalf`: the Office for a unit; `said_by`, `how`: who said so, and how."""

    person_id: int | None
    channel: str = ""
    behalf: bool = False
    said_by: str | None = None
    how: str | None = None

    @property
    def person(self) -> int:
        """The person; only the schedule is nobody, and it makes tasks but no moves."""
        if self.person_id is None:
            raise LookupError("nobody acts here")
        return self.person_id


class MoveError(Exception):
    """A move that cannot be made. The sentence that people see is made from these by the bot and the board."""

    def __init__(self, verb: str, task: Task | None = None, **details: Any) -> None:
        super().__init__(f"{verb} {task.code if task else ''} {details or ''}".strip())
        self.verb = verb
        self.task = task
        self.details = details


class NoSuchTask(MoveError):
    """No task with this id."""


class NotAllowed(MoveError):
    """This person may not do this to this task."""


class NotFromHere(MoveError):
    """The task's state does not allow it (`task.state`): it has moved, or the move came twice."""


class ReasonMissing(MoveError):
    """A return, refusal, correction, suspension, withdrawal or reopening says why."""


class DateNotOurs(NotAllowed):
    """The date was set by a higher authority: it moves only with the permitting document's number and date."""


class OthersOpen(NotFromHere):
    """A duty to follow up others is done when they are: other tasks of its directive are still open."""


class TooLateToTakeBack(MoveError):
    """Ten minutes are over, or somebody has acted since."""


def allowed(session: Session, verb: str, actor: Actor, task: Task, held: set[Who] | None = None) -> bool:
    """May this person do this to this task, whatever its state? `held`: their capacities, if they are known already."""
    held = capacities(session, actor.person_id, task) if held is None else held
    spec = MOVES[verb]
    if actor.behalf:
        return spec.behalf and Who.OFFICE in held
    if verb in ("accept", "return"):
        # Nobody confirms their own work: of the Office's own tasks, the leader in charge does.
        deciding = held & {Who.OFFICE, Who.LEADER}
        return bool(deciding) and (Who.LEADER if office_owns(session, task) else Who.OFFICE) in deciding
    return not held.isdisjoint(spec.who)


def check(session: Session, verb: str, actor: Actor, task: Task, *, reason: str | None = None,
          held: set[Who] | None = None) -> None:  # fmt: skip
    """Raise the MoveError that stands in the way, if any: first who, then the state, then the reason."""
    held = capacities(session, actor.person_id, task) if held is None else held
    if not allowed(session, verb, actor, task, held):
        raise NotAllowed(verb, task)
    if task.is_parent or task.state not in MOVES[verb].of:
        raise NotFromHere(verb, task)
    if verb == "wait" and task.state is S.ASSIGNED and not _confirms(verb, actor, held):
        raise NotFromHere(verb, task)
    if verb == "report" and task.task_class is TaskClass.MONITOR and _others_open(session, task):
        raise OthersOpen(verb, task)
    if verb in NEEDS_REASON and not (reason or "").strip():
        raise ReasonMissing(verb, task)


def move(session: Session, task_id: int, verb: str, actor: Actor, *, reason: str | None = None,
         values: dict[str, Any] | None = None, facts: dict[str, Any] | None = None) -> Task:  # fmt: skip
    """Make one move and write its event; the task as it is afterwards.

    `values`: columns that the move sets beside the state. `facts`: what else the event tells (JSON values). Raises a
    MoveError; nothing is changed then.
    """
    found = connection_of(session).execute(_TASK, {"task": task_id, "subject": f"task:{task_id}"}).first()
    if found is None:
        raise NoSuchTask(verb)
    silent, planned, seq, last, *columns = found
    task = looked_at(session, Task, task_id, columns)
    held = capacities(session, actor.person_id, task)
    check(session, verb, actor, task, reason=reason, held=held)
    now = clock.now()
    changes = _changes(verb, _confirms(verb, actor, held), task, now) | (values or {})
    told: dict[str, Any] = {name: json_value(value) for name, value in changes.items()}
    before = {name: json_value(getattr(task, name)) for name in changes}
    told |= {"from": task.state.value, "before": before} | (facts or {})
    if reason:
        told["reason"] = reason
    if actor.behalf:
        told |= {"behalf": True, "said_by": actor.said_by, "how": actor.how}
    _write(session, task, verb, changes, None if "unit_id" in changes else (silent, planned))
    if verb in ENDS_REQUESTS:
        withdraw_requests(session, task_id)
    if verb in VOIDS_REPORT:
        void_reports(session, task_id, reason)
    window = timedelta(minutes=rules_of(session).take_back_minutes) if MOVES[verb].take_back else timedelta(0)
    event.record(session, f"task:{task_id}", verb, actor_id=actor.person_id, facts=told, channel=actor.channel,
                 task_id=task_id, directive_id=task.directive_id, at=now, announce_from=now + window,
                 announced=verb in UNTOLD, head=(seq or 0, last or event.FIRST))  # fmt: skip
    shown.moved(session, task.number)
    return task


def recompute_next_notice(session: Session, task: Task, looked: Sequence[Any] | None = None) -> datetime | None:
    """When the planner must look at the task next, as its columns stand now (UTC); None: nothing more will be said.

    `looked`: what `_LOOKED_AT` answers for its unit, if it is known already.
    """
    if task.is_parent or task.state not in WITH_UNIT:
        return None
    silent, planned = looked or connection_of(session).execute(_LOOKED_AT, {"unit": task.unit_id}).one()
    after = planned or task.assigned_at - timedelta(seconds=1)
    return next_rung(task, calendar_of(session), after, silent=silent)


def _write(session: Session, task: Task, verb: str, changes: dict[str, Any], looked: Sequence[Any] | None) -> None:
    """The one statement of a move. The row in memory follows it without being read again; on refusal it is."""
    seen = task.version
    for name, value in changes.items():
        set_committed_value(task, name, value)
    ahead: dict[str, Any] = {"version": seen + 1}
    if changes:  # a mere word about the work moves no rung
        ahead["next_notice_at"] = recompute_next_notice(session, task, looked)
    written = {"moved_id": task.id, "seen": seen, **changes, **ahead}
    if connection_of(session).execute(_FROM_HERE[verb], written).rowcount != 1:
        raise NotFromHere(verb, session.get(Task, task.id, populate_existing=True))
    for name, value in ahead.items():
        set_committed_value(task, name, value)


def _changes(verb: str, confirms: bool, task: Task, now: datetime) -> dict[str, Any]:
    """The columns that a move sets by itself."""
    to = MOVES[verb].to
    changes: dict[str, Any] = {} if to is None else {"state": to}
    if task.state is S.ASSIGNED and (to in (S.ACKNOWLEDGED, S.REPORTED) or confirms):
        changes.setdefault("state", S.ACKNOWLEDGED)
        changes["acknowledged_at"] = now
    if verb in ("acknowledge", "report", "refuse", "suspend"):
        changes["state_before"] = task.state
    if verb == "resume":
        changes["state"] = task.state_before or S.ASSIGNED
    if verb in ("report", "resume_work"):
        changes |= _NOT_WAITING
    if verb == "reassign":
        changes |= _NOT_WAITING
        changes |= {"assigned_at": now, "acknowledged_at": None, "reported_at": None, "promised_on": None,
                    "hold_until": None, "focal_id": None, "due_version": task.due_version + 1}  # fmt: skip
    if verb in ENDS_REQUESTS:
        changes["extension_asked_at"] = None
    if verb in ("return", "reopen"):
        changes |= {"reported_at": None, "completed_at": None}
    if verb == "reopen":  # another result will have to be entered with the higher authority
        changes |= {"updated_there_on": None, "authority_confirmed_on": None}
    if verb == "return":
        changes["returns"] = task.returns + 1
    return changes


def _confirms(verb: str, actor: Actor, held: set[Who]) -> bool:
    return verb in CONFIRMS and (actor.behalf or not held.isdisjoint(UNIT))


def _others_open(session: Session, task: Task) -> bool:
    if task.directive_id is None:
        return False
    query = select(Task.id).where(
        Task.directive_id == task.directive_id, Task.id != task.id, Task.is_parent == False,  # noqa: E712
        Task.task_class != TaskClass.MONITOR, col(Task.state).not_in([S.COMPLETED, S.WITHDRAWN]),
    )  # fmt: skip
    return session.exec(query.limit(1)).first() is not None
