"""Sending over Zalo: what each answer means, a text in several messages, and what a later try does not send again."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot import zalo_client
from bot.channel import Button, Chatting, Down, Later, Outgoing, Refused, Result, Sent, Spent, Unknown
from bot.zalo import ZaloChannel
from tests.zalo_people import JPEG, Person, the_bot
from tests.zalo_server import TOKEN, Switches, ZaloServer

REPEAT = "(Gửi lại, có thể đồng chí đã nhận)"


@pytest.fixture
def server() -> Iterator[ZaloServer]:
    made = ZaloServer(Switches())
    yield made
    made.close()
    assert made.strange == []


@pytest.fixture
def hung(server: ZaloServer) -> Person:
    person = Person(server, "Nguyễn Văn Hùng")
    person.opens()
    return person


@pytest.mark.parametrize("http_errors", [False, True])
@pytest.mark.parametrize(
    ("fault", "result", "arrived"),
    [
        (401, Down(60.0, "unauthorised"), False),
        (400, Refused("no_chat"), False),
        (404, Refused("no_chat"), False),
        (403, Later(5.0, "http_403"), False),
        (408, Unknown("timeout"), False),
        (426, Unknown("http_426"), False),
        (429, Spent("quota"), False),
        (500, Unknown("http_500"), False),
        (502, Unknown("http_502"), False),
        (503, Later(5.0, "http_503"), False),
        (504, Unknown("http_504"), False),
        ("page", Unknown("odd_answer"), False),
        ("drop", Unknown("dropped"), False),
        ("drop_after", Unknown("dropped"), True),
        ("hang", Unknown("timeout"), True),
    ],
)
async def test_what_an_answer_means(
    server: ZaloServer, hung: Person, monkeypatch: pytest.MonkeyPatch, fault: int | str, result: Result, arrived: bool,
    http_errors: bool,
) -> None:  # fmt: skip
    server.switch.http_errors, server.fail_next = http_errors, [fault]
    if fault == "hang":
        monkeypatch.setattr(zalo_client, "CALL_SECONDS", 0.1)
    async with the_bot(server) as bot:
        assert await bot.send(Outgoing(hung.id, "Tin")) == result
    assert hung.sees() == (["Tin"] if arrived else [])


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (2000, 1), (2001, 2), (6500, 4)])
async def test_a_long_text_goes_in_parts_that_zalo_takes(
    server: ZaloServer, hung: Person, length: int, parts: int
) -> None:
    async with the_bot(server) as bot:
        result = await bot.send(Outgoing(hung.id, "ả" * length))
    assert isinstance(result, Sent)
    assert result.places == tuple(one["message_id"] for one in server.sent)
    assert (len(hung.sees()), "".join(hung.sees())) == (parts, "ả" * length)


@pytest.mark.parametrize("text", ["a\u0309" * 2000, "ả" * 2000, "🙂" * 1000])
async def test_marks_count_with_their_letter_and_an_emoji_twice(server: ZaloServer, hung: Person, text: str) -> None:
    async with the_bot(server) as bot:
        await bot.send(Outgoing(hung.id, text))
        await bot.send(Outgoing(hung.id, text + "🙂"))
    assert [len(seen.encode("utf-16-le")) // 2 <= 2000 for seen in hung.sees()] == [True] * 3


@pytest.mark.parametrize("fault", [502, 503, 403, 401, "drop"])
async def test_parts_that_arrived_are_not_sent_again(server: ZaloServer, hung: Person, fault: int | str) -> None:
    text = "\n\n".join(f"{number}. " + "việc " * 300 for number in (1, 2, 3))
    server.fail_next = [0, fault]
    async with the_bot(server) as bot:
        first = await bot.send(Outgoing(hung.id, text))
        assert isinstance(first, Later | Unknown)
        assert first.places == (server.sent[0]["message_id"],)
        second = await bot.send(Outgoing(hung.id, text, places=first.places, repeat=isinstance(first, Unknown)))
    assert isinstance(second, Sent)
    assert second.places == tuple(one["message_id"] for one in server.sent)
    assert [seen.removeprefix(f"{REPEAT}\n")[:3] for seen in hung.sees()] == ["1. ", "2. ", "3. "]
    assert [REPEAT in seen for seen in hung.sees()] == [False, isinstance(first, Unknown), False]


@pytest.mark.parametrize("length", [1, 1960, 1990, 2000, 2001, 5000])
async def test_a_repeat_says_so_in_its_first_line_and_loses_nothing(
    server: ZaloServer, hung: Person, length: int
) -> None:
    async with the_bot(server) as bot:
        await bot.send(Outgoing(hung.id, "ả" * length, repeat=True))
        whole = list(hung.sees())
        for skipped in range(1, len(whole)):
            await bot.send(Outgoing(hung.id, "ả" * length, repeat=False, places=("x",) * skipped))
    assert whole[0].startswith(f"{REPEAT}\n")
    assert "".join(whole).removeprefix(f"{REPEAT}\n") == "ả" * length
    left = [part for skipped in range(1, len(whole)) for part in whole[skipped:]]
    assert hung.sees()[len(whole) :] == left


async def test_numbers_stand_at_the_end_of_the_last_part(server: ZaloServer, hung: Person) -> None:
    buttons = (Button("Đã nhận", 1, 7), Button("Xem việc", 0, 7))
    async with the_bot(server) as bot:
        await bot.send(Outgoing(hung.id, "việc " * 900, buttons))
    assert ["Trả lời:" in seen for seen in hung.sees()] == [False, False, True]
    assert hung.sees()[-1].endswith("\n\nTrả lời: 1 Đã nhận · 0 Xem việc.")


async def test_text_goes_plain_whatever_it_holds(server: ZaloServer, hung: Person) -> None:
    text = "**NV12** <b>đậm</b> {red}đỏ{/red} __x__ \\* # 1"
    async with the_bot(server) as bot:
        await bot.send(Outgoing(hung.id, text))
        await bot.send(Outgoing(hung.id, "hỏng \ud83d \x00 hết"))
    assert hung.sees() == [text, "hỏng \ufffd  hết"]
    assert all(set(one) == {"method", "chat_id", "text", "message_id", "date"} for one in server.sent)


async def test_nothing_to_say_is_nothing_to_send(server: ZaloServer, hung: Person) -> None:
    async with the_bot(server) as bot:
        assert await bot.send(Outgoing(hung.id, " \n ")) == Sent(())
    assert server.calls == []


async def test_a_picture_goes_by_its_address(server: ZaloServer, hung: Person) -> None:
    async with the_bot(server) as bot:
        sent = await bot.send_photo(hung.id, server.keeps(JPEG), "Báo cáo tuần")
        assert await bot.send_photo(hung.id, server.base + "/photo/none.jpg", "Tuần") == Later(5.0, "no_photo")
        long = await bot.send_photo(hung.id, server.keeps(JPEG), "ả" * 2001)
    assert isinstance(sent, Sent) and isinstance(long, Sent)
    assert [one["method"] for one in server.sent] == ["sendPhoto", "sendPhoto", "sendMessage"]
    assert server.sent[0]["content"] == JPEG
    assert "".join(hung.sees()) == "Báo cáo tuần" + "ả" * 2001


def test_its_limits_are_zalo_s_and_can_be_another_plan_s() -> None:
    free, paid = ZaloChannel(TOKEN), ZaloChannel(TOKEN, monthly=None, people=None)
    chatting: Chatting = free  # for mypy: it is what the port asks for
    assert chatting.bot == free.bot
    limits = free.capabilities
    assert (limits.name, limits.text_limit, limits.buttons, limits.files_in) == ("zalo", 2000, False, True)
    assert (limits.reply_to, limits.seconds_between, limits.per_second) == (False, 1.0, 5.0)
    assert (limits.monthly, limits.people) == (3000, 50)
    assert (paid.capabilities.monthly, paid.capabilities.people) == (None, None)
    assert ZaloChannel.POLL_FLOOR_SECONDS == 1.0


async def test_a_later_try_that_gets_nowhere_is_the_channel_s_fault() -> None:
    outgoing = Outgoing("1", "việc " * 500, places=("a1",))
    answer = {"ok": False, "error_code": 401}
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(401, json=answer))) as http:
        assert await ZaloChannel(TOKEN, client=http).send(outgoing) == Down(60.0, "unauthorised")
