"""The official table of categories by hand, its sums, and both rates with what they are of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from models import clock, queries
from models.figures import Figures
from tests.book import by_the_book
from tests.office import Office


@pytest.fixture
def office() -> Iterator[Office]:
    """Monday 20 November 2023, 08:00; no day off until the end of the year."""
    yield Office("2023-11-20 08:00")
    clock.run_free()


def test_every_task_falls_into_its_official_category(office: Office) -> None:
    made = by_the_book(office)
    with office.database.read() as session:
        found = {row["code"]: row["category"] for row in queries.task_rows(session)}
    assert {name: found[task.code] for name, task in made.items()} == {
        "in time, reported and accepted": "dung_han_xong",
        "in time, accepted after the date": "dung_han_xong",
        "late": "qua_han_xong",
        "under way": "trong_han",
        "overdue": "qua_han",
        "reported in time, waiting": "trong_han",
        "reported late, waiting": "qua_han",
        "asked for more time in time": "trong_han",
        "no date": "khong_han",
        "no date, done": "khong_han",
        "suspended": None,
        "withdrawn": None,
        "of the leaders": "trong_han",
        "to follow up": "khong_han",
    }


def test_the_counts_are_those_of_the_rows_and_their_sums_check(office: Office) -> None:
    by_the_book(office)
    with office.database.read() as session:
        total = queries.figures(session, clock.now())
        rows = [row["category"] for row in queries.task_rows(session)]
    assert total == Figures(
        done_on_time=2, done_late=1, in_time=4, overdue=2, no_due=3, no_due_done=1, suspended=1, withdrawn=1
    )
    assert [rows.count(name) for name in ("dung_han_xong", "qua_han_xong", "trong_han", "qua_han", "khong_han")] == [
        2,
        1,
        4,
        2,
        3,
    ]
    assert total.dated == (total.done_on_time + total.done_late) + (total.in_time + total.overdue) == 9
    assert total.duties == total.dated + total.no_due == 12


def test_both_rates_say_what_they_are_of(office: Office) -> None:
    by_the_book(office)
    with office.database.read() as session:
        total = queries.figures(session, clock.now())
    assert (total.done_on_time, total.came_due, total.on_time_rate) == (2, 5, 0.4)
    assert (total.completed, total.duties, total.done_rate) == (4, 12, 4 / 12)


def test_there_is_no_rate_of_nothing(office: Office) -> None:
    with office.database.read() as session:
        assert queries.figures(session, clock.now()).on_time_rate is None


def test_the_units_add_up_to_the_whole(office: Office) -> None:
    by_the_book(office)
    with office.database.read() as session:
        lines = queries.by_unit(session, clock.now())
        total, one = queries.figures(session, clock.now()), queries.figures(session, clock.now(), office.units["QLDL"])
    assert sum((figures for _, figures in lines), Figures()) == total
    assert one == Figures(overdue=1) == {unit.code: figures for unit, figures in lines}["QLDL"]


def test_lateness_may_be_judged_on_acceptance(office: Office) -> None:
    by_the_book(office)
    office.database.rules = replace(office.database.rules, late_judged_on="acceptance")
    with office.database.read() as session:
        total = queries.figures(session, clock.now())
        rows = [row["category"] for row in queries.task_rows(session)]
    assert (total.done_on_time, total.done_late) == (1, 2) == (rows.count("dung_han_xong"), rows.count("qua_han_xong"))


def test_a_parent_stands_in_no_figure_and_has_its_children_s_state(office: Office) -> None:
    parent = office.assign("BT", "TV", due="2023-11-24", grouped=True)
    with office.database.read() as session:
        rows = {row["code"]: row for row in queries.task_rows(session)}
        total = queries.figures(session, clock.now())
    row = rows[parent.code]
    assert (row["unit"], row["state"], row["category"], row["children"]) == (None, "assigned", None, ["NV2", "NV3"])
    assert (rows["NV2"]["parent"], rows["NV2"]["unit"], total.duties) == ("NV1", "BT", 2)


def test_an_hour_that_has_passed_is_overdue_the_same_day(office: Office) -> None:
    task = office.assign("QLDL", due="2023-11-24", hour="16:00")
    for at, late in (("2023-11-24 15:59", 0), ("2023-11-24 16:00", 1)):
        with office.at(at).database.read() as session:
            assert queries.figures(session, clock.now()).overdue == late
            assert [row["code"] for row in queries.task_rows(session, overdue=True)] == [task.code] * late


def test_due_on_a_sunday_is_overdue_after_monday(office: Office) -> None:
    office.assign("QLDL", due="2023-11-26")
    for at, late in (("2023-11-27 23:59", 0), ("2023-11-28 00:00", 1)):
        with office.at(at).database.read() as session:
            assert queries.figures(session, clock.now()).overdue == late
