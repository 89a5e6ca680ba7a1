"""The way into this room: its pages, each with what is to be seen to there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select
from starlette.responses import Response

from models import clock, queries
from models.calendar import calendar_of
from models.organisation import Absence, Unit
from models.organising import current_units
from models.remembered import RememberedName
from web.asking import Ask
from web.guards import for_overseers
from web.office.doing import heads_on
from web.office.indicators import rows_of

AHEAD = 30
"""Days that are looked ahead for days off."""

FOR_LEADERS = ("units", "calendar", "indicators")


@dataclass(frozen=True)
class Sight:
    """A count that links to what it counts. `key`: its words. `to_do`: something is to be seen to."""

    key: str
    count: int
    link: str
    to_do: bool


def show(ask: Ask) -> Response:
    """GET /office."""
    for_overseers(ask)
    session, today = ask.session, clock.today()
    units = current_units(session)
    heads = heads_on(session, today)
    vacant = [unit for unit in units if unit.id not in heads]
    missing = len(queries.unreachable(session, today))
    away = session.exec(select(func.count(func.distinct(col(Absence.person_id))))
                        .where(Absence.start <= today, Absence.end >= today)).one()  # fmt: skip
    calendar = calendar_of(session)
    days = [today + timedelta(n) for n in range(AHEAD)]
    off = [day for day in days if day.weekday() < 5 and not calendar.is_working(day)]
    made_up = [day for day in days if day.weekday() >= 5 and calendar.is_working(day)]
    below = sum(row.standing.below for row in rows_of(ask))
    names = session.exec(select(func.count()).select_from(RememberedName)).one()
    past = session.exec(select(func.count()).select_from(Unit).where(col(Unit.valid_to) < today)).one()
    sights: tuple[tuple[str, tuple[Sight, ...]], ...] = (
        ("people", (Sight("missing", missing, "/people?only=missing", missing > 0),
                    Sight("away", away, "/people?only=away", False))),
        ("units", (Sight("units", len(units), "/office/units", False),
                   Sight("vacant", len(vacant), "/office/units?only=vacant", bool(vacant)),
                   Sight("past", past, "/office/units#past", False))),
        ("calendar", (Sight("off", len(off), "/calendar?ahead=off#ahead", False),
                      Sight("made_up", len(made_up), "/calendar?ahead=made_up#ahead", False))),
        ("indicators", (Sight("below", below, "/indicators?below=1", below > 0),)),
        ("remembered", (Sight("names", names, "/remembered", False),)),
    )  # fmt: skip
    if not ask.me.links_people:
        sights = tuple(one for one in sights if one[0] in FOR_LEADERS)
    return ask.page("office.html", sights=sights, days=AHEAD, whole=ask.me.links_people)
