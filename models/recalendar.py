"""A change of the office's calendar: what it moves, shown before it is saved, and the recomputing when it is.

Dates that people set never change; what moves is when work on them counts as late, and when people are reminded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, false, update
from sqlmodel import Session, col, or_, select

from models import clock, event
from models.calendar import LAST_DAY_SEARCH, Calendar, calendar_of, set_days
from models.clock import at_local
from models.ladder import Rung, next_rung, rungs
from models.lease import mark
from models.message import Kind
from models.moves import Actor
from models.organisation import Unit
from models.task import OPEN, Task

Day = tuple[date, bool | None, str]
"""(day, works, note); works None takes the day out of the office's table again."""

LOOK_AHEAD = 12
"""Rungs of a task that are compared: past them an overdue task is only reminded weekly, without end."""
BATCH = 500
REACH = 5
"""Working days that are counted on top of the longest ladder: from a rung to the slot or the day that it waits for."""


@dataclass(frozen=True)
class Shift:
    """One reminder that moves: its rung (D-3, L+2 …) and kind, from when to when (UTC); None: dropped or new."""

    name: str
    kind: Kind
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Moved:
    """What a change does to one open task. `overdue`: (before, after) if the moment moves, else None."""

    task: Task
    overdue: tuple[datetime, datetime] | None
    shifts: tuple[Shift, ...]


def preview(session: Session, days: Sequence[Day]) -> list[Moved]:
    """Open tasks that the change moves, in order of their codes. Changes nothing."""
    old = calendar_of(session)
    return list(_moved(session, old, changed(old, days)))


def apply(session: Session, days: Sequence[Day], actor: Actor) -> list[str]:
    """Save the change, recompute when each open task must be looked at, and write it into the Office's history.

    Returns the codes of the tasks whose next reminder moves.
    """
    set_days(session, days)
    codes = list(_recomputed(session))
    facts = {"days": [[day.isoformat(), works, note] for day, works, note in days], "recomputed": codes}
    event.record(session, "office", "calendar_changed", actor_id=actor.person_id, facts=facts, channel=actor.channel,
                 announced=True)  # fmt: skip
    return codes


def changed(calendar: Calendar, days: Sequence[Day]) -> Calendar:
    """The calendar as it would be; the one given stays as it is."""
    own = dict(calendar.own)
    for day, works, _note in days:
        if works is None:
            own.pop(day, None)
        else:
            own[day] = works
    return Calendar(own, calendar.rules)


def holiday_name(day: date, language: str) -> str:
    """What a day off is by law: Quốc khánh; empty for none. The days that are swapped for it are named too."""
    return str(_holidays(day.year, "en_US" if language == "en" else "vi").get(day, ""))


@lru_cache(maxsize=8)
def _holidays(year: int, language: str) -> Any:
    import holidays  # 90 ms: only when a name is asked for

    return holidays.country_holidays("VN", years=year, language=language)


def _moved(session: Session, old: Calendar, new: Calendar) -> Iterator[Moved]:
    silent = _silent_units(session)
    now = clock.now()
    query = select(Task).where(col(Task.state).in_(OPEN), col(Task.is_parent) == False, _near(old, new))  # noqa: E712
    for task in session.exec(query.order_by(col(Task.number))):
        quiet = task.unit_id in silent
        overdue = None
        if task.due_on is not None and not quiet:
            pair = (old.overdue_from(task.due_on, task.due_time), new.overdue_from(task.due_on, task.due_time))
            overdue = pair if pair[0] != pair[1] else None
        shifts = tuple(_shifts(task, old, new, now, quiet))
        if overdue or shifts:
            yield Moved(task, overdue, shifts)


