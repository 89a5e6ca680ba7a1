"""One chat turn: incoming message → reply, event and outbox row committed (SQLite, synchronous FULL)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta

from bench.figure import Figure, median, timed
from bench.office import Bench
from bot.channel import Incoming
from bot.inbox import answer, receive

TURNS = 300


def measure() -> Iterator[Figure]:
    """"đã nhận" and "đang làm", each on a task of one's own."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        codes = [bench.assign("TTS", due=date(2026, 12, 20) + timedelta(n % 20)) for n in range(TURNS)]
        yield median("chat turn: xác nhận, committed", _turns(bench, [f"NV{n} nhận" for n in codes]), 2.5)
        yield median("chat turn: tiến độ, committed", _turns(bench, [f"NV{n} đang làm" for n in codes]), 2.5)
        bench.close()


def _turns(bench: Bench, texts: list[str]) -> list[float]:
    waiting = iter(enumerate(texts))

    def turn() -> None:
        n, text = next(waiting)
        with bench.database.write() as session:
            inbox_id = receive(session, channel="web", bot="", message_key=f"{text}:{n}", chat_id="tts.truong",
                               incoming=Incoming(text=text), person_id=bench.people["tts.truong"])  # fmt: skip
        assert inbox_id is not None
        answer(bench.database, inbox_id)

    return timed(turn, len(texts))
