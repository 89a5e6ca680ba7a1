"""The official categories, computed: on time or late at the moment that counts, to the minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import Calendar
from models.rules import Rules
from models.task import Category, State, Task, TaskClass, category, is_late, late_events, overdue_days, parent_state
from tests.office import local

CALENDAR = Calendar({}, Rules())
BY_ACCEPTANCE = replace(CALENDAR, rules=Rules(late_judged_on="acceptance"))
FRIDAY, SATURDAY = date(2023, 8, 4), date(2023, 8, 5)


def task(state: str = "assigned", due: date | None = FRIDAY, hour: str | None = None,
         task_class: TaskClass = TaskClass.DATED, **columns: Any) -> Task:  # fmt: skip
    moments: dict[str, Any] = {
        name: local(value) if isinstance(value, str) else value for name, value in columns.items()
    }
    return Task(number=1, title="", task_class=task_class, state=State(state), due_on=due,
                due_time=time.fromisoformat(hour) if hour else None, assigned_at=local("2023-07-24 07:30"),
                **moments)  # fmt: skip


@pytest.mark.parametrize(
    ("due", "hour", "now", "expected"),
    [
        (FRIDAY, None, "2023-08-04 23:59", Category.IN_TIME), (FRIDAY, None, "2023-08-05 00:00", Category.OVERDUE),
        (FRIDAY, "16:00", "2023-08-04 15:59", Category.IN_TIME),
        (FRIDAY, "16:00", "2023-08-04 16:00", Category.OVERDUE),
        (SATURDAY, None, "2023-08-07 23:59", Category.IN_TIME), (SATURDAY, None, "2023-08-08 00:00", Category.OVERDUE),
        (None, None, "2033-08-04 00:00", Category.NO_DUE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("state", ["assigned", "acknowledged", "refused"])
def test_open_work_is_judged_now(state: str, due: date | None, hour: str | None, now: str, expected: Category) -> None:
    assert category(task(state, due, hour), CALENDAR, local(now)) is expected


@pytest.mark.parametrize(
    ("state", "columns", "by_report", "by_acceptance"),
    [
        ("reported", {"reported_at": "2023-08-04 23:59"}, Category.IN_TIME, Category.IN_TIME),
        ("reported", {"reported_at": "2023-08-05 00:00"}, Category.OVERDUE, Category.OVERDUE),
        ("completed", {"reported_at": "2023-08-04 23:59", "completed_at": "2023-08-09 08:00"},
         Category.DONE_ON_TIME, Category.DONE_LATE),
        ("completed", {"reported_at": "2023-08-05 00:00", "completed_at": "2023-08-09 08:00"},
         Category.DONE_LATE, Category.DONE_LATE),
        ("completed", {"reported_at": "2023-08-03 08:00", "completed_at": "2023-08-04 08:00"},
         Category.DONE_ON_TIME, Category.DONE_ON_TIME),
    ],
)  # fmt: skip
def test_reported_work_is_judged_by_its_report_or_by_a_setting_by_its_acceptance(
    state: str, columns: dict[str, Any], by_report: Category, by_acceptance: Category
) -> None:
    later = local("2023-09-01 08:00")
    assert category(task(state, **columns), CALENDAR, later) is by_report
    assert category(task(state, **columns), BY_ACCEPTANCE, later) is by_acceptance


@pytest.mark.parametrize("state", ["suspended", "withdrawn"])
def test_what_is_suspended_or_withdrawn_stands_in_no_category(state: str) -> None:
    assert category(task(state), CALENDAR, local("2023-09-01 08:00")) is None


def test_a_parent_stands_in_no_category() -> None:
    assert category(task(is_parent=True), CALENDAR, local("2023-09-01 08:00")) is None


def test_work_without_a_due_date_is_khong_han_whatever_its_state() -> None:
    for state in ("assigned", "reported", "completed", "refused"):
        assert category(task(state, None), CALENDAR, local("2023-09-01 08:00")) is Category.NO_DUE


def test_a_duty_to_follow_others_up_is_never_late() -> None:
    assert category(task(task_class=TaskClass.MONITOR), CALENDAR, local("2023-09-01 08:00")) is Category.IN_TIME


@pytest.mark.parametrize(
    ("asked", "state", "late"),
    [("2023-08-04 23:59", "acknowledged", False), ("2023-08-05 00:00", "acknowledged", True),
     ("2023-08-04 09:00", "reported", True), ("2023-08-04 09:00", "completed", True)],
)  # fmt: skip
def test_a_request_made_in_time_holds_the_judgement_while_it_can_be_decided(asked: str, state: str, late: bool) -> None:
    moment = "2023-08-10 08:00" if state != "acknowledged" else None
    judged = task(state, extension_asked_at=asked, reported_at=moment, completed_at=moment)
    assert is_late(judged, CALENDAR, local("2023-08-11 08:00")) is late


@pytest.mark.parametrize(
    ("counted", "version", "now", "events"),
    [(0, 0, "2023-08-04 12:00", 0), (0, 0, "2023-08-07 12:00", 1), (1, 1, "2023-08-07 12:00", 1),
     (1, 0, "2023-08-07 12:00", 2), (2, 0, "2023-08-04 12:00", 2)],
)  # fmt: skip
def test_the_lateness_that_is_happening_counts_once(counted: int, version: int, now: str, events: int) -> None:
    judged = task(late_events=counted, late_counted_version=version)
    assert late_events(judged, CALENDAR, local(now)) == events


@pytest.mark.parametrize(
    ("due", "now", "days"),
    [(FRIDAY, "2023-08-04 12:00", 0), (FRIDAY, "2023-08-05 12:00", 0), (FRIDAY, "2023-08-07 12:00", 1),
     (FRIDAY, "2023-08-14 12:00", 6), (SATURDAY, "2023-08-08 12:00", 1), (None, "2023-08-08 12:00", 0),
     (date(2023, 8, 31), "2023-09-05 12:00", 1)],
)  # fmt: skip
def test_days_late_are_working_days(due: date | None, now: str, days: int) -> None:
    assert overdue_days(task(due=due), CALENDAR, local(now)) == days


def test_days_late_stop_at_the_report() -> None:
    assert overdue_days(task("reported", reported_at="2023-08-08 09:00"), CALENDAR, local("2023-08-30 09:00")) == 2


@pytest.mark.parametrize(
    ("children", "state"),
    [
        ("", "assigned"), ("assigned completed", "assigned"), ("completed completed", "completed"),
        ("completed withdrawn", "completed"), ("withdrawn withdrawn", "withdrawn"), ("completed reported", "reported"),
        ("acknowledged completed", "acknowledged"), ("suspended completed", "acknowledged"),
        ("refused assigned", "assigned"),
    ],
)  # fmt: skip
def test_a_parent_is_complete_when_its_children_are(children: str, state: str) -> None:
    assert parent_state([task(child) for child in children.split()]) == state


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(2023, 7, 24), datetime(2023, 10, 1)), st.dates(date(2023, 7, 25), date(2023, 9, 30)))
def test_open_work_never_turns_from_late_to_in_time_by_waiting(now: datetime, due: date) -> None:
    at, later = local(now.isoformat()), local("2023-10-02 00:00")
    if is_late(task(due=due), CALENDAR, at):
        assert is_late(task(due=due), CALENDAR, later)
        assert at.date() > due
    else:
        assert at.date() <= CALENDAR.last_due_day(due)
