"""The list of directives: by state, by words of number, subject and issuer, with how much of each is done."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import case, func, select
from sqlmodel import Session
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.directive import Directive, DirectiveState, DraftItem
from models.kept import kept
from models.search import folded, split
from models.task import State, Task
from web.asking import Ask
from web.guards import for_overseers
from web.uploads import whole_number

A_PAGE = 50
AROUND = 3
"""Pages before and after this one that are linked to, beside the first and the last."""
COUNTED = (State.SUSPENDED, State.WITHDRAWN)
"""States that stand in no rate."""

_directive, _item, _task = Directive.__table__.c, DraftItem.__table__.c, Task.__table__.c
_SHOWN = select(
    _directive.id, _directive.number, _directive.source, _directive.issued_on, _directive.issuer, _directive.subject,
    _directive.arrival_number, _directive.received_on, _directive.state,
)  # fmt: skip
# Columns that stand before the text in a row: a list of words must not read whole documents.
_NAMES = select(_directive.id, _directive.number, _directive.source, _directive.subject, _directive.issuer)


def list_all(ask: Ask) -> Response:
    """GET /directives?state=draft&q=788&page=2."""
    for_overseers(ask)
    asked = ask.request.query_params
    state, words = asked.get("state", ""), asked.get("q", "").strip()[:200]
    where = []
    if state in set(DirectiveState):
        where.append(_directive.state == DirectiveState(state))
    if words:
        where.append(_directive.id.in_(found(ask.session, words, clock.now())))
    connection = connection_of(ask.session)
    total: int = connection.execute(select(func.count()).select_from(Directive.__table__).where(*where)).scalar_one()
    pages = max((total + A_PAGE - 1) // A_PAGE, 1)
    number = min(max(whole_number(asked.get("page", "")) or 1, 1), pages)
    first = select(_directive.id).where(*where).order_by(_directive.id.desc()).limit(A_PAGE).offset(
        (number - 1) * A_PAGE)  # fmt: skip
    ids = list(connection.execute(first).scalars())
    rows = connection.execute(_SHOWN.where(_directive.id.in_(ids)).order_by(_directive.id.desc())).all()
    return ask.page(
        "directives.html", directives=rows, progress=done_of(ask.session, ids), items=_items(ask.session, ids),
        state=state, states=list(DirectiveState), words=words, count=total, number=number, pages=pages,
        near=near(number, pages), address=_address(state, words), duties=list_states(),
    )  # fmt: skip


def found(session: Session, words: str, now: datetime) -> list[int]:
    """Ids of the directives whose number, subject or issuer have each of these words, marks or not."""
    wanted = split(words)
    plain = folded(words)
    names = kept(session, "directive words", now, lambda: _words(session))
    begins = [f" {word}" for word in wanted]
    return [one for one, said, parted in names
            if plain in said or (begins and all(begin in parted for begin in begins))]  # fmt: skip


def _words(session: Session) -> list[tuple[int, str, str]]:
    """Id, what is said of it in plain letters, and its words with a blank before each: quick to look through."""
    rows = []
    for one, *names in connection_of(session).execute(_NAMES):
        said = folded(" ".join(name for name in names if name))
        rows.append((one, said, " " + " ".join(re.findall(r"[^\W_]+", said))))
    return rows


def done_of(session: Session, ids: list[int]) -> dict[int, Any]:
    """Directive → (completed, duties): duties are all tasks but parents and what was withdrawn or suspended."""
    completed = func.sum(case((_task.state == State.COMPLETED, 1), else_=0))
    query = (
        select(_task.directive_id, completed.label("completed"), func.count().label("duties"))
        .where(_task.directive_id.in_(ids), _task.is_parent.is_(False), _task.state.not_in(COUNTED))
        .group_by(_task.directive_id)
    )
    return {row.directive_id: row for row in connection_of(session).execute(query)}


def list_states() -> tuple[str, ...]:
    """States of the duties that are counted."""
    return tuple(state.value for state in State if state not in COUNTED)


def _items(session: Session, ids: list[int]) -> dict[int, int]:
    query = select(_item.directive_id, func.count()).where(_item.directive_id.in_(ids)).group_by(_item.directive_id)
    return dict(connection_of(session).execute(query).all())


def near(number: int, pages: int) -> list[int | None]:
    """Pages to link to; None: a gap between them."""
    shown = sorted({1, pages, *range(max(number - AROUND, 1), min(number + AROUND, pages) + 1)})
    found: list[int | None] = []
    for one in shown:
        if found and found[-1] is not None and one - found[-1] > 1:
            found.append(None)
        found.append(one)
    return found


def _address(state: str, words: str) -> str:
    """This list without its page, to which one is added."""
    pairs = [(name, value) for name, value in (("state", state), ("q", words)) if value]
    return "/directives?" + urlencode([*pairs, ("page", "")])
