"""The channels beside one another: what one of them cannot take, or does not answer, holds up none of the others."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, insert
from sqlmodel import col, select

from bot.channel import Outgoing, Result, Sent
from jobs.deliver import ROOM
from jobs.due import LOOKED_AT
from models import clock
from models.channel_state import note_down
from models.message import Attempt, Kind, Message, MessageState, Notice, NoticeState, Prompt
from models.organisation import Contact, ContactState, Person
from tests.office import Office
from tests.scripted import Linked

MANY = LOOKED_AT + 50


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 09:00; nobody is linked but those whom a test adds."""
    return Linked(Office("2023-07-24 09:00"))


def told(stage: Linked, channel: str, people: int, *, each: int = 1, task: int | None = None) -> list[int]:
    """So many new people on this channel, with messages due now; the messages' ids. `task`: they are asked about it."""
    with stage.office.database.write() as session:
        first = (session.exec(select(func.max(Person.id))).one() or 0) + 1
        before = session.exec(select(func.max(Message.id))).one() or 0
        them, at = range(first, first + people), clock.now()
        session.execute(insert(Person), [
            {"id": one, "short_id": f"x{one}", "name": "Nguyễn Văn A", "daily_only": False}
            for one in them])  # fmt: skip
        session.execute(insert(Contact), [
            {"person_id": one, "channel": channel, "bot": f"{channel}-bot", "chat_id": f"{channel}{one}",
             "linked_at": at, "state": ContactState.ACTIVE, "preference": 0, "facts": {}} for one in them])  # fmt: skip
        ids = list(range(before + 1, before + 1 + people * each))
        readers = dict(zip(ids, [one for one in them for _ in range(each)], strict=True))
        session.execute(insert(Message), [
            {"id": one, "key": f"m{one}", "person_id": readers[one], "not_before": at, "created_at": at, "kinds": [],
             "tasks": [], "buttons": [], "state": MessageState.QUEUED, "any_hour": False, "tries": 0}
            for one in ids])  # fmt: skip
        facts = {"line": "Đã xong."} if task is None else {"why": "absent"}
        session.execute(insert(Notice), [
            {"key": f"n{one}", "kind": Kind.ACCEPTED if task is None else Kind.ASSIGNED, "person_id": readers[one],
             "task_id": task, "due_at": at, "at_once": True, "any_hour": False, "facts": facts,
             "state": NoticeState.CARRIED, "message_id": one} for one in ids])  # fmt: skip
    return ids


def states(stage: Linked, ids: list[int]) -> set[MessageState]:
    """How these messages are."""
    with stage.office.database.read() as session:
        return {one.state for one in session.exec(select(Message).where(col(Message.id).in_(ids)))}


class Hanging:
    """In place of a channel's `send`: it answers nothing until it is let go. `most`: at once."""

    def __init__(self) -> None:
        self.free, self.tried, self.most, self._now = asyncio.Event(), list[str](), 0, 0

    async def send(self, outgoing: Outgoing) -> Result:
        """One try."""
        self.tried.append(outgoing.key)
        self._now += 1
        self.most = max(self.most, self._now)
        await self.free.wait()
        self._now -= 1
        return Sent(())


def watched(stage: Linked, messages: int) -> asyncio.Event:
    """Set when so many messages have arrived on Telegram."""
    there, send = asyncio.Event(), stage.telegram.send

    async def noted(outgoing: Outgoing) -> Result:
        became = await send(outgoing)
        if len(stage.telegram.arrived) == messages:
            there.set()
        return became

    stage.telegram.send = noted  # type: ignore[method-assign]
    return there


def test_a_channel_that_hangs_takes_only_its_own_places(stage: Linked) -> None:
    waiting, others = told(stage, "zalo", 3 * ROOM), told(stage, "telegram", 5 * ROOM)

    async def go() -> Hanging:
        hanging, all_there = Hanging(), watched(stage, len(others))
        stage.zalo.send = hanging.send  # type: ignore[method-assign]
        round_of_all = asyncio.create_task(stage.sender.deliver())
        await asyncio.wait_for(all_there.wait(), 20)
        assert len(hanging.tried) == ROOM and not round_of_all.done()
        hanging.free.set()
        assert await round_of_all == len(waiting) + len(others)
        return hanging

    hanging = asyncio.run(go())
    assert hanging.most == ROOM
    assert states(stage, [*waiting, *others]) == {MessageState.SENT}


