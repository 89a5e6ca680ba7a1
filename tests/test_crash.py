"""A process is killed between any two steps of a chat turn and of a delivery; another carries on. Nothing is lost and
nothing is applied twice.

A step is a statement sent to the database, a commit, or a call of the chat service. The child counts them and kills
itself with SIGKILL at the k-th, for every k there is, so no hook for it lives in the product.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event as sa_event
from sqlmodel import select

from bot.channel import Capabilities, Incoming, Outgoing, Result, Sent
from bot.inbox import answer, answer_waiting, receive
from jobs.deliver import deliver
from jobs.settle import take_over
from models import event
from models.base import Database
from models.event import Event
from models.message import Inbox, Message, MessageState, Notice, NoticeState
from models.task import State, Task
from tests.office import Office

HEAD = "tts.truong"


class Steps:
    """Counts steps and dies at the one that was chosen; 0 never dies."""

    def __init__(self, die_at: int) -> None:
        self.die_at, self.count = die_at, 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, database: Database) -> None:
        """Every statement, and both sides of every commit, is a step."""
        sa_event.listen(database.engine, "before_cursor_execute", self)
        sa_event.listen(database.engine, "after_cursor_execute", self)
        sa_event.listen(database.engine, "commit", self)


class Service:
    """A chat service that survives its callers: every message that arrived is a line in a file."""

    capabilities = Capabilities("web", 4096, True, True, True, pushes=False)
    bot = ""

    def __init__(self, file: Path, steps: Steps) -> None:
        self.file, self.steps = file, steps

    async def send(self, outgoing: Outgoing) -> Result:
        """It arrives between two steps."""
        self.steps()
        with self.file.open("a") as stream:
            stream.write(f"{outgoing.key} {'repeat' if outgoing.repeat else 'first'}\n")
        self.steps()
        return Sent((outgoing.key,))

    async def close(self) -> None:
        """It holds nothing."""

    def arrived(self) -> list[list[str]]:
        """[key, first or repeat] of each."""
        return [line.split() for line in self.file.read_text().splitlines()] if self.file.exists() else []


def in_a_child(database: Database, work: Callable[[Steps], None], die_at: int) -> int:
    """Run in a forked process; the steps it took, or 0 when it was killed at the chosen one.

    No connection crosses the fork: they are given back before, and the child makes its own.
    """
    database.close()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover  the child's lines are counted nowhere
        steps = Steps(die_at)
        steps.watch(database)
        try:
            work(steps)
            os.write(writer, str(steps.count).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return int(told) if told else 0


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'dondoc.db'}"


def test_a_chat_turn_killed_anywhere_is_applied_once(url: str) -> None:
    office = Office("2023-07-24 09:00", url)
    database, died, finished = office.database, 0, 0
    while not finished:
        died += 1
        number = office.assign("TTS").number

        def turn(_: Steps, number: int = number) -> None:
            with database.write() as session:
                kept = receive(session, channel="web", bot="", message_key=f"m{number}", chat_id=HEAD,
                               incoming=Incoming(text=f"nhận NV{number}"), person_id=office.people[HEAD])  # fmt: skip
            if kept is not None:
                answer(database, kept)

        finished = in_a_child(database, turn, died)
        turn(Steps(0))  # the chat service delivers again what was not taken
        answer_waiting(database)
        with database.read() as session:
            task = session.exec(select(Task).where(Task.number == number)).one()
            inbox = session.exec(select(Inbox).where(Inbox.message_key == f"m{number}")).all()
            confirmed = session.exec(select(Event).where(Event.task_id == task.id, Event.verb == "acknowledge")).all()
            replies = session.exec(select(Message).where(Message.inbox_id == inbox[0].id)).all()
        assert (task.state, len(inbox), len(confirmed), len(replies)) == (State.ACKNOWLEDGED, 1, 1, 1), f"step {died}"
    assert died > 15
    with database.read() as session:
        assert list(event.broken(session)) == []
    database.close()


def test_a_delivery_killed_anywhere_loses_nothing_and_repeats_only_what_was_in_flight(url: str, tmp_path: Path) -> None:
    office = Office("2023-07-24 07:29", url)
    task = office.assign("TTS", urgency="HỎA TỐC")
    office.tick()
    database, died, finished = office.database, 0, 0
    file_of_the_database = Path(url.removeprefix("sqlite:///"))
    database.close()  # a closed database is one file
    waiting = file_of_the_database.read_bytes()
    while not finished:
        died += 1
        arrived = tmp_path / f"arrived-{died}"
        file_of_the_database.write_bytes(waiting)

        def send(steps: Steps, file: Path = arrived) -> None:
            asyncio.run(deliver(database, {"web": Service(file, steps)}))

        finished = in_a_child(database, send, died)
        take_over(database)
        send(Steps(0))
        with database.read() as session:
            message = session.exec(select(Message).join(Notice).where(Notice.task_id == task.id)).one()
            notices = session.exec(select(Notice).where(Notice.task_id == task.id)).all()
        sent = [how for key, how in Service(arrived, Steps(0)).arrived() if key == message.key]
        assert message.state is MessageState.SENT, f"step {died}"
        assert {notice.state for notice in notices} == {NoticeState.CARRIED}
        assert sent in (["first"], ["repeat"], ["first", "repeat"]), f"step {died}: {sent}"
        database.close()
    assert sent == ["first"]
    assert died > 10


def test_two_processes_that_deliver_at_once_send_each_message_once(url: str, tmp_path: Path) -> None:
    office = Office("2023-07-24 07:30", url)
    for unit in ("TTS", "TCCB", "QLVH", "QLDL", "BT", "TV", "NHC"):
        office.assign(unit)
    office.tick()
    office.database.close()
    arrived = tmp_path / "arrived"
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                asyncio.run(deliver(office.database, {"web": Service(arrived, Steps(0))}))
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    sent = sorted(key for key, _ in Service(arrived, Steps(0)).arrived())
    assert len(sent) == len(set(sent)) == 7
