"""Buttons under a message on Telegram: shown, changed, pressed and answered; and no secret in any log."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.channel import Button, ChannelError, Incoming, Later, Outgoing, Refused, Result, Sent, Unknown, Update
from bot.telegram import TelegramChannel
from tests.telegram_chats import Person
from tests.telegram_server import HOOK_SECRET, TelegramServer

pytest_plugins = ["tests.telegram_stage"]
TAPS = tuple(
    Button(label, number, prompt=41, task=None)
    for number, label in ((1, "Đã nhận"), (2, "Báo cáo hoàn thành"), (3, "Tiến độ"), (4, "Xin gia hạn"),
                          (5, "Đề nghị chuyển đơn vị khác"), (0, "Xem việc"))
)  # fmt: skip


async def test_buttons_lie_in_rows_that_a_telephone_shows(channel: TelegramChannel, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), "Trả lời", TAPS))
    assert [[label for label, _ in row] for row in hung.last.rows] == [
        ["Đã nhận", "Báo cáo hoàn thành"], ["Tiến độ", "Xin gia hạn"], ["Đề nghị chuyển đơn vị khác"], ["Xem việc"]
    ]  # fmt: skip


async def test_a_button_names_its_prompt_and_task(channel: TelegramChannel, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), "?", (Button("Đã nhận", 1, 999_999_999, 999_999_999), TAPS[2])))
    assert hung.last.rows == [[("Đã nhận", "999999999:1:999999999"), ("Tiến độ", "41:3:")]]


async def test_buttons_are_taken_away_and_changed(channel: TelegramChannel, hung: Person) -> None:
    sent = await channel.send(Outgoing(str(hung.id), "việc", TAPS))
    assert isinstance(sent, Sent)
    (place,) = sent.places
    assert await channel.show_buttons(str(hung.id), place, TAPS[:1]) == Sent((place,))
    assert hung.last.labels == ["Đã nhận"]
    for _ in range(2):  # the second time nothing changes, which is as good
        assert await channel.show_buttons(str(hung.id), place, ()) == Sent((place,))
    assert hung.last.labels == []


@pytest.mark.parametrize("place", ["1", "999999", "web:1", ""])
async def test_what_cannot_be_changed_is_refused(channel: TelegramChannel, hung: Person, place: str) -> None:
    hung.says("của tôi")
    assert await channel.show_buttons(str(hung.id), place, ()) == Refused("not_editable")


async def test_a_persons_own_message_is_not_changed(channel: TelegramChannel, hung: Person) -> None:
    assert await channel.show_buttons(str(hung.id), str(hung.says("x").id), ()) == Refused("not_editable")


@pytest.mark.parametrize(("upset", "became"), [(429, Later(7, "flood")), ("drop_after", Unknown("dropped"))])
async def test_a_change_that_fails_is_classed_too(
    channel: TelegramChannel, server: TelegramServer, hung: Person, upset: int | str, became: Result
) -> None:
    await channel.send(Outgoing(str(hung.id), "việc", TAPS))
    server.upset(upset, "editMessageReplyMarkup", retry_after=7)
    assert await channel.show_buttons(str(hung.id), str(hung.last.id), ()) == became


async def tapped(channel: TelegramChannel, hung: Person) -> Update:
    await channel.send(Outgoing(str(hung.id), "việc", (Button("Đã nhận", 1, 41, 12),)))
    hung.taps("Đã nhận")
    (update,) = await channel.poll()
    return update


async def test_a_tap_is_answered_when_it_is_kept(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    update = await tapped(channel, hung)
    assert update.incoming.press == {"prompt": 41, "number": 1, "task": 12}
    assert update.incoming.answers_place == str(hung.last.id)
    assert server.answered == []
    await channel.taken(update)
    assert server.answered == [update.press_id]


async def test_a_tap_that_came_before_the_start_is_answered_too(server: TelegramServer, hung: Person) -> None:
    before, after = (TelegramChannel(server.token, server.address) for _ in range(2))
    update = await tapped(before, hung)
    await after.taken(update)
    assert server.answered == [update.press_id]
    for channel in (before, after):
        await channel.close()


async def test_what_is_no_tap_needs_no_answer(channel: TelegramChannel, server: TelegramServer, hung: Person) -> None:
    hung.says("đã nhận")
    (update,) = await channel.poll()
    before = len(server.calls)
    await channel.taken(update)
    assert len(server.calls) == before


@pytest.mark.parametrize("upset", [None, 429, 502, "drop_before", "drop_after", "hang", "not_json", "page", 401])
async def test_a_tap_that_cannot_be_answered_stops_nothing(
    channel: TelegramChannel,
    server: TelegramServer,
    hung: Person,
    upset: int | str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.TAP_SECONDS", 0.1)
    update = await tapped(channel, hung)
    if upset is None:
        server.taps.clear()  # "query is too old"
    else:
        server.upset(upset, "answerCallbackQuery")
    await channel.taken(update)


@pytest.mark.parametrize("raw", [{}, {"update_id": 1}, {"update_id": 1, "callback_query": {"id": []}}])
async def test_a_tap_that_the_library_cannot_read_stops_nothing(channel: TelegramChannel, raw: dict[str, Any]) -> None:
    await channel.taken(Update(key="1", chat_id="1", user_id="1", incoming=Incoming(), raw=raw, press_id="1"))


async def test_no_token_no_words_and_no_secret_in_any_log(
    channel: TelegramChannel, server: TelegramServer, hung: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("telegram", "aiohttp", "asyncio", "bot")):
            caplog.set_level(logging.DEBUG, logger=name)
    said = []
    update = await tapped(channel, hung)
    await channel.set_hook("https://dondoc.example.vn/telegram")
    await channel.drop_hook()
    for upset in (None, 401, 429, 500, 502, "page", "not_json", "drop_before", "drop_after"):
        for call in (channel.start, channel.poll, lambda: channel.fetch({"id": "x"}), lambda: channel.taken(update),
                     lambda: channel.send(Outgoing(str(hung.id), "nội dung mật"))):  # fmt: skip
            if upset is not None:
                server.upset(upset)
            try:
                said.append(repr(await call()))
            except ChannelError as error:
                said += [repr(error), str(error), repr(error.__cause__), repr(error.__context__), repr(vars(error))]
    logged = [record.getMessage() + str(record.exc_info) for record in caplog.records]
    everything = "\n".join([*said, *logged, repr(channel), str(channel)])
    for secret in (server.token, server.token.split(":")[1], HOOK_SECRET, "nội dung mật"):
        assert secret not in everything
    assert said and logged
