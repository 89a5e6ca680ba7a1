"""When something has to be said about a task, to whom: the ladders, as pure arithmetic over rows, rules and calendar.

`rungs()` yields every rung of a task in time order, as it stands now; `next_notice_at` is the first one after the
last slot that was planned. Any move, date or calendar change recomputes it. Nothing here sends or writes.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from models.calendar import Calendar
from models.clock import at_local
from models.message import Kind
from models.rules import OFFICE_ZONE
from models.task import WITH_UNIT, DueSetBy, State, Task, TaskClass

NOON = time(12, 0)


class Audience(StrEnum):
    """Whom a rung is for; `recipients.py` finds the people."""

    HEAD = "head"
    DEPUTY = "deputy"
    OFFICE = "office"
    LEADER = "leader"
    DESK = "desk"
    """Who has what the task waits for: the leader it was submitted to, or the unit that is waited for."""


@dataclass(frozen=True, order=True)
class Rung:
    """One step: at this slot (UTC) this audience must learn this. `name` is the occasion, part of the notice's key."""

    at: datetime
    kind: Kind
    to: Audience
    name: str


def rungs(task: Task, calendar: Calendar, *, silent: bool = False) -> Iterator[Rung]:
    """All rungs in time order. `silent`: the unit is never nagged (Lãnh đạo Sở)."""
    short, endless = _ladders(task, calendar, silent)
    return (rung for rung in heapq.merge(*map(sorted, short), endless) if not _rests(rung, task, calendar))


def next_rung(task: Task, calendar: Calendar, after: datetime, *, silent: bool = False) -> datetime | None:
    """The instant (UTC) of the first rung strictly after `after`; None when nothing more will be said.

    Every move asks this, so it looks at each ladder by itself instead of sorting them all into one, and climbs the
    endless one only if no rung stands before it.
    """
    short, endless = _ladders(task, calendar, silent)
    left = [rung.at for ladder in short for rung in ladder if rung.at > after and not _rests(rung, task, calendar)]
    soonest = min(left, default=None)
    if soonest is not None and task.due_on is not None and soonest < calendar.first_slot(task.due_on):
        return soonest
    following = next((rung.at for rung in endless if rung.at > after and not _rests(rung, task, calendar)), None)
    return min(soonest, following) if soonest and following else soonest or following


def _ladders(task: Task, calendar: Calendar, silent: bool) -> tuple[list[Iterator[Rung]], Iterator[Rung]]:
    """The ladders a task stands on: those with an end, in no order, and the one without, in time order."""
    if silent or task.is_parent or task.task_class is TaskClass.MONITOR or task.state not in WITH_UNIT:
        return [], iter(())
    if task.extension_asked_at is not None:
        return [iter(_unanswered_extension(task, calendar))], iter(())
    short: list[Iterator[Rung]] = [_review(task, calendar)]
    if task.state is State.ASSIGNED:
        short.append(_unconfirmed(task, calendar))
    if task.due_on is None:
        return short, iter(())
    short.append(_authority(task, calendar))  # also while it lies with a leader: that desk is the one to hear of it
    if task.waiting is not None:
        return short, _desk(task, calendar)
    return [*short, _due(task, calendar)], _late(task, calendar)


def _local_day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


