"""Lists of tasks by the filters of an address. Every number of the board links to one that adds up to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, false
from sqlmodel import Session, col, func, select
from starlette.datastructures import QueryParams

from models import clock
from models.calendar import calendar_of
from models.directive import Directive
from models.lateness import leaders_units, past_due
from models.organisation import Unit
from models.queries import official_category
from models.task import Category, State, Task, TaskClass, overdue_days
from web.viewer import Viewer, visible

FIGURES = {"dung_han_xong": "done_on_time", "qua_han_xong": "done_late", "trong_han": "in_time", "qua_han": "overdue",
           "khong_han": "no_due"}  # fmt: skip
"""Official category → its name among the figures."""
CAME_DUE = ("dung_han_xong", "qua_han_xong", "qua_han")
"""Categories that the rate "đúng hạn" is of."""
DUTIES = ("assigned", "acknowledged", "reported", "refused", "completed")
"""States that the rate "hoàn thành" is of: all but withdrawn and suspended."""
LATE = {Category.OVERDUE, Category.DONE_LATE}
FLAGS = ("overdue", "extension", "unconfirmed")


@dataclass(frozen=True)
class Row:
    """A duty with what the lists say about it."""

    task: Task
    unit: Unit | None
    directive: Directive | None
    category: Category | None
    days_late: int


@dataclass(frozen=True)
class Filter:
    """What the address of a list asks for; empty means all. Values that nobody knows find nothing."""

    state: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    unit: str = ""
    directive: str = ""
    q: str = ""
    overdue: bool = False
    extension: bool = False
    unconfirmed: bool = False
    """Still to be confirmed by a unit: nobody is asked to confirm the leaders' own or what the Office follows."""

    @classmethod
    def of(cls, query: QueryParams) -> Filter:
        """From the address."""
        words = unicodedata.normalize("NFC", query.get("q", "")).strip()
        return cls(
            tuple(filter(None, query.getlist("state"))), tuple(filter(None, query.getlist("category"))),
            query.get("unit", ""), query.get("directive", ""), words, *(bool(query.get(name)) for name in FLAGS),
        )  # fmt: skip

    def link(self, **more: Any) -> str:
        """The address of this list, with the page."""
        names = ("state", "category", "unit", "directive", "q", *FLAGS)
        return list_link(**{name: getattr(self, name) for name in names}, **more)

    @property
    def counted(self) -> bool:
        """Can the database alone say what is in the list? Categories and words are judged row by row."""
        return not (self.category or self.q or self.overdue)

    def conditions(self, session: Session) -> Iterator[ColumnElement[bool]]:
        """What the database can judge."""
        if self.state:
            yield col(Task.state).in_([State(one) for one in self.state if one in set(State)])
        if self.unit:
            yield col(Task.unit_id).in_(select(Unit.id).where(Unit.code == self.unit))
        if self.directive:
            known = self.directive.isascii() and self.directive.isdecimal() and len(self.directive) < 10
            yield col(Task.directive_id) == int(self.directive) if known else false()
        if self.extension:
            yield col(Task.extension_asked_at).is_not(None)
        if self.unconfirmed:
            yield col(Task.state) == State.ASSIGNED
            yield col(Task.task_class) != TaskClass.MONITOR
            yield col(Task.unit_id).not_in(leaders_units(session))
        if self.overdue or self.category == (Category.OVERDUE.value,):
            yield past_due(calendar_of(session), clock.now())

    def takes(self, row: Row) -> bool:
        """Is this row asked for, by what the database cannot judge?"""
        named = row.category is not None and row.category.value in self.category
        return (
            (not self.category or named)
            and (not self.overdue or row.category is Category.OVERDUE)
            and (not self.q or folded(self.q) in _searched(row))
        )


def list_link(**filters: Any) -> str:
    """/tasks?category=qua_han&unit=TTS; several values repeat the name, True is 1, empty is left out."""
    pairs = []
    for name, value in filters.items():
        values = value if isinstance(value, (tuple, list)) else [value]
        pairs += [(name, "1" if one is True else str(one)) for one in values if one not in (None, "", False)]
    return f"/tasks?{urlencode(pairs)}" if pairs else "/tasks"


def find(
    session: Session, viewer: Viewer, wanted: Filter, *, offset: int = 0, limit: int | None = None
) -> tuple[int, list[Row]]:
    """How many duties the person may see and asks for (parents left out), and a stretch of them in order of codes."""
    query = select(Task).where(*_where(session, viewer, wanted)).order_by(col(Task.number))
    if wanted.counted:
        return count(session, viewer, wanted), _rows(session, query.offset(offset).limit(limit))
    found = [row for row in _rows(session, query) if wanted.takes(row)]
    return len(found), found[offset:] if limit is None else found[offset : offset + limit]


def count(session: Session, viewer: Viewer, wanted: Filter) -> int:
    """How many there are, of a filter that the database alone can judge."""
    query = select(func.count()).select_from(Task).where(*_where(session, viewer, wanted))
    return session.exec(query).one()


def _where(session: Session, viewer: Viewer, wanted: Filter) -> list[ColumnElement[bool]]:
    return [col(Task.is_parent) == False, *visible(viewer), *wanted.conditions(session)]  # noqa: E712


def _rows(session: Session, query: Any) -> list[Row]:
    calendar, now, leaders = calendar_of(session), clock.now(), leaders_units(session)
    units = {unit.id: unit for unit in session.exec(select(Unit))}
    directives = {one.id: one for one in session.exec(select(Directive))}
    rows = []
    for task in session.exec(query):
        found = official_category(task, calendar, now, leaders)
        late = overdue_days(task, calendar, now) if found in LATE else 0
        rows.append(Row(task, units.get(task.unit_id), directives.get(task.directive_id), found, late))
    return rows


def folded(words: str) -> str:
    """Lower case without marks, đ as d: what people type on a phone finds what is written."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _searched(row: Row) -> str:
    task = row.task
    parts = (task.code, task.title, task.text, row.unit.name if row.unit else "",
             (row.directive.number or "") if row.directive else "")  # fmt: skip
    return folded(" ".join(parts))
