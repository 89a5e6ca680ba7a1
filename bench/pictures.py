"""The pictures of an office of 200 units with 100,000 tasks: what is counted for them, drawn, and sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlmodel import Session

from bench.figure import Figure, median, timed
from bench.many import fill
from bench.office import START, Bench
from models import clock, kept
from models.load import load
from models.queries import by_unit
from models.trend import trend
from papers.calendar_drawing import months_drawing
from papers.charts import NARROW, WIDE, Link, units_drawing, weeks_drawing
from papers.drawing import svg
from papers.weekly.digest import snapshot
from papers.weekly.frozen import UnitLine
from papers.weekly.picture import digest_png

TASKS = 100_000


def measure() -> Iterator[Figure]:
    """Counted anew each time, as after a change; drawn for wide and for narrow pages; the report's picture, warm."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        fill(str(Path(folder) / "bench.db"), TASKS, START, list(bench.people.values()))
        with bench.database.read() as session:
            yield from _counted(session)
            yield median("pictures: all three drawn, twice", timed(_drawer(session), 9), 100)
            digest = snapshot(session, clock.now())
        digest_png(digest)
        yield median("pictures: the weekly report's, warm", timed(lambda: digest_png(digest), 9), 500)
        yield Figure("pictures: the weekly report's weight", len(digest_png(digest)) / 1024, 300, "kB")
        bench.close()


def _counted(session: Session) -> Iterator[Figure]:
    steps = {"12 weeks": lambda: trend(session, clock.now(), clock.today()),
             "12 weeks of a unit": lambda: trend(session, clock.now(), clock.today(), 100),
             "three months": lambda: load(session, clock.now())}  # fmt: skip
    for name, count in steps.items():
        took = []
        for _ in range(7):
            kept._kept.clear()
            took += timed(count, 1)
        yield median(f"pictures: {name} counted after a change", took, 100)


def _drawer(session: Session) -> Callable[[], None]:
    lines = [UnitLine(unit.code, unit.name, figures) for unit, figures in by_unit(session, clock.now())]
    weeks, months, today = trend(session, clock.now(), clock.today()), load(session, clock.now()), date(2026, 11, 25)
    link: Link = lambda **asked: "/tasks"  # noqa: E731

    def draw() -> None:
        for width in (WIDE, NARROW):
            for made in (units_drawing(lines, width, "vi", link), weeks_drawing(weeks, width, "vi", link),
                         months_drawing(months, today, width, "vi", link)):  # fmt: skip
                svg(made)

    return draw
