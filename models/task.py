"""A task: what it is, where it stands, and the official category it falls into.

Overdue and the categories are computed, never stored; every move lives in `moves.py`.
"""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, select

from models.base import Code, Table, UtcDateTime, one_of
from models.calendar import Calendar
from models.rules import OFFICE_ZONE
from models.task_indexes import indexes, searched


class State(StrEnum):
    """The stored states."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TaskClass(StrEnum):
    """dated; recurring (an instance of a series); standing (a review date only); monitor (follow the others up)."""

    DATED = "dated"
    RECURRING = "recurring"
    STANDING = "standing"
    MONITOR = "monitor"


class DueSetBy(StrEnum):
    """Who set the date, and so who alone may move it."""

    OFFICE = "office"
    LEADER = "leader"
    AUTHORITY = "authority"


class Waiting(StrEnum):
    """submitted: lies with a leader for signature (đã trình); co_unit: waits for another unit (chờ phối hợp)."""

    SUBMITTED = "submitted"
    CO_UNIT = "co_unit"


class Category(StrEnum):
    """The official categories; their words are in the catalogue under `category.<value>`."""

    DONE_ON_TIME = "dung_han_xong"
    DONE_LATE = "qua_han_xong"
    IN_TIME = "trong_han"
    OVERDUE = "qua_han"
    NO_DUE = "khong_han"


OPEN = (State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.SUSPENDED, State.REFUSED)
WITH_UNIT = (State.ASSIGNED, State.ACKNOWLEDGED)


class Task(Table, table=True):
    """One duty of one unit, or the parent of several (`is_parent`: owns nothing, hears nothing, is in no rate).

    `due_on` is the issuer's date, `internal_due` the office's own (trình Lãnh đạo Sở), `original_due` the first one.
    `due_version` rises with every new date or owner and so makes new keys for notices. `next_notice_at` is what the
    planner reads: when something may have to be said next.
    """

    __tablename__ = "task"
    __table_args__ = (
        one_of("state", State),
        one_of("task_class", TaskClass),
        one_of("due_set_by", DueSetBy),
        *indexes(),
    )
    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    draft_item_id: int | None = Field(default=None, foreign_key="draft_item.id", index=True)
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    item: str | None = Field(default=None, max_length=60)
    parent_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    is_parent: bool = False
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    title: str
    text: str = ""
    file: int = 0
    span_start: int | None = None
    span_end: int | None = None
    period: str | None = Field(default=None, max_length=24)

    task_class: TaskClass = Field(sa_type=Code(TaskClass))
    state: State = Field(default=State.ASSIGNED, sa_type=Code(State))
    state_before: State | None = Field(default=None, sa_type=Code(State))
    urgency: str | None = Field(default=None, max_length=24)
    deliverables: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))

    due_on: date | None = None
    due_time: time | None = None
    original_due: date | None = None
    internal_due: date | None = None
    due_set_by: DueSetBy = Field(default=DueSetBy.OFFICE, sa_type=Code(DueSetBy))
    due_leader_id: int | None = Field(default=None, foreign_key="person.id")
    due_version: int = 1
    review_on: date | None = None
    reviewed_on: date | None = None
    """The review that was asked for last; it stands on the Office's list that day."""

    assigned_at: datetime = Field(sa_type=UtcDateTime)
    assigned_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The moment of the report that counts; a return voids it."""
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    promised_on: date | None = None
    waiting: Waiting | None = Field(default=None, sa_type=Code(Waiting))
    waiting_for: str | None = None
    waiting_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    extension_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hold_until: date | None = None
    """What would go up to the leader is held until this working day."""
    focal_id: int | None = Field(default=None, foreign_key="person.id")

    late_events: int = 0
    late_counted_version: int = 0
    """The due_version whose lateness is already in `late_events`."""
    returns: int = 0
    extensions: int = 0
    objective_cause: str | None = None
    objective_confirmed_by: int | None = Field(default=None, foreign_key="person.id")

    authority_code: str | None = Field(default=None, max_length=80)
    """Its code in the system of the higher authority that set it."""
    updated_there_on: date | None = None
    """When its result was entered there (đã cập nhật), and below when the authority confirmed it."""
    authority_confirmed_on: date | None = None

    next_notice_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1

    @property
    def code(self) -> str:
        """NV12."""
        return f"NV{self.number}"

    @property
    def reminded_due(self) -> date | None:
        """The date that reminders follow: the internal one, that of submitting it, until it lies with a leader."""
        return self.due_on if self.waiting is Waiting.SUBMITTED else self.internal_due or self.due_on


searched(Task.__table__)


class CoUnit(Table, table=True):
    """A co-operating unit: told who leads, confirms nothing, may add progress."""

    __tablename__ = "co_unit"
    task_id: int = Field(foreign_key="task.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True, index=True)


def judged_at(task: Task, late_judged_on: str, now: datetime) -> datetime:
    """The moment by which lateness is judged: of the report that counts, of its acceptance (a setting), or now."""
    if task.state is State.COMPLETED:
        moment = task.reported_at if late_judged_on == "report" else task.completed_at
        return moment or task.completed_at or now
    return task.reported_at if task.state is State.REPORTED and task.reported_at else now


def is_late(task: Task, calendar: Calendar, now: datetime) -> bool:
    """Past its due date at the moment that counts; a duty to follow others up never is.

    An extension asked in time holds the judgement until it is decided, or until the work is reported.
    """
    if task.due_on is None or task.task_class is TaskClass.MONITOR:
        return False
    overdue_from = calendar.overdue_from(task.due_on, task.due_time)
    undecided = None if task.state in (State.REPORTED, State.COMPLETED) else task.extension_asked_at
    if undecided is not None and undecided < overdue_from:
        return False
    return judged_at(task, calendar.rules.late_judged_on, now) >= overdue_from


def category(task: Task, calendar: Calendar, now: datetime) -> Category | None:
    """The official category; None for what is in no rate (suspended, withdrawn, parents)."""
    if task.is_parent or task.state in (State.SUSPENDED, State.WITHDRAWN):
        return None
    if task.due_on is None:
        return Category.NO_DUE
    late = is_late(task, calendar, now)
    if task.state is State.COMPLETED:
        return Category.DONE_LATE if late else Category.DONE_ON_TIME
    return Category.OVERDUE if late else Category.IN_TIME


def late_events(task: Task, calendar: Calendar, now: datetime) -> int:
    """Late events so far, the one that is happening now included."""
    happening = task.late_counted_version != task.due_version and category(task, calendar, now) is Category.OVERDUE
    return task.late_events + happening


def overdue_days(task: Task, calendar: Calendar, now: datetime) -> int:
    """Working days past the due date at the moment that counts; 0 when not late."""
    if task.due_on is None or not is_late(task, calendar, now):
        return 0
    day = judged_at(task, calendar.rules.late_judged_on, now).astimezone(OFFICE_ZONE).date()
    return max(calendar.between(calendar.last_due_day(task.due_on), day), 0)


def parent_state(children: list[Task]) -> State:
    """What a parent's children make of it: complete when all that were not withdrawn are."""
    states = {child.state for child in children if child.state is not State.WITHDRAWN}
    if not states:
        return State.WITHDRAWN if children else State.ASSIGNED
    if states == {State.COMPLETED}:
        return State.COMPLETED
    if states <= {State.COMPLETED, State.REPORTED}:
        return State.REPORTED
    return State.ASSIGNED if State.ASSIGNED in states else State.ACKNOWLEDGED


def by_number(session: Session, number: int) -> Task | None:
    """The task NV<number>, or None."""
    return session.exec(select(Task).where(Task.number == number)).first()


def json_value(value: Any) -> Any:
    """Dates and instants as ISO text; everything else as it is."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
