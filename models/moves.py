"""What can be done to a task, from which states, by whom: the MOVES table and the one `move()`.

A move is one statement that says "from these states only" and looks at the row count; its event stands in the same
transaction. It sends nothing: `jobs/announce.py` tells people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import clock, event
from models.base import rules_of
from models.calendar import calendar_of
from models.ladder import next_rung
from models.lease import mark
from models.organisation import Post, Role, Unit
from models.recipients import posts_of
from models.task import CoUnit, DueSetBy, State, Task, json_value

S = State
ANY_OPEN = frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REPORTED, S.SUSPENDED, S.REFUSED})


class Who(StrEnum):
    """In what capacity somebody may act on a task."""

    HEAD = "head"
    DEPUTY = "deputy"
    FOCAL = "focal"
    CO_UNIT = "co_unit"
    OFFICE = "office"
    SETTER = "setter"
    LEADER = "leader"
    ANY_LEADER = "any_leader"


UNIT = (Who.HEAD, Who.DEPUTY)
UNIT_AND_DESKS = (Who.HEAD, Who.DEPUTY, Who.FOCAL)


@dataclass(frozen=True)
class Move:
    """`to` None: the state stays. `behalf`: the Office may do it for a unit (telephone, paper)."""

    of: frozenset[State]
    to: State | None
    who: tuple[Who, ...]
    behalf: bool = False
    take_back: bool = False


_ASKS = frozenset({S.ASSIGNED, S.ACKNOWLEDGED})

MOVES: dict[str, Move] = {
    "acknowledge": Move(frozenset({S.ASSIGNED}), S.ACKNOWLEDGED, UNIT, behalf=True, take_back=True),
    "report": Move(_ASKS, S.REPORTED, UNIT, behalf=True, take_back=True),
    "progress": Move(_ASKS, None, (*UNIT_AND_DESKS, Who.CO_UNIT), behalf=True),
    "accept": Move(frozenset({S.REPORTED}), S.COMPLETED, (Who.OFFICE,)),
    "return": Move(frozenset({S.REPORTED}), S.ACKNOWLEDGED, (Who.OFFICE,)),
    "take_back": Move(frozenset({S.ACKNOWLEDGED, S.REPORTED, S.REFUSED}), None, (*UNIT, Who.OFFICE)),
    "refuse": Move(_ASKS, S.REFUSED, UNIT, behalf=True, take_back=True),
    "reassign": Move(frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REFUSED}), S.ASSIGNED, (Who.OFFICE,)),
    "suspend": Move(frozenset({S.ASSIGNED, S.ACKNOWLEDGED, S.REPORTED}), S.SUSPENDED, (Who.OFFICE,)),
    "resume": Move(frozenset({S.SUSPENDED}), None, (Who.OFFICE,)),
    "ask_extension": Move(_ASKS, None, UNIT, behalf=True),
    "extend": Move(_ASKS, None, (Who.SETTER,)),
    "decline": Move(_ASKS, None, (Who.SETTER,)),
    "forward": Move(_ASKS, None, (Who.OFFICE,)),
    "wait": Move(frozenset({S.ASSIGNED, S.ACKNOWLEDGED}), None, UNIT_AND_DESKS, behalf=True),
    "resume_work": Move(frozenset({S.ACKNOWLEDGED}), None, UNIT_AND_DESKS, behalf=True),
    "name_focal": Move(_ASKS, None, UNIT, behalf=True),
    "hold": Move(_ASKS, None, (Who.OFFICE,)),
    "remind": Move(_ASKS, None, (Who.OFFICE, Who.ANY_LEADER)),
    "instruct": Move(ANY_OPEN, None, (Who.ANY_LEADER,)),
    "review": Move(_ASKS, None, (Who.OFFICE,)),
    "correct": Move(ANY_OPEN | {S.COMPLETED}, None, (Who.OFFICE,)),
    "confirm_cause": Move(ANY_OPEN | {S.COMPLETED}, None, (Who.OFFICE,)),
    "reopen": Move(frozenset({S.COMPLETED}), S.ACKNOWLEDGED, (Who.OFFICE,)),
    "withdraw": Move(ANY_OPEN, S.WITHDRAWN, (Who.OFFICE,)),
}
# Acts that a head or deputy does on a task not yet confirmed confirm it in passing.
CONFIRMS = frozenset({"progress", "ask_extension", "wait", "name_focal"})
NEEDS_REASON = frozenset({"return", "refuse", "correct", "reopen", "withdraw", "suspend"})


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


class TooLateToTakeBack(MoveError):
    """Ten minutes are over, or somebody has acted since."""


def capacities(session: Session, person_id: int, task: Task) -> set[Who]:
    """In which capacities a person may act on a task today."""
    posts = posts_of(session, person_id, clock.today())
    found: set[Who] = set()
    for post in posts:
        if post.role is Role.OFFICE:
            found.add(Who.OFFICE)
        elif post.role is Role.LEADER:
            found.add(Who.ANY_LEADER)
        elif post.unit_id is not None and post.unit_id == task.unit_id and post.role in (Role.HEAD, Role.DEPUTY):
            found.add(Who(post.role.value))
    if task.focal_id == person_id:
        found.add(Who.FOCAL)
    if _in_co_unit(session, posts, task):
        found.add(Who.CO_UNIT)
    if Who.ANY_LEADER in found and _leads(session, person_id, task):
        found.add(Who.LEADER)
    if task.due_set_by is DueSetBy.LEADER:
        if task.due_leader_id == person_id:
            found.add(Who.SETTER)
    elif Who.OFFICE in found:
        found.add(Who.SETTER)
    return found


def allowed(session: Session, verb: str, actor: Actor, task: Task) -> bool:
    """May this person do this to this task, whatever its state?"""
    held = capacities(session, actor.person, task)
    spec = MOVES[verb]
    if actor.behalf:
        return spec.behalf and Who.OFFICE in held
    if verb in ("accept", "return") and Who.OFFICE in held and office_owns(session, task):
        return Who.LEADER in held
    if verb in ("accept", "return") and Who.LEADER in held and office_owns(session, task):
        return True
    return any(who in held for who in spec.who)


def move(session: Session, task_id: int, verb: str, actor: Actor, *, reason: str | None = None,
         values: dict[str, Any] | None = None, facts: dict[str, Any] | None = None) -> Task:  # fmt: skip
    """Make one move and write its event; the task as it is afterwards.

    `values`: columns that the move sets beside the state. `facts`: what else the event tells (JSON values). Raises a
    MoveError; nothing is changed then.
    """
    task = session.get(Task, task_id)
    if task is None:
        raise NoSuchTask(verb)
    check(session, verb, actor, task, reason=reason)
    now = clock.now()
    changes = _changes(session, verb, actor, task, now) | (values or {})
    told: dict[str, Any] = {name: json_value(value) for name, value in changes.items() if name != "version"}
    told |= {"from": task.state.value, "before": _before(task, changes)} | (facts or {})
    if reason:
        told["reason"] = reason
    if actor.behalf:
        told |= {"behalf": True, "said_by": actor.said_by, "how": actor.how}
    _write(session, task, verb, changes, now)
    window = timedelta(minutes=rules_of(session).take_back_minutes) if MOVES[verb].take_back else timedelta(0)
    event.record(session, f"task:{task_id}", verb, actor_id=actor.person_id, facts=told, channel=actor.channel,
                 task_id=task_id, directive_id=task.directive_id, at=now, announce_from=now + window,
                 announced=verb in _UNTOLD)  # fmt: skip
    return task


# Moves that nobody else is told about by a message; they stand in the history and on the lists.
_UNTOLD = frozenset({"take_back", "hold", "review", "confirm_cause", "resume_work"})


def check(session: Session, verb: str, actor: Actor, task: Task, *, reason: str | None = None) -> None:
    """Raise the MoveError that stands in the way, if any: first who, then the state, then the reason."""
    if not allowed(session, verb, actor, task):
        raise NotAllowed(verb, task)
    if task.is_parent or task.state not in MOVES[verb].of:
        raise NotFromHere(verb, task)
    if verb in NEEDS_REASON and not (reason or "").strip():
        raise ReasonMissing(verb, task)


def take_back(session: Session, task_id: int, actor: Actor) -> tuple[Task, str]:
    """Undo the same person's last act on a task within ten minutes, if nobody acted since: (task, the verb undone)."""
    task = session.get(Task, task_id)
    if task is None:
        raise NoSuchTask("take_back")
    last = _last_own_act(session, task_id, actor)
    window = timedelta(minutes=rules_of(session).take_back_minutes)
    if last is None or clock.now() > last.at + window:
        raise TooLateToTakeBack("take_back", task)
    before = (last.facts or {}).get("before", {})
    values = {name: _from_json(name, value) for name, value in before.items()}
    session.execute(update(event.Event).where(col(event.Event.id) == last.id, col(event.Event.announced_at) == None)  # noqa: E711
                    .values(announced_at=clock.now()))  # fmt: skip
    return move(session, task_id, "take_back", actor, values=values, facts={"undone": last.verb}), last.verb


