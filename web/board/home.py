"""The board: what waits for this person, where everything stands, and the units side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select
from starlette.responses import Response

from models import clock
from models.directive import Directive, DirectiveState
from models.organisation import Unit
from models.queries import Figures, by_unit, unreachable
from models.report import Decision, Extension
from models.task import OPEN, Category, DueSetBy, State, Task
from web.asking import Ask
from web.board.listing import CAME_DUE, DUTIES, FIGURES, Filter, count, find, list_link

MOST_OVERDUE = 12


@dataclass(frozen=True)
class Waits:
    """Something that waits for the person: a count that links to the list it is of."""

    key: str
    count: int
    link: str


def show(ask: Ask) -> Response:
    """GET /."""
    units = by_unit(ask.session, clock.now())
    if not ask.me.sees_all:
        units = [(unit, counts) for unit, counts in units if unit.id in ask.me.units]
    _, overdue = find(ask.session, ask.me, Filter(overdue=True))
    overdue.sort(key=lambda row: (-row.days_late, row.task.number))
    own = [] if ask.me.sees_all else find(ask.session, ask.me, Filter(state=tuple(OPEN)))[1]
    return ask.page(
        "board.html", waits=waiting(ask, len(overdue)), units=units, own=own, decide=_to_decide(ask),
        unreachable=unreachable(ask.session, clock.today()) if ask.me.sees_all else [],
        whole=sum((counts for _, counts in units), Figures()), overdue=overdue[:MOST_OVERDUE],
        overdue_more=max(len(overdue) - MOST_OVERDUE, 0), link=list_link, scope=_scope(ask, units), figures=FIGURES,
        came_due=CAME_DUE, duties=DUTIES,
    )  # fmt: skip


def _scope(ask: Ask, units: list[tuple[Unit, Figures]]) -> dict[str, str]:
    """Filters of the lists that the figures add up to: a unit's own, or all."""
    return {"unit": units[0][0].code} if not ask.me.sees_all and units else {}


def waiting(ask: Ask, overdue: int) -> list[Waits]:
    """What the Office must see to; for a unit, what it must."""
    unconfirmed = _waits(ask, "unconfirmed", unconfirmed=True)
    if not ask.me.sees_all:
        late = Waits("overdue", overdue, list_link(category=Category.OVERDUE.value))
        return [unconfirmed, late, _waits(ask, "reported", state=(State.REPORTED.value,))]
    drafts = select(func.count()).select_from(Directive).where(col(Directive.state) == DirectiveState.DRAFT)
    return [
        Waits("drafts", ask.session.exec(drafts).one(), "/directives?state=draft"),
        _waits(ask, "reports", state=(State.REPORTED.value,)),
        _waits(ask, "extensions", extension=True),
        _waits(ask, "refusals", state=(State.REFUSED.value,)),
        unconfirmed,
    ]


def _waits(ask: Ask, key: str, **filters: Any) -> Waits:
    wanted = Filter(**filters)
    return Waits(key, count(ask.session, ask.me, wanted), wanted.link())


def _to_decide(ask: Ask) -> list[tuple[Task, Unit | None, Extension]]:
    """Requests for more time that this person alone may decide: a leader's own dates."""
    query = (
        select(Task, Unit, Extension)
        .join(Extension, col(Extension.task_id) == Task.id)
        .outerjoin(Unit, col(Unit.id) == Task.unit_id)
        .where(Extension.decision == Decision.OPEN, Task.due_set_by == DueSetBy.LEADER, Task.due_leader_id == ask.me.id)
        .order_by(col(Extension.id))
    )
    return list(ask.session.exec(query)) if ask.me.leader else []
