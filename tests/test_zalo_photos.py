"""Photos from Zalo: from its hosts only, pictures only, and only so large; and addresses that anybody may have made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest

from bot import zalo_photo
from bot.channel import ChannelError, FileGone
from bot.zalo import ZaloChannel
from tests.zalo_people import JPEG, Person, the_bot
from tests.zalo_server import TOKEN, Switches, ZaloServer

URL = "https://photo-stal-1.zdn.vn/1.jpg"
Answers = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def server() -> Iterator[ZaloServer]:
    made = ZaloServer(Switches())
    yield made
    made.close()


async def fetched(answers: Answers, url: object = URL, kind: str = "photo") -> bytes:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answers)) as http:
        return await ZaloChannel(TOKEN, client=http).fetch({"kind": kind, "url": url, "name": "1.jpg"})


async def gone(answers: Answers, url: object = URL, kind: str = "photo") -> str:
    with pytest.raises(FileGone) as raised:
        await fetched(answers, url, kind)
    return raised.value.why


def unasked(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"asked {request.url.host}")


def giving(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Answers:
    return lambda _: httpx.Response(status, stream=httpx.ByteStream(content), headers=headers)


@pytest.mark.parametrize(
    "content", [JPEG, b"\x89PNG\r\n\x1a\n" + b"x", b"GIF89a", b"GIF87a1", b"RIFF\x10\x00\x00\x00WEBPVP8 "]
)
async def test_a_picture_comes_as_it_is(content: bytes) -> None:
    assert await fetched(giving(content)) == content


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"%PDF-1.7", b"PK\x03\x04", b"MZ", b"RIFF\x10\x00\x00\x00WAVE", b"<svg/>"]
)
async def test_what_is_no_picture_is_broken(content: bytes) -> None:
    assert await gone(giving(content)) == "broken"


@pytest.mark.parametrize(
    "url",
    [
        "http://photo.zdn.vn/1.jpg",
        "https://zdn.vn.evil.example/1.jpg",
        "https://evilzdn.vn/1.jpg",
        "https://photo.zdn.vn@evil.example/1.jpg",
        "https://user:pass@photo.zdn.vn/1.jpg",
        "https://photo.zdn.vn:8443/1.jpg",
        "https://photo.zdn.vn./1.jpg",
        "https://evil.example\\@photo.zdn.vn/1.jpg",
        "https://127.0.0.1/1.jpg",
        "http://localhost/1.jpg",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/1.jpg",
        "https://evil.example#.zdn.vn",
        "https://evil.example/?.zdn.vn",
        "file:///etc/passwd.zdn.vn",
        "ftp://photo.zdn.vn/1.jpg",
        "//photo.zdn.vn/1.jpg",
        "photo.zdn.vn/1.jpg",
        "https://photo.zdn.vn\n.evil.example/1.jpg",
        "https://" + "x" * 70_000 + ".zdn.vn/",
        "https://[zdn.vn/",
        "https://photo.zdn.vn:99999999/",
        "",
        None,
        7,
    ],
)
async def test_no_other_address_is_asked(url: object) -> None:
    assert await gone(unasked, url) == "not_allowed"


async def test_nothing_but_photos_is_fetched() -> None:
    assert await gone(unasked, kind="file") == "not_allowed"


async def test_a_redirect_is_followed_on_zalo_s_hosts_only() -> None:
    def moved(to: str) -> Answers:
        away = httpx.Response(302, headers={"Location": to})
        return lambda request: away if request.url.path == "/1.jpg" else giving(JPEG)(request)

    assert await fetched(moved("https://photo-2.zdn.vn/2.jpg")) == JPEG
    assert await fetched(moved("/2.jpg")) == JPEG
    for elsewhere in ("https://evil.example/2.jpg", "http://photo-2.zdn.vn/2.jpg", "http://127.0.0.1/2.jpg", "//x/2"):
        assert await gone(moved(elsewhere)) == "not_allowed"
    assert await gone(moved("/1.jpg")) == "not_allowed"


@pytest.mark.parametrize(
    ("status", "why"), [(404, "gone"), (410, "gone"), (403, "gone"), (204, "broken"), (206, "broken"), (304, "broken")]
)
async def test_an_address_that_has_run_out_is_gone(status: int, why: str) -> None:
    assert await gone(giving(b"", status)) == why


@pytest.mark.parametrize(("status", "why"), [(500, "http_500"), (503, "http_503"), (429, "http_429")])
async def test_what_may_pass_can_be_tried_again(status: int, why: str) -> None:
    with pytest.raises(ChannelError) as raised:
        await fetched(giving(b"", status))
    assert (type(raised.value), raised.value.why) == (ChannelError, why)


async def test_too_large_is_seen_before_it_is_read() -> None:
    async def endless() -> AsyncIterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    stated = lambda _: httpx.Response(200, content=endless(), headers={"Content-Length": "10485761"})  # noqa: E731
    assert await gone(stated) == "too_big"


async def test_too_large_is_seen_while_it_comes() -> None:
    pieces = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pieces
        while True:
            pieces += 1
            yield JPEG + bytes(1024 * 1024)

    assert await gone(lambda _: httpx.Response(200, content=endless())) == "too_big"
    assert pieces == 10


async def test_exactly_ten_megabytes_pass() -> None:
    content = JPEG + bytes(zalo_photo.MOST_BYTES - len(JPEG))
    assert await fetched(giving(content)) == content
    assert await gone(giving(content + b"x")) == "too_big"


async def test_what_comes_packed_is_not_unpacked() -> None:
    assert await gone(giving(b"\x1f\x8b" + b"x" * 20, headers={"Content-Encoding": "gzip"})) == "broken"


async def test_a_server_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zalo_photo, "WHOLE_SECONDS", 0.05)

    async def dripping() -> AsyncIterator[bytes]:
        yield b"\xff"
        await asyncio.Event().wait()

    with pytest.raises(ChannelError, match="timeout"):
        await fetched(lambda _: httpx.Response(200, content=dripping()))


async def test_a_connection_that_breaks_can_be_tried_again(server: ZaloServer) -> None:
    async with the_bot(server) as bot:
        with pytest.raises(ChannelError, match="connect"):
            await bot.fetch({"kind": "photo", "url": "http://127.0.0.1:1/1.jpg"})


async def test_an_album_is_one_event_for_each_picture(server: ZaloServer) -> None:
    person, pictures = Person(server), [JPEG + bytes([number]) for number in range(3)]
    for picture in pictures:
        person.sends_photo(picture)
    async with the_bot(server) as bot:
        files = [file for _ in pictures for update in await bot.poll() for file in update.incoming.files]
        assert [await bot.fetch(file) for file in files] == pictures


async def test_this_machine_is_asked_only_where_it_was_named(server: ZaloServer) -> None:
    url = server.keeps(JPEG)
    async with the_bot(server, media_hosts=(".zdn.vn",)) as bot:
        with pytest.raises(FileGone, match="not_allowed"):
            await bot.fetch({"kind": "photo", "url": url})