def test_what_becomes_due_while_a_channel_hangs_is_sent(stage: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.deliver.LOOK_AGAIN", 0.02)
    told(stage, "zalo", 1)

    async def go() -> None:
        hanging, there = Hanging(), watched(stage, 1)
        stage.zalo.send = hanging.send  # type: ignore[method-assign]
        round_of_all = asyncio.create_task(stage.sender.deliver())
        while not hanging.tried:
            await asyncio.sleep(0)
        told(stage, "telegram", 1)
        await asyncio.wait_for(there.wait(), 20)
        hanging.free.set()
        await round_of_all

    asyncio.run(go())


def test_what_is_on_its_way_is_not_taken_again_when_its_claim_has_ended(stage: Linked) -> None:
    ids = told(stage, "zalo", 1)

    async def go() -> Hanging:
        hanging = Hanging()
        stage.zalo.send = hanging.send  # type: ignore[method-assign]
        round_of_all = asyncio.create_task(stage.sender.deliver())
        while not hanging.tried:
            await asyncio.sleep(0)
        with stage.office.database.write() as session:
            session.get_one(Message, ids[0]).claimed_until = clock.database_time(session) - timedelta(seconds=1)
        await asyncio.wait_for(stage.sender.send(ids), 20)
        hanging.free.set()
        await round_of_all
        return hanging

    assert asyncio.run(go()).tried == ["m1"]
    assert states(stage, ids) == {MessageState.SENT}


def test_a_long_backlog_of_one_channel_hides_no_message_of_another(stage: Linked) -> None:
    backlog, later = told(stage, "telegram", MANY), told(stage, "zalo", 1)
    stage.sender._gates._paces["telegram"].park_all(3600)
    stage.deliver()
    assert states(stage, later) == {MessageState.SENT}
    assert states(stage, backlog) == {MessageState.QUEUED}


def test_whoever_is_on_a_channel_that_takes_nothing_first_waits_for_it_and_who_has_it_second_does_not(
    stage: Linked,
) -> None:
    told(stage, "telegram", MANY)
    stage.link({"tts.truong": "telegram zalo", "tccb.truong": "zalo telegram"})
    stage.sender._gates._paces["telegram"].park_all(3600)
    for who in ("tts.truong", "tccb.truong"):
        _tell(stage, who)
    stage.deliver()
    assert stage.zalo.readers() == ["tccb.truong"]


def test_the_messages_that_wait_for_a_channel_that_is_down_hide_none_either(stage: Linked) -> None:
    backlog, later = told(stage, "telegram", MANY), told(stage, "zalo", 1)
    with stage.office.database.write() as session:
        note_down(session, "telegram", "telegram-bot", "connect")
        clock.stand_at(clock.now() + timedelta(seconds=120))
        note_down(session, "telegram", "telegram-bot", "connect")
    stage.deliver()
    assert states(stage, later) == {MessageState.SENT}
    with stage.office.database.read() as session:
        held = session.exec(select(Message).where(col(Message.id).in_(backlog))).all()
    assert all(one.not_before > clock.now() and one.tries == 0 for one in held)


def test_each_message_of_a_batch_has_its_attempt_and_asks_its_own_question(stage: Linked) -> None:
    task = stage.office.assign("TTS", due="2023-08-11")
    ids = told(stage, "telegram", 3, each=2, task=task.id)
    stage.deliver()
    with stage.office.database.read() as session:
        messages = session.exec(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id))).all()
        prompts = {prompt.id: prompt for prompt in session.exec(select(Prompt))}
        attempts = session.exec(select(Attempt.message_id).where(col(Attempt.message_id).in_(ids))).all()
    assert sorted(attempts) == ids
    for message in messages:
        prompt = prompts[message.prompt_id]
        assert (prompt.message_id, prompt.person_id, prompt.tasks) == (message.id, message.person_id, [task.number])
        assert {button["prompt"] for button in message.buttons} == {prompt.id}
    still_open = [message.prompt_id for message in messages if prompts[message.prompt_id].closed_at is None]
    assert still_open == [message.prompt_id for message in messages[1::2]], "the newer question takes the older's place"


def _tell(stage: Linked, who: str) -> None:
    """One more message for somebody of the department."""
    with stage.office.database.write() as session:
        person, at = stage.office.people[who], clock.now()
        message = Message(key=f"m:{who}", person_id=person, not_before=at, created_at=at)
        session.add(message)
        session.flush()
        session.add(Notice(key=f"n:{who}", kind=Kind.ACCEPTED, person_id=person, due_at=at, at_once=True,
                           facts={"line": "Đã xong."}, state=NoticeState.CARRIED, message_id=message.id))  # fmt: skip
