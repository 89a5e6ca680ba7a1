"""The stage of the site's tests: the department in memory, a set clock, and browsers that people sit at."""

from __future__ import annotations

import atexit
import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from sqlmodel import SQLModel, func, select
from starlette.testclient import TestClient

import config
import founding
import migrations
from intake import import_documents
from models import clock
from models.base import Database
from models.confirm import Order, assign, confirm
from models.moves import Actor
from models.organisation import Unit
from models.recipients import person_by_short_id
from models.rules import OFFICE_ZONE
from models.task import DueSetBy, Task, TaskClass, by_number
from web import visits
from web.context import Context
from web.site import make_site

SEED = Path(__file__).resolve().parent.parent / "demo_data" / "788-SVHTTDL-VP.txt"
START = datetime(2023, 7, 24, 8, 0, tzinfo=OFFICE_ZONE)
SECRET = b"only for tests"
IN_MEMORY = "sqlite://"


@dataclass
class Stage:
    """A database, and the site over it."""

    database: Database
    context: Context
    site: Any
    people: dict[str, int] = field(default_factory=dict)
    untouched: int | None = None
    """How many changes the connection had seen when the department was founded; None: it is no database in memory."""

    def browser(self, who: str | None = None) -> Browser:
        """A browser; signed in as the person of this short id."""
        client = TestClient(self.site, base_url="http://testserver", follow_redirects=True)
        client.portal = _loop()
        return Browser(self, client, who)

    def changes(self) -> int:
        """How many rows were written so far: a page loaded when there were as many is as it would be now."""
        return _connection(self.database).total_changes

    def person(self, who: str) -> int:
        """The id of a person."""
        if who not in self.people:
            with self.database.read() as session:
                person = person_by_short_id(session, who)
                assert person is not None and person.id is not None
                self.people[who] = person.id
        return self.people[who]

    def import_seed(self) -> int:
        """The seed directive as a draft, registered by the clerk; its id.

        Read once in a process, for a department to which nothing has happened yet: hundreds of tests begin with it.
        """
        untouched = self.untouched is not None and _connection(self.database).total_changes == self.untouched
        if untouched and clock.now() == START:
            _with_seed().backup(_connection(self.database))
            return 1
        return self._read_seed()

    def _read_seed(self) -> int:
        actor = self.clerk()
        with self.database.write() as session:
            files = [(SEED.name, SEED.read_bytes())]
            return import_documents(session, files, received_on=clock.today(), actor=actor).directive_id

    def assign_seed(self) -> int:
        """The seed directive, assigned; its id."""
        directive_id, clerk = self.import_seed(), self.clerk()
        with self.database.write() as session:
            confirm(session, directive_id, clerk, waive=True)
        return directive_id

    def order(self, unit: str, title: str = "Báo cáo kết quả rà soát", *, due: date | None = date(2023, 7, 28),
              set_by: DueSetBy = DueSetBy.LEADER, co: tuple[str, ...] = ()) -> str:  # fmt: skip
        """One task for one unit, its date set by the Giám đốc unless said; its code."""
        leader, clerk = self.person("gd") if set_by is DueSetBy.LEADER else None, self.clerk()
        with self.database.write() as session:
            ids = {one.code: one.id or 0 for one in session.exec(select(Unit))}
            order = Order(title=title, text=title, unit_ids=(ids[unit],), task_class=TaskClass.DATED, due_on=due,
                          due_set_by=set_by, due_leader_id=leader,
                          co_unit_ids=tuple(ids[one] for one in co))  # fmt: skip
            return assign(session, order, clerk)[0].code

    def kept(self) -> sqlite3.Connection:
        """A copy of all that has happened, to go back to: half a millisecond, where making it again takes ten."""
        return _copy_of(_connection(self.database))

    def back_to(self, kept: sqlite3.Connection) -> None:
        """Let nothing have happened since."""
        kept.backup(_connection(self.database))

    def clerk(self) -> Actor:
        """The clerk, as somebody who acts."""
        return Actor(self.person("vp.vanthu"), "test")

    def rows(self, table: type[Any]) -> int:
        """How many rows a table has."""
        with self.database.read() as session:
            return session.exec(select(func.count()).select_from(table)).one()

    def task(self, code: str) -> Task:
        """The task as it stands."""
        with self.database.read() as session:
            task = by_number(session, int(code.removeprefix("NV")))
            assert task is not None
            return task


class Browser:
    """Somebody at the site. Answers are pages; `said()` is the sentence of a refusal."""

    def __init__(self, stage: Stage, client: TestClient, who: str | None) -> None:
        self.stage, self.client = stage, client
        self.visit = visits.begin(stage.person(who) if who else visits.NOBODY)
        if who:
            client.cookies.set("dondoc", visits._packed(stage.context.secret, self.visit))

    def get(self, path: str) -> Any:
        """A page."""
        return self.client.get(path)

    def post(self, path: str, data: dict[str, Any] | None = None, files: Any = None, *, token: str | None = None,
             follow: bool = True) -> Any:  # fmt: skip
        """A form, with the token of this visit unless another is given."""
        own = visits.form_token(self.stage.context, self.visit)
        fields = {"form_token": own if token is None else token} | (data or {})
        return self.client.post(path, data=fields, files=files, follow_redirects=follow)


def words_of(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def counted(browser: Browser, path: str) -> int:
    """How many tasks the list at this address says it has."""
    found = re.search(r'data-count="(\d+)"', browser.get(html.unescape(path)).text)
    assert found is not None, path
    return int(found.group(1))


def said(response: Any) -> str:
    """The sentence of a refusal, or of what was done, as a person reads it."""
    found = re.search(r'<p class="(?:refused|done)"[^>]*>(.*?)</p>', response.text, re.S)
    return html.unescape(found.group(1)) if found else ""


@contextmanager
def stage(demo: Any = None, url: str = IN_MEMORY) -> Iterator[Stage]:
    """The department of config.toml, everyone linked to the browser, Monday 24 July 2023 at 8 o'clock."""
    with clock.standing_at(START):
        database = _fresh() if url == IN_MEMORY else _founded(url)
        context = Context(database=database, secret=SECRET, demo=demo)
        untouched = _connection(database).total_changes if url == IN_MEMORY else None
        yield Stage(database, context, make_site(context), untouched=untouched)


@cache
def _loop() -> BlockingPortal:
    """The one event loop of all browsers of this process: by itself a client starts one, in a thread, per request."""
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(start_blocking_portal())


def _fresh() -> Database:
    """The one database in memory of this process, as it was founded: a new engine compiles every statement anew."""
    database, founded = _in_memory()
    founded.backup(_connection(database))
    return database


@cache
def _in_memory() -> tuple[Database, sqlite3.Connection]:
    database = _founded(IN_MEMORY)
    return database, _copy_of(_connection(database))


@cache
def _with_seed() -> sqlite3.Connection:
    """The department with the seed directive as a draft."""
    with stage() as made:
        made._read_seed()
        return made.kept()


def _copy_of(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.backup(copy)
    return copy


def _connection(database: Database) -> sqlite3.Connection:
    """The driver's connection, outside any transaction: the pool of a database in memory has only this one."""
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
    return raw


def _founded(url: str) -> Database:
    settings = config.load(environ={})
    database = Database(url, settings.rules)
    migrations.load_models()
    SQLModel.metadata.create_all(database.engine)
    with database.write() as session:
        founding.found(session, settings.department, settings.days_off, settings.workdays)
        founding.link_all_to_web(session)
    return database
