"""What was remembered of clerks' corrections: by which words an issuer means which unit; each can be forgotten."""

from __future__ import annotations

from sqlmodel import select
from starlette.responses import Response

import remembering
from models.organisation import Unit
from web.asking import Ask
from web.guards import for_office, for_overseers
from web.task.view import name_of


def show(ask: Ask) -> Response:
    """GET /remembered."""
    for_overseers(ask)
    units = {unit.id: unit.name for unit in ask.session.exec(select(Unit))}
    rows = [(row, ", ".join(units.get(one, "?") for one in row.unit_ids), name_of(ask, row.person_id))
            for row in remembering.listed(ask.session)]  # fmt: skip
    return ask.page("remembered.html", rows=rows)


def forget(ask: Ask) -> Response:
    """POST /remembered/<id>/forget; `back`: the directive whose page it was pressed on."""
    for_office(ask)
    gone = remembering.forget(ask.session, ask.number("id"), ask.actor)
    back = ask.form.number("back")
    path = f"/directives/{back}/review" if back else "/remembered"
    return ask.go(path, done="forgotten" if gone else "same")
