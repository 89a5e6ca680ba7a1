"""A change of the calendar looks only at the tasks that it can touch, and misses none of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import true
from sqlmodel import Session, select

from models import clock, recalendar
from models.calendar import set_days
from models.organisation import Unit
from models.task import DueSetBy, State, Task, TaskClass, Waiting
from tests.web_stage import Stage, stage

TASKS, CHANGES = 150, 12
STATES = (State.ASSIGNED, State.ACKNOWLEDGED, State.REPORTED, State.SUSPENDED)


def scattered(session: Session, chance: random.Random, units: list[int]) -> None:
    """Open tasks with dates all over a year, some promised, held, waiting, asked about."""
    today, now = clock.today(), clock.now()

    def some(days: int, share: float = 1.0) -> date | None:
        return today + timedelta(chance.randint(-days, days)) if chance.random() < share else None

    for number in range(1000, 1000 + TASKS):
        due = some(180, 0.8)
        internal = due - timedelta(chance.randint(0, 9)) if due and chance.random() < 0.3 else None
        assigned = now - timedelta(days=chance.randint(0, 200), hours=chance.randint(0, 23))
        session.add(Task(
            number=number, title="x", unit_id=chance.choice(units), state=chance.choice(STATES), due_on=due,
            original_due=due, internal_due=internal,
            task_class=TaskClass.DATED if due else TaskClass.STANDING, assigned_at=assigned,
            acknowledged_at=assigned + timedelta(days=3) if chance.random() < 0.5 else None,
            promised_on=some(30, 0.2), hold_until=some(10, 0.1), review_on=None if due else some(90),
            due_set_by=chance.choice(list(DueSetBy)), waiting=Waiting.SUBMITTED if chance.random() < 0.1 else None,
            extension_asked_at=now - timedelta(days=chance.randint(0, 9)) if chance.random() < 0.1 else None,
        ))  # fmt: skip
    session.flush()


def seen(session: Session, days: list[recalendar.Day]) -> list[tuple[str, object, object]]:
    """What a change would move."""
    return [(one.task.code, one.overdue, one.shifts) for one in recalendar.preview(session, days)]


@pytest.fixture
def office() -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.mark.parametrize("seed", range(4))
def test_what_is_not_looked_at_is_not_moved(office: Stage, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    with office.database.write() as session:
        units = [one or 0 for one in session.exec(select(Unit.id).where(Unit.is_leaders == False))]  # noqa: E712
        scattered(session, chance, units)
        moved = 0
        for _ in range(CHANGES):
            first = clock.today() + timedelta(chance.randint(-60, 120))
            run = chance.choice((1, 1, 2, 9))
            days: list[recalendar.Day] = [(first + timedelta(n), chance.random() < 0.2, "") for n in range(run)]
            near = seen(session, days)
            with monkeypatch.context() as patch:
                patch.setattr(recalendar, "_near", lambda old, new: true())
                assert near == seen(session, days), days
            moved += len(near)
            if chance.random() < 0.5:
                set_days(session, days)
        assert moved > CHANGES
