"""The same adapter against a Bot API server that somebody else wrote: polling, webhook, buttons, edits, files."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web

from bot.channel import Button, Conflict, FileGone, Outgoing, Refused, Sent, Update
from bot.telegram import TelegramChannel
from tests.emulator import NAME, TOKEN, Emulator, emulating, listening

SECRET = "hook-secret"
TAPS = (Button("Đã nhận", 1, 41, 12), Button("Tiến độ", 3, 41, 12))


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with emulating() as running:
        yield running


@pytest.fixture
async def channel(emulator: Emulator) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(TOKEN, emulator.address, hook_secret=SECRET)
    await channel.start()
    assert channel.username == NAME
    yield channel
    await channel.close()
    assert emulator.refused() == [], "it took everything that was sent"


async def upload(emulator: Emulator, content: bytes) -> str:
    """Put a file there as a bot would; its file_id."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{emulator.address}/bot{TOKEN}/sendDocument", data={"chat_id": "71"},
                                   files={"document": ("bao-cao.pdf", content)})  # fmt: skip
    return str(answer.json()["result"]["document"]["file_id"])


async def test_a_whole_talk_by_polling(channel: TelegramChannel, emulator: Emulator) -> None:
    await emulator.says(text="/start ABCD2345", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    (update,) = await channel.poll()
    assert (update.chat_id, update.user_id, update.incoming.start) == ("71", "71", "ABCD2345")

    sent = await channel.send(Outgoing("71", "VĂN PHÒNG SỞ · GIAO NHIỆM VỤ\nNV12 <A & B>", TAPS))
    assert isinstance(sent, Sent)
    assert emulator.sent[-1]["text"] == "<b>VĂN PHÒNG SỞ · GIAO NHIỆM VỤ</b>\nNV12 &lt;A &amp; B&gt;"

    await emulator.taps("41:1:12")
    (tap,) = await channel.poll()
    assert tap.incoming.press == {"prompt": 41, "number": 1, "task": 12}
    await channel.taken(tap)
    assert emulator.requests[-1]["method"] == "answerCallbackQuery"

    assert await channel.show_buttons("71", sent.places[0], TAPS[1:]) == sent
    assert await channel.show_buttons("71", sent.places[0], ()) == sent
    assert "reply_markup" not in emulator.sent[-1]


async def test_a_file_comes_back_as_it_went(channel: TelegramChannel, emulator: Emulator) -> None:
    content = bytes(range(256)) * 500
    document = {"file_id": await upload(emulator, content), "file_unique_id": "u", "file_name": "bao-cao.pdf"}
    await emulator.says(document=document, caption="đã xong", reply_to_message={"message_id": 5, "chat": {"id": 71}})
    (update,) = await channel.poll()
    incoming = update.incoming
    assert (incoming.text, incoming.attachments, incoming.answers_place) == ("đã xong", ("file",), "5")
    assert await channel.fetch(incoming.files[0]) == content


async def test_a_file_that_is_not_there_is_gone() -> None:
    async with emulating() as emulator:
        channel = TelegramChannel(TOKEN, emulator.address)
        with pytest.raises(FileGone, match="gone"):
            await channel.fetch({"id": "nothing"})
        await channel.close()


async def test_what_was_not_acknowledged_comes_again(channel: TelegramChannel, emulator: Emulator) -> None:
    await emulator.says(text="đã nhận")
    first = await channel.poll()
    other = TelegramChannel(TOKEN, emulator.address)
    assert await other.poll() == first
    await other.close()
    await emulator.says(text="xong")
    assert [one.incoming.text for one in await channel.poll()] == ["xong"]


async def test_long_texts_fit_its_limit(channel: TelegramChannel, emulator: Emulator) -> None:
    sent = await channel.send(Outgoing("71", "\n".join("báo cáo " * 20 for _ in range(60)), TAPS))
    assert isinstance(sent, Sent) and len(sent.places) == 3


async def test_no_such_chat_is_refused_there_too() -> None:
    async with emulating() as emulator:
        channel = TelegramChannel(TOKEN, emulator.address)
        assert await channel.send(Outgoing("0", "việc")) == Refused("no_chat")
        await channel.close()


async def test_the_webhook_is_called_with_the_secret_until_it_is_answered(
    channel: TelegramChannel, emulator: Emulator
) -> None:
    kept: list[Update] = []
    down = True

    async def hook(request: web.Request) -> web.Response:
        updates = channel.hooked(request.headers, await request.read())
        if updates is None or down:
            return web.Response(status=503 if down else 403)
        kept.extend(updates)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    async with listening(app) as address:
        await channel.set_hook(f"{address}/hook")
        await emulator.says(text="đã nhận")
        assert kept == [] and (await channel.hook_info())["pending_update_count"] == 1
        down = False
        await emulator.says(text="xong")
        assert [one.incoming.text for one in kept] == ["đã nhận", "xong"]

        emulator._update_queues._state(TOKEN).secret = "another"
        await emulator.says(text="giả")
        assert len(kept) == 2
        await channel.drop_hook()
        assert [one.incoming.text for one in await channel.poll()] == ["giả"]


async def test_polling_beside_a_webhook_is_a_conflict_there_too() -> None:
    async with emulating() as emulator:
        channel = TelegramChannel(TOKEN, emulator.address, hook_secret=SECRET)
        await channel.set_hook("https://dondoc.example.vn/hook")
        with pytest.raises(Conflict):
            await channel.poll()
        await channel.close()