def _last_own_act(session: Session, task_id: int, actor: Actor) -> event.Event | None:
    """The act that can be taken back: the last such one, if everything since is the same person's own."""
    newest_first = select(event.Event).where(event.Event.subject == f"task:{task_id}").order_by(col(event.Event.seq).desc())
    for done in session.exec(newest_first.limit(10)):
        if done.actor_id != actor.person_id or done.verb == "take_back":
            return None
        if done.verb in MOVES and MOVES[done.verb].take_back:
            return done
    return None


def recompute_next_notice(session: Session, task: Task) -> datetime | None:
    """When the planner must look at the task next, as its columns stand now (UTC)."""
    silent = False
    if task.unit_id is not None:
        unit = session.get(Unit, task.unit_id)
        silent = unit is not None and unit.is_leaders
    after = mark(session, "planned") or task.assigned_at - timedelta(seconds=1)
    return next_rung(task, calendar_of(session), after, silent=silent)


def _write(session: Session, task: Task, verb: str, changes: dict[str, Any], now: datetime) -> None:
    spec = MOVES[verb]
    version = task.version
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(task, name, value)
        task.version = version + 1
        task.next_notice_at = recompute_next_notice(session, task)
        columns = {name: getattr(task, name) for name in (*changes, "version", "next_notice_at")}
        session.expunge(task)
    changed = session.execute(
        update(Task)
        .where(col(Task.id) == task.id, col(Task.state).in_(list(spec.of)), col(Task.version) == version)
        .values(**columns)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFromHere(verb, session.get(Task, task.id))
    session.add(task)
    session.refresh(task)


def _changes(session: Session, verb: str, actor: Actor, task: Task, now: datetime) -> dict[str, Any]:
    """The columns that a move sets by itself."""
    spec = MOVES[verb]
    changes: dict[str, Any] = {}
    if spec.to is not None:
        changes["state"] = spec.to
    if task.state is S.ASSIGNED and (spec.to in (S.ACKNOWLEDGED, S.REPORTED) or _confirms(session, verb, actor, task)):
        changes.setdefault("state", S.ACKNOWLEDGED)
        changes["acknowledged_at"] = now
    if verb in ("acknowledge", "report", "refuse", "suspend"):
        changes["state_before"] = task.state
    if verb == "resume":
        changes["state"] = task.state_before or S.ASSIGNED
    if verb in ("report", "resume_work"):
        changes |= {"waiting": None, "waiting_for": None, "waiting_since": None}
    if verb == "reassign":
        changes |= {"assigned_at": now, "acknowledged_at": None, "promised_on": None, "waiting": None,
                    "focal_id": None, "extension_asked_at": None, "due_version": task.due_version + 1}  # fmt: skip
    if verb in ("return", "reopen"):
        changes["reported_at"] = None
    if verb == "return":
        changes["returns"] = task.returns + 1
    return changes


def _confirms(session: Session, verb: str, actor: Actor, task: Task) -> bool:
    if verb not in CONFIRMS:
        return False
    held = capacities(session, actor.person, task)
    return actor.behalf or Who.HEAD in held or Who.DEPUTY in held


def _before(task: Task, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: json_value(getattr(task, name)) for name in changes}


def _from_json(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("state", "state_before"):
        return State(value)
    return datetime.fromisoformat(value) if name.endswith(("_at", "_since")) else value


def _in_co_unit(session: Session, posts: Sequence[Post], task: Task) -> bool:
    units = [post.unit_id for post in posts if post.role in (Role.HEAD, Role.DEPUTY) and post.unit_id is not None]
    if not units:
        return False
    query = select(CoUnit.unit_id).where(CoUnit.task_id == task.id, col(CoUnit.unit_id).in_(units)).limit(1)
    return session.exec(query).first() is not None


def _leads(session: Session, person_id: int, task: Task) -> bool:
    unit = session.get(Unit, task.unit_id) if task.unit_id else None
    return unit is not None and unit.leader_id == person_id


def office_owns(session: Session, task: Task) -> bool:
    """Is the owner the Office's own unit? Then the leader in charge confirms, not the Office itself."""
    query = select(Post.id).where(Post.unit_id == task.unit_id, Post.role == Role.OFFICE).limit(1)
    return task.unit_id is not None and session.exec(query).first() is not None
