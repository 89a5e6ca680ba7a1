"""Seven weeks of an office by chance, always the same ones: people confirm, report, forget, ask for time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from models import clock, taking_back
from models.extending import ask_extension, decline, extend
from models.handling import accept, acknowledge, correct, give_back, progress, reassign, report
from models.moves import Actor, MoveError, move
from models.rules import OFFICE_ZONE
from models.task import Task
from tests.office import Office
from tests.web_stage import SECRET, Stage
from web.context import Context
from web.site import make_site

UNITS = ("TTS", "TCCB", "QLVH", "QLTT", "QLDL", "NSVH", "BPMC", "BT", "TV", "TTVH", "NHC", "LDS", "VP")
FIRST = date(2026, 4, 6)
DAYS = 49


def lived(folder: Path, seed: int = 5) -> Office:
    """An office after such seven weeks. In a file: a database in memory has one transaction at a time, and its pages
    are asked beside the recounting."""
    made = Office("2026-04-06 07:00", f"sqlite:///{folder / 'life.db'}")
    Life(made, seed).live()
    return made


def site_of(office: Office) -> Stage:
    """Its site."""
    context = Context(database=office.database, secret=SECRET)
    return Stage(office.database, context, make_site(context))


class Life:
    """`seed`: which seven weeks."""

    def __init__(self, office: Office, seed: int = 5) -> None:
        self.office, self.dice = office, random.Random(seed)
        self.day = FIRST
        self.made: list[int] = []

    def live(self) -> None:
        """Every day has new tasks, some acts, and both slots; ends on a working morning."""
        for n in range(DAYS):
            self.day = FIRST + timedelta(n)
            for hour, acts in ((7, 0), (9, 5), (13, 0), (16, 5)):
                clock.stand_at(datetime.combine(self.day, time(hour, 30), OFFICE_ZONE))
                for _ in range(acts if self.office.calendar.is_working(self.day) else acts // 4):
                    self._something()
                self.office.tick()
        clock.stand_at(datetime.combine(FIRST + timedelta(DAYS), time(10), OFFICE_ZONE))

    def _something(self) -> None:
        if (len(self.made) < 90 and self.dice.random() < 0.4) or not self.made:
            self._assign()
            return
        task = self.office.task(self.dice.choice(self.made))
        usual = {"assigned": (self._confirm, self._report), "acknowledged": (self._report, self._report, self._ask),
                 "reported": (self._decide,)}  # fmt: skip
        act = self.dice.choice((*usual.get(task.state, ()) * 3, self._answer, self._move))
        try:
            act(task)
        except MoveError:
            return  # not from here, or not theirs: nothing happens then, and the log says nothing

    def _assign(self) -> None:
        units = self.dice.sample(UNITS, self.dice.choice((1, 1, 1, 1, 2)))
        due = self.day + timedelta(self.dice.randint(0, 24)) if self.dice.random() < 0.8 else None
        hour = self.dice.choice((None, None, None, "10:00", "16:30")) if due else None
        setter = self.dice.choice(({}, {"leader": "gd"}, {"authority": True})) if due else {}
        first = self.office.assign(*units, due=due.isoformat() if due else None, hour=hour, **setter)
        with self.office.database.read() as session:
            from sqlmodel import select

            found = session.exec(select(Task.id).where(Task.number >= first.number, Task.is_parent == False))  # noqa: E712
            self.made += [one for one in found if one is not None]

    def _head(self, task: Task) -> str:
        code = next(code for code, unit in self.office.units.items() if unit == task.unit_id)
        return "gd" if code == "LDS" else f"{code.lower()}.truong"

    def _do(self, act: Callable[..., object], task: Task, who: str, *args: object, **more: object) -> None:
        self.office.do(act, task, who, *args, **more)

    def _confirm(self, task: Task) -> None:
        self._do(acknowledge, task, self._head(task))
        if self.dice.random() < 0.2:
            self._do(taking_back.take_back, task, self._head(task))

    def _report(self, task: Task) -> None:
        number = f"{self.dice.randint(1, 99)}/BC" if self.dice.random() < 0.8 else None
        self._do(report, task, self._head(task), words="xong", product_number=number, product_date=self.day)
        if self.dice.random() < 0.1:
            self._do(taking_back.take_back, task, self._head(task))

    def _decide(self, task: Task) -> None:
        if self.dice.random() < 0.8:
            self._do(accept, task, "vp.truong")
        else:
            self._do(give_back, task, "vp.truong", "thiếu phụ lục")

    def _ask(self, task: Task) -> None:
        if task.due_on is not None:
            day = max(task.due_on, self.day) + timedelta(7)
            self._do(ask_extension, task, self._head(task), day, reason="chờ số liệu")

    def _answer(self, task: Task) -> None:
        by = "gd" if task.due_set_by == "leader" else "vp.truong"
        if self.dice.random() < 0.6:
            self._do(extend, task, by, max(task.due_on or self.day, self.day) + timedelta(5))
        else:
            self._do(decline, task, by, "Làm đúng hạn")

    def _move(self, task: Task) -> None:
        kind = self.dice.choice(("withdraw", "suspend", "resume", "reassign", "correct", "reopen", "wait", "progress"))
        if kind == "reassign":
            self._do(reassign, task, "vp.truong", self.office.units[self.dice.choice(UNITS)])
        elif kind == "correct":
            self._do(correct, task, "vp.truong", "ghi nhầm", due_on=self.day + timedelta(self.dice.randint(-3, 9)))
        elif kind == "wait":
            values = {"waiting": "co_unit", "waiting_for": "QLDL", "waiting_since": clock.now()}
            self._do(_by_name("wait", values), task, self._head(task))
        elif kind == "progress":
            self._do(progress, task, self._head(task), words="đang làm")
        elif self.dice.random() < 0.5:
            self._do(_by_name(kind, {}), task, "vp.truong")


def _by_name(verb: str, values: dict[str, object]) -> Callable[..., object]:
    def act(session: object, task_id: int, actor: Actor) -> object:
        return move(session, task_id, verb, actor, reason="theo chỉ đạo", values=values)  # type: ignore[arg-type]

    return act
