"""What papers ask of many tasks at once: a unit's open duties, units by name, the products of reports that count."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from models.base import connection_of
from models.directive import Directive
from models.organisation import Unit
from models.report import CompletionReport
from models.task import State, Task

MOST = 2000
SHOWN = (State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.REFUSED)
_task, _directive, _unit = Task.__table__.c, Directive.__table__.c, Unit.__table__.c
_report = CompletionReport.__table__.c
_IDS: Any = bindparam("ids", expanding=True)
_NEWEST = (
    select(func.max(_report.id)).where(_report.task_id.in_(_IDS), _report.voided_at.is_(None)).group_by(_report.task_id)
)
_PRODUCTS = select(_report.task_id, _report.product_number, _report.product_date, _report.result).where(
    _report.id.in_(_NEWEST)
)
_OPEN = (
    select(_task.number, _task.title, _task.state, _task.due_on, _task.due_time, _task.review_on, _task.item,
           _directive.number.label("directive"), _directive.issued_on, _directive.issuer)
    .select_from(Task.__table__.outerjoin(Directive.__table__, _directive.id == _task.directive_id))
    .where(_task.unit_id == bindparam("unit"), _task.state.in_(SHOWN), _task.is_parent.is_(False))
    .order_by(_task.due_on.is_(None), _task.due_on, _task.number)
    .limit(MOST)
)  # fmt: skip


def unit_by_code(session: Session, code: str) -> Unit | None:
    """The unit that bears the code today."""
    unit = Unit.__table__.c
    found = connection_of(session).execute(
        select(unit.id).where(func.lower(unit.code) == code.lower(), unit.valid_to.is_(None))
    )
    key = found.scalar_one_or_none()
    return session.get(Unit, key) if key is not None else None


def open_of(session: Session, unit_id: int) -> Sequence[Any]:
    """Rows of the unit's open duties (number, title, state, due_on, due_time, review_on, item, directive, issued_on,
    issuer), the earliest date first, those without one last."""
    return connection_of(session).execute(_OPEN, {"unit": unit_id}).all()


def unit_names(session: Session) -> dict[int | None, str]:
    """Every unit's name, of those that have ended too."""
    return dict(connection_of(session).execute(select(_unit.id, _unit.name)).all())


def products(session: Session, task_ids: Collection[int]) -> dict[int, Any]:
    """Task → its report that counts: product_number, product_date, result."""
    found = connection_of(session).execute(_PRODUCTS, {"ids": list(task_ids)}) if task_ids else ()
    return {one.task_id: one for one in found}
