"""A year or a month of the office's calendar as it is drawn: what each day is, and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.calendar import Calendar, CalendarDay
from models.event import Event
from models.organisation import Person
from models.recalendar import holiday_name

SATURDAY = 5
CHANGES_READ = 500
"""Changes of the calendar that are looked through for who set a day; older ones are in the history."""


@dataclass(frozen=True)
class Day:
    """`kind`: work, weekend, holiday (by law, on a weekday), off or made_up (a weekend that is worked). `own`: the
    office's own table says so. `inside`: of the month that is drawn."""

    day: date
    kind: str
    name: str
    own: bool
    inside: bool = True


@dataclass(frozen=True)
class Month:
    """Weeks from Monday, and how many working days there are."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    working: int


def year_of(calendar: Calendar, year: int, notes: dict[date, str], language: str) -> list[Month]:
    """The twelve months."""
    return [month_of(calendar, date(year, month, 1), notes, language) for month in range(1, 13)]


def month_of(calendar: Calendar, first: date, notes: dict[date, str], language: str) -> Month:
    """One month, its first and last weeks whole."""
    after = (first.replace(day=28) + timedelta(4)).replace(day=1)
    start = first - timedelta(first.weekday())
    count = ((after - start).days + 6) // 7
    weeks = tuple(
        tuple(_day(calendar, start + timedelta(7 * week + n), notes, language, first) for n in range(7))
        for week in range(count)
    )
    working = sum(one.kind in ("work", "made_up") for week in weeks for one in week if one.inside)
    return Month(first, weeks, working)


def special(calendar: Calendar, first: date, last: date, notes: dict[date, str], language: str) -> list[Day]:
    """The days from `first` to `last` that are not what their weekday says, or stand in the office's table."""
    days = [_day(calendar, first + timedelta(n), notes, language, None) for n in range((last - first).days + 1)]
    return [one for one in days if one.own or one.kind in ("holiday", "off", "made_up")]


def who_set(session: Session, days: Iterable[date]) -> dict[date, str]:
    """Day → name of who last wrote it into the table; only for those whom the history names."""
    query = (
        select(Event, Person.name)
        .outerjoin(Person, col(Person.id) == Event.actor_id)
        .where(Event.subject == "office", Event.verb == "calendar_changed")
        .order_by(col(Event.seq).desc())
        .limit(CHANGES_READ)
    )
    wanted = set(days)
    found: dict[date, str] = {}
    for happened, name in session.exec(query):
        for day, works, *_ in (happened.facts or {}).get("days", ()):
            if works is not None and (one := date.fromisoformat(day)) in wanted:
                found.setdefault(one, name or "")
    return found


def notes_of(rows: Sequence[CalendarDay]) -> dict[date, str]:
    """Day → what the office's table says about it."""
    return {row.day: row.note for row in rows}


def _day(calendar: Calendar, day: date, notes: dict[date, str], language: str, month: date | None) -> Day:
    works, weekend, own = calendar.is_working(day), day.weekday() >= SATURDAY, day in calendar.own
    if works:
        kind = "made_up" if weekend else "work"
    elif own and not weekend:
        kind = "off"
    else:
        kind = "weekend" if weekend else "holiday"
    name = notes.get(day, "") or ("" if works else holiday_name(day, language))
    inside = month is None or (day.year, day.month) == (month.year, month.month)
    return Day(day, kind, name, own, inside)
