"""A stand-in for bot-api.zaloplatforms.com on this machine, with a switch for every point on which what is known of the
real one is in doubt. It refuses what its pages do not name, and remembers it in `strange`.

Methods and their fields are those of Zalo's pages; what was measured of the real service, and by whom it is disputed,
stands at each switch.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Any

from models import clock
from tests.zalo_wire import Handler, get, post

TOKEN = "123456789:abc-xyz"
SECRET = "mykey-abcyxz"
NAMES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Internal server error", 404: "Not Found", 408: "Request timeout",
    409: "Conflict", 426: "Upgrade Required", 429: "Quota exceeded",
}  # fmt: skip
FIELDS = {
    "getMe": set(), "getUpdates": {"timeout"}, "setWebhook": {"url", "secret_token"}, "getWebhookInfo": set(),
    "deleteWebhook": set(), "sendMessage": {"chat_id", "text", "parse_mode", "text_styles"},
    "sendPhoto": {"chat_id", "photo", "caption"}, "sendSticker": {"chat_id", "sticker"},
    "sendVoice": {"chat_id", "voice_url"}, "sendChatAction": {"chat_id", "action"},
}  # fmt: skip
NEEDS = {"sendMessage": "text", "sendPhoto": "photo", "sendSticker": "sticker", "sendVoice": "voice_url"}


@dataclass
class Switches:
    """`http_errors`: an error as a real 4xx, or as HTTP 200 (both were measured). `replay`: an update that was fetched
    comes again, or is consumed (disputed). `wrapped_webhook`: in an envelope as documented, or alone as seen.
    `groups`: may the bot be in groups? `documented_names`: photo, as the pages have it, or photo_url. `verifies`: does
    setWebhook tell what its try gave? `hook_conflict`: what a poll gets while a webhook is set (unknown).
    `time_scale`: of a poll's waiting."""

    http_errors: bool = False
    replay: bool = False
    wrapped_webhook: bool = False
    groups: bool = True
    documented_names: bool = False
    verifies: bool = True
    hook_conflict: int = 400
    quota: int = 3000
    time_scale: float = 0.0


@dataclass
class Hook:
    url: str
    secret: str
    updated_at: int


