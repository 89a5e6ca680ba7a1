"""The JSON of the API: what goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from models.directive import DirectiveState
from models.task import Category, DueSetBy, State, TaskClass


class TaskRow(BaseModel):
    """A task, as `dondoc tasks --json` writes it, and its dates in the system of the authority that set it."""

    code: str
    title: str
    unit: str | None
    co_units: list[str]
    state: State
    task_class: TaskClass = Field(alias="class")
    category: Category | None
    due: date | None
    due_time: str | None
    internal_due: date | None
    due_set_by: DueSetBy
    original_due: date | None
    review_on: date | None
    late_events: int
    returns: int
    extensions: int
    directive: str | None
    item: str | None
    parent: str | None
    children: list[str]
    authority_code: str | None
    updated_there_on: date | None
    authority_confirmed_on: date | None


class TaskPage(BaseModel):
    """A stretch of tasks in the order of their codes. `next`: `after` of the next stretch; null at the end."""

    tasks: list[TaskRow]
    next: int | None


class Result(BaseModel):
    """The report that counts: the product's number and date, or one sentence on the result."""

    reported_at: datetime
    product_number: str | None
    product_date: date | None
    result: str | None


class TaskWhole(TaskRow):
    """A task with its text, its moments and its result."""

    text: str
    deliverables: list[str]
    assigned_at: datetime
    acknowledged_at: datetime | None
    reported_at: datetime | None
    completed_at: datetime | None
    result: Result | None
    address: str


class DirectiveRow(BaseModel):
    """A directive that has been assigned. `duties`: its tasks, parents and withdrawn ones left out; `done` of them."""

    id: int
    number: str | None
    kind: str
    issuer: str | None
    issued_on: date | None
    received_on: date
    arrival_number: str | None
    subject: str | None
    urgency: str | None
    state: DirectiveState
    from_above: bool
    duties: int
    done: int


class DirectivePage(BaseModel):
    """Directives by number of arrival; see TaskPage."""

    directives: list[DirectiveRow]
    next: int | None


class DirectiveWhole(DirectiveRow):
    """A directive with the codes of its tasks, parents too (the first 1,000)."""

    tasks: list[str]


class UnitRow(BaseModel):
    """A unit, with its dates."""

    code: str
    name: str
    leaders: bool
    valid_from: date | None
    valid_to: date | None


class Counts(BaseModel):
    """Duties by official category. `no_due` counts all without a date, `no_due_done` those of them completed."""

    model_config = ConfigDict(from_attributes=True)
    done_on_time: int
    done_late: int
    in_time: int
    overdue: int
    no_due: int
    no_due_done: int
    suspended: int
    withdrawn: int
    came_due: int
    completed: int
    duties: int


class UnitCounts(BaseModel):
    """The figures of a unit."""

    unit: str
    figures: Counts


class FiguresNow(BaseModel):
    """The figures at a moment, whole and by unit. A rate is done_on_time of came_due, or completed of duties."""

    at: datetime
    total: Counts
    units: list[UnitCounts]


class ValueRow(BaseModel):
    """A value of an indicator on a day; decimals as text."""

    day: date
    value: str
    source: str


class IndicatorRow(BaseModel):
    """An indicator with its last values, the newest first (12 at most)."""

    id: int
    name: str
    unit: str
    target: str
    owner: str | None
    values: list[ValueRow]


class ReportOfWeek(BaseModel):
    """The weekly report as it was frozen; it never changes."""

    week: date
    frozen_at: datetime
    note: str | None
    report: dict[str, Any]


class By(BaseModel):
    """The post of who acted."""

    role: str
    unit: str | None
    title: str


class TaskNow(BaseModel):
    """A task as it stands when a change is told."""

    code: str
    title: str
    unit: str | None
    state: State
    task_class: TaskClass = Field(alias="class")
    category: Category | None
    due: date | None
    due_time: str | None
    directive: str | None


class Change(BaseModel):
    """Something that happened. `from`, `to`: the task's states."""

    id: int
    type: str
    at: datetime
    subject: str
    by: By | None
    channel: str | None
    from_state: str | None = Field(alias="from")
    to: str | None
    task: TaskNow | None


class ChangePage(BaseModel):
    """Changes, oldest first. `next`: `after` of the next question; `more`: there are more by now."""

    events: list[Change]
    next: int
    more: bool
