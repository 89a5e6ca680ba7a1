"""One chat turn: incoming message → reply, event and outbox row committed (SQLite, synchronous FULL)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import func, select

from bench.figure import Figure, median, timed
from bench.office import Bench
from bot.channel import Incoming
from bot.inbox import answer, receive
from models.event import Event

TURNS = 300


def measure() -> Iterator[Figure]:
    """ "nhận" and "đang làm", 300 tasks of ten heads, each on a task of one's own."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        units = [code for code in bench.units if code not in ("LDS", "VP")]
        owners = [units[n % len(units)] for n in range(TURNS)]
        first = date(2026, 12, 20)
        tasks = [(bench.assign(unit, due=first + timedelta(n % 20)), unit) for n, unit in enumerate(owners)]
        for name, verb, words in (("xác nhận", "acknowledge", "nhận"), ("tiến độ", "progress", "đang làm")):
            took = _turns(bench, [(f"{unit.lower()}.truong", f"NV{n} {words}") for n, unit in tasks])
            _each_done(bench, verb)
            yield median(f"chat turn: {name}, committed", took, 2.5)
        bench.close()


def _each_done(bench: Bench, verb: str) -> None:
    """A turn that did nothing is quick and proves nothing."""
    with bench.database.read() as session:
        done = session.exec(select(func.count()).where(Event.verb == verb)).one()
    assert done == TURNS, f"{verb}: {done} of {TURNS}"


def _turns(bench: Bench, said: list[tuple[str, str]]) -> list[float]:
    waiting = iter(said)

    def turn() -> None:
        who, text = next(waiting)
        with bench.database.write() as session:
            inbox_id = receive(session, channel="web", bot="", message_key=text, chat_id=who,
                               incoming=Incoming(text=text), person_id=bench.people[who])  # fmt: skip
        assert inbox_id is not None
        answer(bench.database, inbox_id)

    return timed(turn, len(said))
