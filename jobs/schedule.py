"""The one step that the timer wakes: announce what happened, and plan the slot that is due.

Everything that decides whether something is due lies in rows; the timer only says "look". So a missed tick, a restart
or two days without power change nothing but the moment of looking.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlmodel import Session

from jobs.announce import BATCH, announce
from jobs.digest import plan_lists
from jobs.notices import carry
from jobs.recur import recur
from jobs.remind import remind
from models import clock
from models.base import Database, connection_of
from models.calendar import calendar_of
from models.event import Event
from models.lease import mark, set_mark
from models.message import Notice
from models.organisation import Person
from models.rules import OFFICE_ZONE

# Built once, of plain columns: the timer looks every two seconds, and putting a statement together costs as much as
# running it.
_event, _notice, _person = Event.__table__.c, Notice.__table__.c, Person.__table__.c
_UNANNOUNCED = (
    select(_event.id).where(_event.announced_at.is_(None), _event.announce_from <= bindparam("until")).limit(1)
)
_PLANNED = (
    select(_notice.person_id, _notice.id)
    # Written out: bound, a value that partial indexes depend on has SQLite prepare the statement anew each time.
    .where(text("notice.state = 'planned'"), _notice.due_at <= bindparam("slot"), _notice.at_once.is_(False))
    .order_by(_notice.id)
)
_DAILY_ONLY = select(_person.id).where(_person.daily_only.is_(True))


def tick(database: Database) -> bool:
    """One look: True if a slot was planned. When there is nothing to do it reads three rows and writes nothing."""
    now = clock.now()
    with database.read() as session:
        slot, news = due_slot(session, now), _unannounced(session, now)
    if slot is not None:
        plan_slot(database, slot)
    if news:
        announce_all(database, now)
    return slot is not None


def due_slot(session: Session, now: datetime) -> datetime | None:
    """The last slot (UTC), if it has not been planned and the office is still at work; else None.

    A slot missed during the night or a weekend is not made up at once: what it had to say is in the next one.
    """
    calendar = calendar_of(session)
    slot, planned = calendar.slot_at_or_before(now), mark(session, "planned")
    same_day = slot.astimezone(OFFICE_ZONE).date() == now.astimezone(OFFICE_ZONE).date()
    if (planned is not None and planned >= slot) or not same_day or not calendar.in_working_hours(now):
        return None
    return slot


def plan_slot(database: Database, slot: datetime) -> None:
    """Plan one slot. Each step may be repeated after a crash: keys make the second time change nothing."""
    while True:
        with database.write() as session:
            if not recur(session):
                break
    announce_all(database, slot, into_slot=True)
    remind(database, slot)
    with database.write() as session:
        plan_lists(session, slot)
    with database.write() as session:
        bundle(session, slot)
        set_mark(session, "planned", slot)


def announce_all(database: Database, until: datetime, *, into_slot: bool = False) -> None:
    """Announce every event that may be told by `until`, a batch to a transaction."""
    while True:
        with database.write() as session:
            if announce(session, until, into_slot=into_slot) < BATCH:
                return


def bundle(session: Session, slot: datetime) -> int:
    """One message per person of all notices that waited for this slot; how many messages."""
    connection = connection_of(session)
    waiting: dict[int, list[int]] = {}
    for person_id, notice_id in connection.execute(_PLANNED, {"slot": slot}):
        waiting.setdefault(person_id, []).append(notice_id)
    local = slot.astimezone(OFFICE_ZONE)
    if waiting and local != calendar_of(session).first_slot(local.date()):
        for person_id in connection.execute(_DAILY_ONLY).scalars():
            waiting.pop(person_id, None)
    stamp = local.strftime("%Y-%m-%dT%H:%M")
    for person_id, notice_ids in waiting.items():
        carry(session, f"slot:{person_id}:{stamp}", person_id, notice_ids, not_before=slot, slot_at=slot)
    return len(waiting)


def _unannounced(session: Session, until: datetime) -> bool:
    return connection_of(session).execute(_UNANNOUNCED, {"until": until}).first() is not None
