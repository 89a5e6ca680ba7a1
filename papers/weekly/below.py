"""Indicators under their targets, for the weekly report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, func, select

from models.indicator import Indicator, IndicatorTask, IndicatorValue
from models.organisation import Unit
from models.task import Task
from papers.weekly.frozen import Below


def below_target(session: Session, today: date) -> tuple[Below, ...]:
    """Those whose newest value (by its day, then by when it was entered) does not reach the target."""
    place = func.row_number().over(
        partition_by=col(IndicatorValue.indicator_id),
        order_by=(col(IndicatorValue.day).desc(), col(IndicatorValue.id).desc()),
    )
    newest = select(IndicatorValue.id, place.label("place")).where(col(IndicatorValue.day) <= today).subquery()
    query = (
        select(IndicatorValue)
        .join(newest, newest.c.id == IndicatorValue.id)
        .where(newest.c.place <= 2)
        .order_by(col(IndicatorValue.indicator_id), newest.c.place)
    )
    values: dict[int, list[IndicatorValue]] = defaultdict(list)
    for value in session.exec(query):
        values[value.indicator_id].append(value)
    owned = select(Indicator, Unit).outerjoin(Unit, col(Unit.id) == Indicator.unit_id).order_by(col(Indicator.id))
    under = [(one, unit, values[one.id or 0]) for one, unit in session.exec(owned)
             if values[one.id or 0] and values[one.id or 0][0].value < one.target]  # fmt: skip
    tasks = _tasks(session, [one.id for one, _, _ in under])
    return tuple(_below(one, unit, said, tasks[one.id]) for one, unit, said in under)


def _below(one: Indicator, unit: Unit | None, values: Sequence[IndicatorValue], tasks: list[str]) -> Below:
    last, before = values[0], values[1] if len(values) > 1 else None
    return Below(
        one.name, _number(last.value), _number(one.target), one.unit, last.day, id=one.id or 0,
        owner=unit.name if unit else None, owner_code=unit.code if unit else None, tasks=tuple(tasks),
        before=_number(before.value) if before else None, before_day=before.day if before else None,
        change=_number(last.value - before.value) if before else None, source=last.source,
    )  # fmt: skip


def _tasks(session: Session, ids: Sequence[int | None]) -> dict[int | None, list[str]]:
    """Codes of the tasks that are linked to these indicators."""
    query = (
        select(IndicatorTask.indicator_id, Task.number)
        .join(Task, col(Task.id) == IndicatorTask.task_id)
        .where(col(IndicatorTask.indicator_id).in_(ids))
        .order_by(col(Task.number))
    )
    found: dict[int | None, list[str]] = defaultdict(list)
    for indicator_id, number in session.exec(query) if ids else ():
        found[indicator_id].append(f"NV{number}")
    return found


def _number(value: Any) -> str:
    """68.4200 → 68.42; 0.0000 → 0."""
    return f"{Decimal(value).normalize():f}"
