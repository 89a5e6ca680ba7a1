"""A founded office for tests: an in-memory database, a set clock, short names for units and people."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

import config
import founding
import migrations
from jobs import schedule
from models import clock
from models.base import Database
from models.calendar import calendar_of
from models.confirm import Order, assign
from models.message import Message, Notice, NoticeState
from models.moves import Actor
from models.organisation import Person, Unit
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task, TaskClass

SETTINGS = config.load(config.HOME / "config.toml", {})


def local(text: str) -> datetime:
    """`2023-07-24 07:30` at the office."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@cache
def founded() -> sqlite3.Connection:
    """The founded office in memory, made once: copying its pages takes a hundredth of making it."""
    database = Database("sqlite://", SETTINGS.rules)
    migrations.load_models()
    SQLModel.metadata.create_all(database.engine)
    with clock.standing_at(local("2023-07-01 08:00")), database.write() as session:
        founding.found(session, SETTINGS.department, SETTINGS.days_off, SETTINGS.workdays)
        founding.link_all_to_web(session)
    return driver_of(database)


def driver_of(database: Database) -> sqlite3.Connection:
    """The driver's own connection of a database in memory: there is only this one."""
    connection = database.engine.raw_connection()
    driver = connection.driver_connection
    connection.close()
    assert isinstance(driver, sqlite3.Connection)
    return driver


_idle: list[Engine] = []


def fresh(url: str) -> Database:
    """A database with the founded office in it. In memory, it takes over the engine of one that nobody holds any more:
    most of a short test's time would else go into compiling the same statements again."""
    in_memory = url == "sqlite://"
    database = Database(url, SETTINGS.rules, _idle.pop() if in_memory and _idle else None)
    raw = database.engine.raw_connection()
    assert isinstance(raw.driver_connection, sqlite3.Connection)
    founded().backup(raw.driver_connection)
    raw.close()
    if in_memory:
        weakref.finalize(database, _idle.append, database.engine)
    return database


class _Undone(Exception):
    """Ends a trial."""


class Office:
    """The demo's department, everyone linked to the browser chat, at a standing clock."""

    def __init__(self, at: str = "2023-07-24 07:29", url: str = "sqlite://") -> None:
        clock.stand_at(local(at))
        self.database = fresh(url)
        with self.database.read() as session:
            self.units = {unit.code: unit.id or 0 for unit in session.exec(select(Unit))}
            self.people = {person.short_id: person.id or 0 for person in session.exec(select(Person))}
            self.calendar = calendar_of(session)
        self.names = {number: short for short, number in self.people.items()}

    def at(self, text: str) -> Office:
        """Set the clock."""
        clock.stand_at(local(text))
        return self

    def now(self) -> datetime:
        """The moment at which the clock stands (UTC)."""
        return clock.now()

    def who(self, short_id: str, **more: Any) -> Actor:
        """Somebody who acts."""
        return Actor(self.people[short_id], "test", **more)

    def do(self, act: Callable[..., Any], task: Task, who: str, *args: Any, **more: Any) -> Any:
        """One act of one person on a task, in a transaction of its own."""
        with self.database.write() as session:
            return act(session, task.id or 0, self.who(who), *args, **more)

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """A write transaction that is undone at the end of the block."""
        with suppress(_Undone), self.database.write() as session:
            yield session
            raise _Undone

    def assign(self, *units: str, due: str | None = None, by: str = "vp.vanthu", task_class: TaskClass | None = None,
               hour: str | None = None, leader: str | None = None, authority: bool = False,
               **more: Any) -> Task:  # fmt: skip
        """Assign one task now; its row (the parent of several)."""
        due_on = date.fromisoformat(due) if due else None
        set_by = DueSetBy.AUTHORITY if authority else DueSetBy.LEADER if leader else DueSetBy.OFFICE
        order = Order(
            "Báo cáo kết quả", "Báo cáo kết quả.", tuple(self.units[u] for u in units),
            task_class or (TaskClass.DATED if due_on else TaskClass.STANDING), due_on=due_on,
            due_time=time.fromisoformat(hour) if hour else None, due_set_by=set_by,
            due_leader_id=self.people[leader] if leader else None, **more,
        )  # fmt: skip
        with self.database.write() as session:
            return assign(session, order, self.who(by))[0]

    def tick(self, text: str | None = None) -> bool:
        """One look of the planner, at a moment if one is given."""
        if text:
            self.at(text)
        return schedule.tick(self.database)

    def live(self, start: str, days: int) -> None:
        """Let every slot of these days pass, planning each."""
        from datetime import timedelta

        for n in range(days):
            day = date.fromisoformat(start) + timedelta(n)
            for slot in self.calendar.rules.slots:
                clock.stand_at(datetime.combine(day, slot, OFFICE_ZONE))
                schedule.tick(self.database)

    def told(
        self, kind: str | None = None, state: NoticeState | None = NoticeState.CARRIED
    ) -> list[tuple[str, str, str]]:
        """(moment of its message, person, kind) of every notice, in order; daily lists left out unless asked for."""
        with self.database.read() as session:
            query = select(Notice, Message).join(Message, isouter=True).order_by(col(Notice.due_at), col(Notice.id))
            rows = session.exec(query).all()
        found = []
        for notice, message in rows:
            wanted = notice.kind.value == kind if kind else notice.kind.value != "daily_office"
            if wanted and state in (None, notice.state):
                at = (message.slot_at or message.not_before) if message else notice.due_at
                when = at.astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M")
                found.append((when, self.names[notice.person_id], notice.kind.value))
        return found

    def task(self, task_id: int | None) -> Task:
        """The row as it is now."""
        with self.database.read() as session:
            task = session.get(Task, task_id)
            assert task is not None
            return task
