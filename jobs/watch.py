"""Watching the watchers: heartbeats, the nightly seal, and an alarm when something is stuck."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from jobs.notices import Occasion, plan
from models import clock, event
from models.base import Database
from models.event import Event
from models.lease import mark, set_mark
from models.message import WAITING_MESSAGES, Inbox, InboxState, Kind, Message
from models.organisation import Role
from models.recipients import Directory, Recipient
from models.rules import OFFICE_ZONE

STUCK_AFTER = timedelta(minutes=15)


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


def alarm_if_stuck(database: Database) -> bool:
    """Tell the administrators, once a day for each cause, of messages unsent for 15 minutes and of failed updates."""
    with database.read() as session:
        causes = stuck(session)
    if not causes:
        return False
    with database.write() as session:
        directory = Directory(session, clock.today())
        people = [Recipient(p) for p in directory.holders(None, Role.ADMIN)] or directory.for_office()
        for cause, count in causes.items():
            key = f"alarm:{cause}:{clock.today().isoformat()}"
            occasion = Occasion(key, Kind.ALARM, clock.now(), any_hour=True, facts={"cause": cause, "count": count})
            plan(session, occasion, people, "admin")
    return True


def stuck(session: Session) -> dict[str, int]:
    """What is stuck: cause → how many rows."""
    before = clock.now() - STUCK_AFTER
    unsent = session.execute(
        select(func.count()).where(col(Message.state).in_(WAITING_MESSAGES), col(Message.not_before) < before)
    ).scalar_one()
    failed = session.execute(
        select(func.count()).where(
            Inbox.state == InboxState.FAILED, col(Inbox.received_at) > clock.now() - timedelta(days=1)
        )
    ).scalar_one()
    return {cause: count for cause, count in (("unsent", unsent), ("inbox_failed", failed)) if count}


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()
