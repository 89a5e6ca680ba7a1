"""The board of an office of 200 units with the tasks of two years: time and weight of every page, on SQLite.

`python -m bench board` measures with 100,000 tasks, `python -m bench board-million` with ten times as many.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select
from starlette.testclient import TestClient

from bench.figure import Figure, median, timed
from bench.many import RARE, fill
from bench.office import START, Bench
from models import clock, handling
from models.moves import Actor
from models.organisation import Post, Role, Unit
from models.recipients import person_by_short_id
from models.task import State, Task
from papers.weekly.digest import snapshot
from web import visits
from web.context import Context
from web.site import make_site

TASKS, MANY = 100_000, 1_000_000
AIM_PAGE, AIM_HOME, AIM_WEIGHT, AIM_DIGEST = 100.0, 50.0, 150.0, 2000.0
ROUNDS = 9
FIRST_DUE, LAST_DUE = START.date(), START.date() + timedelta(30)

PAGES = {
    "tasks": "/tasks",
    "tasks: last page": "/tasks?page={last}",
    "tasks: a page in the middle": "/tasks?page={middle}",
    "tasks: overdue, latest first": "/tasks?category=qua_han&sort=late",
    "tasks: done late": "/tasks?category=qua_han_xong",
    "tasks: done on time": "/tasks?category=dung_han_xong",
    "tasks: in time": "/tasks?category=trong_han",
    "tasks: no date": "/tasks?category=khong_han",
    "tasks: completed": "/tasks?state=completed",
    "tasks: reported": "/tasks?state=reported",
    "tasks: not confirmed": "/tasks?unconfirmed=1",
    "tasks: of a unit": "/tasks?unit=DV100",
    "tasks: of a directive": "/tasks?directive={directive}",
    "tasks: of a leader's units, done late": "/tasks?leader={leader}&category=qua_han_xong",
    "tasks: of a class": "/tasks?class=standing",
    "tasks: due in a month": f"/tasks?due_from={FIRST_DUE}&due_to={LAST_DUE}",
    "tasks: co-operating": "/tasks?co=DV100",
    "tasks: waits for signature": "/tasks?waiting=submitted",
    "tasks: extension asked": "/tasks?extension=1",
    "tasks: not entered with the authority": "/tasks?authority_open=1",
    "search: a rare word": f"/tasks?q={RARE.lower()}",
    "search: a frequent word": "/tasks?q=bao",
    "search: two frequent words of a unit": "/tasks?q=bao+cao&unit=DV100",
    "search: a code": "/tasks?q=nv4321",
    "search: a document's number": "/tasks?q=88/ubnd",
    "search: a frequent word, by date": "/tasks?q=bao+cao&sort=due",
    "sort: due": "/tasks?sort=due",
    "sort: due, latest": "/tasks?sort=-due",
    "sort: days late": "/tasks?sort=late",
    "sort: unit": "/tasks?sort=unit",
    "sort: unit, last page": "/tasks?sort=unit&page={last}",
    "copy the result of a list": "/copy?unit=DV100&category=qua_han",
    "task": "/tasks/NV4321",
    "directives": "/directives",
    "directive": "/directives/150",
    "unit": "/units/DV100",
    "pictures": "/charts",
    "reports": "/reports",
    "report of the week": "/reports/week/{week}",
    "register": "/reports/register",
    "scoring": "/reports/scoring",
    "letter": "/reports/letter",
    "office": "/office",
    "people": "/people",
}


def measure() -> Iterator[Figure]:
    """At 100,000 tasks."""
    yield from measured(TASKS, 1)


def measure_million() -> Iterator[Figure]:
    """At 1,000,000 tasks, which may take three times as long."""
    yield from measured(MANY, 3)


def measured(count: int, times: float) -> Iterator[Figure]:
    """Every page with so many tasks; aims of time are multiplied by `times`."""
    with tempfile.TemporaryDirectory() as folder:
        board = Board(folder, count)
        yield from board.pages(times)
        board.close()


class Board:
    """The site over the filled office, and a clerk and a head of a unit who look at it."""

    def __init__(self, folder: str, count: int) -> None:
        self.bench, self.count = Bench(folder), count
        fill(str(Path(folder) / "bench.db"), count, START, list(self.bench.people.values()))
        self._open()

    def _open(self) -> None:
        self.context = Context(database=self.bench.database, secret=b"only for measuring")
        self.site = make_site(self.context)
        with self.bench.database.read() as session:
            code = select(Unit.leader_id).where(Unit.code == "DV100")
            names = {number: short for short, number in self.bench.people.items()}
            self.leader = names[session.exec(code).one() or 0]

    def pages(self, times: float) -> Iterator[Figure]:
        """Home, then each page that the site has, warm, with its weight; then what a change costs."""
        clerk, head = self.browser("vp.vanthu"), self.browser("dv100.truong")
        said = f"{self.count:,} tasks: "
        yield from self._page(clerk, said + "home", "/", AIM_HOME * times)
        yield median(said + "home right after a change", self._after_changes(clerk), AIM_PAGE * times)
        for name, address in PAGES.items():
            yield from self._page(clerk, said + name, address.format(**self._values()), AIM_PAGE * times)
        for name, address in {"home of a unit's head": "/", "tasks of a unit's head": "/tasks"}.items():
            yield from self._page(head, said + name, address, AIM_PAGE * times)
        yield median(said + "digest snapshot", timed(self._digest, 3), AIM_DIGEST * times)

    def browser(self, who: str) -> TestClient:
        """Somebody at the site."""
        client = TestClient(self.site, base_url="http://testserver", headers={"accept-encoding": "gzip"})
        client.cookies.set("dondoc", visits._packed(self.context.secret, visits.begin(self._person(who))))
        return client.__enter__()

    def _person(self, who: str) -> int:
        with self.bench.database.read() as session:
            person = person_by_short_id(session, who)
            assert person is not None and person.id is not None
            return person.id

    def _values(self) -> dict[str, Any]:
        last = self.count // 100 + 1
        return {"last": last, "middle": last // 2, "directive": 150, "leader": self.leader, "week": START.date()}

    def _page(self, client: TestClient, name: str, address: str, aim: float) -> Iterator[Figure]:
        answer = client.get(address)
        if answer.status_code == 404:
            return
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        client.get(address)
        yield median(name, timed(lambda: client.get(address), ROUNDS), aim)
        weight = len(gzip.compress(answer.content, 5)) / 1024
        if weight > AIM_WEIGHT / 3:
            yield Figure(f"{name}, weight", weight, AIM_WEIGHT, "kB")

    def _after_changes(self, clerk: TestClient) -> list[float]:
        """Milliseconds of the first look after somebody has done something."""
        with self.bench.database.read() as session:
            query = (
                select(Task.id, Post.person_id).join(Post, col(Post.unit_id) == Task.unit_id)
                .where(Task.state == State.ACKNOWLEDGED, Post.role == Role.HEAD).limit(ROUNDS)
            )  # fmt: skip
            found = session.exec(query).all()
        took = []
        for task_id, head in found:
            with self.bench.database.write() as session:
                handling.progress(session, task_id or 0, Actor(head, "bench"), words="đang làm")
            took += timed(lambda: clerk.get("/"), 1)
        return took

    def _digest(self) -> object:
        with self.bench.database.read() as session:
            return snapshot(session, clock.now())

    def close(self) -> None:
        """Let go of everything."""
        self.bench.close()

