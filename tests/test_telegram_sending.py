"""What goes out to Telegram, against a strict server: text, buttons, parts, and what became of every try."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import Button, Down, Later, Moved, Outgoing, Refused, Result, Sent, Unknown
from bot.telegram import TelegramChannel
from tests.telegram_chats import Person
from tests.telegram_checks import Limits
from tests.telegram_server import TelegramServer, serving

pytest_plugins = ["tests.telegram_stage"]
HEADING = "VĂN PHÒNG SỞ · NHẮC VIỆC, thứ Sáu 27/11/2026"
TAPS = tuple(
    Button(label, number, prompt=41, task=None)
    for number, label in ((1, "Đã nhận"), (2, "Báo cáo hoàn thành"), (3, "Tiến độ"), (4, "Xin gia hạn"),
                          (5, "Đề nghị chuyển đơn vị khác"), (0, "Xem việc"))
)  # fmt: skip
LONG = "\n".join(f"NV{number} · Báo cáo kết quả số hóa hồ sơ thủ tục hành chính" for number in range(1, 151))


async def test_a_message_arrives_as_it_was_written(channel: TelegramChannel, hung: Person) -> None:
    text = f"{HEADING}\nKính gửi: đồng chí A & B <c>, “d”\n\n  - mục 1: 50 % < 60 %"
    sent = await channel.send(Outgoing(str(hung.id), text))
    assert sent == Sent((str(hung.last.id),))
    assert hung.sees() == [text]
    assert hung.last.bold == [HEADING]


async def test_no_preview_is_made_of_a_link(channel: TelegramChannel, server: TelegramServer, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), "https://example.vn/a"))
    assert server.calls[-1][1]["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("line", ["NV12, NV13: đã nhận", "NV12 đã nhận", "Đã ghi nhận.", "789", ""])
async def test_only_a_heading_in_capitals_is_bold(channel: TelegramChannel, hung: Person, line: str) -> None:
    await channel.send(Outgoing(str(hung.id), f"{line}\nHai dòng."))
    assert hung.last.bold == []


async def test_what_is_to_be_typed_opens_the_keyboard(channel: TelegramChannel, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), "Đến ngày nào?", typed="ví dụ: 05/12/2026 " * 9))
    assert hung.last.placeholder == ("ví dụ: 05/12/2026 " * 9)[:64]
    await channel.send(Outgoing(str(hung.id), "Đến ngày nào?", TAPS, typed="ngày"))
    assert hung.last.placeholder is None and hung.last.labels


async def test_in_a_group_the_keyboard_opens_for_the_one_who_is_answered(
    channel: TelegramChannel, server: TelegramServer
) -> None:
    group = server.group("Phòng QLVH")
    await channel.send(Outgoing(str(group.id), "Đến ngày nào?", typed="ngày", group=True))
    assert server.calls[-1][1]["reply_markup"] == {
        "force_reply": True,
        "input_field_placeholder": "ngày",
        "selective": True,
    }


async def test_a_long_text_goes_in_parts_and_ends_with_its_buttons(channel: TelegramChannel, hung: Person) -> None:
    sent = await channel.send(Outgoing(str(hung.id), f"{HEADING}\n{LONG}\nTrả lời: 1 Đã nhận.", TAPS))
    shown = hung.of_bot()
    assert sent == Sent(tuple(str(one.id) for one in shown)) and len(shown) == 3
    assert [bool(one.rows) for one in shown] == [False, False, True]
    assert [bool(one.bold) for one in shown] == [True, False, False]
    assert "\n".join(hung.sees()) == f"{HEADING}\n{LONG}\nTrả lời: 1 Đã nhận."


async def test_escaping_does_not_count_towards_the_limit(channel: TelegramChannel, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), "&" * 4032))
    assert [len(text) for text in hung.sees()] == [4032]


@pytest.mark.parametrize(
    ("upset", "became"),
    [
        ((429, 35), Later(35, "flood", ("p",))),
        (("hang", 1), Unknown("timeout", ("p",))),
        (("drop_before", 1), Unknown("dropped", ("p",))),
        ((401, 1), Later(60, "unauthorised", ("p",))),
    ],
)
async def test_parts_that_arrived_are_not_sent_again(
    channel: TelegramChannel, server: TelegramServer, hung: Person, upset: tuple[int | str, int], became: Result
) -> None:
    first = await channel.send(Outgoing(str(hung.id), LONG))
    assert isinstance(first, Sent)
    server.upset(upset[0], "sendMessage", retry_after=upset[1])
    assert await channel.send(Outgoing(str(hung.id), LONG, places=("p",))) == became
    before = len(hung.sees())
    again = await channel.send(Outgoing(str(hung.id), LONG, places=("p",)))
    assert isinstance(again, Sent) and again.places[0] == "p" and len(again.places) == len(first.places)
    assert hung.sees()[before:] == hung.sees()[1 : len(first.places)]


async def test_a_repeat_says_so_before_the_part_in_doubt(channel: TelegramChannel, hung: Person) -> None:
    await channel.send(Outgoing(str(hung.id), f"{HEADING}\n{LONG}", places=("p",), repeat=True))
    first, second = hung.sees()
    assert first.startswith("(Gửi lại, có thể đồng chí đã nhận)\nNV") and not second.startswith("(")
    await channel.send(Outgoing(str(hung.id), f"{HEADING}\nviệc", repeat=True))
    assert hung.sees()[-1] == f"(Gửi lại, có thể đồng chí đã nhận)\n{HEADING}\nviệc" and hung.last.bold == [HEADING]


async def test_nothing_is_sent_when_all_had_arrived(channel: TelegramChannel, hung: Person) -> None:
    assert await channel.send(Outgoing(str(hung.id), "việc", places=("7",))) == Sent(("7",))
    assert hung.sees() == []


@pytest.mark.parametrize(
    ("upset", "became"),
    [
        (429, Later(7, "flood")),
        (500, Unknown("http_500")),
        (502, Unknown("http_502")),
        (503, Later(5, "http_503")),
        (504, Unknown("http_504")),
        (401, Down(60, "unauthorised")),
        ("page", Down(30, "http_403")),
        ("not_json", Unknown("odd_answer")),
        ("drop_before", Unknown("dropped")),
        ("drop_after", Unknown("dropped")),
        ("hang", Unknown("timeout")),
    ],
)
async def test_what_becomes_of_a_try_is_classed_once(
    channel: TelegramChannel, server: TelegramServer, hung: Person, upset: int | str, became: Result
) -> None:
    server.upset(upset, "sendMessage", retry_after=7)
    assert await channel.send(Outgoing(str(hung.id), "việc")) == became
    assert hung.sees() == (["việc"] if upset in ("drop_after", "hang") else [])
    assert isinstance(await channel.send(Outgoing(str(hung.id), "việc")), Sent)


async def test_no_connection_is_the_channels_fault_and_nothing_went(server: TelegramServer) -> None:
    channel = TelegramChannel(server.token, "http://127.0.0.1:1")
    assert await channel.send(Outgoing("1", "việc")) == Down(5, "connect")
    await channel.close()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot was kicked from the group chat", "kicked"),
        ("Forbidden: bot can't initiate conversation with a user", "not_started"),
        ("Forbidden: bot is not a member of the supergroup chat", "blocked"),
    ],
)
async def test_a_closed_chat_is_refused_for_good(channel: TelegramChannel, hung: Person, words: str, why: str) -> None:
    hung.closed = words
    assert await channel.send(Outgoing(str(hung.id), "việc")) == Refused(why)


@pytest.mark.parametrize("chat_id", ["123456789", "-5", "", "không phải số"])
async def test_no_such_chat_is_refused_for_good(channel: TelegramChannel, chat_id: str) -> None:
    assert await channel.send(Outgoing(chat_id, "việc")) == Refused("no_chat")


async def test_a_group_that_became_a_supergroup_has_moved(channel: TelegramChannel, server: TelegramServer) -> None:
    group = server.group("Phòng QLVH")
    new = group.becomes_supergroup()
    assert await channel.send(Outgoing(str(group.id), "việc", group=True)) == Moved(str(new.id))
    assert isinstance(await channel.send(Outgoing(str(new.id), "việc", group=True)), Sent)


async def test_what_html_cannot_carry_goes_as_plain_text(
    channel: TelegramChannel, server: TelegramServer, hung: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_send.dressed", lambda part, first: f"<b>{part}")
    assert isinstance(await channel.send(Outgoing(str(hung.id), "1 < 2", TAPS)), Sent)
    assert hung.sees() == ["1 < 2"] and hung.last.labels == [one.label for one in TAPS]
    (wrong,) = server.wrongs
    assert "can't parse entities" in wrong
    server.wrongs.clear()


async def test_what_plain_text_cannot_carry_is_refused(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    assert await channel.send(Outgoing(str(hung.id), " ")) == Refused("bad_request")
    assert server.wrongs == ["sendMessage: Bad Request: message text is empty"] * 2
    server.wrongs.clear()


async def test_the_limits_of_telegram_become_later() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    async with serving(limits=limits) as server:
        channel = TelegramChannel(server.token, server.address)
        hung, group = server.person("Hùng"), server.group("Phòng QLVH")
        sent = [await channel.send(Outgoing(str(hung.id), "việc")) for _ in range(2)]
        assert [type(one) for one in sent] == [Sent, Later] and sent[1] == Later(1, "flood")
        for second in range(1, 22):
            now = float(second)
            last = await channel.send(Outgoing(str(group.id), "việc"))
        assert last == Later(40, "flood") and len(group.sees()) == 20 and limits.floods == 2
        await channel.close()


async def test_many_go_at_once_over_few_connections(channel: TelegramChannel, server: TelegramServer) -> None:
    people = [server.person(f"Người {number}") for number in range(60)]
    sent = await asyncio.gather(*(channel.send(Outgoing(str(one.id), "việc")) for one in people))
    assert all(isinstance(one, Sent) for one in sent) and all(one.sees() == ["việc"] for one in people)
