"""Lists of tasks by the filters of an address. Every number of the board links to one that adds up to it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session, col, select
from starlette.datastructures import QueryParams

from models import clock
from models.calendar import calendar_of
from models.directive import Directive
from models.lateness import leaders_units
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


@dataclass(frozen=True)
class Row:
    """A duty with what the lists say about it."""

    task: Task
    unit: Unit | None
    directive: Directive | None
    category: Category | None
    days_late: int

    @property
    def extension(self) -> bool:
        """Is a request for more time open?"""
        return self.task.extension_asked_at is not None

    @property
    def unconfirmed(self) -> bool:
        """Must a unit still confirm it? Nobody is asked to confirm the leaders' own or what the Office follows."""
        asked = self.task.task_class is not TaskClass.MONITOR and not (self.unit and self.unit.is_leaders)
        return asked and self.task.state is State.ASSIGNED


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

    @classmethod
    def of(cls, query: QueryParams) -> Filter:
        """From the address."""
        return cls(tuple(filter(None, query.getlist("state"))), tuple(filter(None, query.getlist("category"))),
                   query.get("unit", ""), query.get("directive", ""),
                   unicodedata.normalize("NFC", query.get("q", "")).strip(), bool(query.get("overdue")), bool(query.get("extension")), bool(query.get("unconfirmed")))  # fmt: skip

    def takes(self, row: Row) -> bool:
        """Is this row asked for?"""
        task = row.task
        return (
            (not self.state or task.state.value in self.state)
            and (not self.category or (row.category is not None and row.category.value in self.category))
            and (not self.unit or (row.unit is not None and row.unit.code == self.unit))
            and (not self.directive or str(task.directive_id) == self.directive)
            and (not self.overdue or row.category is Category.OVERDUE)
            and (not self.extension or row.extension)
            and (not self.unconfirmed or row.unconfirmed)
            and (not self.q or folded(self.q) in _searched(row))
        )

    def link(self, **more: Any) -> str:
        """The address of this list, with the page."""
        names = ("state", "category", "unit", "directive", "q", "overdue", "extension", "unconfirmed")
        return list_link(**{name: getattr(self, name) for name in names}, **more)


def list_link(**filters: Any) -> str:
    """/tasks?category=qua_han&unit=TTS; several values repeat the name, True is 1, empty is left out."""
    pairs = []
    for name, value in filters.items():
        values = value if isinstance(value, (tuple, list)) else [value]
        pairs += [(name, "1" if one is True else str(one)) for one in values if one not in (None, "", False)]
    return f"/tasks?{urlencode(pairs)}" if pairs else "/tasks"


def duties(session: Session, viewer: Viewer) -> list[Row]:
    """Every duty that the person may see, parents left out, in order of codes."""
    calendar, now, leaders = calendar_of(session), clock.now(), leaders_units(session)
    units = {unit.id: unit for unit in session.exec(select(Unit))}
    directives = {one.id: one for one in session.exec(select(Directive))}
    query = select(Task).where(col(Task.is_parent) == False, *visible(viewer)).order_by(col(Task.number))  # type: ignore[arg-type]  # noqa: E712
    rows = []
    for task in session.exec(query):
        found = official_category(task, calendar, now, leaders)
        late = overdue_days(task, calendar, now) if found in (Category.OVERDUE, Category.DONE_LATE) else 0
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
