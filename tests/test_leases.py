"""One holder at a time, by the database's own clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from models import clock
from models.base import Database
from models.lease import Lease, hold, mark, new_holder, release, set_mark
from tests.office import SETTINGS, Office


@pytest.fixture
def two(tmp_path: Path) -> tuple[Database, Database]:
    """Two processes on one file."""
    office = Office(url=f"sqlite:///{tmp_path / 'office.db'}")
    return office.database, Database(office.database.url, SETTINGS.rules)


def test_one_holds_and_may_hold_on_the_other_waits(two: tuple[Database, Database]) -> None:
    one, other = two
    assert hold(one, "tick", "a", 30)
    assert not hold(other, "tick", "b", 30)
    assert hold(one, "tick", "a", 30)
    assert hold(other, "poll", "b", 30)


def test_a_lease_that_has_run_out_by_the_databases_time_can_be_taken(two: tuple[Database, Database]) -> None:
    one, other = two
    assert hold(one, "tick", "a", 30)
    with one.write() as session:
        past = clock.database_time(session) - timedelta(milliseconds=1)
        session.execute(update(Lease).where(col(Lease.name) == "tick").values(until=past))
    assert hold(other, "tick", "b", 30)
    assert not hold(one, "tick", "a", 30)


def test_a_moved_office_clock_ends_no_lease(two: tuple[Database, Database]) -> None:
    one, other = two
    assert hold(one, "tick", "a", 30)
    with clock.standing_at(clock.now() + timedelta(days=3650)):
        assert not hold(other, "tick", "b", 30)


def test_a_lease_given_back_is_free_at_once_and_only_its_holder_gives_it_back(two: tuple[Database, Database]) -> None:
    one, other = two
    assert hold(one, "tick", "a", 30)
    release(other, "tick", "b")
    assert not hold(other, "tick", "b", 30)
    release(one, "tick", "a")
    assert hold(other, "tick", "b", 30)


def test_no_two_processes_have_one_name() -> None:
    assert len({new_holder() for _ in range(100)}) == 100


def test_a_mark_is_none_then_where_it_was_set_last(two: tuple[Database, Database]) -> None:
    one, other = two
    with one.write() as session:
        assert mark(session, "planned") is None
        set_mark(session, "planned", clock.now())
        assert mark(session, "planned") == clock.now()
        later = clock.now() + timedelta(hours=6)
        set_mark(session, "planned", later)
        set_mark(session, "sealed", clock.now())
    with other.read() as session:
        assert mark(session, "planned") == later
        assert mark(session, "sealed") == clock.now()
