"""Which chat a message takes; and that a limit, an outage or a slow chat concerns nobody else."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.channel import Later, Outgoing, Result, Sent, Unknown
from jobs.deliver import Sender
from jobs.notices import carry
from jobs.pace import BURST
from jobs.route import Lack, Route, Router
from models import clock
from models.channel_state import count, note_down, spend
from models.inserting import insert_row
from models.message import Kind, MessageState, Notice, NoticeState
from models.organisation import Contact, ContactState, Person
from tests.office import Office, local
from tests.scripted import CONNECT, Linked, Scripted

HEAD = "tts.truong"


@pytest.fixture
def stage() -> Linked:
    """Monday 24/07/2023, 09:00."""
    return Linked(Office("2023-07-24 09:00"))


def way(stage: Linked, who: str = HEAD) -> str:
    """Where a message to somebody goes now: the channel, "sparingly" if it has few messages left, or why nowhere."""
    with stage.office.database.write() as session:
        found = Router(session, stage.channels).person(stage.office.people[who])
    if isinstance(found, Route):
        return f"{found.channel}, sparingly" if found.sparing else found.channel
    return found.value


def fails(stage: Linked, channel: str = "telegram", seconds: int = 120) -> None:
    """It has done nothing but fail for so long, until now."""
    with stage.office.database.write() as session:
        note_down(session, channel, f"{channel}-bot", "connect")
        clock.stand_at(clock.now() + timedelta(seconds=seconds))
        note_down(session, channel, f"{channel}-bot", "connect")


@pytest.mark.parametrize(
    ("chats", "normal", "telegram_down", "zalo_nearly_used", "zalo_used", "all_of_it"),
    [("telegram zalo", "telegram", "zalo", "telegram", "telegram", "down"),
     ("zalo telegram", "zalo", "zalo", "telegram", "telegram", "down"),
     ("telegram", "telegram", "down", "telegram", "telegram", "down"),
     ("zalo", "zalo", "zalo", "zalo, sparingly", "quota", "quota"),
     ("zalo web", "zalo", "zalo", "zalo, sparingly", "web", "web"),
     ("telegram web", "telegram", "down", "telegram", "telegram", "down"),
     ("web telegram", "telegram", "down", "telegram", "telegram", "down"),
     ("web", "web", "web", "web", "web", "web"), ("", *["unreachable"] * 5)],
)  # fmt: skip
def test_the_way_of_a_message(stage: Linked, chats: str, normal: str, telegram_down: str, zalo_nearly_used: str,
                              zalo_used: str, all_of_it: str) -> None:  # fmt: skip
    stage.link({HEAD: chats})
    assert way(stage) == normal
    stage.have_used(90)
    assert way(stage) == zalo_nearly_used
    stage.have_used(10)
    assert way(stage) == zalo_used
    fails(stage)
    assert way(stage) == all_of_it
    clock.stand_at(local("2023-08-01 09:00"))
    fails(stage)
    assert way(stage) == telegram_down


def test_a_channel_that_is_down_is_not_spared_for_a_person_whose_other_one_has_few_left(stage: Linked) -> None:
    stage.link({HEAD: "telegram zalo"}).have_used(95)
    fails(stage)
    assert way(stage) == "zalo, sparingly"


def test_it_takes_ninety_seconds_of_failing_before_another_channel_carries_on(stage: Linked) -> None:
    stage.link({HEAD: "telegram zalo"})
    fails(stage, seconds=89)
    assert way(stage) == "telegram"
    fails(stage, seconds=1)
    assert way(stage) == "zalo"


def test_a_minute_later_who_has_no_other_way_tries_it_and_after_five_anybody(stage: Linked) -> None:
    stage.link({HEAD: "telegram zalo", "bt.truong": "telegram"})
    fails(stage)
    for seconds, one_way, two_ways in ((59, "down", "zalo"), (1, "telegram", "zalo"), (240, "telegram", "telegram")):
        clock.stand_at(clock.now() + timedelta(seconds=seconds))
        assert (way(stage, "bt.truong"), way(stage)) == (one_way, two_ways)
    with stage.office.database.write() as session:
        router = Router(session, stage.channels)
        route = router.person(stage.office.people["bt.truong"])
        assert isinstance(route, Route)
        router.goes(route)
        assert router.person(stage.office.people["bt.truong"]) is Lack.DOWN, "one tries, the others wait"


def test_a_reply_goes_to_its_chat_waits_for_it_or_finds_another_when_the_month_is_used_up(stage: Linked) -> None:
    stage.link({HEAD: "zalo telegram"})
    person = stage.office.people[HEAD]

    def reply(known: int | None = person) -> Route | Lack:
        with stage.office.database.write() as session:
            return Router(session, stage.channels).reply("zalo", "chat", known)

    assert reply() == Route(None, "zalo", "zalo-bot", "chat")
    stage.have_used(99)
    assert reply() == Route(None, "zalo", "zalo-bot", "chat")
    fails(stage, "zalo")
    assert reply() is Lack.DOWN
    with stage.office.database.write() as session:
        spend(session, "zalo", "zalo-bot")
    found = reply()
    assert isinstance(found, Route) and found.channel == "telegram" and found.contact_id is not None
    assert reply(None) is Lack.QUOTA
    with stage.office.database.write() as session:
        assert Router(session, stage.channels).reply("signal", "chat", person) is Lack.NOBODY


def test_a_chat_with_a_bot_that_is_no_longer_ours_is_none(stage: Linked) -> None:
    stage.link({HEAD: "telegram"}).telegram.bot = "another-bot"
    assert way(stage) == "unreachable"


# one chat's trouble is its own


def crowd(stage: Linked, number: int) -> list[str]:
    """So many people with a message due now, each in a Telegram chat; the chats."""
    chats = [f"chat{n}" for n in range(number)]
    with stage.office.database.write() as session:
        for chat in chats:
            person = insert_row(session, Person, short_id=chat, name=chat)
            insert_row(session, Contact, person_id=person, channel="telegram", bot="telegram-bot", chat_id=chat,
                       state=ContactState.ACTIVE, linked_at=clock.now())  # fmt: skip
            notice = insert_row(session, Notice, key=chat, kind=Kind.REPORTED, person_id=person, due_at=clock.now(),
                                state=NoticeState.CARRIED, facts={"line": f"Tin cho {chat}."})  # fmt: skip
            carry(session, chat, person, [notice], not_before=clock.now())
            stage.office.people[chat] = person
    return chats


def limited(stage: Linked) -> Linked:
    """Telegram with its real limits."""
    stage.telegram = Scripted("telegram", seconds_between=1.0, per_second=25.0)
    stage.channels["telegram"] = stage.telegram
    stage.sender = Sender(stage.office.database, stage.channels, elapsed=lambda: stage.seconds, sleep=stage.wait)
    return stage


def test_retry_after_of_one_chat_holds_only_that_chat(stage: Linked) -> None:
    chats = crowd(limited(stage), 30)
    stage.telegram.to[chats[0]] = Later(35, "flood")
    stage.deliver()
    assert sorted(stage.telegram.readers()) == sorted(chats[1:])
    stage.telegram.to.clear()
    clock.stand_at(clock.now() + timedelta(seconds=34))
    assert stage.deliver() == 0
    clock.stand_at(clock.now() + timedelta(seconds=1))
    stage.deliver()
    assert [one.repeat for one in stage.telegram.arrived if one.chat_id == chats[0]] == [False]


def test_one_slow_chat_delays_no_other(stage: Linked) -> None:
    chats, gate = crowd(stage, 40), asyncio.Event()

    async def play() -> None:
        quick = stage.telegram.send

        async def send(outgoing: Outgoing) -> Result:
            if outgoing.chat_id == chats[0]:
                await gate.wait()
            elif len(stage.telegram.arrived) == len(chats) - 2:
                gate.set()  # the last of the others: only now does the slow one answer
            return await quick(outgoing)

        stage.telegram.send = send  # type: ignore[method-assign]
        await asyncio.wait_for(stage.sender.deliver(), 20)

    asyncio.run(play())
    assert stage.telegram.readers()[-1] == chats[0] and len(stage.telegram.arrived) == len(chats)


def test_after_an_hour_s_outage_two_hundred_messages_go_at_the_channel_s_pace_each_once(stage: Linked) -> None:
    chats = crowd(limited(stage), 200)
    stage.telegram.says = CONNECT
    for _ in range(10):
        stage.deliver()
        clock.stand_at(clock.now() + timedelta(minutes=6))
    assert len(stage.telegram.tried) < 100, "no storm while it lasts"
    stage.telegram.says, went = None, list[float]()
    stage.telegram.to = {chat: lambda _: went.append(stage.seconds) for chat in chats}
    for _ in range(4):
        stage.deliver()
        clock.stand_at(clock.now() + timedelta(minutes=1))
    assert Counter(stage.telegram.readers()) == Counter(chats)
    assert not any(one.repeat for one in stage.telegram.arrived)
    fullest = max(sum(start <= at < start + 0.999 for at in went) for start in went)
    assert fullest <= 25 + BURST, "no storm after it"


# what may have arrived


def test_what_got_no_answer_is_sent_once_more_marked_and_then_left(stage: Linked) -> None:
    (chat,) = crowd(stage, 1)
    stage.telegram.says = Unknown("timeout")
    stage.deliver()
    assert [one.repeat for one in stage.telegram.tried] == [False, True]
    assert [one.state for one in stage.messages(chat)] == [MessageState.UNKNOWN]


def test_tries_that_certainly_did_not_arrive_do_not_count_against_it(stage: Linked) -> None:
    (chat,) = crowd(stage, 1)
    for answer in (Later(1, "flood"), CONNECT, Unknown("timeout"), CONNECT, None):
        stage.telegram.says = answer
        stage.seconds += 60
        asyncio.run(stage.sender.send([stage.messages(chat)[0].id or 0]))
        clock.stand_at(clock.now() + timedelta(seconds=30))
    assert [one.repeat for one in stage.telegram.tried] == [False, False, False, True, True]
    assert [one.state for one in stage.messages(chat)] == [MessageState.SENT]


def test_parts_that_arrived_are_not_sent_again(stage: Linked) -> None:
    (chat,) = crowd(stage, 1)
    answers: list[Result] = [Later(1, "flood", ("p1",)), Sent(("p1", "p2"))]
    stage.telegram.to[chat] = lambda _: answers.pop(0)
    stage.deliver()
    text = stage.messages(chat)[0].text
    clock.stand_at(clock.now() + timedelta(seconds=1))
    stage.deliver()
    first, second = stage.telegram.tried
    assert (first.places, second.places) == ((), ("p1",)) and first.text == second.text == text
    assert not second.repeat


def test_counts_of_two_processes_add_up(stage: Linked) -> None:
    with stage.office.database.write() as session:
        for messages in (1, 2, 3):
            count(session, "zalo", "zalo-bot", messages, 100)
    assert stage.used() == 6
