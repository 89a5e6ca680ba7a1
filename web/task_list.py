"""The list of tasks; what it shows is in its address."""

from __future__ import annotations

from sqlmodel import col, select
from starlette.responses import Response

from models.directive import Directive
from models.task import Category, State
from web.asking import Ask
from web.listing import Filter, duties
from web.task_page import units_today

A_PAGE = 100


def show(ask: Ask) -> Response:
    """GET /tasks?state=&category=&unit=&directive=&q=&overdue=1&page=2."""
    query = ask.request.query_params
    wanted = Filter.of(query)
    found = [row for row in duties(ask.session, ask.me) if wanted.takes(row)]
    given = query.get("page", "1")
    pages = max((len(found) + A_PAGE - 1) // A_PAGE, 1)
    number = min(max(int(given) if given.isdecimal() and len(given) < 8 else 1, 1), pages)
    directives = ask.session.exec(select(Directive).order_by(col(Directive.id).desc())).all() if ask.me.sees_all else []
    return ask.page(
        "tasks.html", rows=found[(number - 1) * A_PAGE : number * A_PAGE], count=len(found), wanted=wanted,
        number=number, pages=pages, states=list(State), categories=list(Category), directives=directives,
        units=units_today(ask) if ask.me.sees_all else [],
    )  # fmt: skip
