"""Instances of recurring duties: the next is made on the day after the last one's due date, even if that is open."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models import clock
from models.confirm import make_instance
from models.moves import Actor
from models.series import Series

BATCH = 100


def recur(session: Session) -> int:
    """Make one instance of each series that is to have one by today; how many were made: to be asked again until it is
    none, since after an outage a series may be several periods behind."""
    waiting = (col(Series.make_on) <= clock.today(), col(Series.next_due) != None)  # noqa: E711
    due = session.exec(select(Series).where(*waiting).order_by(col(Series.id)).limit(BATCH)).all()
    for series in due:
        make_instance(session, series, series.next_due or clock.today(), Actor(None, "schedule"))
    return len(due)
