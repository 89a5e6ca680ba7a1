"""The messages of a day, one by one: what "planned = sent + refused + waiting" adds up from. Texts are not shown."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select
from starlette.responses import Response

from models import clock
from models.base import connection_of
from models.message import WAITING_MESSAGES, Message, MessageState
from models.organisation import Person
from web.asking import Ask
from web.directive.listing import near
from web.guards import for_overseers
from web.uploads import whole_number

A_PAGE = 100
STATES = {
    "sent": (MessageState.SENT,),
    "refused": (MessageState.FAILED,),
    "waiting": (*WAITING_MESSAGES, MessageState.UNKNOWN),
}
"""As the ledger counts (models/queries.py): no answer counts as waiting."""
ALL = tuple(state for states in STATES.values() for state in states)

_message, _person = Message.__table__.c, Person.__table__.c


def link(day: date, state: str = "") -> str:
    """/messages?day=2026-11-27&state=sent."""
    pairs = [("day", day.isoformat())] + ([("state", state)] if state else [])
    return f"/messages?{urlencode(pairs)}"


def show(ask: Ask) -> Response:
    """GET /messages?day=&state=sent|refused|waiting&page=."""
    for_overseers(ask)
    asked = ask.request.query_params
    day, state = _day(asked.get("day", "")), asked.get("state", "")
    start, end = (clock.at_local(one, time(0)) for one in (day, day + timedelta(1)))
    where: tuple[Any, ...] = (
        _message.created_at >= start, _message.created_at < end, func.coalesce(_message.inbox_id, 0) == 0,
        _message.state.in_(STATES.get(state, ALL)),
    )  # fmt: skip
    connection = connection_of(ask.session)
    total: int = connection.execute(select(func.count()).select_from(Message.__table__).where(*where)).scalar_one()
    pages = max((total + A_PAGE - 1) // A_PAGE, 1)
    number = min(max(whole_number(asked.get("page", "")) or 1, 1), pages)
    query = (
        select(_message.id, _message.created_at, _message.sent_at, _message.kinds, _message.tasks, _message.state,
               _message.reason, _person.name)
        .select_from(Message.__table__.outerjoin(Person.__table__, _person.id == _message.person_id))
        .where(*where)
        .order_by(_message.created_at, _message.id)
        .limit(A_PAGE)
        .offset((number - 1) * A_PAGE)
    )  # fmt: skip
    return ask.page("messages.html", rows=connection.execute(query).all(), count=total, of_day=day, state=state,
                    states=tuple(STATES), number=number, pages=pages, near=near(number, pages), link=link,
                    before=day - timedelta(1), after=day + timedelta(1), last=clock.today())  # fmt: skip


def _day(given: str) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year < 2100 else clock.today()
