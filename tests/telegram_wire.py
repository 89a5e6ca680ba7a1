"""A small HTTP/1.1 server on loopback whose connections can be cut and left hanging, which a polite one does not do."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What came: path with its query, headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What goes back. `headers`: more of them, each ending with its line."""

    status: int
    body: bytes
    kind: str = "application/json"
    headers: str = ""


Handler = Callable[[Request], Awaitable[Reply | None]]
"""None: the connection is cut."""


class Wire:
    """Serves one handler until it is stopped. `connections`: made to it so far."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()
        self.connections = 0

    async def start(self) -> str:
        """Listen on a free port; its address."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=2**20)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """End every connection, those that hang too."""
        if self._server is not None:
            self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def shut(self) -> None:
        """Shut every connection within this turn of the event loop, so that a client in it does not know yet."""
        for writer in self._open:
            writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        self._open.add(writer)
        self.connections += 1
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._one(reader, writer):
                    pass
        finally:
            self._talks.discard(talk)
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        pairs = (line.split(":", 1) for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        reply = await self._handler(Request(method, path, headers, body))
        if reply is None:
            writer.transport.abort()
            return False
        writer.write(
            f"HTTP/1.1 {reply.status} -\r\nContent-Type: {reply.kind}\r\nContent-Length: {len(reply.body)}\r\n"
            f"{reply.headers}\r\n".encode() + reply.body
        )  # fmt: skip
        await writer.drain()
        return headers.get("connection", "").lower() != "close"
