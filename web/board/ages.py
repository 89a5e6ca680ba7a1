"""What is overdue by how long its date has passed and by unit, and what falls due this week by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.kept import kept
from models.organisation import Unit
from models.rules import OFFICE_ZONE
from models.task import Category, Task
from web.board.filtering import OPEN_STATES, Filter, list_link
from web.board.listing import conditions
from web.viewer import Viewer

AGES = (5, 10, 30)
"""Working days since the date: up to five, six to ten, eleven to thirty, more."""
MOST_UNITS = 12
LATE = (Category.OVERDUE.value,)

_task, _unit = Task.__table__.c, Unit.__table__.c


@dataclass(frozen=True)
class Age:
    """Dates from `first` to `last` (both included; None: no end) have passed by `least` to `most` working days."""

    least: int
    most: int | None
    first: date | None
    last: date | None

    def link(self, **filters: Any) -> str:
        """The list of what is overdue by so many days."""
        return list_link(category=LATE, **filters, due_from=self.first, due_to=self.last)


@dataclass(frozen=True)
class UnitAges:
    """Overdue tasks of one unit, by age."""

    code: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True)
class Overdue:
    """Overdue tasks by age, of all units and of those that have the most."""

    ages: tuple[Age, ...]
    counts: tuple[int, ...]
    units: tuple[UnitAges, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True)
class Day:
    """A day of this week, how many open tasks fall due on it, and their list."""

    day: date
    works: bool
    count: int
    link: str


def overdue_by_age(session: Session, viewer: Viewer, now: datetime, leader: str = "") -> Overdue:
    """What the viewer sees that is overdue; `leader` (a short id): only of the units this leader is in charge of."""
    scope = "all" if viewer.sees_all else viewer.id
    return kept(session, ("ages", scope, leader), now, lambda: _overdue_by_age(session, viewer, now, leader))


def _overdue_by_age(session: Session, viewer: Viewer, now: datetime, leader: str) -> Overdue:
    ages = ages_on(calendar_of(session), now.astimezone(OFFICE_ZONE).date())
    band = case(*((_task.due_on >= age.first, place) for place, age in enumerate(ages) if age.first), else_=len(AGES))
    owner = func.coalesce(_task.unit_id, 0)  # no plain column: grouping by one would walk all tasks in its order
    where = conditions(session, viewer, Filter(category=LATE, leader=leader))
    query = select(owner, band, func.count()).where(*where).group_by(owner, band)
    found: dict[int, list[int]] = defaultdict(lambda: [0] * len(ages))
    for unit, place, count in connection_of(session).execute(query):
        found[unit][place] = count
    worst = sorted(found, key=lambda unit: (-sum(found[unit]), tuple(-one for one in reversed(found[unit])), unit))
    named = connection_of(session).execute(select(_unit.id, _unit.code, _unit.name).where(_unit.id.in_(found)))
    names = {row.id: row for row in named}
    units = tuple(UnitAges(names[one].code, names[one].name, tuple(found[one])) for one in worst if one in names)
    sums = tuple(sum(counts[place] for counts in found.values()) for place in range(len(ages)))
    return Overdue(ages, sums, units)


def ages_on(calendar: Calendar, today: date) -> tuple[Age, ...]:
    """The ages as stretches of due dates, the youngest first."""
    firsts = [_oldest(calendar, today, most) for most in AGES]
    lasts = [None, *(first - timedelta(1) for first in firsts)]
    leasts, mosts = (1, *(most + 1 for most in AGES)), (*AGES, None)
    return tuple(map(Age, leasts, mosts, (*firsts, None), lasts))


def _oldest(calendar: Calendar, today: date, days: int) -> date:
    """The earliest due date that has passed by no more than so many working days."""
    first = calendar.add(calendar.previous_working(today), -days)
    while calendar.between(calendar.last_due_day(first - timedelta(1)), today) <= days:
        first -= timedelta(1)
    return first


def due_this_week(session: Session, viewer: Viewer, now: datetime) -> tuple[Day, ...]:
    """From today to Sunday, days off only when something falls due on them."""
    scope = "all" if viewer.sees_all else viewer.id
    return kept(session, ("week", scope), now, lambda: _due_this_week(session, viewer))


def _due_this_week(session: Session, viewer: Viewer) -> tuple[Day, ...]:
    today, calendar = clock.today(), calendar_of(session)
    sunday = today + timedelta(6 - today.weekday())
    wanted = Filter(state=OPEN_STATES, due_from=today.isoformat(), due_to=sunday.isoformat())
    query = select(_task.due_on, func.count()).where(*conditions(session, viewer, wanted)).group_by(_task.due_on)
    counts: dict[date, int] = dict(connection_of(session).execute(query).all())
    days = [today + timedelta(n) for n in range((sunday - today).days + 1)]
    return tuple(
        Day(day, calendar.is_working(day), counts.get(day, 0), list_link(state=OPEN_STATES, due_from=day, due_to=day))
        for day in days if calendar.is_working(day) or counts.get(day)
    )  # fmt: skip
