"""What Telegram refuses to send: text, buttons, and messages too close together, in its own words."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from typing import Any

from models import clock
from tests import telegram_html

TEXT = 4096
CALLBACK_BYTES = 64
Rows = list[list[tuple[str, str]]]


class Refused(Exception):
    """Telegram's answer instead of the result. `wrong`: nothing that a correct program is ever told."""

    def __init__(self, code: int, description: str, *, wrong: bool = False, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.wrong = code, description, wrong
        self.more = {"parameters": parameters} if parameters else {}


def sent_text(params: dict[str, Any]) -> tuple[str, list[str]]:
    """The text as shown, and what of it is bold. Raises Refused."""
    text: str = params["text"]
    bold: list[str] = []
    if params.get("parse_mode") == "HTML":
        try:
            text, bold = telegram_html.shown(text)
        except telegram_html.Refusal as words:
            raise Refused(400, f"Bad Request: can't parse entities: {words}", wrong=True) from None
        except telegram_html.Odd as words:
            raise Refused(400, f"Bad Request: {words}", wrong=True) from None
    elif "parse_mode" in params:
        raise Refused(400, "Bad Request: unsupported parse_mode", wrong=True)
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty", wrong=True)
    if len(text.encode("utf-16-le")) // 2 > TEXT:
        raise Refused(400, "Bad Request: message is too long", wrong=True)
    return text.strip(), bold


def taken_buttons(markup: dict[str, Any] | None) -> tuple[Rows, str | None]:
    """Rows of (label, data), or what the input field says. Raises Refused."""
    if markup is None:
        return [], None
    if "force_reply" in markup:
        placeholder = markup.get("input_field_placeholder")
        if placeholder is not None and not 1 <= len(placeholder) <= 64:
            raise Refused(400, "Bad Request: input field placeholder is too long", wrong=True)
        return [], placeholder or ""
    rows = markup["inline_keyboard"]
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise Refused(400, "Bad Request: reply markup is too long", wrong=True)
    return [[_button(one) for one in row] for row in rows], None


def _button(button: dict[str, Any]) -> tuple[str, str]:
    data = button.get("callback_data", "")
    if not button["text"].strip():
        words = "can't parse inline keyboard button: Text buttons must not be empty"
        raise Refused(400, f"Bad Request: {words}", wrong=True)
    if set(button) != {"text", "callback_data"} or not 1 <= len(data.encode()) <= CALLBACK_BYTES:
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID", wrong=True)
    return button["text"], data


class Limits:
    """1 a second in a chat, 20 a minute in a group, 30 a second in all. `elapsed`: the seconds that are counted by."""

    def __init__(self, elapsed: Callable[[], float] = clock.elapsed) -> None:
        self._elapsed = elapsed
        self._sent: dict[str, deque[float]] = {}
        self.floods = 0

    def wait(self, chat_id: int) -> int:
        """0 when a message may go, and it is counted; else the seconds to wait, counted in `floods`."""
        now = self._elapsed()
        rules = [("all", 30, 1.0), (f"chat {chat_id}", 1, 1.0)]
        if chat_id < 0:
            rules.append((f"group {chat_id}", 20, 60.0))
        waits = [self._left(name, most, span, now) for name, most, span in rules]
        if (longest := max(waits)) > 0:
            self.floods += 1
            return max(1, math.ceil(longest))
        for name, _, _ in rules:
            self._sent[name].append(now)
        return 0

    def _left(self, name: str, most: int, span: float, now: float) -> float:
        sent = self._sent.setdefault(name, deque())
        while sent and sent[0] <= now - span:
            sent.popleft()
        return sent[0] + span - now if len(sent) >= most else 0.0
