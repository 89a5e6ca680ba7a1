"""The only place where time is read.

`now()` is office time: aware, UTC, and movable, for the demo, drills and tests. `elapsed()` is monotonic and never
moves with it, for pacing and time-outs: a demo that jumps a week must not think that a request took a week.

Imports nothing heavy: `dondoc read` asks for today without paying for a database library.
"""

from __future__ import annotations

import time as _time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from models.rules import OFFICE_ZONE

if TYPE_CHECKING:
    from sqlmodel import Session

_fixed: datetime | None = None
_shift = timedelta(0)


def now() -> datetime:
    """Office time, aware, in UTC."""
    return _fixed if _fixed is not None else datetime.now(UTC) + _shift


def local_now() -> datetime:
    """Office time on the wall of the office."""
    return now().astimezone(OFFICE_ZONE)


def today() -> date:
    """The office's calendar day."""
    return local_now().date()


def elapsed() -> float:
    """Seconds of a clock that only goes forward; for pacing, never for dates."""
    return _time.monotonic()


def stand_at(moment: datetime) -> None:
    """Stop office time at `moment` (aware). Raises ValueError for a naive one."""
    global _fixed
    _fixed = _aware(moment)


def start_at(moment: datetime) -> None:
    """Let office time run on from `moment` (aware): DONDOC_NOW in drills."""
    global _fixed, _shift
    _fixed, _shift = None, _aware(moment) - datetime.now(UTC)


def run_free() -> None:
    """Back to real time."""
    global _fixed, _shift
    _fixed, _shift = None, timedelta(0)


def is_moved() -> bool:
    """True when office time is not real time; every page then says so."""
    return _fixed is not None or _shift != timedelta(0)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Office time stands at `moment` inside the block."""
    global _fixed, _shift
    before = (_fixed, _shift)
    stand_at(moment)
    try:
        yield
    finally:
        _fixed, _shift = before


def database_time(session: Session) -> datetime:
    """The database server's own time, for leases and codes: several machines share it, and the demo cannot move it."""
    from models.base import connection_of

    connection = connection_of(session)
    if connection.dialect.name == "sqlite":
        value = connection.exec_driver_sql("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00','now')").scalar_one()
        return datetime.fromisoformat(value)
    at: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return at.astimezone(UTC)


def at_local(day: date, at: time) -> datetime:
    """The UTC instant of a wall-clock time on a day at the office."""
    return datetime.combine(day, at, OFFICE_ZONE).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
