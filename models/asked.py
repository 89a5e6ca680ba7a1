"""Tasks and directives as other programs ask for them: by cursor, so that nothing is left out while a list grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from models import clock
from models.calendar import calendar_of
from models.directive import Directive, DirectiveState
from models.lateness import ASKED, DATED, DUTY, NOT_TOLD, OPEN, UNCONFIRMED
from models.listing import json_rows
from models.organisation import Unit
from models.overdue import in_category
from models.report import CompletionReport, current_report
from models.task import Category, State, Task, TaskClass

SHOWN = (DirectiveState.ASSIGNED, DirectiveState.RECALLED)
"""Nothing of a directive leaves before the Office has checked it."""
STILL_OPEN = {State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.REFUSED}


@dataclass(frozen=True)
class Wanted:
    """Which tasks; None and empty ask for nothing. `authority_open`: completed here, not updated in the authority's
    system."""

    states: Sequence[State] = ()
    categories: Sequence[Category] = ()
    classes: Sequence[TaskClass] = ()
    unit: str | None = None
    directive: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    authority_open: bool = False

    def conditions(self, session: Session) -> list[Any]:
        """All of it. A state or a category is of duties alone: a parent's is made of its children's."""
        found: list[Any] = []
        if self.states:
            found += [_narrow(set(self.states)), col(Task.state).in_(self.states)]
        if self.categories:
            found.append(or_(*(in_category(session, clock.now(), one) for one in self.categories)))
        if self.classes:
            found.append(col(Task.task_class).in_(self.classes))
        if self.unit is not None:
            found.append(col(Task.unit_id).in_(select(Unit.id).where(Unit.code == self.unit)))
        if self.directive is not None:
            found.append(col(Task.directive_id) == self.directive)
        if self.due_from is not None or self.due_to is not None:
            found.append(DATED)
            found += [col(Task.due_on) >= self.due_from] if self.due_from else []
            found += [col(Task.due_on) <= self.due_to] if self.due_to else []
        if self.authority_open:
            found.append(NOT_TOLD)
        return found

    @property
    def rare(self) -> bool:
        """Are they few of all? Then they are found by an index of their own and put in order afterwards."""
        of_open = bool(self.states) and STILL_OPEN.issuperset(self.states)
        overdue = tuple(self.categories) == (Category.OVERDUE,)
        dated = self.due_from is not None or self.due_to is not None
        return of_open or overdue or dated or self.authority_open


def _narrow(states: set[State]) -> Any:
    """The words of the smallest partial index that holds tasks of these states."""
    if states <= {State.REPORTED, State.REFUSED}:
        return and_(ASKED, DUTY)
    if states == {State.ASSIGNED}:
        return UNCONFIRMED
    return OPEN if states <= STILL_OPEN else DUTY


def tasks_after(session: Session, wanted: Wanted, visible: Sequence[ColumnElement[bool]], after: int,
                limit: int) -> tuple[list[dict[str, Any]], int | None]:  # fmt: skip
    """Tasks by number after `after`, parents included, and where to go on: None at the end."""
    number: Any = col(Task.number)
    order = number + 0 if wanted.rare else number  # in the order of the plain number every task would be read
    ids = select(Task.id).where(*visible, *wanted.conditions(session), number > after).order_by(order).limit(limit + 1)
    found = session.exec(ids).all()
    tasks = session.exec(select(Task).where(col(Task.id).in_(found[:limit])).order_by(number)).all()
    return whole_rows(session, tasks), tasks[-1].number if len(found) > limit else None


def whole_rows(session: Session, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """The dicts of `dondoc tasks --json` with what stands in the authority's system."""
    rows = json_rows(session, tasks, calendar_of(session), clock.now())
    return [row | {name: getattr(task, name) for name in ("authority_code", "updated_there_on",
                                                          "authority_confirmed_on")}
            for task, row in zip(tasks, rows, strict=True)]  # fmt: skip


def whole_task(session: Session, task: Task) -> dict[str, Any]:
    """One task with its text, moments and result."""
    made = current_report(session, task.id or 0)
    names = ("text", "deliverables", "assigned_at", "acknowledged_at", "reported_at", "completed_at")
    return whole_rows(session, [task])[0] | {name: getattr(task, name) for name in names} | {"result": _result(made)}


def directives_after(session: Session, visible: Sequence[ColumnElement[bool]], after: int,
                     limit: int) -> tuple[list[dict[str, Any]], int | None]:  # fmt: skip
    """Directives that were assigned, by id after `after`, with how many duties they have and how many are done."""
    rows = _directives(session, visible, Directive.id > after, limit + 1)  # type: ignore[operator]
    return rows[:limit], rows[limit - 1]["id"] if len(rows) > limit else None


def directive_row(session: Session, visible: Sequence[ColumnElement[bool]], directive_id: int) -> dict[str, Any] | None:
    """One of them, with the codes of its tasks; None when there is none that may be seen."""
    rows = _directives(session, visible, Directive.id == directive_id, 1)
    if not rows:
        return None
    codes = select(Task.number).where(Task.directive_id == directive_id, *visible).order_by(col(Task.number))
    return rows[0] | {"tasks": [f"NV{number}" for number in session.exec(codes.limit(1000))]}


# Columns alone: a row holds the whole text of the document.
_COLUMNS = (Directive.id, Directive.number, Directive.kind, Directive.issuer, Directive.issued_on,
            Directive.received_on, Directive.arrival_number, Directive.subject, Directive.urgency, Directive.state,
            Directive.from_above)  # fmt: skip


def _directives(session: Session, visible: Sequence[ColumnElement[bool]], which: Any,
                limit: int) -> list[dict[str, Any]]:  # fmt: skip
    query = select(*map(col, _COLUMNS)).where(which, col(Directive.state).in_(SHOWN))
    if visible:
        query = query.where(col(Directive.id).in_(select(Task.directive_id).where(*visible)))
    rows = [dict(row._mapping) for row in session.execute(query.order_by(col(Directive.id)).limit(limit))]
    duties = (
        select(Task.directive_id, func.count(), func.count(col(Task.completed_at)))
        .where(col(Task.directive_id).in_([row["id"] for row in rows]), col(Task.is_parent).is_(False), *visible)
        .where(Task.state != State.WITHDRAWN)
        .group_by(col(Task.directive_id))
    )
    counts = {key: (whole, done) for key, whole, done in session.exec(duties)}
    return [row | dict(zip(("duties", "done"), counts.get(row["id"], (0, 0)), strict=True)) for row in rows]


def _result(made: CompletionReport | None) -> dict[str, Any] | None:
    if made is None:
        return None
    return {"reported_at": made.made_at, "product_number": made.product_number, "product_date": made.product_date,
            "result": made.result}  # fmt: skip
