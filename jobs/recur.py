"""Instances of recurring duties: the next is made on the day after the last one's due date, even if that is open."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models import clock
from models.confirm import make_instance
from models.moves import Actor
from models.series import Series

BATCH = 100


def recur(session: Session) -> int:
    """Make the instances that are to be made by today; how many series had one. After an outage one instance a step
    is made until the series has caught up."""
    query = select(Series).where(col(Series.make_on) <= clock.today()).order_by(col(Series.id)).limit(BATCH)
    due = session.exec(query).all()
    for series in due:
        if series.next_due is not None:
            make_instance(session, series, series.next_due, Actor(None, "schedule"))
    return len(due)
