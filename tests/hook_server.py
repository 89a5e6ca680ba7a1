"""A program of somebody else's on this machine that takes webhooks, and answers as the test says."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from models import webhooks
from models.joining import WebhookDelivery
from tests.web_stage import Stage

SOME = "https://csdl.example.vn/hook"
HANGS = 0
"""Instead of a status: it takes the request and never answers."""


@dataclass
class Taken:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(self.body)
        return made

    def signed_by(self, secret: str) -> bool:
        """As the specification says it is to be verified, written here anew."""
        key = base64.b64decode(secret.split("_", 1)[1])
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        due = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        versions = [one.partition(",") for one in self.headers["webhook-signature"].split(" ")]
        return any(version == "v1" and hmac.compare_digest(given, due) for version, _, given in versions)


@dataclass
class HookServer:
    """`answers`: statuses of the next requests, then always the last one."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [204])
    taken: list[Taken] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._take(reader, writer)
        finally:
            writer.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.taken.append(Taken(head[0].split(" ")[1], headers, body))
        status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if status == HANGS:
            await reader.read()  # until the caller hangs up
            return
        more = "location: http://127.0.0.1:1/elsewhere\r\n" if status in (301, 302, 307) else ""
        writer.write(f"HTTP/1.1 {status} x\r\n{more}content-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def hook_server() -> AsyncIterator[HookServer]:
    """The program, listening on a port of its own."""
    made = HookServer()
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()


def added(office: Stage, url: str) -> str:
    """The address is told from now on; its secret."""
    by = office.person("vp.vanthu")
    with office.database.write() as session:
        return webhooks.new_webhook(session, url, True, by)[1]


def deliveries(office: Stage) -> list[WebhookDelivery]:
    """All that was to be told, in order."""
    with office.database.read() as session:
        return list(session.exec(select(WebhookDelivery).order_by(col(WebhookDelivery.id))))
