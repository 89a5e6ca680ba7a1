"""The list of tasks; what it shows is in its address."""

from __future__ import annotations

from sqlmodel import col, select
from starlette.responses import Response

from models.directive import Directive
from models.task import Category, State
from web.asking import Ask
from web.board.listing import Filter, find
from web.task.page import units_today
from web.uploads import whole_number

A_PAGE = 100


def show(ask: Ask) -> Response:
    """GET /tasks?state=&category=&unit=&directive=&q=&overdue=1&page=2."""
    query = ask.request.query_params
    wanted = Filter.of(query)
    number = max(whole_number(query.get("page", "")) or 1, 1)
    total, rows = find(ask.session, ask.me, wanted, offset=(number - 1) * A_PAGE, limit=A_PAGE)
    pages = max((total + A_PAGE - 1) // A_PAGE, 1)
    directives = ask.session.exec(select(Directive).order_by(col(Directive.id).desc())).all() if ask.me.sees_all else []
    return ask.page(
        "tasks.html", rows=rows, count=total, wanted=wanted,
        number=number, pages=pages, states=list(State), categories=list(Category), directives=directives,
        units=units_today(ask) if ask.me.sees_all else [],
    )  # fmt: skip
