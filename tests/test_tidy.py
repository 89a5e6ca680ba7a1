"""Buttons that do nothing any more are taken away, whatever moved the task; what is left works."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from models import handling
from models.task import State
from tests.chat_channels import on_telegram
from tests.chat_office import ChatOffice

HEAD, DEPUTY, OFFICE = "tts.truong", "tts.pho", "vp.vanthu"


@pytest.fixture
async def there() -> AsyncIterator[ChatOffice]:
    """A head on Telegram who was given a task at half past one; the deputy there too."""
    async with on_telegram(HEAD, DEPUTY, web=(OFFICE,)) as made:
        made.linked(HEAD)
        made.linked(DEPUTY)
        await given(made, "2023-08-04")
        yield made


async def given(there: ChatOffice, *dues: str) -> None:
    """One message with the tasks that are due on these days."""
    there.at("2023-07-24 09:00")
    for due in dues:
        there.office.assign("TTS", due=due)
    there.at("2023-07-24 13:30")
    await there.turn()


def assigned(there: ChatOffice) -> Any:
    """The message with the tasks, as it is on the screen now."""
    return next(one for one in there.people[HEAD].person.of_bot() if "GIAO NHIỆM VỤ" in one.text)


def labels(there: ChatOffice) -> list[str]:
    return list(assigned(there).labels)


def edits(there: ChatOffice) -> int:
    return sum(method == "editMessageReplyMarkup" for method, _ in there.server.calls)


async def moved(there: ChatOffice, how: str) -> None:
    """The first task is confirmed in one of the ways in which it can be."""
    there.later(1)
    if how == "here":
        await there.says(HEAD, "đã nhận NV1")
    elif how == "by the deputy":
        await there.says(DEPUTY, "đã nhận NV1")
    elif how == "by the Office":
        await there.says(OFFICE, "TTS đã nhận NV1 qua điện thoại")
    else:
        there.office.do(handling.acknowledge, there.office.task(1), HEAD)
    await there.turn()
    assert there.office.task(1).state is State.ACKNOWLEDGED


@pytest.mark.parametrize("how", ["here", "on the board", "by the deputy", "by the Office"])
async def test_whatever_moved_the_task_its_button_goes_once(there: ChatOffice, how: str) -> None:
    assert "Đã nhận" in labels(there)[0]
    rest = labels(there)[1:]
    await moved(there, how)
    assert labels(there) == rest and rest != []
    for _ in range(3):
        await there.turn()
    assert edits(there) == 1, "nothing is edited twice"


async def test_what_is_left_works(there: ChatOffice) -> None:
    await moved(there, "on the board")
    before = len(there.people[HEAD].sees())
    there.people[HEAD].person.taps(labels(there)[-1], assigned(there))
    await there.turn()
    assert len(there.people[HEAD].sees()) == before + 1 and there.server.taps == set()


async def test_a_message_about_two_tasks_keeps_the_others_button_until_that_moves_too() -> None:
    async with on_telegram(HEAD) as there:
        there.linked(HEAD)
        await given(there, "2023-08-04", "2023-08-11")
        whole = labels(there)
        await moved(there, "on the board")
        assert labels(there) == whole and edits(there) == 0, "it still confirms the other one"
        there.people[HEAD].person.taps(whole[0], assigned(there))
        await there.turn()
        assert there.office.task(2).state is State.ACKNOWLEDGED
        assert labels(there) == whole[1:] and edits(there) == 1


async def test_a_button_that_is_pressed_twice_does_its_work_once(there: ChatOffice) -> None:
    shown = assigned(there)
    for _ in range(2):
        there.people[HEAD].person.taps(shown.labels[0], shown)
    await there.turn()
    assert there.office.task(1).state is State.ACKNOWLEDGED and there.server.taps == set()


async def test_a_message_that_can_no_longer_be_changed_is_left_alone(there: ChatOffice) -> None:
    there.server.upset(400, "editMessageReplyMarkup")
    await moved(there, "on the board")
    for _ in range(3):
        assert await there.tidier.tidy() == 0


async def test_a_service_that_asks_to_wait_is_not_asked_meanwhile(there: ChatOffice) -> None:
    there.server.upset(429, "editMessageReplyMarkup", times=2, retry_after=30)
    there.office.do(handling.acknowledge, there.office.task(1), HEAD)
    whole = labels(there)
    for _ in range(5):
        assert await there.tidier.tidy() == 0
    assert labels(there) == whole
    there._seconds += 31
    assert await there.tidier.tidy() == 0, "told to wait again"
    there._seconds += 31
    assert await there.tidier.tidy() == 1 and labels(there) == whole[1:]
