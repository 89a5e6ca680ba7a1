"""python-telegram-bot's requests over aiohttp: a poll costs 0.4 ms of processor time, by the library's own client 1.4.

Whether a request that failed was written decides what is said of the message, so it is not guessed from the kind of the
error: its body notes when it is handed to a connection that is still open. aiohttp writes the headers with the body.
"""

from __future__ import annotations

import asyncio
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import BytesPayload
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.telegram_form import body_of

KEPT_SECONDS = 50.0
"""An idle connection lives so long: with less nearly every message would pay for a new TLS handshake."""
ANSWER_BYTES = 32 * 1024 * 1024
"""Of one answer, unpacked: more than any file that Telegram hands out."""
_WRITE_SECONDS, _POOL_SECONDS = 20.0, 30.0
_TURNS = 3
"""Of the event loop, in which a close that has arrived is noticed: a plain connection takes one, TLS up to two. They
cost nothing that can be measured."""


class Unanswered(TelegramError):
    """No answer came. `why`: "busy" (no connection was free) and "connect": nothing was written; "timeout" and
    "dropped": it may have arrived; "odd_answer": what came was too much."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Connections(BaseRequest):
    """At most so many at once, to one service. They belong to the event loop in which the first request is made.
    `read`, `connect`: seconds, where a request names none."""

    def __init__(self, connections: int, *, read: float, connect: float) -> None:
        self._connections, self._read, self._connect = connections, read, connect
        self._session: aiohttp.ClientSession | None = None
        self._free = asyncio.Semaphore(connections)
        self._shut = False

    @property
    def read_timeout(self) -> float:
        """Seconds; polling adds its own to them."""
        return self._read

    async def initialize(self) -> None:
        """Usable again after `shutdown`; the first time it needs no asking."""
        self._shut = False

    async def shutdown(self) -> None:
        """End all connections; what is under way is dropped."""
        self._shut = True
        session, self._session, self._free = self._session, None, asyncio.Semaphore(self._connections)
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE, write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE, pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and content of the answer, redirects as they are. Seconds; None: no limit. Raises Unanswered."""
        form = body_of(request_data)
        timeout = aiohttp.ClientTimeout(connect=self._seconds(connect_timeout, self._connect),
                                        sock_read=self._seconds(read_timeout, self._read))  # fmt: skip
        free = self._free
        try:
            async with asyncio.timeout(self._seconds(pool_timeout, _POOL_SECONDS)):
                await free.acquire()
        except TimeoutError:
            answer: tuple[int, bytes] | str = "busy"
        else:
            try:
                write = self._seconds(write_timeout, _WRITE_SECONDS)
                answer = await self._asked(url, method, form, write, timeout)
                if answer == "stale":
                    answer = await self._asked(url, method, form, write, timeout)
            finally:
                free.release()
        if isinstance(answer, str):  # raised here: aiohttp's own errors name the address, in which the token stands
            raise Unanswered("connect" if answer == "stale" else answer)
        return answer

    async def _asked(
        self, url: str, method: str, form: tuple[bytes, str], write: float | None, timeout: aiohttp.ClientTimeout
    ) -> tuple[int, bytes] | str:
        """The answer, or why there is none: as Unanswered says it, and "stale" when a kept connection turned out to be
        closed before anything was written to it, so that it may be asked again at once."""
        if self._shut:
            return "connect"
        body, headers = _Body(form[0], write), {"Content-Type": form[1]} if method == "POST" else None
        try:
            async with self._opened(url).request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False,
            ) as answer:  # fmt: skip
                content = bytearray()
                async for piece in answer.content.iter_any():
                    content += piece
                    if len(content) > ANSWER_BYTES:
                        return "odd_answer"
                return answer.status, bytes(content)
        except TimeoutError:
            return "timeout" if body.begun else "connect"
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL):
            return "connect"
        except (aiohttp.ClientError, OSError):
            return "dropped" if body.begun else "stale"

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEPT_SECONDS, ssl=_trusted())
            # Not `trust_env`: aiohttp would look for proxies and a .netrc in other threads at every request, 0.7 ms.
            self._session = aiohttp.ClientSession(
                connector=connector, proxy=_proxy(url), cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT}, skip_auto_headers=("Content-Type",),
            )  # fmt: skip
        return self._session

    def _seconds(self, asked: Any, usual: float) -> float | None:
        return usual if asked is self.DEFAULT_NONE else asked


class _Body(BytesPayload):
    """`begun`: was any of the request handed to an open connection? `seconds`: to write it in."""

    def __init__(self, content: bytes, seconds: float | None) -> None:
        super().__init__(content)
        self._seconds, self.begun = seconds, False

    @property
    def consumed(self) -> bool:
        """True keeps aiohttp from asking for a file a second time when the first try was dropped: whoever calls may."""
        return self.begun

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write it, unless the connection, kept from an earlier request, was closed meanwhile. Without a few turns of
        the event loop, in which that is noticed, the request would be written into a dead connection, and could not be
        told from one that arrived."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        if writer.transport is None or writer.transport.is_closing():
            raise ConnectionResetError
        self.begun = True
        async with asyncio.timeout(self._seconds):
            await super().write_with_length(writer, content_length)


@cache
def _trusted() -> ssl.SSLContext:
    """Certifi's, or those that SSL_CERT_FILE names. Made once: 20 ms each, and every channel has two clients."""
    return httpx.create_ssl_context()


def _proxy(url: str) -> str | None:
    """What the environment says (https_proxy, all_proxy, no_proxy…)."""
    asked, proxies = urlsplit(url), getproxies()
    found = proxies.get(asked.scheme) or proxies.get("all")
    if not found or proxy_bypass(asked.hostname or ""):
        return None
    return found if "://" in found else f"http://{found}"
