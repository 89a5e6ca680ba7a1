"""Who owes what: the blocks of "ai còn nợ việc gì", of the Office's daily list and of the weekly report.

Every block is exact in number and shows at most `limit` tasks: an office with a million tasks still gets its list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import connection_of, rules_of
from models.calendar import Calendar, calendar_of
from models.lateness import (
    ASKED,
    CAN_BE_LATE,
    OPEN,
    PAST_DUE,
    UNCONFIRMED,
    WAITING,
    held,
    last_past_day,
    leaders_units,
    past,
)
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.spoken import Word, last_words, reminded
from models.task import WITH_UNIT, DueSetBy, State, Task, Waiting, overdue_days

LIMIT = 60

# Built once, of plain columns, their values bound when they are asked: putting a statement together, or passing it
# through the mapper, costs as much as running it.
_task, _unit = Task.__table__.c, Unit.__table__.c
_COLUMNS = [_task[name] for name in (
    "id", "number", "title", "unit_id", "state", "task_class", "due_on", "due_time", "due_set_by", "assigned_at",
    "reported_at", "completed_at", "extension_asked_at", "waiting_since", "waiting_for",
)]  # fmt: skip
_STATE = _task.state.in_(WITH_UNIT)
_WITH_UNIT = (CAN_BE_LATE, _STATE, _task.waiting.is_(None))
BLOCKS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "overdue": ((OPEN, PAST_DUE, *_WITH_UNIT, _task.id.not_in(bindparam("held", expanding=True))), _task.due_on),
    "due_today": ((OPEN, *_WITH_UNIT, _task.due_on > bindparam("past"), _task.due_on <= bindparam("today"),
                   _task.due_time.is_(None) | (_task.due_time > bindparam("hour"))), _task.due_time),
    "due_between": ((OPEN, *_WITH_UNIT, _task.due_on >= bindparam("first"), _task.due_on <= bindparam("last")),
                    _task.due_on),
    "unconfirmed": ((UNCONFIRMED, CAN_BE_LATE, _task.assigned_at <= bindparam("slot"),
                     _task.due_on.is_(None) | (_task.due_on > bindparam("past"))), _task.assigned_at),
    "for_office": ((ASKED, CAN_BE_LATE, _task.state == State.REPORTED), _task.reported_at),
    "refused": ((ASKED, _task.state == State.REFUSED), _task.id),
    "waiting": ((WAITING, _task.waiting == bindparam("kind"), _STATE), _task.waiting_since),
    "reviews_due": ((_task.reviewed_on == bindparam("day"), _STATE), _task.id),
}  # fmt: skip
"""Block → its conditions and its order."""
_UNITS = select(_unit.id, _unit.code, _unit.name, _unit.leader_id).where(_unit.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Owing:
    """One task as a list shows it. `days`: working days late, or waited. `reminded`: days the unit was reminded on
    (unconfirmed and overdue). `word`: the unit's last word."""

    id: int
    code: str
    number: int
    title: str
    unit: str
    unit_name: str
    leader_id: int | None
    due_on: date | None
    due_time: time | None
    due_set_by: DueSetBy
    assigned_on: date
    days: int
    since: date | None = None
    waiting_for: str | None = None
    reminded: tuple[date, ...] = ()
    word: Word | None = None


@dataclass(frozen=True)
class Block:
    """How many, and the first of them."""

    total: int
    tasks: tuple[Owing, ...]


@dataclass(frozen=True)
class Owed:
    """What is owed, and beside it what is not: with the Office, with a leader for signature, with another unit."""

    overdue: Block
    due_today: Block
    unconfirmed: Block
    for_office: Block
    for_signature: Block
    for_co_unit: Block


