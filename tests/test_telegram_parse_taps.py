"""What taps and changes of membership say: every kind as Telegram writes it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channel import Incoming, Update
from bot.telegram_parse import callback_data, parsed
from tests.test_telegram_parse import BOT, GROUP, HUNG, ME, PRIVATE, SUPERGROUP


def tap(data: Any, chat: dict[str, Any] | None = None, **more: Any) -> Update | None:
    under = {"message_id": 30, "from": BOT, "chat": chat or PRIVATE, "date": 1, "text": "việc"}
    query = {"id": "4400", "from": HUNG, "message": under, "chat_instance": "-1", "data": data, **more}
    return parsed({"update_id": 501, "callback_query": query}, ME)


@pytest.mark.parametrize("task", [None, 1, 999_999_999])
@pytest.mark.parametrize("number", [0, 9])
@pytest.mark.parametrize("prompt", [1, 999_999_999])
def test_a_button_comes_back_as_it_went(prompt: int, number: int, task: int | None) -> None:
    data = callback_data(prompt, number, task)
    assert data.isascii() and len(data) <= 64
    update = tap(data)
    assert update is not None and update.press_id == "4400"
    assert update.incoming == Incoming(press={"prompt": prompt, "number": number, "task": task}, answers_place="30")


NOT_OURS = ["", "1", "1:2", "1:2:3:4", "x:1:", "-1:2:3", "1:2:3\n", "٣:1:", "9" * 12 + ":1:", None, 7]


@pytest.mark.parametrize("data", NOT_OURS)
def test_a_button_that_is_not_ours_is_a_press_on_nothing(data: Any) -> None:
    update = tap(data)
    assert update is not None and update.press_id == "4400"
    assert update.incoming.press == {"prompt": 0, "number": 0, "task": None}


def test_a_tap_in_a_group_is_the_persons() -> None:
    update = tap("1:8:", GROUP)
    assert update is not None and (update.chat_id, update.user_id, update.incoming.group) == ("-400", "71", True)


def test_a_tap_under_a_message_too_old_to_be_shown() -> None:
    update = tap("1:8:", message={"message_id": 30, "chat": PRIVATE, "date": 0})
    assert update is not None and update.incoming.answers_place == "30"


NOWHERE = [{"message": None}, {"from": BOT}, {"id": 7}, {"message": {"chat": {"type": "channel"}}}]


@pytest.mark.parametrize("more", NOWHERE)
def test_a_tap_from_nowhere_is_nothing(more: dict[str, Any]) -> None:
    assert tap("1:8:", **more) is None


def member(chat: dict[str, Any], was: Any, now: Any) -> Incoming | None:
    change = {"chat": chat, "from": HUNG, "date": 1, "old_chat_member": {"user": BOT, **was},
              "new_chat_member": {"user": BOT, **now}}  # fmt: skip
    update = parsed({"update_id": 502, "my_chat_member": change}, ME)
    return update.incoming if update else None


IN, OUT, ADMIN = {"status": "member"}, {"status": "left"}, {"status": "administrator"}
KICKED = {"status": "kicked", "until_date": 0}


@pytest.mark.parametrize(
    ("chat", "was", "now", "service"),
    [
        (PRIVATE, IN, KICKED, {"blocked": True}),
        (PRIVATE, KICKED, IN, {"blocked": False}),
        (GROUP, OUT, IN, {"joined": True}),
        (GROUP, OUT, ADMIN, {"joined": True}),
        (GROUP, IN, KICKED, {"left": True}),
        (SUPERGROUP, ADMIN, OUT, {"left": True}),
        (SUPERGROUP, IN, {"status": "restricted", "is_member": False}, {"left": True}),
        (SUPERGROUP, IN, {"status": "restricted", "is_member": True}, None),
        (GROUP, IN, ADMIN, None),
        (GROUP, IN, {}, None),
        ({"id": -1, "type": "channel"}, OUT, IN, None),
    ],
)
def test_the_bots_own_membership(chat: dict[str, Any], was: Any, now: Any, service: Any) -> None:
    made = member(chat, was, now)
    assert (made.service if made else None) == service
    assert made is None or made.group is (chat is not PRIVATE)
