"""Files that people send by Telegram: fetched, too big, gone, or to be tried again."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channel import ChannelError, FileGone
from bot.telegram import TelegramChannel
from tests.telegram_chats import Person
from tests.telegram_server import TelegramServer

pytest_plugins = ["tests.telegram_stage"]


async def test_a_photo_is_fetched_in_its_largest_size(channel: TelegramChannel, hung: Person) -> None:
    picture = bytes(range(256)) * 1000
    hung.sends_photo(picture, "số 145/BC-QLVH")
    (update,) = await channel.poll()
    (file,) = update.incoming.files
    assert update.incoming.text == "số 145/BC-QLVH" and file["size"] == len(picture)
    assert await channel.fetch(file) == picture


async def test_an_album_is_one_and_each_of_its_files_is_fetched(channel: TelegramChannel, hung: Person) -> None:
    hung.sends_file("a.pdf", b"%PDF-a", "đã xong", album="77")
    hung.sends_file("b.pdf", b"%PDF-b", album="77")
    came = await channel.poll()
    assert [one.incoming.album for one in came] == ["77", "77"]
    assert [await channel.fetch(one.incoming.files[0]) for one in came] == [b"%PDF-a", b"%PDF-b"]
    assert [one.incoming.files[0]["name"] for one in came] == ["a.pdf", "b.pdf"]


async def test_what_telegram_does_not_hand_out_is_said_before_it_is_asked(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    hung.sends_file("video.pdf", b"x", size=20 * 1024 * 1024 + 1)
    (update,) = await channel.poll()
    before = len(server.calls)
    with pytest.raises(FileGone, match="too_big"):
        await channel.fetch(update.incoming.files[0])
    assert len(server.calls) == before
    with pytest.raises(FileGone, match="too_big"):  # and when the update did not say its size
        await channel.fetch({"id": update.incoming.files[0]["id"]})


@pytest.mark.parametrize("file", [{"id": "AgAC0"}, {}, {"id": None, "size": "x"}, {"id": 5}])
async def test_a_file_that_is_not_there_is_gone(channel: TelegramChannel, file: dict[str, Any]) -> None:
    with pytest.raises(FileGone, match="gone"):
        await channel.fetch(file)


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize(("upset", "why"), [(429, "flood"), (502, "http_502"), ("drop_before", "dropped")])
async def test_a_download_that_failed_may_be_tried_again(
    channel: TelegramChannel, server: TelegramServer, hung: Person, method: str, upset: int | str, why: str
) -> None:
    hung.sends_file("a.pdf", b"%PDF-a")
    (update,) = await channel.poll()
    server.upset(upset, method)
    with pytest.raises(ChannelError, match=why) as failed:
        await channel.fetch(update.incoming.files[0])
    assert type(failed.value) is ChannelError
    assert await channel.fetch(update.incoming.files[0]) == b"%PDF-a"


async def test_a_path_on_this_machine_is_never_read(
    channel: TelegramChannel, server: TelegramServer, hung: Person
) -> None:
    hung.sends_file("a.pdf", b"%PDF-a")
    (update,) = await channel.poll()
    server.files[update.incoming.files[0]["id"]].path = __file__
    with pytest.raises(FileGone, match="gone"):
        await channel.fetch(update.incoming.files[0])
