"""All that is late at one moment, for the weekly report: what units owe, what lies elsewhere, whom we reminded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import Session

from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.lateness import ASKED, CAN_BE_LATE, OPEN, PAST_DUE, held, leaders_units, local_day, past
from models.message import Kind, Message, Notice
from models.owing import Block, owings
from models.rules import OFFICE_ZONE
from models.spoken import REACHED, REMINDS
from models.task import State, Task, is_late, overdue_days
from papers.weekly.frozen import Source

PART = 5000
"""Ids asked for at once."""

# Built once, of plain columns: putting a statement together costs as much as running it.
_task, _notice, _message = Task.__table__.c, Notice.__table__.c, Message.__table__.c
_directive = Directive.__table__.c
_ROW = [_task[name] for name in (
    "id", "number", "title", "unit_id", "state", "task_class", "due_on", "due_time", "due_set_by", "assigned_at",
    "reported_at", "completed_at", "extension_asked_at", "waiting", "waiting_since", "waiting_for",
)]  # fmt: skip
_IDS: Any = bindparam("ids", expanding=True)
_LATE = (
    select(_task.id, _task.number, _task.state, _task.waiting)
    .where(OPEN, PAST_DUE, CAN_BE_LATE, _task.state != State.REPORTED,
           _task.id.not_in(bindparam("held", expanding=True)))
)  # fmt: skip
_REPORTED = select(*_ROW).where(ASKED, _task.state == State.REPORTED, CAN_BE_LATE, _task.due_on.is_not(None))
_ROWS = select(*_ROW).where(_task.id.in_(_IDS)).order_by(_task.due_on, _task.id)
_WHOM = (
    select(_notice.task_id, _notice.kind, _notice.facts["for_role"].as_string().label("role"),
           _notice.facts["why"].as_string().label("why"), _message.sent_at, _message.created_at)
    .select_from(Notice.__table__.join(Message.__table__, _message.id == _notice.message_id))
    .where(_notice.task_id.in_(_IDS), _notice.kind.in_(REMINDS), _message.state.in_(REACHED))
    .order_by(_message.id)
)  # fmt: skip
_SOURCES = (
    select(_task.number, _task.item, _directive.id, _directive.number.label("sign"), _directive.issued_on,
           _directive.issuer)
    .select_from(Task.__table__.join(Directive.__table__, _directive.id == _task.directive_id))
    .where(_task.id.in_(_IDS))
)  # fmt: skip


@dataclass(frozen=True)
class Late:
    """`numbers`: of every task in the category overdue; `beside`: those that no unit owes, and why, by code."""

    numbers: tuple[int, ...]
    beside: Block
    why: Mapping[str, str]


def all_late(session: Session, at: datetime, limit: int) -> Late:
    """Every task of the official category overdue at `at`."""
    calendar, connection = calendar_of(session), connection_of(session)
    asked = {"held": held(session, at), "leaders_units": leaders_units(session), **past(calendar, at)}
    open_ones = connection.execute(_LATE, asked).all()
    day = local_day(session, cast(Any, _task.reported_at))
    # On a day before or on the date it is in time without an hour: those, the most, are never loaded.
    perhaps = _REPORTED.where(or_(day > _task.due_on, and_(_task.due_time.is_not(None), day == _task.due_on)))
    reported: list[Any] = [row for row in connection.execute(perhaps, asked) if is_late(cast(Any, row), calendar, at)]
    elsewhere = {row.id: row for row in open_ones if row.state is State.REFUSED or row.waiting is not None}
    ids = sorted([*elsewhere, *(row.id for row in reported)])
    rows = connection.execute(_ROWS.limit(limit), {"ids": ids}).all() if ids else []
    tasks = owings(session, rows, lambda task: overdue_days(task, calendar, at))
    numbers = sorted([row.number for row in open_ones] + [row.number for row in reported])
    why = {f"NV{row.number}": (row.waiting or row.state).value for row in rows}
    return Late(tuple(numbers), Block(len(ids), tasks), why)


def reminded_whom(session: Session, blocks: Iterable[Block]) -> dict[str, dict[str, tuple[date, ...]]]:
    """Of each task: role → days on which a message that went out reminded it that the task is overdue, or, as long as
    that was never said, that it is not confirmed. Names of people are left out: they may have to be forgotten."""
    codes = {task.id: task.code for block in blocks for task in block.tasks if task.reminded}
    said: dict[Kind, dict[int, dict[str, list[date]]]] = {kind: {} for kind in REMINDS}
    for row in _in_parts(session, _WHOM, sorted(codes)):
        if row.role == "desk":  # a leader's desk is no unit
            continue
        day = (row.sent_at or row.created_at).astimezone(OFFICE_ZONE).date()
        days = said[row.kind].setdefault(row.task_id, {}).setdefault(f"{row.role}{'_stand_in' if row.why else ''}", [])
        if day not in days:
            days.append(day)
    last = said[Kind.UNCONFIRMED] | said[Kind.OVERDUE]
    return {codes[task]: {role: tuple(days) for role, days in roles.items()} for task, roles in sorted(last.items())}


def sources(session: Session, blocks: Iterable[Block]) -> dict[str, Source]:
    """The directive that each task comes from, by code."""
    ids = sorted({task.id for block in blocks for task in block.tasks})
    return {f"NV{row.number}": Source(row.id, row.sign, row.issued_on, row.issuer, row.item)
            for row in _in_parts(session, _SOURCES, ids)}  # fmt: skip


def _in_parts(session: Session, statement: Any, ids: Sequence[int]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids), PART):
        found += connection_of(session).execute(statement, {"ids": ids[start : start + PART]}).all()
    return found
