"""Every task as a row of a sheet, a part at a time: an office with a million tasks still gets its sheet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select
from sqlmodel import Session

from models.base import connection_of
from models.calendar import Calendar, calendar_of
from models.directive import Directive
from models.lateness import leaders_units
from models.listing import official_category
from models.organisation import Person, Unit
from models.report import CompletionReport
from models.task import Category, CoUnit, DueSetBy, State, Task, TaskClass, late_events, overdue_days

PART = 2000
_task, _co, _report, _directive = (table.__table__.c for table in (Task, CoUnit, CompletionReport, Directive))
_COLUMNS = [_task[name] for name in (
    "id", "number", "title", "unit_id", "directive_id", "item", "task_class", "state", "is_parent", "due_on",
    "due_time", "original_due", "due_set_by", "due_leader_id", "due_version", "assigned_at", "acknowledged_at",
    "reported_at", "completed_at", "extension_asked_at", "late_events", "late_counted_version", "returns", "extensions",
    "objective_cause", "authority_code", "updated_there_on", "authority_confirmed_on",
)]  # fmt: skip
_IDS: Any = bindparam("ids", expanding=True)
_CO_UNITS = select(_co.task_id, _co.unit_id).where(_co.task_id.in_(_IDS)).order_by(_co.task_id, _co.unit_id)
_NEWEST = (
    select(func.max(_report.id)).where(_report.task_id.in_(_IDS), _report.voided_at.is_(None)).group_by(_report.task_id)
)
_PRODUCTS = select(_report.task_id, _report.product_number, _report.product_date, _report.result, _report.nil).where(
    _report.id.in_(_NEWEST)
)


@dataclass(frozen=True)
class Line:
    """One task with all that stands beside it; names as people know them, dates typed, instants in UTC."""

    code: str
    title: str
    unit: str
    co_units: str
    directive: str
    issued_on: date | None
    item: str
    task_class: TaskClass
    state: State
    category: Category | None
    days_late: int
    due_on: date | None
    due_time: time | None
    original_due: date | None
    set_by: DueSetBy
    setter: str
    assigned_at: datetime
    acknowledged_at: datetime | None
    reported_at: datetime | None
    completed_at: datetime | None
    product: str
    product_date: date | None
    result: str
    extensions: int
    late_events: int
    returns: int
    objective_cause: str
    authority_code: str
    updated_there_on: date | None
    authority_confirmed_on: date | None


def lines(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> Iterator[Line]:
    """Duties (no parents) in order of their numbers that meet the conditions on `task`, as they stand at `now`."""
    names, last = _Names(session), 0
    calendar, leaders = calendar_of(session), leaders_units(session)
    part = select(*_COLUMNS).where(_task.is_parent.is_(False), *conditions).order_by(_task.number).limit(PART)
    while rows := connection_of(session).execute(part.where(_task.number > last)).all():
        beside = _Beside(session, [row.id for row in rows])
        yield from (_line(row, names, beside, calendar, leaders, now) for row in rows)
        last = rows[-1].number


def how_many(session: Session, *conditions: ColumnElement[bool]) -> int:
    """How many lines there will be."""
    query = select(func.count()).select_from(Task.__table__).where(and_(_task.is_parent.is_(False), *conditions))
    found: int = connection_of(session).execute(query).scalar_one()
    return found


class _Names:
    """What ids are called: units, directives and leaders, each read once."""

    def __init__(self, session: Session) -> None:
        connection = connection_of(session)
        unit, person = Unit.__table__.c, Person.__table__.c
        self.units: dict[int | None, str] = dict(connection.execute(select(unit.id, unit.name)).all())
        self.people: dict[int | None, str] = dict(connection.execute(select(person.id, person.name)).all())
        found = connection.execute(select(_directive.id, _directive.number, _directive.source, _directive.issued_on))
        self.directives = {one.id: (one.number or one.source, one.issued_on) for one in found}


class _Beside:
    """What hangs on the tasks of one part: co-operating units, and the product of the report that counts."""

    def __init__(self, session: Session, ids: list[int]) -> None:
        self.co_units: dict[int, list[int]] = defaultdict(list)
        for task_id, unit_id in connection_of(session).execute(_CO_UNITS, {"ids": ids}):
            self.co_units[task_id].append(unit_id)
        self.products = {row.task_id: row for row in connection_of(session).execute(_PRODUCTS, {"ids": ids})}


def _line(row: Row[Any], names: _Names, beside: _Beside, calendar: Calendar, leaders: Sequence[int | None],
          now: datetime) -> Line:  # fmt: skip
    task: Any = row  # as much of a task as lateness looks at
    found = official_category(task, calendar, now, leaders)
    late = found in (Category.OVERDUE, Category.DONE_LATE)
    directive, issued_on = names.directives.get(row.directive_id, ("", None))
    product = beside.products.get(row.id)
    return Line(
        f"NV{row.number}", row.title, names.units.get(row.unit_id, ""),
        "; ".join(names.units.get(one, "") for one in beside.co_units.get(row.id, ())), directive, issued_on,
        row.item or "", row.task_class, row.state, found, overdue_days(task, calendar, now) if late else 0,
        row.due_on, row.due_time, row.original_due, row.due_set_by, names.people.get(row.due_leader_id, ""),
        row.assigned_at, row.acknowledged_at, row.reported_at, row.completed_at,
        (product.product_number or "") if product else "", product.product_date if product else None,
        (product.result or "") if product else "", row.extensions,
        late_events(task, calendar, now) if found is Category.OVERDUE else row.late_events, row.returns,
        row.objective_cause or "", row.authority_code or "", row.updated_there_on, row.authority_confirmed_on,
    )  # fmt: skip
