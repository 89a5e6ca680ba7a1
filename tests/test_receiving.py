"""From a kept update to its answer: in the order of its chat, with all its files, and never for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from bot import inbox
from bot.channel import Incoming, Update
from bot.keeping import LONGEST_RAW
from bot.receiving import FileRefused
from models.message import Inbox, InboxState, Message
from models.report import Evidence
from tests.chat_channels import on_telegram, on_zalo
from tests.chat_office import PICTURE, ChatOffice

HEAD = "tts.truong"
ASKED = ("việc của tôi", "tuần này có việc gì", "trợ giúp", "NV1", "ai còn nợ việc gì")


@pytest.fixture
async def there() -> AsyncIterator[ChatOffice]:
    """A head on Telegram, and a task of theirs."""
    async with on_telegram(HEAD) as made:
        made.linked(HEAD)
        made.office.assign("TTS", due="2023-08-04")
        yield made


def updates(there: ChatOffice, *said: Incoming, first: int = 1) -> list[Update]:
    chat = str(there.people[HEAD].person.id)
    return [Update(f"u{n}", chat, chat, one) for n, one in enumerate(said, start=first)]


async def take(there: ChatOffice, *said: Incoming, first: int = 1) -> list[int]:
    channel: Any = there.channels["telegram"]
    return await there.receiver.take(channel, updates(there, *said, first=first))


def rows(there: ChatOffice) -> list[Inbox]:
    """What was kept since the link."""
    with there.office.database.read() as session:
        return list(session.exec(select(Inbox).where(col(Inbox.message_key).startswith("u")).order_by(col(Inbox.id))))


async def test_messages_of_one_chat_are_answered_in_their_order_whatever_order_is_asked(there: ChatOffice) -> None:
    ids = await take(there, *(Incoming(words) for words in ASKED))
    await there.receiver.handle([ids[3]])
    assert [row.state for row in rows(there)] == [InboxState.DONE] * 4 + [InboxState.RECEIVED], "what came before too"
    await asyncio.gather(*(there.receiver.handle([one]) for one in reversed(ids)))
    with there.office.database.read() as session:
        answers = session.exec(select(Message.inbox_id).where(col(Message.inbox_id).in_(ids)).order_by(col(Message.id)))
        assert list(answers) == ids
    assert there.receiver._lanes == {}, "nothing is remembered of a chat that is done"


async def test_two_who_answer_the_same_rows_answer_them_once(there: ChatOffice) -> None:
    ids = await take(there, Incoming("việc của tôi"), Incoming("tuần này"))
    before = len(there.people[HEAD].sees())
    await asyncio.gather(there.receiver.handle(ids), there.receiver.handle(ids))
    await there.turn()
    assert len(there.people[HEAD].sees()) == before + 2


async def test_a_process_that_died_after_keeping_is_carried_on(there: ChatOffice) -> None:
    before = len(there.people[HEAD].sees())
    there.people[HEAD].says("việc của tôi")
    channel: Any = there.channels["telegram"]
    await there.receiver.take(channel, await channel.poll())  # and then nothing: it died
    assert await there.receiver.handle_waiting() == 1 and await there.receiver.handle_waiting() == 0
    await there.turn()
    assert len(there.people[HEAD].sees()) == before + 1


async def test_a_picture_that_comes_while_others_are_fetched_is_not_lost() -> None:
    async with on_zalo(HEAD) as there:
        there.linked(HEAD)
        channel: Any = there.channels["zalo"]
        fetch = channel.fetch

        async def slow(file: Mapping[str, Any]) -> bytes:
            channel.fetch = fetch
            there.people[HEAD].sends_photo(PICTURE)
            await there.receiver.take(channel, await channel.poll())
            return bytes(await fetch(file))

        channel.fetch = slow
        there.people[HEAD].sends_photo(PICTURE)
        await there.comes()
        for _ in range(2):
            there.later(1)
            await there.turn()
        assert there.count(Evidence) == 2 and there.count(Inbox, col(Inbox.state) != InboxState.DONE) == 0


async def test_a_file_that_breaks_whoever_looks_at_it_is_given_up_and_the_person_told(
    there: ChatOffice, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(name: str, data: bytes) -> str:
        raise RuntimeError("a parser's own mistake")

    there.receiver.screen = broken
    there.people[HEAD].person.sends_file("bc.txt", b"bao cao")
    before = len(there.people[HEAD].sees())
    for _ in range(5):
        await there.turn()
    assert len(there.people[HEAD].sees()) == before + 1
    assert there.count(Inbox, Inbox.state == InboxState.FAILED) == 1
    assert len([one for one in caplog.records if one.levelname == "ERROR"]) == inbox.TRIES


async def test_a_file_of_a_channel_that_is_no_longer_used_is_gone(there: ChatOffice) -> None:
    ids = await take(there, Incoming(attachments=("file",), files=({"kind": "file", "id": "x", "name": "bc.txt"},)))
    there.receiver.channels = {}
    for _ in range(8):
        await there.receiver.handle(ids)
        there.later(1)
    assert rows(there)[0].payload["files"][0]["done"] == "gone" and rows(there)[0].state is InboxState.DONE


@pytest.mark.parametrize("reason", ["type", "empty", "secret", "unscreened", "broken"])
async def test_a_file_that_is_not_taken_is_named_and_why(there: ChatOffice, reason: str) -> None:
    def refusing(name: str, data: bytes) -> str:
        raise FileRefused(reason)

    there.receiver.screen = refusing
    there.people[HEAD].person.sends_file("bc.txt", b"bao cao")
    await there.turn()
    assert "Tệp bc.txt" in there.heard(HEAD) and there.count(Evidence) == 0


async def test_what_is_far_longer_than_anything_typed_is_cut_and_not_kept_as_it_came(there: ChatOffice) -> None:
    one = updates(there, Incoming("x" * 1_000_000))[0]
    channel: Any = there.channels["telegram"]
    await there.receiver.take(channel, [replace(one, raw={"m": "x" * 1_000_000})])
    assert len(str(rows(there)[0].payload)) < LONGEST_RAW
