"""Tasks as the board and the list count them: one reading, so that every number adds up to the list it links to."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session, col, select
from starlette.datastructures import QueryParams

from models import clock
from models.calendar import calendar_of
from models.directive import Directive
from models.organisation import Unit
from models.task import Category, State, Task, category, overdue_days
from web.viewer import Viewer, visible

DUE = (Category.DONE_ON_TIME, Category.DONE_LATE, Category.OVERDUE)
"""What has come due: the denominator of the rate "đúng hạn"."""
COUNTED = (State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.REFUSED, State.COMPLETED)
"""All duties but those withdrawn and suspended: the denominator of the rate "hoàn thành"."""


@dataclass(frozen=True)
class Row:
    """A duty with what the lists say about it. `extension`: waits for a decision on more time."""

    task: Task
    unit: Unit | None
    directive: Directive | None
    category: Category | None
    days_late: int

    @property
    def extension(self) -> bool:
        """Is a request for more time open?"""
        return self.task.extension_asked_at is not None


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
    waiting: str = ""

    @classmethod
    def of(cls, query: QueryParams) -> Filter:
        """From the address."""
        return cls(tuple(filter(None, query.getlist("state"))), tuple(filter(None, query.getlist("category"))),
                   query.get("unit", ""), query.get("directive", ""), unicodedata.normalize("NFC", query.get("q", "")).strip(),
                   bool(query.get("overdue")), bool(query.get("extension")), query.get("waiting", ""))  # fmt: skip

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
            and (not self.waiting or (task.waiting is not None and task.waiting.value == self.waiting))
            and (not self.q or folded(self.q) in _searched(row))
        )

    def link(self, **changes: Any) -> str:
        """The address of this list with some of its filters changed."""
        return list_link(**(self.as_query() | changes))

    def as_query(self) -> dict[str, Any]:
        """The filters that are set."""
        names = ("state", "category", "unit", "directive", "q", "overdue", "extension", "waiting")
        return {name: value for name in names if (value := getattr(self, name))}


def list_link(**filters: Any) -> str:
    """/tasks?category=qua_han&unit=TTS; several values repeat the name, True is 1, empty is left out."""
    pairs = []
    for name, value in filters.items():
        values = value if isinstance(value, (tuple, list)) else [value]
        pairs += [(name, "1" if one is True else str(one)) for one in values if one not in (None, "", False)]
    return f"/tasks?{urlencode(pairs)}" if pairs else "/tasks"


def duties(session: Session, viewer: Viewer) -> list[Row]:
    """Every duty that the person may see, parents left out, in order of codes."""
    calendar, now = calendar_of(session), clock.now()
    units = {unit.id: unit for unit in session.exec(select(Unit))}
    directives = {one.id: one for one in session.exec(select(Directive))}
    query = select(Task).where(col(Task.is_parent) == False, *visible(viewer)).order_by(col(Task.number))  # type: ignore[arg-type]  # noqa: E712
    return [Row(task, units.get(task.unit_id), directives.get(task.directive_id), category(task, calendar, now),
                overdue_days(task, calendar, now)) for task in session.exec(query)]  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Counts of some duties and the two rates, each with its denominator."""

    by_category: Mapping[Category, int]
    total: int
    completed: int
    counted: int
    links: Mapping[str, Any]

    @property
    def due(self) -> int:
        """Duties that have come due."""
        return sum(self.by_category[one] for one in DUE)

    def count(self, name: str) -> int:
        """How many are in the category of this name."""
        return self.by_category[Category(name)]

    def link(self, **filters: Any) -> str:
        """The list that one of these numbers adds up to."""
        return list_link(**(dict(self.links) | filters))


def tally(rows: Iterable[Row], **links: Any) -> Tally:
    """Count. `links`: the filters of the list that these rows are."""
    kept = list(rows)
    found = Counter(row.category for row in kept if row.category is not None)
    return Tally({one: found[one] for one in Category}, len(kept), sum(r.task.state is State.COMPLETED for r in kept),
                 sum(r.task.state in COUNTED for r in kept), links)  # fmt: skip


def by_unit(rows: Sequence[Row]) -> list[tuple[Unit, Tally]]:
    """A tally for each unit that has duties, in the office's order; together they add up to the whole."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.unit is not None and row.unit.id is not None:
            found.setdefault(row.unit.id, []).append(row)
    units = sorted((group[0].unit for group in found.values() if group[0].unit), key=lambda unit: unit.position)
    return [(unit, tally(found[unit.id or 0], unit=unit.code)) for unit in units]


def folded(words: str) -> str:
    """Lower case without marks, đ as d: what people type on a phone finds what is written."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _searched(row: Row) -> str:
    task = row.task
    parts = (task.code, task.title, task.text, row.unit.name if row.unit else "",
             (row.directive.number or "") if row.directive else "")  # fmt: skip
    return folded(" ".join(parts))
