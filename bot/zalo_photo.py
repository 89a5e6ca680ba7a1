"""A photo from the address that an event names. Anybody may have written that address: only Zalo's own hosts are asked,
no redirect leads away from them, and what comes must be a picture of a bounded size.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx

from bot.channel import ChannelError, FileGone
from bot.zalo_client import CONNECT_SECONDS, LOOPBACK, no_answer

MOST_BYTES = 10 * 1024 * 1024
READ_SECONDS = 20.0
WHOLE_SECONDS = 60.0
"""For the whole photo: a server that sends a byte now and then would hold on for ever."""
REDIRECTS = 3
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


async def fetch_photo(http: httpx.AsyncClient, url: str, hosts: Sequence[str]) -> bytes:
    """The picture (JPEG, PNG, WebP or GIF). `hosts`: names, or endings that begin with a point; plain http only to this
    machine, and only when it is one of them. Raises FileGone, or ChannelError for what may be tried again."""
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            content = await _follow(http, url, hosts)
    except TimeoutError:
        content = None
    if content is None:
        raise ChannelError("timeout")
    if not content.startswith(_MAGIC) and not (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise FileGone("broken")
    return content


async def _follow(http: httpx.AsyncClient, url: str, hosts: Sequence[str]) -> bytes:
    address = _checked(url, hosts)
    for _ in range(REDIRECTS + 1):
        try:
            found = await _get(http, address)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            lost = no_answer(fault)
        else:
            if isinstance(found, bytes):
                return found
            address = _checked(found, hosts, address)
            continue
        raise ChannelError(lost.why)
    raise FileGone("not_allowed")


def _checked(url: str, hosts: Sequence[str], base: httpx.URL | None = None) -> httpx.URL:
    """The address, when it may be asked. What is checked is what httpx connects to, not a second reading of it."""
    try:
        address = httpx.URL(url) if base is None else base.join(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        address = httpx.URL("")
    host = address.raw_host.decode("ascii", "replace").lower()
    known = any(host.endswith(one) if one.startswith(".") else host == one for one in hosts)
    secure = address.scheme == "https" and (address.port is None or host in LOOPBACK)
    here = address.scheme == "http" and host in LOOPBACK
    if not known or address.userinfo or not (secure or here):
        raise FileGone("not_allowed")
    return address


async def _get(http: httpx.AsyncClient, address: httpx.URL) -> bytes | str:
    """The content, or where it has moved to. Unpacked by nobody: a small body could become a huge one."""
    limits = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Accept-Encoding": "identity", "Accept": "image/*"}
    async with http.stream("GET", address, headers=headers, timeout=limits, follow_redirects=False) as response:
        status = response.status_code
        if response.has_redirect_location:
            return str(response.headers["Location"])
        if status == 429 or status >= 500:
            raise ChannelError(f"http_{status}")
        if status >= 400:
            raise FileGone("gone")
        if status != 200:
            raise FileGone("broken")
        stated = response.headers.get("Content-Length", "")
        if stated.isascii() and stated.isdigit() and int(stated[:20]) > MOST_BYTES:
            raise FileGone("too_big")
        content = bytearray()
        async for piece in response.aiter_raw():
            content += piece
            if len(content) > MOST_BYTES:
                raise FileGone("too_big")
        return bytes(content)
