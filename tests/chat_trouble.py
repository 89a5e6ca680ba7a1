"""An office for what goes wrong in chats: two heads, one with a task, and a log that must stay clean."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlmodel import col

import app
from models import handling
from models.message import Inbox, InboxState
from tests.chat_office import ChatOffice

HEAD, OTHER = "tts.truong", "qlvh.truong"
SECRETS = ("Tuấn", "Hoàng", "145/BC", "AAMadeUp", "abc-xyz", "thiếu phụ lục", "hook-secret", "hầm trú ẩn")


class Log(logging.Handler):
    """All that is logged. Pytest's own keeps what a fixture logs at its end apart from what the test did."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.errors: list[str] = []
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        line = logging.Formatter("%(message)s").format(record)
        self.text += f"{line}\n"
        self.errors += [line] if record.levelno >= logging.ERROR else []


@contextmanager
def clean_log() -> Iterator[None]:
    """At the end of the block there is no error in the log, and nobody's name, words or token."""
    log, root, level = Log(), logging.getLogger(), logging.getLogger().level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    app.quiet_libraries()
    try:
        yield
    finally:
        root.removeHandler(log)
        root.setLevel(level)
    assert log.errors == [], log.errors
    assert [word for word in SECRETS if word in log.text] == [], log.text


@asynccontextmanager
async def begun(on: Any, **more: Any) -> AsyncIterator[ChatOffice]:
    """Two heads on a channel, one of them linked, with a task that they have confirmed; the log stays clean."""
    with clean_log():
        async with on(HEAD, OTHER, **more) as there:
            await there.turn()  # the bot learns its name
            there.linked(HEAD)
            there.office.do(handling.acknowledge, there.office.assign("TTS", due="2023-08-04"), HEAD)
            yield there


def said(there: ChatOffice, who: str = HEAD) -> int:
    return len(there.people[who].sees())


def waiting(there: ChatOffice) -> int:
    return there.count(Inbox, col(Inbox.state) != InboxState.DONE)


async def both(there: ChatOffice, slot: str) -> None:
    """The next slot, in which both heads are told something."""
    there.linked(OTHER)
    there.office.assign("TTS", due="2023-08-07")
    there.office.assign("QLVH", due="2023-08-07")
    there.at(slot)
