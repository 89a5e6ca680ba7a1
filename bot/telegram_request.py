"""Telegram's wire: requests with the status kept, and what became of a request classed once.

The library's own errors drop the status of a 5xx, hide the wait of a 429 behind a deprecated property, and put the
token into words ("The token ... was rejected"). So a refusal is raised here, before the library words it.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from telegram.error import TelegramError

from bot.channel import ChannelError, Conflict, Down, Later, Moved, Refused, Result, Unauthorised, Unknown
from bot.telegram_connections import Connections, Unanswered

CONNECTIONS = 8
"""At once."""
POLL_SECONDS = 25
_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid", "bot was kicked", "bot is not a member")
_NO_RIGHTS = ("not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden")


class Answered(TelegramError):
    """What Telegram answered instead of doing it. `description` is empty when the answer is not Telegram's (a proxy's
    page): only Telegram itself may say that a chat is gone."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(f"HTTP {code}")
        self.code, self.description, self.parameters = code, description.lower(), parameters


class Wire(Connections):
    """The connections for everything but polling."""

    def __init__(self, *, connections: int = CONNECTIONS, read: float = 20.0, connect: float = 5.0) -> None:
        super().__init__(connections, read=read, connect=connect)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As of Connections; raises Answered for every status but 2xx."""
        code, payload = await super().do_request(*args, **kwargs)
        if not 200 <= code <= 299:
            raise _answered(code, payload)
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's, which logs an answer that is not JSON: what people write, or a proxy's page."""
        try:
            whole = json.loads(payload)
        except (ValueError, RecursionError):
            whole = None
        if not isinstance(whole, dict) or "result" not in whole:
            raise TelegramError("not an answer of Telegram")
        return whole


class Polling(Wire):
    """The one connection of `getUpdates`. It keeps what came as it came and hands the library an empty list: an
    update is kept raw before anything reads it, and an update that the library cannot read must not stop the others.
    """

    def __init__(self, *, read: float = 10.0) -> None:
        super().__init__(connections=1, read=read)
        self.came: list[Any] = []

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As Wire's; what came is in `came`."""
        code, payload = await super().do_request(*args, **kwargs)
        result = self.parse_json_payload(payload)["result"]
        self.came = result if isinstance(result, list) else []
        return code, b'{"ok":true,"result":[]}'


def _answered(code: int, payload: bytes) -> Answered:
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return Answered(code, "", {})
    description, parameters = body.get("description"), body.get("parameters")
    return Answered(code, str(description or ""), parameters if isinstance(parameters, dict) else {})


def quiet() -> None:
    """No library writes addresses (the token stands in them), parameters (people's words, the hook's secret) or
    answers into a log, whatever level a handler asks for."""
    for name in ("telegram.Bot", "telegram.ext.ExtBot", "telegram.ext.Application"):
        logging.getLogger(name).addFilter(_from_warning)


def _from_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def classed(error: TelegramError) -> Result:
    """What became of a try to send. A 400 that does not name the chat is Refused("bad_request")."""
    if isinstance(error, Answered):
        return _refusal(error)
    if not isinstance(error, Unanswered):
        return Unknown("odd_answer")
    if error.why == "busy":
        return Later(5, "busy")
    return Down(5, "connect") if error.why == "connect" else Unknown(error.why)


def _refusal(error: Answered) -> Result:
    code, words = error.code, error.description
    if (moved := error.parameters.get("migrate_to_chat_id")) is not None:
        return Moved(str(moved))
    if code == 429:
        wait = error.parameters.get("retry_after")
        return Later(float(wait) if isinstance(wait, int | float) and wait > 0 else 5.0, "flood")
    if code == 503:
        return Later(5, "http_503")
    if code >= 500:
        return Unknown(f"http_{code}")
    if not words:
        return Down(30, f"http_{code}")
    if code in (401, 404):
        return Down(60, "unauthorised")
    if code == 403:
        return Refused(_forbidden(words))
    if code == 400 and any(part in words for part in _GONE):
        return Refused("no_chat")
    if code == 400 and any(part in words for part in _NO_RIGHTS):
        return Refused("no_rights")
    return Refused("bad_request")


def _forbidden(words: str) -> str:
    for part, why in (("deactivated", "deactivated"), ("kicked", "kicked"), ("initiate", "not_started")):
        if part in words:
            return why
    return "blocked"


def fault(error: TelegramError) -> ChannelError:
    """The same for what is asked rather than sent. Raise it outside of the `except`: the library's own error, which
    may name an address, must not hang on it as its context."""
    if isinstance(error, Answered) and error.description:
        if error.code in (401, 404):
            return Unauthorised("unauthorised", 60)
        if error.code == 409:
            return Conflict("webhook" if "webhook" in error.description else "conflict", 10)
    became = classed(error)
    return ChannelError(getattr(became, "why", "moved"), getattr(became, "seconds", 1.0))
