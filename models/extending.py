"""More time: who may ask, who may grant. Whoever set a date moves it; a higher authority's date nobody here moves."""

from datetime import date, time
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models import clock, event
from models.base import connection_of
from models.calendar import calendar_of
from models.counting import late_counted
from models.handling import BadDate
from models.inserting import by_id, insert_new
from models.moves import Actor, DateNotOurs, NoSuchTask, NotAllowed, allowed, move
from models.report import Decision, Extension, open_extension, withdraw_requests
from models.task import DueSetBy, Task, json_value

_extension = Extension.__table__.c
_GRANTED = select(func.count()).where(_extension.task_id == bindparam("task"), _extension.decision == Decision.GRANTED)


def ask_extension(session: Session, task_id: int, actor: Actor, to_due: date, *, to_time: time | None = None,
                  reason: str | None = None, claim: str | None = None,
                  claim_leader: int | None = None) -> Extension:  # fmt: skip
    """Ask for a later date; reminders stop until it is decided. A new request replaces the one that is open.

    `claim`: words that somebody has granted it already, for `claim_leader` to confirm; never a grant by itself.

    Also for a higher authority's date: the request is kept and told to the leader, but cannot be granted here.
    Raises BadDate when the task has no due date or the new one is past or not later.
    """
    task = _task(session, task_id, "ask_extension")
    if task.due_on is None:
        raise BadDate("ask_extension", task, why="no_due")
    if to_due < clock.today() or (to_due, to_time or time.max) <= (task.due_on, task.due_time or time.max):
        raise BadDate("ask_extension", task, why="earlier", due=task.due_on)
    granted: int = connection_of(session).execute(_GRANTED, {"task": task_id}).scalar_one()
    asked = Extension(task_id=task_id, asked_by=actor.person, asked_at=clock.now(), from_due=task.due_on, to_due=to_due,
                      to_time=to_time, reason=reason, claim=claim, ordinal=granted + 1)  # fmt: skip
    facts = {"to_due": json_value(to_due), "to_time": json_value(to_time), "reason_given": reason, "claim": claim,
             "claim_leader": claim_leader, "due": json_value(task.due_on), "ordinal": asked.ordinal}  # fmt: skip
    values: dict[str, Any] = {}
    if task.due_set_by is not DueSetBy.AUTHORITY:
        # An authority's date goes on being reminded: asking the office changes nothing about it. A request that takes
        # the place of one made in time was made in time.
        values["extension_asked_at"] = task.extension_asked_at or clock.now()
    move(session, task_id, "ask_extension", actor, values=values, facts=facts)
    withdraw_requests(session, task_id)
    insert_new(session, asked)
    return asked


def add_reason(session: Session, task_id: int, actor: Actor, reason: str) -> Extension | None:
    """The reason, given a message later; the open request or None."""
    task, asked = _task(session, task_id, "ask_extension"), open_extension(session, task_id)
    if asked is not None:
        if not allowed(session, "ask_extension", actor, task):
            raise NotAllowed("ask_extension", task)
        asked.reason = reason
        session.add(asked)
        session.flush()
        event.record(session, f"task:{task_id}", "add_reason", actor_id=actor.person_id, channel=actor.channel,
                     facts={"reason_given": reason}, task_id=task_id, directive_id=task.directive_id,
                     announced=True)  # fmt: skip
    return asked


def forward(session: Session, task_id: int, actor: Actor, opinion: str = "") -> Extension:
    """The Office passes a request on to the leader who set the date, with its opinion. Raises BadDate without one."""
    task, asked = _task(session, task_id, "forward"), open_extension(session, task_id)
    if asked is None:
        raise BadDate("forward", task, why="no_request")
    move(session, task_id, "forward", actor, facts={"opinion": opinion, "extension": asked.id})
    asked.opinion, asked.forwarded_at = opinion, clock.now()
    session.add(asked)
    session.flush()
    return asked


def extend(session: Session, task_id: int, actor: Actor, due: date, *, due_time: time | None = None, words: str = "",
           permit: str | None = None) -> Task:  # fmt: skip
    """Move the date: grants the open request, or moves it unasked. The original date is kept, the extension counted.

    `permit`: the permitting document, without which a higher authority's date does not move (DateNotOurs). A date that
    had passed before the request was made stays a late event. Raises BadDate when `due` is not later.
    """
    task, asked = _task(session, task_id, "extend"), open_extension(session, task_id)
    if task.due_set_by is DueSetBy.AUTHORITY and not (permit or "").strip():
        raise DateNotOurs("extend", task)
    if task.due_on is None or (due, due_time or time.max) <= (task.due_on, task.due_time or time.max):
        raise BadDate("extend", task, why="earlier" if task.due_on else "no_due", due=task.due_on)
    values: dict[str, Any] = {} if _asked_in_time(session, task, asked) else late_counted(session, task, clock.now())
    values |= {
        "due_on": due, "due_time": due_time, "original_due": task.original_due or task.due_on,
        "extensions": task.extensions + 1, "due_version": task.due_version + 1,
        "extension_asked_at": None, "promised_on": None, "hold_until": None,
    }  # fmt: skip
    if task.internal_due is not None:
        # The internal date keeps its distance to the issuer's, in working days.
        calendar = calendar_of(session)
        values["internal_due"] = calendar.add(due, -max(calendar.between(task.internal_due, task.due_on), 0))
    facts = {"old_due": json_value(task.due_on), "words": words, "permit": permit, "asked": asked is not None,
             "asked_by": asked.asked_by if asked else None, "ordinal": task.extensions + 1}  # fmt: skip
    moved = move(session, task_id, "extend", actor, values=values, facts=facts)
    if asked is not None:
        _decide(session, asked, actor, Decision.GRANTED, words, due, permit)
    return moved


def decline(session: Session, task_id: int, actor: Actor, words: str = "") -> Task:
    """Refuse the open request: lateness counts from the date that stands. Raises BadDate if none is open."""
    task, asked = _task(session, task_id, "decline"), open_extension(session, task_id)
    if asked is None:
        raise BadDate("decline", task, why="no_request")
    facts = {"words": words, "asked_by": asked.asked_by, "to_due": json_value(asked.to_due)}
    moved = move(session, task_id, "decline", actor, values={"extension_asked_at": None}, facts=facts)
    _decide(session, asked, actor, Decision.DECLINED, words, None, None)
    return moved


def _asked_in_time(session: Session, task: Task, asked: Extension | None) -> bool:
    """Was the open request (or the one it took the place of) made before the due date had passed?"""
    if asked is None or task.due_on is None:
        return False
    first = min(asked.asked_at, task.extension_asked_at or asked.asked_at)
    return first < calendar_of(session).overdue_from(task.due_on, task.due_time)


def _decide(session: Session, asked: Extension, actor: Actor, decision: Decision, words: str, due: date | None,
            permit: str | None) -> None:  # fmt: skip
    asked.decision, asked.decided_by, asked.decided_at = decision, actor.person_id, clock.now()
    asked.decision_words, asked.granted_due, asked.permit = words or None, due, permit
    session.add(asked)
    session.flush()


def _task(session: Session, task_id: int, verb: str) -> Task:
    task = by_id(session, Task, task_id)
    if task is None:
        raise NoSuchTask(verb)
    return task