@dataclass(repr=False)
class ZaloServer:
    """`fail_next`: what becomes of the next calls but polls: a code in Zalo's envelope, 500 to 504 as a gateway's page,
    "drop" before anything is done, "drop_after" when it is done, "hang" until the server closes, "page" (no JSON), 0
    for nothing. `fail_polls`: the same for polls. `sent`: what arrived; `known`: chats that may be written to."""

    switch: Switches = field(default_factory=Switches)
    token: str = TOKEN
    bot_name: str = "Bot Nhắc việc"
    queue: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    fail_next: list[int | str] = field(default_factory=list)
    fail_polls: list[int | str] = field(default_factory=list)
    hook: Hook | None = None

    def __post_init__(self) -> None:
        self.changed = threading.Condition()
        self.closing = threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"zalo": self}))
        self.http.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()

    # ---- what comes from people

    def arrives(self, event: dict[str, Any]) -> int | None:
        """An event of a person: queued for the next poll, or delivered to the webhook (its HTTP status)."""
        if self.hook is not None:
            headers, body = self.as_delivered(event)
            return post(self.hook.url, body, headers)
        with self.changed:
            self.queue.append(event)
            self.changed.notify_all()
        return None

    def as_delivered(self, event: dict[str, Any] | None) -> tuple[dict[str, str], bytes]:
        """Headers and body of a webhook's request; None: the empty probe of setWebhook, which names no type."""
        headers = {"User-Agent": "Java/1.8.0_192", "X-Bot-Api-Secret-Token": self.hook.secret if self.hook else SECRET}
        if event is None:
            return headers, b""
        body = {"ok": True, "result": event} if self.switch.wrapped_webhook else event
        return {**headers, "Content-Type": "application/json"}, json.dumps(body, ensure_ascii=False).encode()

    def keeps(self, photo: bytes) -> str:
        """The address of a picture that somebody sent."""
        name = f"/photo/{secrets.token_hex(8)}.jpg"
        self.photos[name] = photo
        return self.base + name

    # ---- the methods

    def answer(self, name: str, given: dict[str, Any]) -> tuple[int, Any]:
        """HTTP status and body of one call with the right token."""
        known = FIELDS.get(name)
        if known is None:
            self.strange.append(f"method {name}")
            return self.error(404)
        if more := set(given) - known:
            self.strange.append(f"{name}: {', '.join(sorted(more))}")
            return self.error(400)
        if name in NEEDS:
            return self._send(name, given)
        method = getattr(self, f"_{name}", None)
        assert method is not None, name
        result: tuple[int, Any] = method(given)
        return result

    def error(self, code: int, description: str = "", key: str = "error_code") -> tuple[int, Any]:
        body = {"ok": False, "description": description or NAMES[code], key: code}
        return (code if self.switch.http_errors else 200), body

    def _getMe(self, given: dict[str, Any]) -> tuple[int, Any]:
        return _ok({"id": "1459232241454765289", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC",
                    "can_join_groups": self.switch.groups, "display_name": self.bot_name})  # fmt: skip

    def _getUpdates(self, given: dict[str, Any]) -> tuple[int, Any]:
        if self.hook is not None:
            return self.error(self.switch.hook_conflict)
        try:
            wait = float(given.get("timeout", 30)) * self.switch.time_scale
        except (TypeError, ValueError):
            return self.error(400)
        with self.changed:
            if not self.changed.wait_for(lambda: bool(self.queue), wait):
                return self.error(408)
            event = self.queue.pop(0)
            if self.switch.replay:
                self.queue.append(event)
        return _ok(event)

    def _setWebhook(self, given: dict[str, Any]) -> tuple[int, Any]:
        url, secret = str(given.get("url") or ""), str(given.get("secret_token") or "")
        if not re.match(r"https://|http://127\.0\.0\.1:", url) or not 8 <= len(secret) <= 256:
            return self.error(400)
        self.hook = Hook(url, secret, _milliseconds())
        result = {"url": url, "updated_at": self.hook.updated_at}
        if self.switch.verifies:
            headers, body = self.as_delivered(None)
            outcome = _outcome(post(url, body, headers) if url.startswith("http:") else 200)
            result["verification"] = {"ok": outcome == "webhook.ok", "url": url, "outcome": outcome, "hint": outcome}
        return _ok(result)

    def _getWebhookInfo(self, given: dict[str, Any]) -> tuple[int, Any]:
        return _ok({"url": self.hook.url, "updated_at": self.hook.updated_at}) if self.hook else self.error(404)

    def _deleteWebhook(self, given: dict[str, Any]) -> tuple[int, Any]:
        self.hook = None
        return _ok({"url": "", "updated_at": _milliseconds()})

    def _sendChatAction(self, given: dict[str, Any]) -> tuple[int, Any]:
        return _ok(None) if given.get("action") == "typing" and given.get("chat_id") else self.error(400)

    def _send(self, name: str, given: dict[str, Any]) -> tuple[int, Any]:
        chat, need = given.get("chat_id"), given.get(NEEDS[name])
        wrong = not isinstance(chat, str) or not isinstance(need, str) or not need
        wrong |= any(not 1 <= _units(given[one]) <= 2000 for one in ("text", "caption") if one in given)
        wrong |= given.get("parse_mode") not in (None, "markdown", "html")
        wrong |= name == "sendVoice" and not str(need).endswith(".aac")
        if wrong:
            return self.error(400)
        if chat not in self.known:
            return self.error(404, "Chat not found")  # the real words are not known
        if len(self.sent) >= self.switch.quota:
            return self.error(429)
        photo = get(str(need)) if name == "sendPhoto" and str(need).startswith("http://127.0.0.1:") else None
        if name == "sendPhoto" and photo is None and not str(need).startswith("https://"):
            return self.error(400)
        result = {"message_id": secrets.token_hex(10), "date": _milliseconds()}
        self.sent.append({"method": name, **given, **result, **({"content": photo} if photo else {})})
        return _ok(result)


def _ok(result: Any) -> tuple[int, Any]:
    return 200, {"ok": True, **({"result": result} if result is not None else {})}


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)


def _units(text: Any) -> int:
    return len(str(text).encode("utf-16-le")) // 2


def _outcome(status: int) -> str:
    """How Zalo words the try of a webhook; redirects are not followed."""
    if 200 <= status < 300:
        return "webhook.ok"
    if not status:
        return "webhook.err.unreachable"
    return f"webhook.http.{status if status in (403, 404) else '5xx' if status >= 500 else 'other'}"