def _unconfirmed(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """Slots after the one in which it was assigned: head; head and deputy; Office; then the head each morning."""
    rules = calendar.rules
    slot = calendar.slot_at_or_after(task.assigned_at)
    steps = {rules.unconfirmed_head_slot: (Audience.HEAD,),
             rules.unconfirmed_deputy_slot: (Audience.HEAD, Audience.DEPUTY)}  # fmt: skip
    for number in range(1, rules.unconfirmed_office_slot + 1):
        slot = calendar.slot_after(slot)
        for audience in steps.get(number, ()):
            yield Rung(slot, Kind.UNCONFIRMED, audience, f"U+{number}")
    yield Rung(slot, Kind.ESCALATED, Audience.OFFICE, f"U+{number}")
    if task.urgency == "HỎA TỐC" or _within(task, calendar, _local_day(slot), rules.unconfirmed_leader_within_days):
        yield Rung(slot, Kind.ESCALATED, Audience.LEADER, f"U+{number}")
    day = _local_day(slot)
    if slot > calendar.first_slot(day):
        day = calendar.add(day, 1)
    last = calendar.add(_local_day(task.assigned_at), rules.unconfirmed_daily_until_day)
    while day <= last:
        yield Rung(calendar.first_slot(day), Kind.UNCONFIRMED, Audience.HEAD, f"U@{day.isoformat()}")
        day = calendar.add(day, 1)


def _within(task: Task, calendar: Calendar, day: date, days: int) -> bool:
    return task.due_on is not None and task.due_on < calendar.add(day, days)


def _due(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """Before and on the date that is followed; an hour is said again that day."""
    due = task.reminded_due
    assert due is not None
    rules = calendar.rules
    short = due < calendar.add(_local_day(task.assigned_at), rules.short_window_days + 1)
    said: set[date] = set()
    for offset in rules.short_window_offsets if short else rules.due_offsets:
        day = calendar.previous_working(due) if offset == 0 else calendar.add(due, -offset)
        if day in said or _too_soon(task, calendar, day):
            continue
        said.add(day)
        kind = Kind.DUE_TODAY if day == due else Kind.DUE_SOON
        yield Rung(calendar.first_slot(day), kind, Audience.HEAD, f"D-{offset}")
    if task.due_time is not None and task.due_on is not None and calendar.is_working(task.due_on):
        morning = task.due_time <= NOON
        if morning and task.due_on in said:
            return
        again = calendar.first_slot(task.due_on) if morning else calendar.last_slot(task.due_on)
        if calendar.slot_at_or_after(task.assigned_at) < again < at_local(task.due_on, task.due_time):
            yield Rung(again, Kind.DUE_TODAY, Audience.HEAD, "D-0h")


def _too_soon(task: Task, calendar: Calendar, day: date) -> bool:
    """Within one working day of assignment or confirmation: they have just heard of it."""
    moments = [task.assigned_at, *([task.acknowledged_at] if task.acknowledged_at else [])]
    return any(day <= calendar.add(_local_day(moment), 1) for moment in moments)


def _authority(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """A higher authority's date not reported on the working day before: Office and leader, after the unit's morning."""
    if task.due_set_by is DueSetBy.AUTHORITY and task.due_on is not None:
        at = calendar.last_slot(calendar.add(task.due_on, -1))
        if at > calendar.slot_at_or_after(task.assigned_at):
            yield Rung(at, Kind.ESCALATED, Audience.OFFICE, "A-1")
            yield Rung(at, Kind.ESCALATED, Audience.LEADER, "A-1")


def _overdue(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """Daily for five working days, then the first slot of each week."""
    assert task.due_on is not None
    rules = calendar.rules
    day = calendar.last_due_day(task.due_on)
    for number in range(1, rules.overdue_daily_days + 1):
        day = calendar.add(day, 1)
        yield Rung(calendar.first_slot(day), Kind.OVERDUE, Audience.HEAD, f"L+{number}")
    while True:
        day = calendar.week_start(day - timedelta(day.weekday()) + timedelta(7))
        yield Rung(calendar.first_slot(day), Kind.OVERDUE, Audience.HEAD, f"W@{day.isoformat()}")


def _late(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """All that comes after the due date, in time order."""
    yield from heapq.merge(sorted(_escalation(task, calendar)), _overdue(task, calendar))


def _desk(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """While a task waits for somebody, that desk hears what its unit would: the date, then five working days of it."""
    late = islice(_overdue(task, calendar), calendar.rules.overdue_daily_days)
    return (replace(rung, to=Audience.DESK) for rung in heapq.merge(sorted(_due(task, calendar)), late))


def _escalation(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """The deputy once, and what goes up: the Office in the morning, the leader in charge in the afternoon. Rested by a
    promised day, all of it waits for the working day after; what goes up also when the Office holds it."""
    assert task.due_on is not None
    rules, late = calendar.rules, calendar.last_due_day(task.due_on)
    rested = calendar.add(task.promised_on, 1) if task.promised_on is not None else late
    held = calendar.next_working(task.hold_until) if task.hold_until is not None else late
    deputy_day = max(calendar.add(late, rules.overdue_deputy_day), rested)
    yield Rung(calendar.first_slot(deputy_day), Kind.OVERDUE, Audience.DEPUTY, f"L+{rules.overdue_deputy_day}")
    day = max(calendar.add(late, rules.overdue_leader_day), rested, held)
    yield Rung(calendar.first_slot(day), Kind.PRE_NOTICE, Audience.OFFICE, f"P@{day.isoformat()}")
    yield Rung(calendar.last_slot(day), Kind.ESCALATED, Audience.LEADER, "L+up")


def _review(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """A task without a due date is asked about on its review date; never overdue."""
    if task.due_on is None and task.review_on is not None:
        day = calendar.next_working(task.review_on)
        yield Rung(calendar.first_slot(day), Kind.REVIEW, Audience.HEAD, f"R@{task.review_on.isoformat()}")


def _unanswered_extension(task: Task, calendar: Calendar) -> Iterator[Rung]:
    """A request that nobody decided in two working days goes to the leader in charge."""
    assert task.extension_asked_at is not None
    asked = task.extension_asked_at.astimezone(OFFICE_ZONE)
    until = at_local(calendar.add(asked.date(), calendar.rules.extension_unanswered_days), asked.time())
    yield Rung(calendar.slot_at_or_after(until), Kind.ESCALATED, Audience.LEADER, f"X@{asked.date().isoformat()}")


def _rests(rung: Rung, task: Task, calendar: Calendar) -> bool:
    """Until a promised day (`moves.py` keeps only those that rest a task) the unit is not reminded."""
    reminds = rung.kind in (Kind.DUE_SOON, Kind.DUE_TODAY, Kind.OVERDUE)
    return reminds and task.promised_on is not None and rung.at < calendar.first_slot(task.promised_on)