def _near(old: Calendar, new: Calendar) -> ColumnElement[bool]:
    """The tasks that a change can touch at all: counting working days from one of their dates passes over a changed
    day. Without it every open task of a large office would be counted twice."""
    days = [day for day in old.own.keys() | new.own.keys() if old.is_working(day) != new.is_working(day)]
    if not days:
        return false()
    rules = old.rules
    reach = REACH + max(rules.unconfirmed_daily_until_day, rules.overdue_daily_days, *rules.due_offsets)
    low = min(calendar.add(min(days), -reach) for calendar in (old, new))
    high = max(calendar.add(max(days), reach) for calendar in (old, new))
    moments = (at_local(low, time(0)), at_local(high + timedelta(1), time(0)))
    dates = (Task.due_on, Task.internal_due, Task.promised_on, Task.hold_until, Task.review_on)
    instants = (Task.assigned_at, Task.acknowledged_at, Task.extension_asked_at)
    near = [col(one).between(low, high) for one in dates] + [col(one).between(*moments) for one in instants]
    # What is overdue is reminded on the first day of each week, without end.
    weekly = [col(Task.due_on) < low] if max(days) >= clock.today() and _weeks_move(old, new, days) else []
    return or_(*near, *weekly)


def _weeks_move(old: Calendar, new: Calendar, days: Sequence[date]) -> bool:
    """Does a week begin on another working day? One that is off as a whole reaches into those after it."""
    first = min(days) - timedelta(LAST_DAY_SEARCH)
    mondays = range(-first.weekday(), (max(days) - first).days + 1, 7)
    return any(old.week_start(one) != new.week_start(one) for one in (first + timedelta(n) for n in mondays))


def _shifts(task: Task, old: Calendar, new: Calendar, now: datetime, quiet: bool) -> Iterator[Shift]:
    before, after = ({_occasion(r): r for r in _coming(task, calendar, now, quiet)} for calendar in (old, new))
    horizon = min(_last(before, now), _last(after, now))
    for occasion in dict.fromkeys([*before, *after]):
        pair = (before.get(occasion), after.get(occasion))
        rung = pair[0] or pair[1]
        was, will = (one.at if one else None for one in pair)
        # A rung past the last one compared on the other side has not fallen away: it was only not looked at.
        if rung is not None and was != will and min(at for at in (was, will) if at is not None) <= horizon:
            yield Shift(rung.name, rung.kind, was, will)


def _last(rungs_: dict[str, Rung], now: datetime) -> datetime:
    return max((rung.at for rung in rungs_.values()), default=now)


def _coming(task: Task, calendar: Calendar, now: datetime, quiet: bool) -> list[Rung]:
    ahead = (rung for rung in rungs(task, calendar, silent=quiet) if rung.at > now)
    return list(islice(ahead, LOOK_AHEAD))


def _occasion(rung: Rung) -> str:
    # What goes up (P@2023-08-02) is one step whatever its day; the audience tells the head's copy from the deputy's.
    return f"{rung.name.split('@')[0] if rung.name[0] in 'PX' else rung.name} {rung.to}"


def _recomputed(session: Session) -> Iterator[str]:
    """Write `next_notice_at` of every open task, a batch of rows at a time; the codes of those that differ."""
    silent, calendar = _silent_units(session), calendar_of(session)
    planned = mark(session, "planned")
    last = 0
    while True:
        query = select(Task).where(col(Task.state).in_(OPEN), col(Task.is_parent) == False, col(Task.id) > last)  # noqa: E712
        tasks = session.exec(query.order_by(col(Task.id)).limit(BATCH)).all()
        if not tasks:
            return
        rows = []
        for task in tasks:
            after = planned or task.assigned_at - timedelta(seconds=1)
            at = next_rung(task, calendar, after, silent=task.unit_id in silent)
            if at != task.next_notice_at:
                rows.append({"id": task.id, "next_notice_at": at})
                yield task.code
        if rows:
            session.execute(update(Task), rows)
        last = tasks[-1].id or 0


def _silent_units(session: Session) -> frozenset[int]:
    query = select(Unit.id).where(Unit.is_leaders == True)  # noqa: E712
    return frozenset(unit_id for unit_id in session.exec(query) if unit_id is not None)
