"""The board: what waits for this person, where everything stands, and the units side by side."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, func, select
from starlette.responses import Response

from models import clock
from models.directive import Directive, DirectiveState
from models.organisation import Unit
from models.queries import Figures, by_unit
from models.report import Decision, Extension
from models.task import Category, DueSetBy, State
from web.asking import Ask
from web.listing import CAME_DUE, DUTIES, FIGURES, Row, duties, list_link

MOST_OVERDUE = 12


@dataclass(frozen=True)
class Waits:
    """Something that waits for the person: a count that links to the list it is of."""

    key: str
    count: int
    link: str


def show(ask: Ask) -> Response:
    """GET /."""
    rows = duties(ask.session, ask.me)
    units = by_unit(ask.session, clock.now())
    if not ask.me.sees_all:
        units = [(unit, counts) for unit, counts in units if unit.id in ask.me.units]
    overdue = sorted((r for r in rows if r.category is Category.OVERDUE), key=lambda r: (-r.days_late, r.task.number))
    return ask.page(
        "board.html", waits=waiting(ask, rows), units=units, whole=sum((counts for _, counts in units), Figures()),
        overdue=overdue[:MOST_OVERDUE], overdue_more=max(len(overdue) - MOST_OVERDUE, 0), decide=_to_decide(ask, rows),
        own=[] if ask.me.sees_all else rows, link=list_link, scope=_scope(ask, units), figures=FIGURES,
        came_due=CAME_DUE,
        duties=DUTIES,
    )  # fmt: skip


def _scope(ask: Ask, units: list[tuple[Unit, Figures]]) -> dict[str, str]:
    """Filters of the lists that the figures add up to: a unit's own, or all."""
    return {"unit": units[0][0].code} if not ask.me.sees_all and units else {}


def waiting(ask: Ask, rows: list[Row]) -> list[Waits]:
    """What the Office must see to; for a unit, what it must."""
    states = [row.task.state for row in rows]
    unconfirmed = Waits("unconfirmed", sum(row.unconfirmed for row in rows), list_link(unconfirmed=True))
    if not ask.me.sees_all:
        late = sum(row.category is Category.OVERDUE for row in rows)
        return [unconfirmed, Waits("overdue", late, list_link(category="qua_han")),
                Waits("reported", states.count(State.REPORTED), list_link(state="reported"))]  # fmt: skip
    drafts = ask.session.exec(
        select(func.count()).select_from(Directive).where(col(Directive.state) == DirectiveState.DRAFT)
    ).one()
    return [
        Waits("drafts", drafts, "/directives?state=draft"),
        Waits("reports", states.count(State.REPORTED), list_link(state="reported")),
        Waits("extensions", sum(row.extension for row in rows), list_link(extension=True)),
        Waits("refusals", states.count(State.REFUSED), list_link(state="refused")),
        unconfirmed,
    ]


def _to_decide(ask: Ask, rows: list[Row]) -> list[tuple[Row, Extension]]:
    """Requests for more time that this person alone may decide: a leader's own dates."""
    if not ask.me.leader:
        return []
    mine = {row.task.id: row for row in rows
            if row.task.due_set_by is DueSetBy.LEADER and row.task.due_leader_id == ask.me.id}  # fmt: skip
    query = select(Extension).where(col(Extension.decision) == Decision.OPEN, col(Extension.task_id).in_(mine))
    return [(mine[asked.task_id], asked) for asked in ask.session.exec(query.order_by(col(Extension.id)))]
