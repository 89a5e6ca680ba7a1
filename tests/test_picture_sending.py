"""Pictures on their way: over Telegram and Zalo after the last part, and what becomes of those that cannot be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot import pictures
from bot.channel import Button, Later, Outgoing, Picture, Refused, Result, Sent, Unknown
from bot.pictures import followed
from bot.telegram import TelegramChannel
from tests.telegram_chats import Person
from tests.telegram_server import TelegramServer
from tests.zalo_people import Person as ZaloPerson
from tests.zalo_people import the_bot
from tests.zalo_server import Switches, ZaloServer

pytest_plugins = ["tests.telegram_stage"]
SITE = "https://dondoc.example"
JPEG = b"\xff\xd8\xff\xe0" + bytes(60)
TWO = (Picture(f"{SITE}/p/secret1", "NV12"), Picture(f"{SITE}/p/secret2", "NV13"))
LONG = "\n".join(f"NV{number} · Báo cáo kết quả số hóa hồ sơ thủ tục hành chính" for number in range(1, 101))
TAPS = (Button("Xác nhận hoàn thành", 8, 41),)


@pytest.fixture
def zalo() -> Iterator[ZaloServer]:
    made = ZaloServer(Switches())
    yield made
    made.close()
    assert made.strange == []


@pytest.fixture
def ted(zalo: ZaloServer) -> ZaloPerson:
    person = ZaloPerson(zalo)
    person.opens()
    return person


# Telegram


async def test_on_telegram_they_follow_the_last_part_and_its_buttons(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    server.web = lambda url: JPEG + url[-1].encode()
    sent = await channel.send(Outgoing(str(hung.id), LONG, TAPS, pictures=TWO))
    seen = hung.of_bot()
    assert [one.picture for one in seen] == [None, None, JPEG + b"1", JPEG + b"2"]
    assert [bool(one.labels) for one in seen] == [False, True, False, False]
    assert hung.sees()[2:] == ["NV12", "NV13"]
    ids = tuple(str(one.id) for one in seen)
    assert sent == Sent(ids[:2], ids[2:])


@pytest.mark.parametrize(
    ("upset", "left", "places"),
    [(400, 1, 1), (429, 0, 0), (403, 0, 0), (500, 0, 1), (502, 0, 1), ("drop_after", 1, 1), ("hang", 1, 1),
     ("page", 0, 0), ("not_json", 0, 1)],
)  # fmt: skip
async def test_on_telegram_one_that_fails_leaves_the_message_as_sent(
    channel: TelegramChannel, server: TelegramServer, hung: Person, caplog: pytest.LogCaptureFixture,
    upset: int | str, left: int, places: int,
) -> None:  # fmt: skip
    server.web = lambda url: JPEG
    server.upset(upset, "sendPhoto")
    sent = await channel.send(Outgoing(str(hung.id), "việc", TAPS, pictures=TWO))
    assert isinstance(sent, Sent) and sent.places == (str(hung.of_bot()[0].id),) and len(sent.pictures) == places
    assert hung.sees()[0] == "việc" and len(hung.sees()) == 1 + left
    assert "a picture was not sent" in caplog.text and "secret" not in caplog.text


async def test_on_telegram_one_that_it_cannot_fetch_keeps_no_other(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    server.web = {TWO[1].url: JPEG}.get
    sent = await channel.send(Outgoing(str(hung.id), "việc", pictures=TWO))
    assert hung.sees() == ["việc", "NV13"] and isinstance(sent, Sent) and len(sent.pictures) == 1


async def test_on_telegram_none_goes_when_the_text_did_not_arrive(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    server.upset(429, "sendMessage", retry_after=7)
    assert await channel.send(Outgoing(str(hung.id), "việc", pictures=TWO)) == Later(7, "flood")
    assert hung.sees() == []


# Zalo


async def test_on_zalo_each_is_one_more_message(zalo: ZaloServer, ted: ZaloPerson) -> None:
    shown = tuple(Picture(zalo.keeps(JPEG), code) for code in ("NV12", "NV13"))
    async with the_bot(zalo) as bot:
        sent = await bot.send(Outgoing(ted.id, LONG, TAPS, pictures=shown))
    ids = tuple(one["message_id"] for one in zalo.sent)
    assert sent == Sent(ids[:-2], ids[-2:]) and len(ids) > 3
    assert [one.get("content") for one in zalo.sent][-3:] == [None, JPEG, JPEG]
    assert ted.sees()[-2:] == ["NV12", "NV13"]


@pytest.mark.parametrize(
    ("fault", "pictures"), [(400, 1), (404, 1), (403, 0), (429, 0), (503, 0), (502, 1), ("drop_after", 1), ("page", 1)]
)
async def test_on_zalo_one_that_fails_leaves_the_message_as_sent(
    zalo: ZaloServer, ted: ZaloPerson, caplog: pytest.LogCaptureFixture, fault: int | str, pictures: int
) -> None:
    zalo.fail_next = [0, fault]
    async with the_bot(zalo) as bot:
        sent = await bot.send(Outgoing(ted.id, "việc", pictures=TWO))
    assert isinstance(sent, Sent) and sent.places == (zalo.sent[0]["message_id"],) and len(sent.pictures) == pictures
    assert "a picture was not sent" in caplog.text and "secret" not in caplog.text


async def test_on_zalo_none_goes_when_the_text_did_not_arrive(zalo: ZaloServer, ted: ZaloPerson) -> None:
    zalo.fail_next = [503]
    async with the_bot(zalo) as bot:
        assert await bot.send(Outgoing(ted.id, "việc", pictures=TWO)) == Later(5.0, "http_503")
    assert zalo.sent == []


# any service


@pytest.mark.parametrize(
    ("answers", "places", "tried"),
    [
        ([Sent(("1",)), Sent(("2",)), Sent(("3",))], ("1", "2", "3"), 3),
        ([Refused("bad_request"), Sent(("2",)), Later(5, "no_photo")], ("2",), 3),
        ([Sent(("1",)), Later(35, "flood")], ("1",), 2),
        ([Sent(("1",)), Unknown("timeout")], ("1", "?"), 2),
        ([RuntimeError("https://dondoc.example/p/secret")], ("?",), 1),
        ([TimeoutError()], ("?",), 1),
    ],
)
async def test_what_becomes_of_pictures_is_logged_by_its_code_and_never_raised(
    caplog: pytest.LogCaptureFixture, answers: list[Result | Exception], places: tuple[str, ...], tried: int
) -> None:
    left, count = list(answers), 0

    async def show(one: Picture) -> Result:
        nonlocal count
        count += 1
        became = left.pop(0)
        if isinstance(became, Exception):
            raise became
        return became

    three = tuple(Picture(f"{SITE}/p/secret{n}", f"NV{n}") for n in range(3))
    assert await followed("telegram", three, show) == places
    assert count == tried and "secret" not in caplog.text


async def test_all_pictures_together_get_so_many_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.02)

    async def show(one: Picture) -> Result:
        await asyncio.Event().wait()
        raise AssertionError

    assert await followed("zalo", (Picture("https://x", "NV1"),) * 3, show) == ("?",)
