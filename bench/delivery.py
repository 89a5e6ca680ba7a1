"""Messages on their way out, and an update on its way to its answer: beside what the library alone does, in one run."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.request import Request, urlopen

from sqlalchemy import func, insert
from sqlmodel import select
from telegram import Bot
from telegram.ext import ApplicationBuilder, MessageHandler, filters

import chats
from bench.figure import Figure, median
from bench.office import START, Bench
from bot.channel import Capabilities, Incoming, Outgoing, Sent
from bot.desk import Desk
from bot.inbox import receive
from bot.polling import Poller
from bot.receiving import Receiver
from bot.telegram import TelegramChannel
from jobs.deliver import Sender
from models import clock
from models.message import Kind, Message, MessageState, Notice, NoticeState
from models.organisation import Contact, ContactState, Person

TOKEN = "1:bench"
MESSAGES, BARE, TURNS = 10_000, 3_000, 200


def measure() -> Iterator[Figure]:
    """At once, at a pace, and one after the other."""
    yield from _rate(rendered=True)
    yield from _rate(rendered=False)
    yield _paced()
    yield from _answered()


@contextmanager
def _service() -> Iterator[str]:
    """The chat service's address."""
    process = subprocess.Popen([sys.executable, "-m", "bench.telegram_service"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def _rate(*, rendered: bool) -> Iterator[Figure]:
    """10,000 messages due at once, without limits. `rendered`: their texts are made on the way."""
    with tempfile.TemporaryDirectory() as folder, _service() as address:
        bench = Bench(folder)
        _fill_outbox(bench, rendered=rendered)
        bare = max(asyncio.run(_bare(address, at_once)) for at_once in (1, 4, 8))
        took = asyncio.run(_delivered(bench, address))
        with bench.database.read() as session:
            sent = session.exec(select(func.count()).where(Message.state == MessageState.SENT)).one()
        assert sent == MESSAGES, f"{sent} of {MESSAGES}"
        bench.close()
    how = "texts made on the way" if rendered else "texts ready"
    yield Figure(f"10,000 messages at once, {how}: time against a bare loop", bare * took / MESSAGES, 1 / 0.7, "×",
                 (bare, MESSAGES / took))  # fmt: skip


def _fill_outbox(bench: Bench, *, rendered: bool) -> None:
    """A message for each of 10,000 people, in their own chats: of notices, or the replies to what they wrote."""
    number = bench.assign("TTS", due=START.date() + timedelta(days=20))
    with bench.database.write() as session:
        inbox_id = receive(session, channel="telegram", bot="1", message_key="bench", chat_id="1", incoming=Incoming())
        at, first = clock.now(), 1000
        people = [{"id": first + n, "short_id": f"p{n}", "name": "Nguyễn Văn A", "daily_only": False}
                  for n in range(MESSAGES)]  # fmt: skip
        session.execute(insert(Person), people)
        session.execute(insert(Contact), [
            {"person_id": one["id"], "channel": "telegram", "bot": "1", "chat_id": str(one["id"]), "linked_at": at,
             "state": ContactState.ACTIVE, "preference": 0, "facts": {}} for one in people])  # fmt: skip
        session.execute(insert(Message), [
            {"id": one["id"], "key": f"bench:{one['id']}", "person_id": one["id"], "not_before": at, "created_at": at,
             "kinds": [], "tasks": [], "buttons": [], "state": MessageState.QUEUED, "any_hour": False, "tries": 0,
             "inbox_id": None if rendered else inbox_id,
             "text": None if rendered else "VĂN PHÒNG SỞ · NHẮC VIỆC\nNV1 · Báo cáo kết quả: hạn thứ Sáu 04/12/2026."}
            for one in people])  # fmt: skip
        session.execute(insert(Notice), [
            {"key": f"bench:{one['id']}", "kind": Kind.ASSIGNED, "person_id": one["id"], "told_id": bench.people["gd"],
             "task_id": 1, "due_version": 0, "due_at": at, "at_once": False, "any_hour": False, "facts": {},
             "state": NoticeState.CARRIED, "message_id": one["id"]} for one in people])  # fmt: skip
    assert number == 1


async def _bare(address: str, at_once: int) -> float:
    """Messages a second of the library's own client."""
    bot = Bot(TOKEN, base_url=f"{address}/bot")
    await bot.initialize()
    left = iter(range(BARE))

    async def some() -> None:
        for _ in left:
            await bot.send_message(1, "VĂN PHÒNG SỞ · NHẮC VIỆC\nNV1 · Báo cáo kết quả: hạn thứ Sáu 04/12/2026.")

    start = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(at_once)))
    took = time.perf_counter() - start
    await bot.shutdown()
    return BARE / took


