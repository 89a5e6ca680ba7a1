"""The order of a list, and a stretch of it: a page of a million tasks is not found by reading all that come before.

An order is a row of parts, one after the other, each in the order of an index: what has a date before what has none,
what is late before what is not, unit after unit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from models import clock
from models.base import connection_of
from models.kept import kept
from models.lateness import DATED
from models.organisation import Unit
from models.overdue import in_category, is_not
from models.task import Category, Task

_task, _unit = Task.__table__.c, Unit.__table__.c
FEW = 10_000
"""So many are sorted in a few milliseconds."""


@dataclass(frozen=True)
class Part:
    """Some of a list: what more is asked of it, its order, and how many it is, where that is known."""

    where: tuple[Any, ...]
    order: tuple[Any, ...]
    count: int | None = None


def stretch(session: Session, name: Hashable, where: Sequence[Any], sort: str, total: int, offset: int,
            limit: int | None) -> list[int]:  # fmt: skip
    """Ids of the tasks from `offset` on, at most `limit`, in the order of the list, which has `total` of them.

    `name`: under which what is counted may be kept.
    """
    few = total <= FEW
    if limit is not None and sort in ("number", "-number") and offset > total // 2:
        turned = "-number" if sort == "number" else "number"
        after, wanted = max(total - offset - limit, 0), max(min(limit, total - offset), 0)
        return _ids(session, where, _by_number(turned, few), after, wanted)[::-1]
    found: list[int] = []
    for part in _parts(session, name, where, sort, few):
        if part.count is not None and offset >= part.count:
            offset -= part.count
            continue
        ids = _ids(session, where, part, offset, None if limit is None else limit - len(found))
        found += ids
        if limit is not None and len(found) == limit:
            break
        offset = 0 if ids or not offset else offset - _how_many(session, [*where, *part.where])
    return found


def _parts(session: Session, name: Hashable, where: Sequence[Any], sort: str, few: bool) -> Iterator[Part]:
    if sort in ("due", "-due"):
        columns = (_task.due_on, _task.due_time, _task.number)
        order = columns if sort == "due" else tuple(column.desc() for column in columns)
        yield Part((_task.due_on.is_not(None),), order) if few else Part((DATED,), order)
        yield _by_number("number", few, _task.due_on.is_(None))
    elif sort == "late":
        yield from _latest_first(session, few)
    elif sort == "unit":
        counts = kept(session, ("units", name), clock.now(), partial(_units, session, where))
        for unit_id, count in counts:
            yield replace(_by_number("number", True, _task.unit_id == unit_id), count=count)
    else:
        yield _by_number(sort, few)


def _by_number(sort: str, few: bool, *where: Any) -> Part:
    """Few are sorted when they are found; many are met in the order of the index, until there are enough."""
    number = _task.number + 0 if few else _task.number
    return Part(where, (number.desc() if sort == "-number" else number,))


def _latest_first(session: Session, few: bool) -> Iterator[Part]:
    """Overdue since the longest, then done the most days late, then the rest."""
    now = clock.now()
    overdue, done_late = (in_category(session, now, one) for one in (Category.OVERDUE, Category.DONE_LATE))
    yield Part((overdue,), (_task.due_on, _task.number))
    yield Part((done_late,), (_late_by(session).desc(), _task.number))
    yield _by_number("number", few, is_not(overdue), is_not(done_late))


def _units(session: Session, where: Sequence[Any]) -> list[tuple[int, int]]:
    """(unit, how many of the list are its), in the office's order of units."""
    in_order = func.coalesce(_task.unit_id, 0)  # no plain column: grouping by one would walk all in its order
    counts = select(in_order.label("unit"), func.count().label("count")).where(*where).group_by(in_order).subquery()
    query = select(_unit.id, counts.c.count).join(counts, counts.c.unit == _unit.id).order_by(_unit.position, _unit.id)
    return [(unit_id, count) for unit_id, count in connection_of(session).execute(query)]


def _late_by(session: Session) -> ColumnElement[Any]:
    moment = func.coalesce(_task.reported_at, _task.completed_at)
    if session.get_bind().dialect.name == "sqlite":
        return func.julianday(moment) - func.julianday(_task.due_on)
    return func.date_part("epoch", moment) - func.date_part("epoch", _task.due_on)


def _ids(session: Session, where: Sequence[Any], part: Part, offset: int, limit: int | None) -> list[int]:
    query = select(_task.id).where(*where, *part.where).order_by(*part.order).offset(offset).limit(limit)
    return list(connection_of(session).execute(query).scalars())


def _how_many(session: Session, where: Sequence[Any]) -> int:
    query = select(func.count()).select_from(Task.__table__).where(*where)
    found: int = connection_of(session).execute(query).scalar_one()
    return found
