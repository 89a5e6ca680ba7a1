"""Who owes what: the blocks of "ai còn nợ việc gì", of the Office's daily list and of the weekly report.

Every block is exact in number and shows at most `limit` tasks: an office with a million tasks still gets its list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from models.base import rules_of
from models.calendar import Calendar, calendar_of
from models.lateness import ASKED, OPEN, UNCONFIRMED, WAITING, can_be_late, last_past_day, overdue_with_unit
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.spoken import Word, last_words, reminded
from models.task import WITH_UNIT, DueSetBy, State, Task, Waiting, overdue_days

LIMIT = 60


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
    conditions = [OPEN, *overdue_with_unit(session, now)]
    return _block(session, conditions, col(Task.due_on), unit_id, limit, lambda task: overdue_days(task, calendar, now))


def due_today(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Today is the last day on which they are in time."""
    today, calendar = _day(now), calendar_of(session)
    past = last_past_day(calendar, today)
    conditions = [OPEN, *_with_unit(session), col(Task.due_on) > past, col(Task.due_on) <= today,
                  (col(Task.due_time) == None) | (col(Task.due_time) > _hour(now))]  # noqa: E711  # fmt: skip
    return _block(session, conditions, col(Task.due_time), unit_id, limit, _no_days)


def due_between(session: Session, start: date, end: date, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """With their unit and due in [start, end]."""
    conditions = [OPEN, *_with_unit(session), col(Task.due_on) >= start, col(Task.due_on) <= end]
    return _block(session, conditions, col(Task.due_on), unit_id, limit, _no_days)


def unconfirmed(session: Session, now: datetime, slots: int, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Assigned and not confirmed for at least so many slots after that of the assignment, and not overdue."""
    calendar = calendar_of(session)
    slot = calendar.slot_at_or_before(now)
    for _ in range(slots):
        slot = calendar.slot_at_or_before(slot - timedelta(microseconds=1))
    later = (col(Task.due_on) == None) | (col(Task.due_on) > last_past_day(calendar, _day(now)))  # noqa: E711
    conditions = [UNCONFIRMED, can_be_late(session), col(Task.assigned_at) <= slot, later]
    return _block(session, conditions, col(Task.assigned_at), unit_id, limit,
                  lambda task: calendar.between(_day(task.assigned_at), _day(now)))  # fmt: skip


def silent(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Unconfirmed so long that the Office was told (+4)."""
    return unconfirmed(session, now, rules_of(session).unconfirmed_office_slot, unit_id, limit)


def for_office(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Reported, waiting to be confirmed."""
    conditions = [ASKED, can_be_late(session), col(Task.state) == State.REPORTED]
    waited = _waited(calendar_of(session), now, "reported_at")
    return _block(session, conditions, col(Task.reported_at), unit_id, limit, waited)


def refused(session: Session, now: datetime, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Handed back by their unit: another one has to be named."""
    conditions = [ASKED, col(Task.state) == State.REFUSED]
    return _block(session, conditions, col(Task.id), unit_id, limit, _no_days)


def waiting(session: Session, now: datetime, kind: Waiting, unit_id: int | None = None, limit: int = LIMIT) -> Block:
    """Lies with a leader for signature, or waits for another unit."""
    conditions = [WAITING, col(Task.waiting) == kind, col(Task.state).in_(WITH_UNIT)]
    waited = _waited(calendar_of(session), now, "waiting_since")
    return _block(session, conditions, col(Task.waiting_since), unit_id, limit, waited)


def reviews_due(session: Session, day: date, limit: int = LIMIT) -> Block:
    """Tasks without a date whose unit is asked for one line on this day."""
    conditions = [col(Task.reviewed_on) == day, col(Task.state).in_(WITH_UNIT)]
    return _block(session, conditions, col(Task.id), None, limit, _no_days)


Days = Callable[[Task], int]


def _block(session: Session, conditions: list[Any], order: Any, unit_id: int | None, limit: int, days: Days) -> Block:
    if unit_id is not None:
        # No plain column: the unit's index would be taken, and all its open tasks read.
        conditions = [*conditions, func.coalesce(Task.unit_id, 0) == unit_id]
    tasks = session.exec(select(Task).where(*conditions).order_by(order, col(Task.id)).limit(limit)).all()
    total = len(tasks)
    if total == limit:
        total = session.execute(select(func.count()).select_from(Task).where(*conditions)).scalar_one()
    return Block(total, owings(session, tasks, days))


def owings(session: Session, tasks: Sequence[Task], days: Days | None = None) -> tuple[Owing, ...]:
    """Tasks as lists show them, with reminders and last words of all in two questions."""
    if not tasks:
        return ()
    ids = [task.id for task in tasks if task.id is not None]
    words, dates = last_words(session, ids), reminded(session, ids)
    owners = select(Unit).where(col(Unit.id).in_({task.unit_id for task in tasks}))
    units = {unit.id: unit for unit in session.exec(owners)}
    found = []
    for task in tasks:
        unit = units.get(task.unit_id)
        since = task.reported_at if task.state is State.REPORTED else task.waiting_since
        found.append(Owing(
            id=task.id or 0, code=task.code, number=task.number, title=task.title, unit=unit.code if unit else "",
            unit_name=unit.name if unit else "", leader_id=unit.leader_id if unit else None, due_on=task.due_on,
            due_time=task.due_time, due_set_by=task.due_set_by, assigned_on=_day(task.assigned_at),
            days=days(task) if days else 0, since=_day(since) if since else None, waiting_for=task.waiting_for,
            reminded=tuple(dates.get(task.id or 0, ())), word=words.get(task.id or 0),
        ))  # fmt: skip
    return tuple(found)


def _with_unit(session: Session) -> list[ColumnElement[bool]]:
    return [can_be_late(session), col(Task.state).in_(WITH_UNIT), col(Task.waiting) == None]  # noqa: E711


def _waited(calendar: Calendar, now: datetime, column: str) -> Days:
    """Working days since the instant in `column`."""

    def days(task: Task) -> int:
        since = getattr(task, column)
        return max(calendar.between(_day(since), _day(now)), 0) if since else 0

    return days


def _no_days(task: Task) -> int:
    return 0


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


def _hour(moment: datetime) -> time:
    return moment.astimezone(OFFICE_ZONE).timetz().replace(tzinfo=None)
