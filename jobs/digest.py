"""The lists that go out by the calendar: weekly report and its draft, the Office's daily list, the hand-over on return.

The weekly report is frozen here, in the transaction of its notices: whatever is made of it later says the same. What
the other lists say is made when the message is claimed; here it is only decided that they are due. "Due" is never an
equality with the clock: after two days without power the weekly report still goes, once.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from jobs.notices import Occasion, plan
from models import clock
from models.calendar import calendar_of
from models.inserting import rows_of
from models.lease import mark, set_mark
from models.message import Kind
from models.organisation import Absence
from models.recipients import Directory, Recipient
from models.rules import OFFICE_ZONE
from models.weekly import first_assignment
from papers.weekly.digest import freeze

_absence = Absence.__table__.c
_BACK = select(Absence.__table__).where(_absence.end < bindparam("day"), _absence.handed_over_at.is_(None))


def plan_lists(session: Session, slot: datetime) -> None:
    """Plan what this slot (UTC) owes by the calendar."""
    day = slot.astimezone(OFFICE_ZONE).date()
    directory, first = Directory(session, day), first_assignment(session)
    if first is not None:
        _weekly_report(session, directory, slot, day, first)
        _draft(session, directory, slot, day, first)
    if slot == calendar_of(session).first_slot(day):
        daily = Occasion(f"daily:{day.isoformat()}", Kind.DAILY_OFFICE, slot, facts={"day": day.isoformat()})
        plan(session, daily, directory.for_office(), "office")
        _hand_over(session, slot, day)


def _weekly_report(session: Session, directory: Directory, slot: datetime, day: date, first: date) -> None:
    calendar = calendar_of(session)
    start = calendar.week_start(day)
    due = calendar.first_slot(start)
    if start <= first or slot < due:
        return
    sent = mark(session, "digest")
    if sent is not None and sent >= due:
        return
    freeze(session, start, clock.now())
    occasion = Occasion(f"digest:{start.isoformat()}", Kind.DIGEST, slot, facts={"week": start.isoformat()})
    leaders = [r for leader in directory.leaders() for r in directory.for_leader(leader)]
    plan(session, occasion, leaders, "leader")
    plan(session, occasion, directory.for_office(), "office")
    set_mark(session, "digest", due)


def _draft(session: Session, directory: Directory, slot: datetime, day: date, first: date) -> None:
    """At the last slot of the working day before a weekly report, the Office sees it."""
    calendar = calendar_of(session)
    report_day = calendar.add(day, 1)
    if slot != calendar.last_slot(day) or calendar.week_start(report_day) != report_day or report_day <= first:
        return
    facts = {"week": report_day.isoformat()}
    occasion = Occasion(f"draft:{report_day.isoformat()}", Kind.DIGEST_DRAFT, slot, facts=facts)
    plan(session, occasion, directory.for_office(), "office")


def _hand_over(session: Session, slot: datetime, day: date) -> None:
    """Back from leave: one summary of what was done in the person's name."""
    for absence in rows_of(session, Absence, _BACK, day=day):
        facts = {"absence": absence.id, "start": absence.start.isoformat(), "end": absence.end.isoformat()}
        occasion = Occasion(f"handover:{absence.id}", Kind.HANDOVER, slot, facts=facts)
        plan(session, occasion, [Recipient(absence.person_id)], "head")
        session.add(absence)
        absence.handed_over_at = clock.now()
    session.flush()
