"""A founded office on a file database, with as many tasks as a measure wants."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import SQLModel, select

import config
import founding
import migrations
from models import clock
from models.base import Database
from models.confirm import Order, assign
from models.moves import Actor
from models.organisation import Person, Unit
from models.rules import OFFICE_ZONE
from models.task import State, Task, TaskClass

START = datetime(2026, 11, 23, 7, 0, tzinfo=OFFICE_ZONE)
ROWS = 20_000


class Bench:
    """The demo's department in a folder, at a standing clock."""

    def __init__(self, folder: str) -> None:
        settings = config.load(config.HOME / "config.toml", {})
        clock.stand_at(START)
        self.database = Database(f"sqlite:///{Path(folder) / 'bench.db'}", settings.rules)
        migrations.load_models()
        SQLModel.metadata.create_all(self.database.engine)
        with self.database.write() as session:
            founding.found(session, settings.department, settings.days_off, settings.workdays)
            founding.link_all_to_web(session)
        with self.database.read() as session:
            self.units = {unit.code: unit.id or 0 for unit in session.exec(select(Unit))}
            self.people = {person.short_id: person.id or 0 for person in session.exec(select(Person))}

    def assign(self, unit: str, due: date) -> int:
        """One task through the real door; its number."""
        order = Order("Báo cáo kết quả", "Báo cáo kết quả.", (self.units[unit],), TaskClass.DATED, due_on=due)
        with self.database.write() as session:
            return assign(session, order, Actor(self.people["vp.vanthu"], "bench"))[0].number

    def fill(self, count: int, *, due: date, next_notice_at: datetime, first: int) -> None:
        """Many confirmed open tasks by bulk insert, numbered from `first`, spread over the units."""
        units = [unit for code, unit in self.units.items() if code != "LDS"]
        task = Task(number=0, unit_id=1, title="Báo cáo kết quả", task_class=TaskClass.DATED, state=State.ACKNOWLEDGED,
                   due_on=due, original_due=due, assigned_at=START - timedelta(days=30),
                   acknowledged_at=START - timedelta(days=29), next_notice_at=next_notice_at)  # fmt: skip
        row = task.model_dump(exclude_none=True)
        for start in range(0, count, ROWS):
            rows = [{**row, "number": first + n, "unit_id": units[n % len(units)]}
                    for n in range(start, min(start + ROWS, count))]  # fmt: skip
            with self.database.write() as session:
                session.execute(insert(Task), rows)

    def close(self) -> None:
        """Let go of the file and of the clock."""
        self.database.close()
        clock.run_free()
