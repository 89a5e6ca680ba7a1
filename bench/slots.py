"""Planning: the time of a slot follows the tasks due in it, not the tasks that are open."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bench.figure import Figure, median, timed
from bench.office import Bench
from jobs import schedule
from models import clock
from models.rules import OFFICE_ZONE

DUE = 1_000
FEW, MANY = 10_000, 1_000_000
FAR = date(2028, 6, 30)
ROUNDS = 3


def measure() -> Iterator[Figure]:
    """1,000 due among 10,000 and among 1,000,000 open, and an idle look at 1,000,000."""
    few, _ = _planned(FEW)
    many, idle = _planned(MANY)
    yield median("plan a slot: 1,000 due among 10,000 open", few, 10_000)
    yield median("plan a slot: 1,000 due among 1,000,000 open", many, 10_000)
    yield Figure("the same, ratio", statistics.median(many) / statistics.median(few), 1.5, "×")
    yield median("idle tick at 1,000,000 open tasks", idle, 1.0)


def _planned(open_tasks: int) -> tuple[list[float], list[float]]:
    """Milliseconds of planning a slot with 1,000 due (each round another day's), and of idle looks after it."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        bench.fill(
            open_tasks,
            due=FAR,
            next_notice_at=clock.at_local(date(2028, 6, 20), bench.database.rules.slots[0]),
            first=1,
        )
        took = []
        for n in range(ROUNDS):
            slot = datetime(2026, 11, 25 + n, 7, 30, tzinfo=OFFICE_ZONE)
            due = date(2026, 12, 2) + timedelta(n)
            bench.fill(DUE, due=due, next_notice_at=slot, first=2_000_000 + n * DUE)
            clock.stand_at(slot)
            took += timed(lambda: schedule.tick(bench.database), 1)
        clock.stand_at(datetime(2026, 11, 27, 10, 0, tzinfo=OFFICE_ZONE))
        idle = timed(lambda: schedule.tick(bench.database), 200)
        bench.close()
        return took, idle
