"""Watching the watchers: heartbeats, and the nightly seal. What they find wrong is told by jobs/alarms.py."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, select

from models import clock, event
from models.base import Database
from models.event import Event
from models.lease import mark, set_mark
from models.rules import OFFICE_ZONE


def beat(session: Session, name: str) -> None:
    """This loop is alive."""
    set_mark(session, f"tick:{name}", clock.now())


def seal_the_day(database: Database) -> bool:
    """Once a day, after midnight: seal all chains, if anything happened since the last seal. True if sealed."""
    with database.read() as session:
        sealed = mark(session, "sealed")
        if sealed is not None and _day(sealed) >= clock.today():
            return False
    with database.write() as session:
        last_event = session.execute(select(func.max(Event.id))).scalar_one()
        if last_event is not None:
            event.seal(session)
        set_mark(session, "sealed", clock.now())
    return last_event is not None


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()
