"""What came due week by week, and what falls due day by day: counted by the database as it is counted row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from sqlmodel import Session, select

from models import clock
from models.calendar import calendar_of, set_days
from models.lateness import leaders_units
from models.load import OPEN_STATES, load, month_start
from models.queries import official_category
from models.rules import OFFICE_ZONE
from models.task import State, Task, TaskClass
from models.trend import Week, trend
from tests.book import by_the_book
from tests.office import Office, local


@pytest.fixture
def office() -> Iterator[Office]:
    """Wednesday 29 November 2023, 10:00."""
    yield Office("2023-11-29 10:00")
    clock.run_free()


def filled(office: Office, seed: int, count: int = 400) -> None:
    """Tasks of every kind, with dates around now: on days off, with hours, asked for, reported and accepted."""
    chance = Random(seed)
    today, units = date(2023, 11, 29), list(office.units.values())
    with office.database.write() as session:
        set_days(session, [(date(2023, 11, 20), False, "nghỉ"), (date(2023, 11, 25), True, "làm bù")])
        for number in range(1, count + 1):
            due = today + timedelta(chance.randint(-95, 20)) if chance.random() < 0.95 else None
            done = _around(chance, due or today)
            state = chance.choice(list(State))
            session.add(Task(
                number=number, title="x", state=state, task_class=chance.choice(list(TaskClass)),
                unit_id=chance.choice(units), is_parent=chance.random() < 0.05, due_on=due,
                due_time=time(chance.choice((8, 16))) if due and chance.random() < 0.2 else None,
                assigned_at=local("2023-08-01 08:00"),
                extension_asked_at=_around(chance, due or today) if chance.random() < 0.2 else None,
                reported_at=done if state is State.REPORTED or (state is State.COMPLETED and chance.random() < 0.9)
                else None,
                completed_at=done + timedelta(chance.randint(0, 3)) if state is State.COMPLETED else None,
            ))  # fmt: skip


def _around(chance: Random, day: date) -> datetime:
    hour = chance.choice((0, 7, 9, 16, 17, 23))
    return datetime.combine(day, time(hour), OFFICE_ZONE) + timedelta(chance.choice((-3, -1, 0, 0, 1, 2, 4)))


def by_row(session: Session, unit_id: int | None) -> dict[date, Counter[str]]:
    """Monday → official category → tasks, looked at one by one."""
    found: dict[date, Counter[str]] = {}
    for task in session.exec(select(Task)):
        if task.due_on is None or unit_id not in (None, task.unit_id):
            continue
        category = official_category(task, calendar_of(session), clock.now(), leaders_units(session))
        if category is not None:
            monday = task.due_on - timedelta(task.due_on.weekday())
            found.setdefault(monday, Counter())[category.value] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("unit", [None, "TTS"])
def test_the_weeks_are_those_of_the_rows(office: Office, seed: int, unit: str | None) -> None:
    filled(office, seed)
    unit_id = office.units[unit] if unit else None
    with office.database.read() as session:
        weeks, rows = trend(session, clock.now(), date(2023, 11, 29), unit_id), by_row(session, unit_id)
    assert [week.start for week in weeks] == [date(2023, 9, 11) + timedelta(7 * n) for n in range(12)]
    for week in weeks:
        counts = rows.get(week.start, Counter())
        assert (week.done_on_time, week.done_late, week.overdue) == (
            counts["dung_han_xong"], counts["qua_han_xong"], counts["qua_han"])  # fmt: skip
    assert sum(week.came_due for week in weeks) > 0


def test_a_week_is_from_monday_to_sunday_and_knows_what_came_due() -> None:
    week = Week(date(2023, 11, 27), 5, 2, 1)
    assert (week.end, week.came_due) == (date(2023, 12, 3), 8)


def test_by_the_book_the_weeks_hold_what_the_figures_hold(office: Office) -> None:
    clock.stand_at(local("2023-11-20 08:00"))
    by_the_book(office)
    with office.database.read() as session:
        weeks = trend(session, clock.now(), clock.today())
    assert (sum(w.done_on_time for w in weeks), sum(w.done_late for w in weeks), sum(w.overdue for w in weeks)) == (
        2, 1, 2)  # fmt: skip


def test_no_tasks_make_empty_weeks(office: Office) -> None:
    with office.database.read() as session:
        assert {week.came_due for week in trend(session, clock.now(), clock.today())} == {0}


@pytest.mark.parametrize("unit", [None, "BT"])
def test_each_day_has_the_open_tasks_that_are_due_on_it(office: Office, unit: str | None) -> None:
    filled(office, 7)
    unit_id = office.units[unit] if unit else None
    with office.database.read() as session:
        months = load(session, clock.now(), unit_id=unit_id)
        counts = Counter(task.due_on for task in session.exec(select(Task)) if task.state in OPEN_STATES
                         and not task.is_parent and unit_id in (None, task.unit_id))  # fmt: skip
    days = [one for month in months for one in month]
    assert [days[0].day, days[-1].day, len(days)] == [date(2023, 11, 1), date(2024, 1, 31), 92]
    assert {one.day: one.count for one in days} == {one.day: counts[one.day] for one in days}
    assert sum(one.count for one in days) > 0


def test_the_days_off_are_those_of_the_offices_calendar(office: Office) -> None:
    filled(office, 1, count=1)
    with office.database.read() as session:
        works = {one.day.day: one.works for one in load(session, clock.now())[0]}
    assert (works[20], works[25], works[26], works[27]) == (False, True, False, True)


@pytest.mark.parametrize(("day", "later", "start"), [
    ("2026-11-25", 0, "2026-11-01"), ("2026-11-25", 2, "2027-01-01"), ("2026-12-31", 1, "2027-01-01"),
    ("2026-01-01", 12, "2027-01-01"),
])  # fmt: skip
def test_months_go_on_over_the_year(day: str, later: int, start: str) -> None:
    assert month_start(date.fromisoformat(day), later) == date.fromisoformat(start)
