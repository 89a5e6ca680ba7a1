"""The inbox: kept before anything is done, done once whoever asks, given up after three faults with people told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import select

from bot import conversation, inbox
from bot.acts import Act
from bot.channel import Incoming, Outgoing, Sent
from bot.turn import Turn
from bot.webchat import WebChat
from models.base import Database
from models.event import Event
from models.message import Inbox, InboxState, Kind, Message, Notice
from models.task import State
from tests.contexts import on_stage
from tests.office import SETTINGS
from tests.stage import HUNG, Stage


def kept(stage: Stage, words: str, key: str = "k") -> int:
    with stage.database.write() as session:
        made = inbox.receive(
            session, channel="web", bot="", message_key=key, chat_id=HUNG, incoming=Incoming(text=words)
        )
    assert made is not None
    return made


def test_a_person_is_known_by_the_chat() -> None:
    stage = on_stage("A1")
    inbox.answer(stage.database, kept(stage, "đã nhận"))
    assert stage.by_number(12).state is State.ACKNOWLEDGED


def test_what_was_kept_survives_and_is_answered_later() -> None:
    stage = on_stage("A1")
    row = kept(stage, "đã nhận")
    with stage.database.read() as session:
        assert inbox.waiting(session) == [row]
    inbox.answer(stage.database, row)
    with stage.database.read() as session:
        assert inbox.waiting(session) == []


def test_the_same_key_is_kept_once() -> None:
    stage = on_stage("A1")
    kept(stage, "đã nhận")
    with stage.database.write() as session:
        again = inbox.receive(
            session, channel="web", bot="", message_key="k", chat_id=HUNG, incoming=Incoming(text="x")
        )
    assert again is None


def test_two_processes_that_answer_one_row_apply_it_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'two.db'}"
    stage = Stage(url=url)
    stage.task_of(12, "assigned")
    stage.message(HUNG, "assigned", 12)
    row = kept(stage, "đã nhận")
    processes = [Database(url, SETTINGS.rules) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda database: inbox.answer(database, row), processes))
    assert sorted(len(ids) for ids in replies) == [0, 0, 0, 1]
    with stage.database.read() as session:
        assert len(session.exec(select(Event.id).where(Event.verb == "acknowledge")).all()) == 1
        assert session.get_one(Inbox, row).tries == 1
    for database in (*processes, stage.database):
        database.close()


def test_a_row_that_fails_three_times_is_given_up_and_people_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(turn: Turn, act: Act) -> None:
        raise RuntimeError("boom")

    stage = on_stage("B1")
    row = kept(stage, "xong")
    monkeypatch.setitem(conversation.DOES, conversation.Verb.REPORT, broken)
    assert [inbox.answer(stage.database, row) for _ in range(2)] == [[], []]
    (reply,) = inbox.answer(stage.database, row)
    assert inbox.answer(stage.database, row) == []
    with stage.database.read() as session:
        assert session.get_one(Inbox, row).state is InboxState.FAILED
        said = session.get_one(Message, reply)
        assert said.person_id == stage.people[HUNG] and "chưa có nội dung nào được ghi nhận" in (said.text or "")
        alarm = session.exec(select(Notice).where(Notice.kind == Kind.ALARM)).one()
    assert stage.names[alarm.person_id] == "quantri" and alarm.any_hour
    assert stage.by_number(12).state is State.ACKNOWLEDGED


def test_a_fault_that_passes_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(turn: Turn, act: Act) -> None:
        raise RuntimeError("boom")

    stage = on_stage("B1")
    row = kept(stage, "xong")
    with monkeypatch.context() as patch:
        patch.setitem(conversation.DOES, conversation.Verb.REPORT, broken)
        assert inbox.answer(stage.database, row) == []
    assert len(inbox.answer(stage.database, row)) == 1
    assert stage.by_number(12).state is State.REPORTED


async def test_the_browsers_chat_has_whatever_is_queued() -> None:
    assert await WebChat().send(Outgoing("a", "text", key="reply:1:1")) == Sent(("reply:1:1",))
