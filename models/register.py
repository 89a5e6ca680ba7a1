"""The follow-up register: what arrived in a period, to whom it was given, by when, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import connection_of
from models.calendar import calendar_of
from models.directive import Directive, DirectiveState
from models.lateness import leaders_units
from models.listing import official_category
from models.printing import products, unit_names
from models.task import Category, Task

MOST = 2000
"""Documents of one period; a register of more is made in parts."""
PART = 500
_task, _directive = Task.__table__.c, Directive.__table__.c
_START: Any = bindparam("start")
_END: Any = bindparam("end")
_IN_PERIOD = (_directive.received_on >= _START, _directive.received_on <= _END,
              _directive.state != DirectiveState.DISCARDED)  # fmt: skip
# Never the texts: a year's documents are many megabytes.
_DOCUMENTS = (
    select(_directive.id, _directive.kind, _directive.number, _directive.issued_on, _directive.issuer,
           _directive.source, _directive.state, _directive.received_on, _directive.arrival_number,
           _directive.recalled_on, _directive.recalled_by)
    .where(*_IN_PERIOD)
    .order_by(_directive.received_on, _directive.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)  # fmt: skip
_HOW_MANY = select(func.count()).select_from(Directive.__table__).where(*_IN_PERIOD)
_TASKS = (
    select(_task.id, _task.number, _task.directive_id, _task.unit_id, _task.due_on, _task.due_time, _task.state,
           _task.task_class, _task.is_parent, _task.reported_at, _task.completed_at, _task.extension_asked_at,
           _task.extensions)
    .where(_task.directive_id.in_(bindparam("ids", expanding=True)), _task.is_parent.is_(False))
    .order_by(_task.number)
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line: a document, one unit and one date of it. `document`: its row. `unit`: empty for a document that gave
    nobody anything. `states`: official category (the state, of what has no date or is in no rate) → how many
    of the line's duties. `answers`: (number, day) of their products."""

    document: Any
    unit: str
    due_on: date | None
    due_time: time | None
    states: dict[str, int]
    answers: tuple[tuple[str, date | None], ...]
    codes: tuple[str, ...]
    extensions: int


def how_many(session: Session, start: date, end: date) -> int:
    """Documents that arrived from `start` to `end`, both days included."""
    found: int = connection_of(session).execute(_HOW_MANY, {"start": start, "end": end}).scalar_one()
    return found


def entries(session: Session, start: date, end: date, now: datetime, limit: int = MOST,
            offset: int = 0) -> Iterator[Entry]:  # fmt: skip
    """The register from `start` to `end`, in order of arrival, as it stands at `now`; of `limit` documents after the
    first `offset`."""
    connection, judge, units = connection_of(session), _Judge(session, now), unit_names(session)
    asked = {"start": start, "end": end, "limit": limit, "offset": offset}
    documents = connection.execute(_DOCUMENTS, asked).all()
    for first in range(0, len(documents), PART):
        part = documents[first : first + PART]
        tasks: dict[int, list[Any]] = defaultdict(list)
        for task in connection.execute(_TASKS, {"ids": [one.id for one in part]}):
            tasks[task.directive_id].append(task)
        made = products(session, [one.id for found in tasks.values() for one in found])
        for document in part:
            yield from _of(document, tasks.get(document.id, ()), judge, units, made)


class _Judge:
    """What a task is in the register: its official category; of what has no date, or is in no rate, its state."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.calendar, self.now, self.leaders = calendar_of(session), now, leaders_units(session)

    def standing(self, task: Any) -> str:
        """The value of the category or of the state."""
        found = official_category(task, self.calendar, self.now, self.leaders)
        value: str = task.state.value if found in (None, Category.NO_DUE) else found.value
        return value


def _of(document: Any, tasks: Sequence[Any], judge: _Judge, units: dict[int | None, str],
        made: dict[int, Any]) -> Iterator[Entry]:  # fmt: skip
    if not tasks:
        yield Entry(document, "", None, None, {}, (), (), 0)
    groups: dict[tuple[int | None, date | None, time | None], list[Any]] = defaultdict(list)
    for task in tasks:
        groups[task.unit_id, task.due_on, task.due_time].append(task)
    for (unit_id, due_on, due_time), group in groups.items():
        answers = (made[one.id] for one in group if one.id in made)
        numbers = dict.fromkeys((one.product_number, one.product_date) for one in answers if one.product_number)
        yield Entry(document, units.get(unit_id, ""), due_on, due_time, dict(Counter(map(judge.standing, group))),
                    tuple(numbers), tuple(f"NV{one.number}" for one in group),
                    sum(one.extensions for one in group))  # fmt: skip
