"""Plays a fixed script of people through the real pieces, and compares every message with a table written by hand.

A script is a list of `Say` (words typed in the browser chat) and `Do` (what the Office does on the board), each at its
moment. Between them the clock stops at every slot and at the end of each act's take-back time; the planner and the
delivery run at every stop. Rows of a table: `day hour | people | kinds | tasks`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from bot.channel import Incoming
from bot.inbox import answer, receive
from bot.webchat import WebChat
from jobs import schedule
from jobs.deliver import deliver
from models import clock
from models.message import Message, MessageState, Notice, NoticeState
from models.rules import OFFICE_ZONE
from models.task import Task
from tests.office import Office, local

GROUPS = {"OFFICE": ("vp.truong", "vp.pho", "vp.vanthu"), "LEADERS": ("gd", "pgd1", "pgd2")}
Row = tuple[str, str, tuple[str, ...], tuple[int, ...]]
"""(day and hour, person, kinds in their order, numbers of the tasks that its notices are about)."""


@dataclass(frozen=True)
class Say:
    """Somebody types `words` at `at`. `holds`: phrases that the reply must contain. `to`: answers the person's last
    message about this task (reply-to). `photos`: how many pictures come with it."""

    at: str
    who: str
    words: str
    holds: tuple[str, ...] = ()
    to: int | None = None
    photos: int = 0


@dataclass(frozen=True)
class Do:
    """What the Office does at `at` on the board, through the models."""

    at: str
    step: Callable[[], object]


class Story:
    """An office whose time is played. `year`: of the moments in the script and the table ("25/11 13:45")."""

    def __init__(self, year: int, start: str) -> None:
        self.year = year
        self.office = Office(self.moment(start).strftime("%Y-%m-%d %H:%M"))
        self.channels = {"web": WebChat()}

    def moment(self, text: str) -> datetime:
        """`25/11 13:45` of the story's year, at the office."""
        day, hour = text.split()
        d, m = day.split("/")
        return local(f"{self.year}-{m}-{d} {hour}")

    def play(self, script: Iterable[Say | Do], until: str) -> None:
        """Let time pass from now to the end of the day `until` ("11/12"), with everything the script says."""
        asyncio.run(self._play(list(script), self.moment(f"{until} 23:59")))

    async def _play(self, script: list[Say | Do], end: datetime) -> None:
        window = timedelta(minutes=self.office.calendar.rules.take_back_minutes, seconds=1)
        stops: list[tuple[datetime, int]] = [(slot, -1) for slot in self._slots(clock.now(), end)]
        for n, step in enumerate(script):
            stops += [(self.moment(step.at), n), (self.moment(step.at) + window, -1)]
        for at, n in sorted(stops):
            assert n < 0 or clock.now() <= at <= end, f"{script[n]} is out of order"
            clock.stand_at(at)
            if n >= 0:
                self._step(script[n])
            schedule.tick(self.office.database)
            await deliver(self.office.database, self.channels)

    def _slots(self, start: datetime, end: datetime) -> Iterable[datetime]:
        day = start.astimezone(OFFICE_ZONE).date()
        while day <= end.date():
            for slot in self.office.calendar.rules.slots:
                at = datetime.combine(day, slot, OFFICE_ZONE)
                if at > start:
                    yield at
            day += timedelta(1)

    def _step(self, step: Say | Do) -> None:
        if isinstance(step, Do):
            step.step()
            return
        reply = self.say(step)
        for phrase in step.holds:
            assert phrase in reply, f"{step.at} {step.who}: {step.words}\nis answered\n{reply}\nwithout “{phrase}”"

    def say(self, step: Say) -> str:
        """What the person is answered at once."""
        with self.office.database.write() as session:
            incoming = Incoming(text=step.words, attachments=("photo",) * step.photos,
                                reply_to=self._about(session, step.who, step.to))  # fmt: skip
            key = f"{step.at} {step.who} {step.words}"
            inbox_id = receive(session, channel="web", bot="", message_key=key, chat_id=step.who, incoming=incoming)
            assert inbox_id is not None, f"said twice: {key}"
        replies = answer(self.office.database, inbox_id)
        with self.office.database.read() as session:
            found = [session.get(Message, message_id) for message_id in replies]
        return "\n".join(message.text or "" for message in found if message)

    def inside(self, act: Callable[[Session], object]) -> Callable[[], None]:
        """The step that does `act` in one transaction."""

        def step() -> None:
            with self.office.database.write() as session:
                act(session)

        return step

    def _about(self, session: Session, who: str, number: int | None) -> int | None:
        if number is None:
            return None
        query = select(Message).where(Message.person_id == self.office.people[who]).order_by(col(Message.id).desc())
        return next(message.id for message in session.exec(query) if message.tasks == [number])

    def task(self, number: int) -> Task:
        """NV<number> as it is now."""
        with self.office.database.read() as session:
            return session.exec(select(Task).where(Task.number == number)).one()

    def id_of(self, session: Session, number: int) -> int:
        """The row id of NV<number>."""
        return session.exec(select(Task.id).where(Task.number == number)).one() or 0

    def told(self, since: str) -> Counter[Row]:
        """Every message sent from the day `since` on that answers nobody's own words."""
        with self.office.database.read() as session:
            query = select(Message).where(Message.state == MessageState.SENT, Message.inbox_id == None,  # noqa: E711
                                          Message.sent_at >= self.moment(f"{since} 00:00"))  # type: ignore[operator]  # fmt: skip
            return Counter(self._row(session, message) for message in session.exec(query).all())

    def _row(self, session: Session, message: Message) -> Row:
        query = (
            select(Task.number)
            .join(Notice, col(Notice.task_id) == col(Task.id))
            .where(Notice.message_id == message.id, Notice.state == NoticeState.CARRIED)
        )
        assert message.sent_at is not None and message.person_id is not None
        at = message.sent_at.astimezone(OFFICE_ZONE).strftime("%d/%m %H:%M")
        kinds = tuple(str(kind) for kind in message.kinds)
        named = set(session.exec(query)) or (set(message.tasks) if kinds == ("handover",) else set())
        return at, self.office.names[message.person_id], kinds, tuple(sorted(named))


def table(path: Path) -> Counter[Row]:
    """The rows of a table file; `OFFICE` and `LEADERS` stand for their people, a line with several for a row each."""
    rows: Counter[Row] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        at, people, kinds, tasks = (part.strip() for part in line.split("|"))
        numbers = tuple(sorted(int(code.removeprefix("NV")) for code in tasks.split()))
        for name in people.split():
            for person in GROUPS.get(name, (name,)):
                rows[(at, person, tuple(kinds.split()), numbers)] += 1
    return rows


def differences(sent: Counter[Row], expected: Counter[Row]) -> str:
    """What was sent and is not in the table (+), and what is in the table and was not sent (-), in time order."""
    lines = [(row, "+") for row in (sent - expected).elements()] + [(row, "-") for row in (expected - sent).elements()]
    return "\n".join(f"{mark} {_line(row)}" for row, mark in sorted(lines, key=lambda one: (_when(one[0]), one[0][1])))


def _when(row: Row) -> tuple[str, ...]:
    day, hour = row[0].split()
    return (*reversed(day.split("/")), hour)


def _line(row: Row) -> str:
    at, person, kinds, tasks = row
    return f"{at} | {person} | {' '.join(kinds)} | {' '.join(f'NV{n}' for n in tasks)}"
