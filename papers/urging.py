"""Which units are to be urged, and with what: what they owe, and what they will soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.directive import Directive
from models.lateness import held, leaders_units, past
from models.organisation import Unit
from models.owing import BLOCKS
from models.rules import OFFICE_ZONE
from models.task import Task
from papers.weekly.frozen import Source

MOST = 2000
"""Duties of one kind in one letter."""
AHEAD, LONGEST_AHEAD = 5, 30
ANSWER_IN = 3
"""Working days: how far ahead a letter looks and how long the units have for an answer, unless somebody says so."""
_task, _unit, _directive = Task.__table__.c, Unit.__table__.c, Directive.__table__.c
_COLUMNS = (_task.id, _task.number, _task.title, _task.unit_id, _task.due_on, _task.due_time)
_SOURCES = (
    select(_task.number, _task.item, _directive.id, _directive.number.label("sign"), _directive.issued_on,
           _directive.issuer)
    .select_from(Task.__table__.join(Directive.__table__, _directive.id == _task.directive_id))
    .where(_task.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One duty of a unit. `days`: working days late, 0 of what is not due yet."""

    id: int
    code: str
    title: str
    due_on: date
    due_time: time | None
    days: int


@dataclass(frozen=True)
class Urged:
    """A unit with what it owes and what comes due, both by date."""

    code: str
    name: str
    overdue: tuple[Due, ...]
    soon: tuple[Due, ...]


@dataclass(frozen=True)
class Urging:
    """All of them in the office's order, as it was at `at`. `until`: the last day that is soon; `days`: working days
    to it. `more`: duties beyond those that one letter holds."""

    at: datetime
    days: int
    until: date
    units: tuple[Urged, ...]
    more: int = 0

    @property
    def overdue(self) -> int:
        """How many duties are overdue."""
        return sum(len(one.overdue) for one in self.units)

    @property
    def soon(self) -> int:
        """How many come due."""
        return sum(len(one.soon) for one in self.units)


def urging(session: Session, now: datetime, days: int = AHEAD, codes: Collection[str] | None = None) -> Urging:
    """What is owed at `now` and what comes due within `days` working days, of these units or of all."""
    today, calendar = now.astimezone(OFFICE_ZONE).date(), calendar_of(session)
    until = calendar.add(today, days) if days else today
    units = [one for one in connection_of(session).execute(
        select(_unit.id, _unit.code, _unit.name).order_by(_unit.valid_to.is_not(None), _unit.position, _unit.id))
        if codes is None or one.code in codes]  # fmt: skip
    asked = {"leaders_units": leaders_units(session), "limit": MOST, "units": [one.id for one in units]}
    owed, more = _rows(session, "overdue", asked | {"held": held(session, now), **past(calendar, now)})
    coming, more_coming = _rows(session, "due_between", asked | {"first": today, "last": until})
    late = {one.id for one in owed}
    overdue = _by_unit(owed, calendar, today)
    soon = _by_unit((one for one in coming if one.id not in late), calendar, today)
    found = (Urged(one.code, one.name, tuple(overdue[one.id]), tuple(soon[one.id]))
             for one in units if one.id in overdue or one.id in soon)  # fmt: skip
    return Urging(now, days, until, tuple(found), more + more_coming)


def sources(session: Session, urging: Urging) -> Mapping[str, Source]:
    """Code → the directive that the duty comes from."""
    ids = [one.id for unit in urging.units for one in (*unit.overdue, *unit.soon)]
    found = connection_of(session).execute(_SOURCES, {"ids": ids}) if ids else ()
    return {f"NV{row.number}": Source(row.id, row.sign, row.issued_on, row.issuer, row.item) for row in found}


def answer_day(session: Session, now: datetime) -> date:
    """By when the units answer, unless the Office says another day."""
    return calendar_of(session).add(now.astimezone(OFFICE_ZONE).date(), ANSWER_IN)


def _rows(session: Session, block: str, asked: Mapping[str, Any]) -> tuple[Sequence[Any], int]:
    """The first duties of a block by their date, and how many more there are."""
    connection = connection_of(session)
    found = connection.execute(_first(block), asked).all()
    if len(found) < MOST:
        return found, 0
    total: int = connection.execute(_count(block), asked).scalar_one()
    return found, total - len(found)


@cache
def _first(block: str) -> Any:
    conditions, _ = BLOCKS[block]
    return select(*_COLUMNS).where(*conditions, _of_units()).order_by(_task.due_on, _task.id).limit(bindparam("limit"))


@cache
def _count(block: str) -> Any:
    conditions, _ = BLOCKS[block]
    return select(func.count()).select_from(Task.__table__).where(*conditions, _of_units())


def _of_units() -> Any:
    # No plain column: the unit's index would be taken, and all its open tasks read.
    return func.coalesce(_task.unit_id, 0).in_(bindparam("units", expanding=True))


def _by_unit(rows: Iterable[Any], calendar: Calendar, today: date) -> dict[int, list[Due]]:
    """Unit → its duties. Days late depend on the date alone: reckoned once for each."""
    late: dict[date, int] = {}
    found: dict[int, list[Due]] = defaultdict(list)
    for one in rows:
        if one.due_on not in late:
            late[one.due_on] = max(calendar.between(calendar.last_due_day(one.due_on), today), 0)
        found[one.unit_id].append(Due(one.id, f"NV{one.number}", one.title, one.due_on, one.due_time, late[one.due_on]))
    return found
