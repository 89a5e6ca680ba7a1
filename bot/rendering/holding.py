"""Does a notice still hold when its message is about to go? What was true when it was planned may be over."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from bot.rendering.alarming import over
from bot.rendering.handing import acts_during
from bot.rendering.listing import desk_of
from bot.rendering.waiting import of_desk
from models.calendar import Calendar, calendar_of
from models.inserting import by_id
from models.message import Kind, Notice
from models.organisation import Role
from models.recipients import posts_of
from models.report import open_extension
from models.rules import OFFICE_ZONE
from models.task import WITH_UNIT, State, Task, is_late
from models.weekly import is_frozen, monday_of

OF_THE_UNIT = {
    Kind.OVERDUE,
    Kind.DUE_TODAY,
    Kind.DUE_SOON,
    Kind.UNCONFIRMED,
    Kind.ASSIGNED,
    Kind.RETURNED,
    Kind.REVIEW,
    Kind.DUE_CHANGED,
    Kind.RESUMED,
    Kind.SUSPENDED,
    Kind.WITHDRAWN,
}
"""Kinds that tell a unit of its own task: nobody else is told once it has another owner."""
OF_A_DATE = {Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON, Kind.PRE_NOTICE, Kind.ESCALATED}
NEEDS_STATE = {
    Kind.ASSIGNED: (State.ASSIGNED,),
    Kind.UNCONFIRMED: (State.ASSIGNED,),
    Kind.REPORTED: (State.REPORTED,),
    Kind.REFUSED: (State.REFUSED,),
    Kind.RETURNED: WITH_UNIT,
    Kind.REVIEW: WITH_UNIT,
    Kind.OVERDUE: WITH_UNIT,
    Kind.DUE_TODAY: WITH_UNIT,
    Kind.DUE_SOON: WITH_UNIT,
    Kind.PRE_NOTICE: WITH_UNIT,
    Kind.ESCALATED: WITH_UNIT,
    Kind.EXTENSION_ASKED: WITH_UNIT,
    Kind.SUSPENDED: (State.SUSPENDED,),
    Kind.WITHDRAWN: (State.WITHDRAWN,),
    Kind.RESUMED: (*WITH_UNIT, State.REPORTED),
}


def holds(session: Session, notice: Notice, at: datetime) -> str | None:
    """None if the notice is still true at `at`; else why it is dropped: gone, not_owner, moved, answered, waiting,
    wait_over, extension_open, promised, held, not_late, empty, over."""
    if "line" in notice.facts:
        return None
    if notice.kind is Kind.DAILY_OFFICE:
        return "empty" if desk_of(session, at).is_empty() else None
    if notice.task_id is None:
        return _without_task(session, notice)
    task = by_id(session, Task, notice.task_id)
    if task is None:
        return "gone"
    if notice.kind in OF_THE_UNIT and not of_desk(notice) and not _owns(session, notice, task, at):
        return "not_owner"
    if notice.kind in OF_A_DATE and notice.due_version != task.due_version:
        return "moved"
    if notice.kind is Kind.REVIEW and task.due_on is not None:
        return "moved"
    if notice.kind in NEEDS_STATE and task.state not in NEEDS_STATE[notice.kind]:
        return "answered"
    if notice.kind is Kind.EXTENSION_ASKED:
        return _still_asked(session, notice, task)
    return _by_date(session, notice, task, at) if notice.kind in OF_A_DATE else None


def _without_task(session: Session, notice: Notice) -> str | None:
    """Reports always hold, a draft until its report has gone out, alarms unless their outage is over; a hand-over holds
    if anything was done."""
    if notice.kind is Kind.DIGEST_DRAFT:
        week = monday_of(date.fromisoformat(str(notice.facts["week"])))
        return "over" if is_frozen(session, week) else None
    if notice.kind is Kind.ALARM:
        return "over" if over(session, notice) else None
    if notice.kind is not Kind.HANDOVER:
        return None
    start, end = (date.fromisoformat(str(notice.facts[key])) for key in ("start", "end"))
    done = acts_during(session, notice.told_id or notice.person_id, int(notice.facts["absence"]), start, end)
    return None if done else "empty"


def _owns(session: Session, notice: Notice, task: Task, at: datetime) -> bool:
    """Is it still this person's, or the one's in whose stead they are told?"""
    unit_then = notice.facts.get("to_unit") or notice.facts.get("unit")
    if unit_then is not None and unit_then != task.unit_id:
        return False
    if notice.told_id is not None or "why" in notice.facts or notice.person_id == task.focal_id:
        return True
    posts = posts_of(session, notice.person_id, at.astimezone(OFFICE_ZONE).date())
    return any(post.unit_id == task.unit_id and post.role in (Role.HEAD, Role.DEPUTY) for post in posts)


def _still_asked(session: Session, notice: Notice, task: Task) -> str | None:
    asked = open_extension(session, task.id or 0)
    return None if asked is not None and notice.facts.get("extension") in (None, asked.id) else "answered"


def _by_date(session: Session, notice: Notice, task: Task, at: datetime) -> str | None:
    """Reminders and what goes up: what rests the task, and whether it is late at all."""
    rung = str(notice.facts.get("rung", ""))
    if rung.startswith("U"):
        return None if task.state is State.ASSIGNED else "answered"
    if rung.startswith("X"):
        return None if open_extension(session, task.id or 0) is not None else "answered"
    if of_desk(notice):
        if task.waiting is None or task.waiting_for != notice.facts.get("waiting_for"):
            return "wait_over"
    elif task.waiting is not None and not rung.startswith("A"):  # an authority's date goes up wherever the paper lies
        return "waiting"
    if task.extension_asked_at is not None:
        return "extension_open"
    today, calendar = at.astimezone(OFFICE_ZONE).date(), calendar_of(session)
    if not rung.startswith("A") and task.promised_on is not None and _rests(notice.kind, task.promised_on, today):
        return "promised"
    return _late_enough(notice.kind, rung, task, calendar, today, at)


def _rests(kind: Kind, promised_on: date, today: date) -> bool:
    """Until the promised day nobody is reminded; nothing goes up on that day either."""
    return promised_on >= today if kind in (Kind.PRE_NOTICE, Kind.ESCALATED) else promised_on > today


def _late_enough(kind: Kind, rung: str, task: Task, calendar: Calendar, today: date, at: datetime) -> str | None:
    goes_up = kind is Kind.PRE_NOTICE or rung == "L+up"
    if goes_up and task.hold_until is not None and calendar.next_working(task.hold_until) > today:
        return "held"
    if (goes_up or kind is Kind.OVERDUE) and not is_late(task, calendar, at):
        return "not_late"
    return None
