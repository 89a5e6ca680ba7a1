"""The weekly report as it was frozen: one row a week, from which every paper and message of that week is made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, bindparam, select, update
from sqlmodel import Field, Session

from models import clock, event
from models.base import Table, UtcDateTime, connection_of
from models.calendar import calendar_of
from models.inserting import insert_once, insert_row, rows_of
from models.lease import mark
from models.rules import OFFICE_ZONE
from models.task import Task

LONGEST_NOTE = 300
"""Letters of the Office's sentence: it goes into every chat message of the report."""


class WeeklyReport(Table, table=True):
    """The report of the week that begins on `week` (its Monday). `note`: the Office's own sentence, which may stand
    before there is a snapshot. `snapshot`: what was true at `frozen_at`, never changed afterwards."""

    __tablename__ = "weekly_report"
    id: int | None = Field(default=None, primary_key=True)
    week: date = Field(unique=True)
    note: str | None = None
    note_by: int | None = Field(default=None, foreign_key="person.id")
    note_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    frozen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    snapshot: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class WeeklyTasks(Table, table=True):
    """All tasks as they stood in a frozen report; apart from it, for few who read the report ask for them."""

    __tablename__ = "weekly_tasks"
    report_id: int = Field(foreign_key="weekly_report.id", primary_key=True)
    tasks: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class AlreadyFrozen(Exception):
    """The report of this week has gone out: nothing is added to it any more."""


_week, _task = WeeklyReport.__table__, Task.__table__.c
# By id, not min(assigned_at): that would read every task there is, at every slot.
_FIRST = select(_task.assigned_at).order_by(_task.id).limit(1)
_OF = select(_week).where(_week.c.week == bindparam("week"))
_NOTE = select(_week.c.note).where(_week.c.week == bindparam("week"))
_BEFORE = select(_week).where(_week.c.week < bindparam("week"), _week.c.frozen_at.is_not(None)).order_by(
    _week.c.week.desc()).limit(1)  # fmt: skip
_FROZEN = select(_week.c.id, _week.c.frozen_at).where(_week.c.week == bindparam("week"), _week.c.frozen_at.is_not(None))
# Never the snapshots: of a year they are many megabytes.
_ALL = (
    select(_week.c.week, _week.c.note, _week.c.frozen_at)
    .where(_week.c.frozen_at.is_not(None))
    .order_by(_week.c.week.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_FREEZE = (
    update(_week)
    .where(_week.c.week == bindparam("monday"), _week.c.frozen_at.is_(None))
    .values(frozen_at=bindparam("at"), snapshot=bindparam("made", type_=JSON))
)
_TASKS = (
    select(WeeklyTasks.__table__.c.tasks)
    .join(_week, _week.c.id == WeeklyTasks.__table__.c.report_id)
    .where(_week.c.week == bindparam("week"))
)
_SAY = (
    update(_week)
    .where(_week.c.week == bindparam("monday"), _week.c.frozen_at.is_(None))
    .values(note=bindparam("said"), note_by=bindparam("by"), note_at=bindparam("at"))
)


def monday_of(day: date) -> date:
    """The Monday of the week of a day, by which its report is called even when that Monday is a day off."""
    return day - timedelta(day.weekday())


def first_assignment(session: Session) -> date | None:
    """The office's day of the first assignment there is."""
    at: datetime | None = connection_of(session).execute(_FIRST).scalar()
    return at.astimezone(OFFICE_ZONE).date() if at else None


def next_report(session: Session, now: datetime) -> tuple[date, datetime] | None:
    """The Monday of the next report and the slot (UTC) at which it goes out, which may have passed while nothing ran;
    None before anything was assigned: no report goes out on or before the day of the first assignment."""
    first, sent, calendar = first_assignment(session), mark(session, "digest"), calendar_of(session)
    if first is None:
        return None
    start = calendar.week_start(now.astimezone(OFFICE_ZONE).date())
    while start <= first or (sent is not None and sent >= calendar.first_slot(start)):
        start = calendar.week_start(monday_of(start) + timedelta(7))
    return monday_of(start), calendar.first_slot(start)


def report_of(session: Session, week: date) -> WeeklyReport | None:
    """The row of the week that begins on this Monday."""
    return next(iter(rows_of(session, WeeklyReport, _OF, week=week)), None)


def report_before(session: Session, week: date) -> WeeklyReport | None:
    """The last frozen report of an earlier week."""
    return next(iter(rows_of(session, WeeklyReport, _BEFORE, week=week)), None)


def is_frozen(session: Session, week: date) -> bool:
    """Has the report of this week gone out?"""
    return connection_of(session).execute(_FROZEN, {"week": week}).first() is not None


def tasks_of(session: Session, week: date) -> list[dict[str, Any]] | None:
    """All tasks as they stood in the frozen report of this week; None where they were not kept."""
    found: list[dict[str, Any]] | None = connection_of(session).execute(_TASKS, {"week": week}).scalar_one_or_none()
    return found


def went_out(session: Session, week: date, at: datetime) -> bool:
    """Is the report of this week the one that was frozen at `at`?"""
    row = connection_of(session).execute(_FROZEN, {"week": week}).first()
    return row is not None and row.frozen_at == at


def note_of(session: Session, week: date) -> str | None:
    """The Office's sentence for this week."""
    said: str | None = connection_of(session).execute(_NOTE, {"week": week}).scalar_one_or_none()
    return said


def frozen_weeks(session: Session, limit: int, offset: int = 0) -> Sequence[Any]:
    """(week, note, frozen_at) of the reports there are, the newest first."""
    return connection_of(session).execute(_ALL, {"limit": limit, "offset": offset}).all()


def freeze(session: Session, week: date, at: datetime, snapshot: Mapping[str, Any],
           tasks: list[dict[str, Any]] | None = None) -> bool:  # fmt: skip
    """Keep what the report of this week says, and all `tasks` as they stand, once: False, and nothing changed, if it is
    kept already."""
    _row(session, week)
    made = {"monday": week, "at": at, "made": dict(snapshot)}
    if connection_of(session).execute(_FREEZE, made).rowcount == 0:
        return False
    if tasks is not None:
        report_id = connection_of(session).execute(_FROZEN, {"week": week}).scalar_one()
        insert_row(session, WeeklyTasks, report_id=report_id, tasks=tasks)
    facts = {"week": week.isoformat(), "overdue": snapshot["total"]["overdue"]}
    event.record(session, _subject(week), "report_frozen", actor_id=None, facts=facts, announced=True)
    return True


def say(session: Session, week: date, note: str, by: int, channel: str) -> None:
    """The Office's own sentence on the report of this week; an empty one takes it back. Raises AlreadyFrozen."""
    words = " ".join(note.split()) or None
    if words is not None and len(words) > LONGEST_NOTE:
        raise ValueError(len(words))
    _row(session, week)
    changed = connection_of(session).execute(_SAY, {"monday": week, "said": words, "by": by, "at": clock.now()})
    if changed.rowcount == 0:
        raise AlreadyFrozen
    event.record(session, _subject(week), "report_note", actor_id=by, facts={"week": week.isoformat(), "words": words},
                 channel=channel, announced=True)  # fmt: skip


def _row(session: Session, week: date) -> None:
    """There is a row of this week, if need be an empty one."""
    insert_once(session, WeeklyReport, week=week)


def _subject(week: date) -> str:
    return f"week:{week.isoformat()}"