def owed(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Owed:
    """The blocks at `now`, of all units or of one. A task stands in the first block that fits."""
    return Owed(
        overdue=overdue(session, now, unit_id, limit),
        due_today=due_today(session, now, unit_id, limit),
        unconfirmed=unconfirmed(session, now, rules_of(session).unconfirmed_head_slot, unit_id, limit),
        for_office=for_office(session, now, unit_id, limit),
        for_signature=waiting(session, now, Waiting.SUBMITTED, unit_id, limit),
        for_co_unit=waiting(session, now, Waiting.CO_UNIT, unit_id, limit),
    )


def overdue(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Late and with their unit, the oldest date first."""
    calendar = calendar_of(session)
    asked = {"held": held(session, now), **past(calendar, now)}  # few are held: asked for and not decided
    return _block(session, "overdue", asked, unit_id, limit, lambda task: overdue_days(task, calendar, now))


def due_today(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Today is the last day on which they are in time."""
    today = _day(now)
    asked = {"past": last_past_day(calendar_of(session), today), "today": today, "hour": _hour(now)}
    return _block(session, "due_today", asked, unit_id, limit, _no_days)


def due_between(session: Session, start: date, end: date, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """With their unit and due in [start, end]."""
    return _block(session, "due_between", {"first": start, "last": end}, unit_id, limit, _no_days)


def unconfirmed(session: Session, now: datetime, slots: int, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Assigned and not confirmed for at least so many slots after that of the assignment, and not overdue."""
    calendar = calendar_of(session)
    slot = calendar.slot_at_or_before(now)
    for _ in range(slots):
        slot = calendar.slot_at_or_before(slot - timedelta(microseconds=1))
    asked = {"slot": slot, "past": last_past_day(calendar, _day(now))}
    return _block(session, "unconfirmed", asked, unit_id, limit,
                  lambda task: calendar.between(_day(task.assigned_at), _day(now)))  # fmt: skip


def silent(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Unconfirmed so long that the Office was told (+4)."""
    return unconfirmed(session, now, rules_of(session).unconfirmed_office_slot, unit_id, limit)


def for_office(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Reported, waiting to be confirmed."""
    waited = _waited(calendar_of(session), now, "reported_at")
    return _block(session, "for_office", {}, unit_id, limit, waited)


def refused(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Handed back by their unit: another one has to be named."""
    return _block(session, "refused", {}, unit_id, limit, _no_days)


def waiting(session: Session, now: datetime, kind: Waiting, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Lies with a leader for signature, or waits for another unit."""
    waited = _waited(calendar_of(session), now, "waiting_since")
    return _block(session, "waiting", {"kind": kind}, unit_id, limit, waited)


def reviews_due(session: Session, day: date, limit: int = LIMIT) -> Block:
    """Tasks without a date whose unit is asked for one line on this day."""
    return _block(session, "reviews_due", {"day": day}, None, limit, _no_days)


TaskRow = Any
"""A task, or one row of `_COLUMNS`; SQLAlchemy types a row by its tuple, which says nothing of its names."""
Days = Callable[[TaskRow], int]


def _block(session: Session, name: str, asked: dict[str, Any], unit_id: int | None, limit: int, days: Days) -> Block:
    """The block of BLOCKS, with the values of its conditions in `asked`."""
    whole = asked | {"leaders_units": leaders_units(session), "unit": unit_id, "limit": limit}
    tasks = connection_of(session).execute(_first(name, unit_id is not None), whole).all()
    total = len(tasks)
    if total == limit:
        total = connection_of(session).execute(_count(name, unit_id is not None), whole).scalar_one()
    return Block(total, owings(session, tasks, days))


@cache
def _first(name: str, of_unit: bool) -> Any:
    """The first tasks of a block."""
    _, order = BLOCKS[name]
    return select(*_COLUMNS).where(*_conditions(name, of_unit)).order_by(order, _task.id).limit(bindparam("limit"))


@cache
def _count(name: str, of_unit: bool) -> Any:
    return select(func.count()).select_from(Task.__table__).where(*_conditions(name, of_unit))


def _conditions(name: str, of_unit: bool) -> tuple[Any, ...]:
    conditions, _ = BLOCKS[name]
    # No plain column: the unit's index would be taken, and all its open tasks read.
    return (*conditions, func.coalesce(_task.unit_id, 0) == bindparam("unit")) if of_unit else conditions


def owings(session: Session, tasks: Sequence[TaskRow], days: Days | None = None) -> tuple[Owing, ...]:
    """Tasks as lists show them, with reminders and last words of all in two questions."""
    if not tasks:
        return ()
    ids = [task.id for task in tasks]
    words, dates = last_words(session, ids), reminded(session, ids)
    owners = connection_of(session).execute(_UNITS, {"ids": {task.unit_id for task in tasks}})
    units = {unit.id: unit for unit in owners}
    found = []
    for task in tasks:
        unit = units.get(task.unit_id)
        since = task.reported_at if task.state is State.REPORTED else task.waiting_since
        found.append(Owing(
            id=task.id, code=f"NV{task.number}", number=task.number, title=task.title, unit=unit.code if unit else "",
            unit_name=unit.name if unit else "", leader_id=unit.leader_id if unit else None, due_on=task.due_on,
            due_time=task.due_time, due_set_by=task.due_set_by, assigned_on=_day(task.assigned_at),
            days=days(task) if days else 0, since=_day(since) if since else None, waiting_for=task.waiting_for,
            reminded=tuple(dates.get(task.id, ())), word=words.get(task.id),
        ))  # fmt: skip
    return tuple(found)


def _waited(calendar: Calendar, now: datetime, column: str) -> Days:
    """Working days since the instant in `column`."""

    def days(task: TaskRow) -> int:
        since = getattr(task, column)
        return max(calendar.between(_day(since), _day(now)), 0) if since else 0

    return days


def _no_days(task: TaskRow) -> int:
    return 0


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


def _hour(moment: datetime) -> time:
    return moment.astimezone(OFFICE_ZONE).timetz().replace(tzinfo=None)
