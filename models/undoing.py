"""Undoing an act on several tasks: the same person, within the take-back window, task by task.

A task is left as it is when somebody has acted on it since, or somebody was told. The idea is that of `taking_back.py`:
the columns that the act set stand as before it, and what was not yet said is not said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from models import clock
from models.base import connection_of, rules_of
from models.bulk import BulkAct
from models.event import Event
from models.inserting import by_id, looked_up
from models.lease import mark
from models.message import Message, MessageState, Notice, NoticeState
from models.moves import Actor, NotAllowed, move, recompute_next_notice
from models.organisation import Unit
from models.report import Decision, Extension
from models.taking_back import before
from models.task import Task

# Of plain columns: passed through the mapper, each would look through every row that the session holds.
_notice, _event, _task = Notice.__table__, Event.__table__, Task.__table__
_NOT_SAID = (
    update(_notice)
    .where(_notice.c.id.in_(bindparam("notices", expanding=True)))
    .values(state=NoticeState.DROPPED, reason="taken_back")
)
_NOT_TOLD = (
    update(_event)
    .where(_event.c.id.in_(bindparam("events", expanding=True)), _event.c.announced_at.is_(None))
    .values(announced_at=bindparam("now"))
)
_LOOKED_AT_NEXT = update(_task).where(_task.c.id == bindparam("task")).values(next_notice_at=bindparam("at"))


@dataclass(frozen=True)
class Standing:
    """One task of a bulk act. `undone`: it stands as before. `why`: what keeps it from being undone: over, acted, told;
    `since`: the act that came after. `notices`: what would have been said."""

    task: Task
    event: Event
    undone: bool
    why: str | None
    since: Event | None
    notices: tuple[int, ...]


def standings(session: Session, bulk: BulkAct, *, lock: bool = False) -> list[Standing]:
    """Each task of the act, by number. `lock`: nobody else changes the tasks and their messages meanwhile."""
    events = session.exec(select(Event).where(col(Event.id).in_(bulk.events)).order_by(col(Event.id))).all()
    ids = [event.task_id for event in events]
    if lock:
        session.exec(select(Task.id).where(col(Task.id).in_(ids)).order_by(col(Task.id)).with_for_update()).all()
    tasks = looked_up(session, Task, ids)
    later: dict[int | None, list[Event]] = {}
    for event in session.exec(
        select(Event).where(col(Event.task_id).in_(ids), col(Event.id) > min(bulk.events, default=0))
        .order_by(col(Event.id))
    ):  # fmt: skip
        later.setdefault(event.task_id, []).append(event)
    notices = _notices(session, ids, set(bulk.events), lock)
    over = clock.now() > bulk.at + timedelta(minutes=rules_of(session).take_back_minutes)
    found = [_standing(bulk, event, tasks[event.task_id], later.get(event.task_id, []), notices, over)
             for event in events]  # fmt: skip
    return sorted(found, key=lambda one: one.task.number)


def undo(session: Session, bulk: BulkAct, actor: Actor) -> list[Standing]:
    """Undo what can be; the tasks that were. Raises NotAllowed for anybody but the one who did it."""
    if actor.person_id != bulk.by_id:
        raise NotAllowed("undo_bulk")
    undone = [one for one in standings(session, bulk, lock=True) if not one.undone and one.why is None]
    connection = connection_of(session)
    connection.execute(_NOT_SAID, {"notices": [notice for one in undone for notice in one.notices]})
    connection.execute(_NOT_TOLD, {"events": [one.event.id for one in undone], "now": clock.now()})
    for one in undone:
        _undo_one(session, bulk, one, actor)
    bulk.undone_at = clock.now()
    session.add(bulk)
    session.flush()
    return undone


def _standing(bulk: BulkAct, event: Event, task: Task, later: Sequence[Event],
              notices: dict[int, list[tuple[int, bool]]], over: bool) -> Standing:  # fmt: skip
    since = [one for one in later if (one.id or 0) > (event.id or 0)]
    undone = any(one.verb == "undo_bulk" and (one.facts or {}).get("bulk") == bulk.id for one in since)
    said = notices.get(event.id or 0, [])
    why = None
    if not undone:
        why = "acted" if since else "told" if any(gone for _, gone in said) else "over" if over else None
    return Standing(task, event, undone, why, since[0] if since else None, tuple(notice for notice, _ in said))


def _notices(session: Session, tasks: Sequence[int | None], events: set[int],
             lock: bool) -> dict[int, list[tuple[int, bool]]]:  # fmt: skip
    """Event → its notices that still stand, and of each: has it gone, or may it have?"""
    query = (
        select(Notice.id, Notice.event_id, Notice.message_id)
        .where(col(Notice.task_id).in_(tasks), col(Notice.event_id).is_not(None), Notice.state != NoticeState.DROPPED)
    )  # fmt: skip
    rows = [row for row in session.exec(query) if row[1] in events]
    of_messages = select(Message.id, Message.state, Message.tries).where(
        col(Message.id).in_({message for _, _, message in rows if message is not None})
    )
    held = of_messages.with_for_update() if lock else of_messages
    waits = {key for key, state, tries in session.exec(held) if state is MessageState.QUEUED and tries == 0}
    found: dict[int, list[tuple[int, bool]]] = {}
    for notice, event, message in rows:
        found.setdefault(event or 0, []).append((notice or 0, message is not None and message not in waits))
    return found


def _undo_one(session: Session, bulk: BulkAct, one: Standing, actor: Actor) -> None:
    task_id, event = one.task.id or 0, one.event
    values = before(event)
    task = move(session, task_id, "undo_bulk", actor, values=values, facts={"undone": event.verb, "bulk": bulk.id})
    _open_request(session, event)
    planned = mark(session, "planned")
    if values and planned is not None and planned > event.at:
        # A slot has been planned without it: its rungs since the act are still to be climbed.
        unit = by_id(session, Unit, task.unit_id)
        at = recompute_next_notice(session, task, (unit is not None and unit.is_leaders, event.at))
        connection_of(session).execute(_LOOKED_AT_NEXT, {"task": task_id, "at": at})


def _open_request(session: Session, event: Event) -> None:
    """The request for more time that the act granted or ended waits for its decision again."""
    facts = event.facts or {}
    if facts.get("request"):
        request = session.get(Extension, facts["request"])
    elif event.verb == "extend" and facts.get("asked"):
        granted = select(Extension).where(
            Extension.task_id == event.task_id, Extension.decision == Decision.GRANTED,
            Extension.decided_by == event.actor_id,
        )  # fmt: skip
        request = session.exec(granted.order_by(col(Extension.id).desc()).limit(1)).first()
    else:
        return
    if request is not None:
        request.decision, request.decided_by, request.decided_at = Decision.OPEN, None, None
        request.decision_words, request.granted_due = None, None
        session.add(request)
        session.flush()
