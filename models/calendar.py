"""Working days. All arithmetic in working days happens here and nowhere else.

Vietnam's holidays come from the `holidays` library (with the days that are swapped for them); the office's own table
of days off and make-up Saturdays wins over it, since each year's swaps are announced late and the library misses some
(2 and 10 January 2026, văn bản 12729/VPCP-KGVX).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy
from sqlmodel import Field, Session

from models.base import Database, Table, connection_of, database_of
from models.clock import at_local
from models.rules import OFFICE_ZONE, Rules

LAST_DAY_SEARCH = 60  # no run of days off is longer; a table that says so is a mistake
MOST_KEPT = 10_000  # so many sums are kept


class CalendarDay(Table, table=True):
    """What the office's own table says about one day: worked or off, and why."""

    __tablename__ = "calendar_day"
    day: date = Field(primary_key=True)
    works: bool
    note: str = ""


_days = CalendarDay.__table__.c
_OWN_DAYS = sqlalchemy.select(_days.day, _days.works)
# As the driver gives them: enough to see that nothing has changed, at half the price.
_RAW_DAYS = "SELECT day, works FROM calendar_day ORDER BY day"
_kept: WeakKeyDictionary[Database, tuple[Any, "Calendar"]] = WeakKeyDictionary()


class CalendarError(ValueError):
    """The calendar leaves no working day within two months of the day named in the message."""


@dataclass(frozen=True)
class Calendar:
    """Working days and slots of one office. `own`: day → works?, the office's table."""

    own: dict[date, bool]
    rules: Rules
    _added: dict[tuple[date, int], date] = field(default_factory=dict, compare=False, repr=False)
    _between: dict[tuple[date, date], int] = field(default_factory=dict, compare=False, repr=False)

    def is_working(self, day: date) -> bool:
        """Does the office work on this day?"""
        own = self.own.get(day)
        return own if own is not None else _library_works(day)

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        return self._seek(day, 1)

    def previous_working(self, day: date) -> date:
        """The day itself if it is worked, else the last one before it that is."""
        return self._seek(day, -1)

    def add(self, day: date, working_days: int) -> date:
        """`working_days` after `day` (before it, if negative), the first day not counted (BLDS Điều 147)."""
        found = self._added.get((day, working_days))
        if found is None:
            if len(self._added) >= MOST_KEPT:
                self._added.clear()
            found = self._added[(day, working_days)] = self._counted(day, working_days)
        return found

    def between(self, start: date, end: date) -> int:
        """Working days in (start, end]; negative when `end` is before `start`."""
        if end < start:
            return -self.between(end, start)
        found = self._between.get((start, end))  # lists ask it of the same few days for thousands of tasks
        if found is None:
            if len(self._between) >= MOST_KEPT:
                self._between.clear()
            days = range(1, (end - start).days + 1)
            found = self._between[(start, end)] = sum(self.is_working(start + timedelta(n)) for n in days)
        return found

    def last_due_day(self, due: date) -> date:
        """The last day on which work due on `due` is on time: a day off gives its next working day (a setting)."""
        return self.next_working(due) if self.rules.day_off_due_moves else due

    def overdue_from(self, due: date, at: time | None) -> datetime:
        """The UTC instant from which a task is overdue: 00:00 of the day after, or the hour that was set."""
        if at is not None and self.is_working(due):
            return at_local(due, at)
        return at_local(self.last_due_day(due) + timedelta(1), time(0))

    def slot_at_or_after(self, moment: datetime) -> datetime:
        """The first slot (UTC) not before `moment`."""
        local = moment.astimezone(OFFICE_ZONE)
        day = local.date()
        if self.is_working(day):
            for slot in self.rules.slots:
                if slot >= local.timetz().replace(tzinfo=None):
                    return at_local(day, slot)
        return at_local(self._seek(day + timedelta(1), 1), self.rules.slots[0])

    def slot_after(self, moment: datetime) -> datetime:
        """The first slot (UTC) strictly after `moment`."""
        return self.slot_at_or_after(moment + timedelta(microseconds=1))

    def slot_at_or_before(self, moment: datetime) -> datetime:
        """The last slot (UTC) not after `moment`."""
        local = moment.astimezone(OFFICE_ZONE)
        day = local.date()
        if self.is_working(day):
            for slot in reversed(self.rules.slots):
                if slot <= local.timetz().replace(tzinfo=None):
                    return at_local(day, slot)
        return at_local(self._seek(day - timedelta(1), -1), self.rules.slots[-1])

    def first_slot(self, day: date) -> datetime:
        """The first slot of a day, worked or not (UTC)."""
        return at_local(day, self.rules.slots[0])

    def last_slot(self, day: date) -> datetime:
        """The last slot of a day, worked or not (UTC)."""
        return at_local(day, self.rules.slots[-1])

    def week_start(self, day: date) -> date:
        """The first working day of the week (Monday to Sunday) that `day` is in, or of the next that has one."""
        return self.next_working(day - timedelta(day.weekday()))

    def in_working_hours(self, moment: datetime) -> bool:
        """Is somebody at a desk now?"""
        local = moment.astimezone(OFFICE_ZONE)
        at = local.timetz().replace(tzinfo=None)
        return self.is_working(local.date()) and self.rules.working_from <= at <= self.rules.working_until

    def in_quiet_hours(self, moment: datetime) -> bool:
        """Between 21:00 and 06:30 nothing but HỎA TỐC and alarms goes out."""
        at = moment.astimezone(OFFICE_ZONE).timetz().replace(tzinfo=None)
        return at >= self.rules.quiet_from or at < self.rules.quiet_until

    def review_date(self, assigned: date, after: date | None = None) -> date:
        """When a task without a due date is looked at: first the last working day of the month after assignment,
        then of each quarter (`Rules.review_policy`). `after`: the review that has just been."""
        start = after or assigned
        policy = self.rules.review_policy
        if policy == "month" or (policy == "month_then_quarter" and after is None):
            return self.previous_working(_month_end(_month_end(start) + timedelta(1)))
        end = _quarter_end(start)
        day = self.previous_working(end)
        return day if day > start else self.previous_working(_quarter_end(end + timedelta(1)))

    def _counted(self, day: date, working_days: int) -> date:
        step = 1 if working_days > 0 else -1
        for _ in range(abs(working_days)):
            day = self._seek(day + timedelta(step), step)
        return day

    def _seek(self, day: date, step: int) -> date:
        for n in range(LAST_DAY_SEARCH):
            candidate = day + timedelta(n * step)
            if self.is_working(candidate):
                return candidate
        raise CalendarError(f"no working day near {day.isoformat()}")


