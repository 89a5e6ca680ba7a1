"""What is kept holds until something happens, and not a moment longer: whoever does it, from whatever process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from models import clock, handling, queries
from models.base import Database
from models.calendar import set_days
from models.figures import Figures, _by_unit_id, by_unit_id
from models.kept import kept
from models.moves import move
from models.task import Task
from tests.office import SETTINGS, Office


@pytest.fixture
def office() -> Iterator[Office]:
    """Monday 20 November 2023, 08:00."""
    yield Office("2023-11-20 08:00")
    clock.run_free()


def made_anew(database: Database, at: datetime | None = None) -> bool:
    """Is the answer made again when it is asked for now?"""
    made = []
    with database.read() as session:
        kept(session, "asked", at or clock.now(), lambda: made.append(1))
    return bool(made)


def figures(office: Office) -> Figures:
    with office.database.read() as session:
        return queries.figures(session, clock.now())


def test_an_answer_is_made_once_while_nothing_happens(office: Office) -> None:
    office.assign("QLDL", due="2023-11-24")
    assert [made_anew(office.database) for _ in range(3)] == [True, False, False]


def test_every_event_ends_it(office: Office) -> None:
    task = office.assign("QLDL", due="2023-11-24")
    made_anew(office.database)
    office.do(handling.acknowledge, task, "qldl.truong")
    assert made_anew(office.database) and not made_anew(office.database)


@pytest.mark.parametrize(
    ("before", "after", "again"),
    [("2023-11-24 08:00", "2023-11-24 15:59", False), ("2023-11-24 15:59", "2023-11-24 16:00", True),
     ("2023-11-24 16:00", "2023-11-24 23:59", False), ("2023-11-24 23:59", "2023-11-25 00:00", True),
     ("2023-11-25 08:00", "2023-11-26 08:00", False)],
)  # fmt: skip
def test_a_date_or_hour_that_passes_ends_it(office: Office, before: str, after: str, again: bool) -> None:
    office.assign("QLDL", due="2023-11-24", hour="16:00")
    assert made_anew(office.at(before).database)
    assert made_anew(office.at(after).database) is again


def test_a_new_day_off_or_rule_ends_it(office: Office) -> None:
    made_anew(office.database)
    with office.database.write() as session:
        set_days(session, [(date(2023, 11, 24), False, "nghỉ")])
    assert made_anew(office.database)


def test_another_process_sees_what_this_one_did(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'two.db'}"
    here = Office("2023-11-20 08:00", url)
    there = Database(url, SETTINGS.rules)
    try:
        for count in (1, 2, 3):
            here.assign("QLDL", due="2023-11-24")
            for database in (here.database, there):
                with database.read() as session:
                    assert queries.figures(session, clock.now()).in_time == count
    finally:
        there.close()
        here.database.close()
        clock.run_free()


def test_a_writer_sees_its_own_changes_and_leaves_nothing_behind(office: Office) -> None:
    task = office.assign("QLDL", due="2023-11-24")
    assert figures(office).in_time == 1
    with office.trial() as session:
        move(session, 1, "withdraw", office.who("vp.vanthu"), reason="nhầm")
        assert queries.figures(session, clock.now()) == Figures(withdrawn=1)
    assert figures(office) == Figures(in_time=1)
    office.do(handling.acknowledge, task, "qldl.truong")
    assert figures(office) == Figures(in_time=1), "the event has the number of the one that was undone"


def moved(office: Office, task: Task, verb: str, who: str) -> None:
    with office.database.write() as session:
        move(session, task.id or 0, verb, office.who(who), reason="không đúng chức năng")


def fresh(session: Session) -> dict[int | None, Figures]:
    return _by_unit_id(session, clock.now(), None)


def test_figures_that_are_mended_are_those_that_are_counted_anew(office: Office) -> None:
    tasks = [office.assign(unit, due="2023-11-24") for unit in ("QLDL", "QLDL", "BT", "TV")]
    acts = [
        lambda: office.do(handling.acknowledge, tasks[0], "qldl.truong"),
        lambda: office.do(handling.report, tasks[0], "qldl.truong", words="xong"),
        lambda: office.do(handling.accept, tasks[0], "vp.truong"),
        lambda: office.do(handling.reassign, tasks[1], "vp.vanthu", office.units["NHC"], reason="đúng việc hơn"),
        lambda: moved(office, tasks[2], "refuse", "bt.truong"),
        lambda: office.do(handling.undo, tasks[2], "bt.truong"),
        lambda: moved(office, tasks[3], "suspend", "vp.truong"),
        lambda: office.at("2023-11-27 08:00"),
        lambda: office.do(handling.report, tasks[1], "nhc.truong", words="xong"),
    ]  # fmt: skip
    for act in acts:
        with office.database.read() as session:
            by_unit_id(session, clock.now())
        act()
        with office.database.read() as session:
            found = by_unit_id(session, clock.now())
            assert {unit: one for unit, one in found.items() if one != Figures()} == fresh(session)
