"""Lists of tasks by the filters of an address. Every number of the board links to one that adds up to it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, select, text, true
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from models import clock
from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive
from models.figures import Figures, by_unit_id
from models.kept import kept
from models.lateness import DUTY, leaders_units
from models.organisation import Unit
from models.queries import official_category
from models.search import folded, found_often, newest_or_oldest
from models.task import Category, Task, overdue_days
from web.board.filtering import SORTS, Filter, list_link
from web.board.ordering import FEW, stretch
from web.viewer import Viewer, visible

__all__ = ["CAME_DUE", "DUTIES", "FIGURES", "MOST_COUNTED", "DirectiveName", "Filter", "Row", "conditions", "count",
           "find", "folded", "list_link"]  # fmt: skip

FIGURES = {"dung_han_xong": "done_on_time", "qua_han_xong": "done_late", "trong_han": "in_time", "qua_han": "overdue",
           "khong_han": "no_due"}  # fmt: skip
"""Official category → its name among the figures."""
CAME_DUE = ("dung_han_xong", "qua_han_xong", "qua_han")
"""Categories that the rate "đúng hạn" is of."""
DUTIES = ("assigned", "acknowledged", "reported", "refused", "completed")
"""States that the rate "hoàn thành" is of: all but withdrawn and suspended."""
LATE = {Category.OVERDUE, Category.DONE_LATE}
MOST_COUNTED = 10_000
"""Above this, what words were found in is not counted to the end: `count` then says one more."""
_unit = Unit.__table__.c
PART = 500  # SQLite takes so many values in one IN without complaint


class DirectiveName(NamedTuple):
    """As much of a directive as a list says; its texts stay where they are."""

    id: int
    number: str | None
    source: str


@dataclass(frozen=True)
class Row:
    """A duty with what the lists say about it."""

    task: Task
    unit: Unit | None
    directive: DirectiveName | None
    category: Category | None
    days_late: int


def conditions(session: Session, viewer: Viewer, wanted: Filter, *, walked: bool = False) -> list[Any]:
    """What makes a duty one of the list: parents are left out, and what the person may not see. `walked`: of a list so
    long that its order leads the way, not what is asked for."""
    # In the words of the index of all lists, unless what is asked for has a smaller one of its own.
    duty = text("NOT task.is_parent") if wanted.leads and not walked else DUTY
    return [duty, *visible(viewer), *wanted.conditions(session, walked=walked)]


def find(
    session: Session, viewer: Viewer, wanted: Filter, *, offset: int = 0, limit: int | None = None
) -> tuple[int, list[Row]]:
    """How many duties the person may see and asks for (parents left out), and a stretch of them in the list's order."""
    total = count(session, viewer, wanted)
    if total == 0:
        return 0, []
    ids = _stretch(session, viewer, wanted, total, offset, limit)
    rows: list[Row] = []
    for start in range(0, len(ids), PART):
        rows += _rows(session, ids[start : start + PART])
    return total, rows


def _stretch(session: Session, viewer: Viewer, wanted: Filter, total: int, offset: int, limit: int | None) -> list[int]:
    if _by_words_alone(session, viewer, wanted) and wanted.sort in ("number", "-number"):
        last = MOST_COUNTED if limit is None else limit
        return newest_or_oldest(session, wanted.q, [DUTY], wanted.sort == "-number", offset, last)
    where = conditions(session, viewer, wanted, walked=total > FEW)
    return stretch(session, _name(viewer, wanted), where, wanted.sort, total, offset, limit)


def _by_words_alone(session: Session, viewer: Viewer, wanted: Filter) -> bool:
    """Is nothing asked but words that stand in very many tasks?"""
    only = Filter(q=wanted.q, sort=wanted.sort) == wanted
    return bool(wanted.q) and only and viewer.sees_all and found_often(session, wanted.q)


def count(session: Session, viewer: Viewer, wanted: Filter) -> int:
    """How many there are; of words found in more than MOST_COUNTED, one more than that."""
    known = _counted_already(session, viewer, wanted)
    if known is not None:
        return known
    return kept(session, _name(viewer, wanted), clock.now(), partial(_count, session, viewer, wanted))


def _name(viewer: Viewer, wanted: Filter) -> Hashable:
    """What is counted, and for whom."""
    return replace(wanted, sort=SORTS[0]), None if viewer.sees_all else (viewer.id, viewer.units)


def _counted_already(session: Session, viewer: Viewer, wanted: Filter) -> int | None:
    """What the figures say, of a list that they are of."""
    of_figures = Filter(category=wanted.category, unit=wanted.unit, sort=wanted.sort)
    if not viewer.sees_all or wanted != of_figures or not set(wanted.category) <= FIGURES.keys():
        return None
    units = connection_of(session).execute(select(_unit.id).where(_unit.code == wanted.unit if wanted.unit else true()))
    by_id = by_unit_id(session, clock.now())
    found = sum((by_id.get(unit_id, Figures()) for unit_id in units.scalars()), Figures())
    if not wanted.category:
        return found.duties + found.suspended + found.withdrawn
    return sum(getattr(found, FIGURES[one]) for one in set(wanted.category))


def _count(session: Session, viewer: Viewer, wanted: Filter) -> int:
    if _by_words_alone(session, viewer, wanted):
        return len(newest_or_oldest(session, wanted.q, [DUTY], False, 0, MOST_COUNTED + 1))
    every = select(Task.__table__.c.id).where(*conditions(session, viewer, wanted))
    if wanted.q:
        every = every.limit(MOST_COUNTED + 1)
    found: int = connection_of(session).execute(select(func.count()).select_from(every.subquery())).scalar_one()
    return found


def _rows(session: Session, ids: list[int]) -> list[Row]:
    calendar, now, leaders = calendar_of(session), clock.now(), leaders_units(session)
    by_id = {task.id: task for task in session.exec(select_rows(Task).where(col(Task.id).in_(ids)))}
    tasks = [by_id[one] for one in ids]
    named = {task.unit_id for task in tasks}
    units = {unit.id: unit for unit in session.exec(select_rows(Unit).where(col(Unit.id).in_(named)))}
    directives = directive_names(session, {task.directive_id for task in tasks if task.directive_id})
    rows = []
    for task in tasks:
        found = official_category(task, calendar, now, leaders)
        late = overdue_days(task, calendar, now) if found in LATE else 0
        rows.append(Row(task, units.get(task.unit_id), directives.get(task.directive_id), found, late))
    return rows


def directive_names(session: Session, ids: set[int]) -> dict[int | None, DirectiveName]:
    """Id → what a list says of the directive."""
    columns = Directive.__table__.c
    query = select(columns.id, columns.number, columns.source).where(columns.id.in_(ids))
    return {row.id: DirectiveName(*row) for row in connection_of(session).execute(query)}