def calendar_of(session: Session) -> Calendar:
    """The office's calendar as this transaction sees it."""
    calendar: Calendar | None = session.info.get("calendar")
    if calendar is None:
        database, connection = database_of(session), connection_of(session)
        raw = connection.exec_driver_sql(_RAW_DAYS).all()
        kept = _kept.get(database)
        # The same days again: the one that has counted already goes on, since every move counts some sixty times.
        if kept is not None and kept[0] == raw and kept[1].rules == database.rules:
            calendar = kept[1]
        else:
            calendar = Calendar(dict(connection.execute(_OWN_DAYS).all()), database.rules)
            _kept[database] = raw, calendar
        session.info["calendar"] = calendar
    return calendar


def set_days(session: Session, days: Iterable[tuple[date, bool | None, str]]) -> None:
    """Write the office's own table: (day, works, note); works None takes the day out of the table again."""
    for day, works, note in days:
        row = session.get(CalendarDay, day)
        if works is None:
            if row is not None:
                session.delete(row)
            continue
        session.merge(CalendarDay(day=day, works=works, note=note))
    session.flush()
    session.info.pop("calendar", None)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _quarter_end(day: date) -> date:
    return _month_end(day.replace(day=1, month=(day.month - 1) // 3 * 3 + 3))


@lru_cache(maxsize=4)
def _library(year: int) -> Any:
    import holidays  # 90 ms: only when a working day is asked for

    return holidays.country_holidays("VN", years=(year - 1, year, year + 1))


@lru_cache(maxsize=4096)
def _library_works(day: date) -> bool:
    return bool(_library(day.year).is_working_day(day))

