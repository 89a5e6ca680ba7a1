"""Recurring duties: when the next is due, which period it is about, and the instances that are made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from models.confirm import make_instance
from models.series import Series, next_due, period_of
from models.task import State, Task, TaskClass
from tests.office import Office


def every(kind: str, on: int, months: list[int] | None = None) -> dict[str, Any]:
    return {"recurrence": kind, "day": on, "months": months}


@pytest.mark.parametrize(
    ("recurrence", "after", "dues"),
    [
        (every("weekly", 5), "2023-07-24", "2023-07-28 2023-08-04"),
        (every("weekly", 1), "2023-07-24", "2023-07-31"),
        (every("weekly", 7), "2023-07-24", "2023-07-30"),
        (every("monthly", 20), "2023-07-20", "2023-08-20 2023-09-20"),
        (every("monthly", 31), "2023-08-30", "2023-08-31 2023-09-30 2023-10-31 2023-11-30"),
        (every("monthly", 31), "2024-01-31", "2024-02-29 2024-03-31"),
        (every("monthly", 5, [1, 7]), "2023-07-24", "2024-01-05 2024-07-05"),
        (every("quarterly", 25), "2023-07-24", "2023-09-25 2023-12-25 2024-03-25"),
        (every("quarterly", 10, [1, 4, 7, 10]), "2023-07-24", "2023-10-10 2024-01-10"),
        (every("half_yearly", 15), "2023-07-24", "2023-12-15 2024-06-15"),
        (every("half_yearly", 15, [6, 11]), "2023-07-24", "2023-11-15 2024-06-15"),
        (every("yearly", 15), "2023-07-24", "2023-12-15 2024-12-15"),
        (every("yearly", 30, [1]), "2023-07-24", "2024-01-30 2025-01-30"),
        (every("yearly", 29, [2]), "2023-07-24", "2024-02-29 2025-02-28"),
    ],
)
def test_the_next_date_is_strictly_after_and_a_day_past_the_months_end_is_its_last(
    recurrence: dict[str, Any], after: str, dues: str
) -> None:
    last, found = date.fromisoformat(after), []
    for _ in dues.split():
        last = next_due(recurrence, last)
        found.append(last.isoformat())
    assert found == dues.split()


def test_a_series_without_any_date_is_refused() -> None:
    with pytest.raises(ValueError, match="13"):
        next_due(every("yearly", 1, [13]), date(2023, 7, 24))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["weekly", "monthly", "quarterly", "half_yearly", "yearly"]), st.integers(1, 31), st.dates(
    date(2023, 1, 1), date(2030, 1, 1)))  # fmt: skip
def test_dates_go_forward_and_no_period_comes_twice(kind: str, on: int, start: date) -> None:
    recurrence = every(kind, min(on, 7) if kind == "weekly" else on)
    first = next_due(recurrence, start)
    second = next_due(recurrence, first)
    assert start < first < second
    assert period_of(recurrence, first) != period_of(recurrence, second)


@pytest.mark.parametrize(
    ("kind", "due", "period"),
    [
        ("weekly", "2026-11-27", "2026-W48"), ("weekly", "2027-01-01", "2026-W53"),
        ("monthly", "2026-11-20", "2026-11"), ("monthly", "2026-12-05", "2026-11"),
        ("monthly", "2026-01-05", "2025-12"),
        ("quarterly", "2026-12-25", "2026-Q4"), ("quarterly", "2026-10-10", "2026-Q3"),
        ("quarterly", "2026-01-15", "2025-Q4"),
        ("half_yearly", "2026-06-15", "2026-H1"), ("half_yearly", "2026-07-05", "2026-H1"),
        ("half_yearly", "2026-11-15", "2026-H2"),
        ("yearly", "2026-11-20", "2026"), ("yearly", "2027-01-30", "2026"),
    ],
)  # fmt: skip
def test_a_report_due_at_the_start_of_a_period_is_about_the_one_before(kind: str, due: str, period: str) -> None:
    assert period_of(every(kind, 1), date.fromisoformat(due)) == period


# --- instances


@pytest.fixture
def office() -> Office:
    return Office("2023-07-24 07:29")


def start(session: Session, office: Office, *units: str, **more: Any) -> Series:
    series = Series(unit_ids=[office.units[unit] for unit in units], recurrence=every("monthly", 5),
                    pattern={"title": "Báo cáo tháng", "text": "Báo cáo.", "item": "2", "due_set_by": "office"},
                    **more)  # fmt: skip
    session.add(series)
    session.flush()
    make_instance(session, series, next_due(series.recurrence, date(2023, 7, 24)), office.who("vp.vanthu"))
    return series


def instances(office: Office) -> list[Task]:
    with office.database.read() as session:
        return list(session.exec(select(Task).order_by(col(Task.number))))


def test_one_unit_gets_one_task_a_period_and_the_next_though_the_last_is_open(office: Office) -> None:
    with office.database.write() as session:
        start(session, office, "TTS")
    office.live("2023-07-24", 46)
    made = instances(office)
    assert [(task.due_on, task.period, task.state, task.is_parent) for task in made] == [
        (date(2023, 8, 5), "2023-07", State.ASSIGNED, False), (date(2023, 9, 5), "2023-08", State.ASSIGNED, False),
        (date(2023, 10, 5), "2023-09", State.ASSIGNED, False),
    ]  # fmt: skip
    assert {task.task_class for task in made} == {TaskClass.RECURRING}
    assert made[0].original_due == date(2023, 8, 5)


def test_several_units_get_one_parent_a_period_with_a_child_each(office: Office) -> None:
    with office.database.write() as session:
        start(session, office, "QLVH", "QLTT")
    office.live("2023-08-06", 3)
    made = instances(office)
    assert [(task.code, task.period, task.is_parent) for task in made] == [
        ("NV1", "2023-07", True), ("NV2", "2023-07", False), ("NV3", "2023-07", False),
        ("NV4", "2023-08", True), ("NV5", "2023-08", False), ("NV6", "2023-08", False),
    ]  # fmt: skip
    assert [task.parent_id for task in made] == [None, made[0].id, made[0].id, None, made[3].id, made[3].id]


def test_the_next_instance_is_made_the_day_after_the_last_ones_date(office: Office) -> None:
    with office.database.write() as session:
        start(session, office, "TTS")
    office.tick("2023-08-04 13:30")  # due on Saturday the 5th: made at the first slot after it
    assert len(instances(office)) == 1
    office.tick("2023-08-07 07:30")
    assert len(instances(office)) == 2


def test_after_a_long_outage_the_series_catches_up(office: Office) -> None:
    with office.database.write() as session:
        start(session, office, "TTS")
    office.tick("2023-11-10 07:30")
    assert [task.period for task in instances(office)] == ["2023-07", "2023-08", "2023-09", "2023-10", "2023-11"]


def test_a_series_that_has_ended_makes_nothing(office: Office) -> None:
    with office.database.write() as session:
        series = start(session, office, "TTS")
        series.next_due = series.make_on = None
        session.add(series)
    office.live("2023-08-06", 4)
    assert len(instances(office)) == 1
