"""The database judges categories exactly as they are judged row by row: every state, date, hour, day off and rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from models import clock
from models.calendar import calendar_of, set_days
from models.figures import by_unit_id
from models.lateness import leaders_units
from models.listing import official_category
from models.overdue import in_category
from models.rules import Rules
from models.task import Category, State, Task, TaskClass
from tests.office import Office, local

# From Friday 1 September 2023: a long holiday, an ordinary week, a made-up Saturday, an extra day off.
FIRST = date(2023, 8, 31)
DAYS = [FIRST + timedelta(n) for n in range(15)]
OWN = [(date(2023, 9, 9), True, "làm bù"), (date(2023, 9, 13), False, "nghỉ")]
NUMBER = Task.__table__.c.number
HOURS = (None, time(0, 0), time(16, 0))
RULES = [Rules(late_judged_on=judged, day_off_due_moves=moves)
         for judged, moves in product(("report", "acceptance"), (True, False))]  # fmt: skip
NOWS = [f"2023-09-{day:02d} {at}" for day in (4, 5, 9, 14) for at in ("00:00", "15:59", "16:00")]


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office("2023-08-25 08:00")
    with made.database.write() as session:
        set_days(session, OWN)
    yield made
    clock.run_free()


def fill(office: Office, rows: list[dict[str, Any]]) -> None:
    """Rows as they are, by no act: their history is not looked at."""
    base: dict[str, Any] = {
        "title": "việc", "text": "", "task_class": TaskClass.DATED, "state": State.ASSIGNED, "is_parent": False,
        "unit_id": office.units["QLDL"], "assigned_at": local("2023-08-25 08:00"), "due_on": None, "due_time": None,
        "extension_asked_at": None, "reported_at": None, "completed_at": None,
    }  # fmt: skip
    made = [Task(**(base | row), number=number + 1).model_dump(exclude={"id"}) for number, row in enumerate(rows)]
    with office.database.write() as session:
        session.execute(insert(Task.__table__), made)


def differing(office: Office, now: datetime) -> list[tuple[str, Category | None, list[Category]]]:
    """Tasks that stand elsewhere by the database than by their row; the figures are counted beside it."""
    with office.database.read() as session:
        calendar, leaders = calendar_of(session), leaders_units(session)
        found: dict[int, list[Category]] = {}
        for one in Category:
            numbers = session.execute(select(NUMBER).where(in_category(session, now, one))).scalars().all()
            duties = select(NUMBER).where(Task.__table__.c.is_parent.is_(False))
            walked = duties.where(in_category(session, now, one, walked=True))
            assert sorted(session.execute(walked).scalars()) == sorted(numbers)
            for number in numbers:
                found.setdefault(number, []).append(one)
        tasks: Any = session.execute(select(Task.__table__)).all()  # as much of a task as the judgement looks at
        expected = {task.number: official_category(task, calendar, now, leaders) for task in tasks}
        figures = list(by_unit_id(session, now).values())
    counted = [sum(getattr(one, name) for one in figures)
               for name in ("done_on_time", "done_late", "in_time", "overdue", "no_due")]  # fmt: skip
    assert counted == [list(expected.values()).count(one) for one in Category]
    return [(f"NV{number}", one, found.get(number, [])) for number, one in expected.items()
            if found.get(number, []) != ([one] if one else [])]  # fmt: skip


@pytest.mark.parametrize("rules", RULES, ids=lambda one: f"{one.late_judged_on}-{one.day_off_due_moves}")
def test_every_state_date_hour_and_moment_is_judged_alike(office: Office, rules: Rules) -> None:
    office.database.rules = replace(rules, slots=office.database.rules.slots)
    fill(office, list(_table()))
    for now in NOWS:
        assert differing(office, local(now)) == [], now


def _table() -> Iterator[dict[str, Any]]:
    for due, hour in product(DAYS, HOURS):
        for state in (State.ASSIGNED, State.ACKNOWLEDGED, State.REFUSED, State.SUSPENDED, State.WITHDRAWN):
            yield {"due_on": due, "due_time": hour, "state": state}
        for moment in (datetime.combine(due, time(16, 0)) + timedelta(hours=8 * n) for n in range(-1, 16, 3)):
            at = local(moment.isoformat())
            yield {"due_on": due, "due_time": hour, "extension_asked_at": at}
            yield {"due_on": due, "due_time": hour, "state": State.REPORTED, "reported_at": min(at, local(NOWS[0]))}
            yield {"due_on": due, "due_time": hour, "state": State.COMPLETED, "reported_at": at,
                   "completed_at": at + timedelta(days=1), "extension_asked_at": at}  # fmt: skip
            yield {"due_on": due, "due_time": hour, "state": State.COMPLETED, "completed_at": at}


def test_what_can_never_be_late_is_not(office: Office) -> None:
    late: dict[str, Any] = {"due_on": date(2023, 8, 29)}
    at = local("2023-08-31 08:00")
    done: dict[str, Any] = {"state": State.COMPLETED, "reported_at": at, "completed_at": at}
    rows = [late, late | done]
    others: list[dict[str, Any]] = [{"task_class": TaskClass.MONITOR}, {"unit_id": office.units["LDS"]},
                                    {"is_parent": True, "unit_id": None}, {"due_on": None}]  # fmt: skip
    fill(office, rows + [row | other for row in rows for other in others])
    assert differing(office, local("2023-09-05 08:00")) == []


HANDED_IN = {State.REPORTED: "reported_at", State.COMPLETED: "completed_at"}
"""What is in this state says when it came there."""
MOMENT = st.datetimes(datetime(2023, 8, 28), datetime(2023, 9, 18)).map(lambda at: local(at.isoformat()))
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "due_on": st.sampled_from([None, *DAYS]), "due_time": st.sampled_from(HOURS), "state": st.sampled_from(list(State)),
    "extension_asked_at": st.none() | MOMENT, "reported_at": st.none() | MOMENT, "completed_at": st.none() | MOMENT,
    "task_class": st.sampled_from(list(TaskClass)),
}  # fmt: skip
ROW = st.fixed_dictionaries(COLUMNS).filter(lambda row: row[HANDED_IN.get(row["state"], "state")] is not None)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=30), rules=st.sampled_from(RULES))
def test_no_mixture_is_judged_otherwise(rows: list[dict[str, Any]], rules: Rules) -> None:
    office = Office("2023-08-25 08:00")
    with office.database.write() as session:
        set_days(session, OWN)
    office.database.rules = rules
    fill(office, rows)
    assert differing(office, local("2023-09-18 00:00")) == []
    clock.run_free()
