"""The progress list of the weekly report (the columns of annex II of 624/TB-VPCP): what came due and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, select, text
from sqlmodel import Session

from models.base import connection_of
from models.calendar import calendar_of
from models.lateness import JUDGED, OPEN, leaders_units
from models.listing import official_category
from models.printing import products, unit_names
from models.task import Task

MOST = 2000
"""Duties that the list holds; the board has them all."""
SINCE = timedelta(days=7)
_task = Task.__table__.c
_DATED = (
    select(_task.id, _task.number, _task.title, _task.unit_id, _task.due_on, _task.due_time, _task.state,
           _task.task_class, _task.is_parent, _task.reported_at, _task.completed_at, _task.extension_asked_at)
    .where(_task.due_on.is_not(None), _task.is_parent.is_(False))
    .order_by(_task.due_on, _task.id)
    .limit(MOST)
)  # fmt: skip
_OPEN = _DATED.where(OPEN)
# Literal, for the partial index.
_DONE = _DATED.where(JUDGED, text("task.state = 'completed'"), _task.completed_at >= bindparam("since"))


@dataclass(frozen=True)
class ProgressLine:
    """One duty with a date: its product, and its official category (`category`: the value of `Category`)."""

    code: str
    title: str
    unit: str
    due_on: date | None
    due_time: time | None
    product: str
    product_date: date | None
    result: str
    category: str


def progress_lines(session: Session, at: datetime) -> tuple[ProgressLine, ...]:
    """Dated duties that are open at `at`, the earliest date first, or were completed in the seven days before."""
    connection, calendar, leaders = connection_of(session), calendar_of(session), leaders_units(session)
    tasks = [*connection.execute(_OPEN), *connection.execute(_DONE, {"since": at - SINCE})]
    tasks = sorted(tasks, key=lambda one: (one.due_on, one.id))[:MOST]
    units, made = unit_names(session), products(session, [one.id for one in tasks])
    lines = []
    for one in tasks:
        # A row has as much of a task as it looks at.
        category = official_category(one, calendar, at, leaders)
        if category is not None:
            product = made.get(one.id)
            lines.append(ProgressLine(
                f"NV{one.number}", one.title, units.get(one.unit_id, ""), one.due_on, one.due_time,
                (product.product_number or "") if product else "", product.product_date if product else None,
                (product.result or "") if product else "", category.value,
            ))  # fmt: skip
    return tuple(lines)
