"""A recurring duty: what its instances are made from, and when the next one is due.

One instance is always open ahead: the next is made on the day after the last one's due date, even if the last is
still open.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.base import Table

STEP = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


class Series(Table, table=True):
    """The pattern. `recurrence`: {"recurrence": "monthly", "day": 5, "months": null}; weekly: `day` 1 (Monday) to 7."""

    __tablename__ = "series"
    id: int | None = Field(default=None, primary_key=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id")
    draft_item_id: int | None = Field(default=None, foreign_key="draft_item.id")
    unit_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    grouped: bool = False
    recurrence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    pattern: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Columns that every instance gets: title, text, item, deliverables, due_set_by …"""
    next_due: date | None = Field(default=None, index=True)
    """The due date of the next instance to be made; None when the series has ended."""
    make_on: date | None = Field(default=None, index=True)
    """The day on which that instance is made."""


def next_due(recurrence: dict[str, Any], after: date) -> date:
    """The first due date of the series strictly after `after`. A day past a month's end means its last day."""
    kind, day = recurrence["recurrence"], int(recurrence["day"])
    if kind == "weekly":
        return after + timedelta((day - after.isoweekday() - 1) % 7 + 1)
    months = recurrence.get("months") or _months(kind)
    year, month = after.year, after.month
    for _ in range(25):
        if month in months:
            due = _clamped(year, month, day)
            if due > after:
                return due
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    raise ValueError(f"no due date in two years: {recurrence}")


def period_of(recurrence: dict[str, Any], due: date) -> str:
    """The period an instance reports on, as a machine name: 2026-W48, 2026-11, 2026-Q4, 2026-H2, 2026.

    A report due in the first ten days of a month, or in the first month of a longer period, is about the one before it
    ("trước ngày 05 tháng sau", "trước ngày 30 tháng 01 năm sau").
    """
    kind = recurrence["recurrence"]
    if kind == "weekly":
        year, week, _ = due.isocalendar()
        return f"{year}-W{week:02d}"
    early = due.day <= 10 if kind == "monthly" else due.month % STEP[kind] == 1
    about = due.replace(day=1) - timedelta(1) if early else due
    if kind == "monthly":
        return f"{about.year}-{about.month:02d}"
    if kind == "quarterly":
        return f"{about.year}-Q{(about.month + 2) // 3}"
    if kind == "half_yearly":
        return f"{about.year}-H{1 if about.month <= 6 else 2}"
    return str(about.year)


def _months(kind: str) -> list[int]:
    step = STEP[kind]
    return list(range(step, 13, step))


def _clamped(year: int, month: int, day: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(day - 1), first_of_next - timedelta(1))
