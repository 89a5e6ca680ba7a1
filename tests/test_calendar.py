"""Working days, slots and dates of Vietnam's offices: the library, the office's own table, the arithmetic on both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import Calendar, CalendarError, calendar_of, set_days
from models.rules import OFFICE_ZONE, Rules
from tests.office import Office, local

PLAIN = Calendar({}, Rules())
SHIPPED = Office().calendar
LONG_OFF = Calendar({date(2026, 3, 1) + timedelta(n): False for n in range(90)}, Rules())


def day(text: str) -> date:
    return date.fromisoformat(text)


def wall(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2023-07-24", True), ("2023-07-22", False), ("2023-07-23", False),
        ("2023-09-01", False), ("2023-09-04", False), ("2023-09-05", True),  # Quốc khánh
        ("2023-01-20", False), ("2023-01-26", False), ("2023-01-27", True),  # Tết Quý Mão
        ("2024-02-08", False), ("2024-02-14", False), ("2024-02-15", True),  # Tết Giáp Thìn
        ("2024-04-29", False), ("2024-05-04", True),  # swapped: a Monday off for a Saturday worked
        ("2026-01-01", False), ("2026-02-16", False), ("2026-02-20", False), ("2026-04-27", False),
    ],
)  # fmt: skip
def test_the_library_knows_the_countrys_holidays_and_most_swaps(text: str, works: bool) -> None:
    assert PLAIN.is_working(day(text)) is works


def test_the_shipped_table_knows_the_swap_that_the_library_misses() -> None:
    assert (PLAIN.is_working(day("2026-01-02")), PLAIN.is_working(day("2026-01-10"))) == (True, False)
    assert (SHIPPED.is_working(day("2026-01-02")), SHIPPED.is_working(day("2026-01-10"))) == (False, True)


def test_the_offices_own_table_wins_and_can_be_taken_back() -> None:
    office = Office()
    with office.database.write() as session:
        set_days(session, [(day("2023-07-24"), False, "bão"), (day("2023-07-29"), True, "làm bù")])
        calendar = calendar_of(session)
        assert (calendar.is_working(day("2023-07-24")), calendar.is_working(day("2023-07-29"))) == (False, True)
        set_days(session, [(day("2023-07-24"), None, ""), (day("2023-07-29"), False, "thôi")])
        calendar = calendar_of(session)
        assert (calendar.is_working(day("2023-07-24")), calendar.is_working(day("2023-07-29"))) == (True, False)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2023-07-24", 1, "2023-07-25"), ("2023-07-28", 1, "2023-07-31"), ("2023-07-29", 1, "2023-07-31"),
     ("2023-07-24", 0, "2023-07-24"), ("2023-07-31", -1, "2023-07-28"), ("2023-07-30", -1, "2023-07-28"),
     ("2023-08-31", 1, "2023-09-05"), ("2026-02-13", 1, "2026-02-23")],
)  # fmt: skip
def test_working_days_are_counted_from_the_day_after(start: str, days: int, end: str) -> None:
    assert SHIPPED.add(day(start), days) == day(end)


@pytest.mark.parametrize(
    ("moment", "at_or_after", "after", "at_or_before"),
    [
        ("2023-07-24 07:29", "2023-07-24 07:30", "2023-07-24 07:30", "2023-07-21 13:30"),
        ("2023-07-24 07:30", "2023-07-24 07:30", "2023-07-24 13:30", "2023-07-24 07:30"),
        ("2023-07-24 13:31", "2023-07-25 07:30", "2023-07-25 07:30", "2023-07-24 13:30"),
        ("2023-07-28 18:00", "2023-07-31 07:30", "2023-07-31 07:30", "2023-07-28 13:30"),
        ("2023-07-30 09:00", "2023-07-31 07:30", "2023-07-31 07:30", "2023-07-28 13:30"),
        ("2023-08-31 13:30", "2023-08-31 13:30", "2023-09-05 07:30", "2023-08-31 13:30"),
    ],
)
def test_slots_are_on_working_days_at_half_past_seven_and_half_past_one(
    moment: str, at_or_after: str, after: str, at_or_before: str
) -> None:
    assert wall(SHIPPED.slot_at_or_after(local(moment))) == at_or_after
    assert wall(SHIPPED.slot_after(local(moment))) == after
    assert wall(SHIPPED.slot_at_or_before(local(moment))) == at_or_before


@pytest.mark.parametrize(
    ("due", "hour", "overdue"),
    [
        ("2023-08-04", None, "2023-08-05 00:00"),  # a Friday: late from midnight, though nobody works then
        ("2023-08-05", None, "2023-08-08 00:00"),  # a Saturday: the whole next working day is still in time
        ("2023-09-02", None, "2023-09-06 00:00"),
        ("2023-08-04", "16:00", "2023-08-04 16:00"),
        ("2023-08-05", "16:00", "2023-08-08 00:00"),
    ],
)
def test_a_task_is_overdue_from_the_end_of_its_day_or_from_its_hour(due: str, hour: str | None, overdue: str) -> None:
    assert wall(SHIPPED.overdue_from(day(due), time.fromisoformat(hour) if hour else None)) == overdue


def test_a_due_date_on_a_day_off_may_stay_where_it_is() -> None:
    strict = replace(SHIPPED, rules=replace(SHIPPED.rules, day_off_due_moves=False))
    assert strict.last_due_day(day("2023-08-05")) == day("2023-08-05")
    assert wall(strict.overdue_from(day("2023-08-05"), None)) == "2023-08-06 00:00"
    assert SHIPPED.last_due_day(day("2023-08-05")) == day("2023-08-07")


@pytest.mark.parametrize(
    ("text", "start"),
    [("2023-07-26", "2023-07-24"), ("2023-07-30", "2023-07-24"), ("2023-09-04", "2023-09-05"),
     ("2026-02-18", "2026-02-23"), ("2026-02-21", "2026-02-23"), ("2026-02-25", "2026-02-23")],
)  # fmt: skip
def test_a_week_starts_on_its_first_working_day_and_one_without_any_on_the_next_weeks(text: str, start: str) -> None:
    assert SHIPPED.week_start(day(text)) == day(start)


def test_office_hours_and_quiet_hours() -> None:
    hours = ["06:29", "06:30", "07:29", "07:30", "17:30", "17:31", "20:59", "21:00"]
    assert [SHIPPED.in_quiet_hours(local(f"2023-07-24 {h}")) for h in hours] == [True, *[False] * 6, True]
    assert [SHIPPED.in_working_hours(local(f"2023-07-24 {h}")) for h in hours] == [
        *[False] * 3,
        True,
        True,
        *[False] * 3,
    ]
    assert not SHIPPED.in_working_hours(local("2023-07-23 09:00"))


@pytest.mark.parametrize(
    ("policy", "assigned", "reviews"),
    [
        ("month_then_quarter", "2023-07-24", ["2023-08-31", "2023-09-29", "2023-12-29", "2024-03-29"]),
        ("month_then_quarter", "2023-11-02", ["2023-12-29", "2024-03-29"]),
        ("month_then_quarter", "2024-01-31", ["2024-02-29", "2024-03-29", "2024-06-28"]),
        ("quarter", "2023-07-24", ["2023-09-29", "2023-12-29"]),
        ("quarter", "2023-09-30", ["2023-12-29"]),
        ("month", "2023-07-24", ["2023-08-31", "2023-09-29", "2023-10-31"]),
    ],
)
def test_review_dates_are_the_last_working_day_of_the_next_month_then_of_each_quarter(
    policy: str, assigned: str, reviews: list[str]
) -> None:
    calendar, found = replace(SHIPPED, rules=replace(SHIPPED.rules, review_policy=policy)), []
    review = None
    for _ in reviews:
        review = calendar.review_date(day(assigned), after=review)
        found.append(review.isoformat())
    assert found == reviews


def test_a_table_without_any_working_day_is_refused_by_name() -> None:
    with pytest.raises(CalendarError, match="2026-03-02"):
        LONG_OFF.add(day("2026-03-01"), 1)


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
quick = settings(max_examples=60, deadline=None)


@quick
@given(DAYS, st.integers(-40, 40))
def test_adding_ends_on_a_working_day_and_between_counts_it_back(start: date, days: int) -> None:
    end = SHIPPED.add(start, days)
    if days:
        assert SHIPPED.is_working(end)
    if days >= 0 or SHIPPED.is_working(start):
        assert SHIPPED.between(start, end) == days


@quick
@given(DAYS, DAYS)
def test_between_turns_its_sign_with_its_ends(one: date, other: date) -> None:
    assert SHIPPED.between(one, other) == -SHIPPED.between(other, one)


@quick
@given(DAYS, DAYS, DAYS)
def test_between_adds_up(one: date, two: date, three: date) -> None:
    assert SHIPPED.between(one, two) + SHIPPED.between(two, three) == SHIPPED.between(one, three)


@quick
@given(DAYS, st.times())
def test_slots_before_and_after_a_moment_leave_none_between_them(start: date, at: time) -> None:
    moment = datetime.combine(start, at, OFFICE_ZONE)
    before, after = SHIPPED.slot_at_or_before(moment), SHIPPED.slot_after(moment)
    assert before <= moment < after
    assert SHIPPED.slot_after(before) == after


@quick
@given(DAYS)
def test_a_review_date_is_a_working_day_after_the_assignment_and_each_is_after_the_one_before(start: date) -> None:
    first = SHIPPED.review_date(start)
    second = SHIPPED.review_date(start, after=first)
    assert start < first < second and SHIPPED.is_working(first) and SHIPPED.is_working(second)
