"""The sheets of Excel of an office with 100,000 tasks: time and memory of the process that writes them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.many import fill
from bench.office import START, Bench
from models import clock

TASKS = 100_000
AIM_SECONDS, AIM_MB = 15.0, 300.0


def measure() -> Iterator[Figure]:
    """In a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        fill(str(Path(folder) / "bench.db"), TASKS, START, list(bench.people.values()))
        bench.close()
        ran = subprocess.run([sys.executable, "-m", "bench.sheets", folder], check=True, capture_output=True, text=True)
    seconds, megabytes, parts = ran.stdout.split()
    yield Figure(f"Excel of {TASKS:,} tasks, three sheets ({parts} tellings)", float(seconds), AIM_SECONDS, "s")
    yield Figure("memory of the process that wrote it", float(megabytes), AIM_MB, "MB")


def _write(folder: str) -> None:
    from sqlmodel import select

    from models.base import Database
    from models.organisation import Person
    from web.board.listing import Filter
    from web.report.export import Writing
    from web.viewer import viewer_of

    clock.stand_at(START)
    database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
    with database.read() as session:
        clerk = session.exec(select(Person.id).where(Person.short_id == "vp.truong")).one()
        viewer = viewer_of(session, clerk or 0)
    assert viewer is not None
    told: list[int] = []
    start = time.perf_counter()
    Writing(database, viewer, Filter(), "vi").write(lambda rows, _: told.append(rows))
    took = time.perf_counter() - start
    # Not ru_maxrss: that one counts what the parent held when it forked.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(f"{took:.2f} {peak:.0f} {len(told)}")


if __name__ == "__main__":
    _write(sys.argv[1])
