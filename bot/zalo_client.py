"""The wire of the Zalo Bot Platform: POST and JSON, one envelope, and errors as HTTP 200 or as a real 4xx.

The token stands in the address. Whatever httpx raises holds that address, so it is only asked for its kind and let go:
what leaves here is raised outside the handler, without cause or context.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

CONNECT_SECONDS = 5.0
CALL_SECONDS = 20.0
POLL_SECONDS = 25
"""How long Zalo may hold a poll open; its answer is waited for ten seconds longer."""
PHOTO_SECONDS = 150.0
"""Zalo answers sendPhoto only after it has fetched the picture."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Answer:
    """What came back. `code`: Zalo's own, else the HTTP status. `zalo`: it came in Zalo's envelope; else from something
    that stands before it. `retry_after`: seconds, where a server gave them."""

    ok: bool
    code: int
    result: Any = None
    zalo: bool = True
    retry_after: float | None = None


class NoAnswer(Exception):
    """Nothing came back. `why`: connect, timeout or dropped; `written`: the request may have arrived all the same."""

    def __init__(self, why: str, written: bool) -> None:
        super().__init__(why)
        self.why, self.written = why, written


class ZaloClient:
    """The methods of one bot. `api`: bot-api.zaloplatforms.com or its alias bot-api.zapps.me; plain http only to this
    machine. Raises ValueError for another address."""

    def __init__(self, token: str, api: str, http: httpx.AsyncClient) -> None:
        base = httpx.URL(api)
        if not (base.scheme == "https" or (base.scheme == "http" and base.host in LOOPBACK)):
            raise ValueError("the address of the Zalo Bot API must begin with https://")
        if not token.strip():
            raise ValueError("the token of the Zalo bot is empty")
        self._base = f"{api.rstrip('/')}/bot{quote(token.strip(), safe=':')}"
        self._http = http

    async def call(self, method: str, fields: dict[str, Any], seconds: float | None = None) -> Answer:
        """One call. `seconds`: how long its answer is waited for. Raises NoAnswer."""
        limits = httpx.Timeout(CALL_SECONDS if seconds is None else seconds, connect=CONNECT_SECONDS)
        # Half a surrogate pair would raise in the encoder; ids come back as they came, whatever they hold.
        body = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json"}
        try:
            response = await self._http.post(f"{self._base}/{method}", content=body, headers=headers, timeout=limits)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            lost = no_answer(fault)
        else:
            return _read(response)
        raise lost


def bot_id(token: str) -> str:
    """The number before the colon; a token of another shape gives a digest, since contacts are kept under it."""
    number, colon, _ = token.strip().partition(":")
    return number if colon and number else hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:16]


def no_answer(fault: Exception) -> NoAnswer:
    """What a fault of the connection means, without anything it holds."""
    if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        return NoAnswer("connect", written=False)
    if isinstance(fault, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return NoAnswer("connect", written=False)
    return NoAnswer("timeout" if isinstance(fault, httpx.TimeoutException) else "dropped", written=True)


def read_json(body: bytes) -> Any:
    """JSON, or None: a body may be a gateway's page, cut off, or nested without end."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _read(response: httpx.Response) -> Answer:
    body = read_json(response.content)
    if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
        return Answer(False, response.status_code, zalo=False, retry_after=_seconds(response))
    if body["ok"] and response.status_code < 400:
        return Answer(True, response.status_code, body.get("result"))
    # Error 426 is documented with another spelling of its key.
    code = _number(body.get("error_code")) or _number(body.get("errorCode")) or response.status_code
    return Answer(False, code, body.get("result"))


def _number(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _seconds(response: httpx.Response) -> float | None:
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isascii() and given.isdigit() and len(given) < 6 else None