class Unlimited(TelegramChannel):
    """Telegram as a server of one's own is: without limits."""

    capabilities = replace(TelegramChannel.capabilities, seconds_between=0.0, per_second=None, group_per_minute=None)


async def _delivered(bench: Bench, address: str) -> float:
    channel = Unlimited(TOKEN, address)
    start = time.perf_counter()
    await Sender(bench.database, {"telegram": channel}).deliver()
    took = time.perf_counter() - start
    await channel.close()
    return took


class Instant:
    """A channel with Telegram's limits that answers in no time."""

    capabilities: Capabilities = TelegramChannel.capabilities
    bot = "1"

    async def send(self, outgoing: Outgoing) -> Sent:
        return Sent((outgoing.key,))

    async def close(self) -> None:
        """It holds nothing."""


def _paced() -> Figure:
    """With the limits on, by a clock that only the waiting moves."""
    seconds = [0.0]

    async def sleep(wait: float) -> None:
        seconds[0] += wait

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        _fill_outbox(bench, rendered=False)
        sender = Sender(bench.database, {"telegram": Instant()}, elapsed=lambda: seconds[0], sleep=sleep)
        assert asyncio.run(sender.deliver()) == MESSAGES
        bench.close()
    return Figure("10,000 messages at 25 a second: simulated time against 400 s", seconds[0] / 400, 1.02, "×")


def _answered() -> Iterator[Figure]:
    """From an update to its answer on the wire, everything committed; and the library's own echo."""
    with tempfile.TemporaryDirectory() as folder, _service() as address:
        bench = Bench(folder)
        numbers = [bench.assign("TTS", due=START.date() + timedelta(days=20)) for _ in range(TURNS)]
        with bench.database.write() as session:
            session.add(Contact(person_id=bench.people["tts.truong"], channel="telegram", bot="1", chat_id="77",
                                linked_at=clock.now()))  # fmt: skip
        said = [[77, f"NV{number} đang làm"] for number in numbers]
        echo = median("an echo of the library: update to answer", asyncio.run(_echo(address, said)), 1000)
        ours = median("an update to its answer", asyncio.run(_answers(bench, address, said)), 1000)
        bench.close()
    yield Figure("an update to its answer, committed: against an echo", ours.value / echo.value, 4.0, "×",
                 (echo.value, ours.value))  # fmt: skip


async def _echo(address: str, said: list[list[Any]]) -> list[float]:
    application = ApplicationBuilder().token(TOKEN).base_url(f"{address}/bot").build()

    async def echo(update: Any, _: Any) -> None:
        await update.message.reply_text(update.message.text)

    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        took = await _asked(address, said)
        await application.updater.stop()
        await application.stop()
    return took


async def _answers(bench: Bench, address: str, said: list[list[Any]]) -> list[float]:
    channel = Unlimited(TOKEN, address)
    await channel.start()
    sender = Sender(bench.database, {"telegram": channel})
    receiver = Receiver(bench.database, {"telegram": channel}, Desk(b"bench"), chats.screen, sender.send)
    poller = Poller(bench.database, channel, receiver)

    async def poll() -> None:
        while True:
            await poller.step()

    polling = asyncio.create_task(poll())
    took = await _asked(address, said)
    polling.cancel()
    await poller.finish()
    await channel.close()
    return took


async def _asked(address: str, said: list[list[Any]]) -> list[float]:
    """Let the service hand these out; milliseconds of each answer."""
    body = json.dumps({"said": said}).encode()
    await asyncio.to_thread(urlopen, Request(f"{address}/next", body, {"content-type": "application/json"}))
    took: list[float] = []
    while len(took) < len(said):
        await asyncio.sleep(0.5)
        took = json.loads((await asyncio.to_thread(urlopen, f"{address}/took")).read())
    return [one * 1000 for one in took]
