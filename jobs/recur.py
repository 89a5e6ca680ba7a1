"""Instances of recurring duties: the next is made on the day after the last one's due date, even if that is open."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlmodel import Session

from models import clock
from models.confirm import make_instance
from models.inserting import rows_of
from models.moves import Actor
from models.series import Series

BATCH = 100
_series = Series.__table__.c
_DUE = (
    select(Series.__table__)
    .where(_series.make_on <= bindparam("today"), _series.next_due.is_not(None))
    .order_by(_series.id)
    .limit(BATCH)
)


def recur(session: Session) -> int:
    """Make one instance of each series that is to have one by today; how many were made: to be asked again until it is
    none, since after an outage a series may be several periods behind."""
    due = rows_of(session, Series, _DUE, today=clock.today())
    for series in due:
        make_instance(session, series, series.next_due or clock.today(), Actor(None, "schedule"))
    return len(due)
