"""How fast a channel may be written to: a pause in each chat, so many a minute in a group, so many a second in all.

Kept by our own count: the library's limiter knows no pause in a private chat, lets twice a group's minute through at
its beginning, and one chat that must wait holds up every other.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Protocol

from bot.channel import Capabilities
from models import clock

BURST = 5
"""So many may go at once before the pace of all chats is kept: never more than `per_second` and these in a second."""
MINUTE = 60.0
FORGET = 10_000
"""Chats that are remembered; beyond it those that may be written to anyway are dropped."""


class Gate(Protocol):
    """How fast the chats of all channels may be written to: seconds to wait, and what is written now, or not after all;
    seconds for which a channel takes nothing for any chat."""

    def wait(self, channel: str, chat_id: str) -> float: ...

    def note(self, channel: str, chat_id: str) -> None: ...

    def forgo(self, channel: str, chat_id: str) -> None: ...

    def shut(self, channel: str) -> float: ...


class Pace:
    """One channel's. Seconds are those of `elapsed`, a monotonic clock."""

    def __init__(self, limits: Capabilities, elapsed: Callable[[], float] = clock.elapsed) -> None:
        self.limits, self.elapsed = limits, elapsed
        self._free_at: dict[str, float] = {}
        self._in_group: defaultdict[str, deque[float]] = defaultdict(deque)
        self._all_at = 0.0

    def wait(self, chat_id: str) -> float:
        """Seconds until the next message may go to this chat; 0 if it may go now."""
        now = self.elapsed()
        at = max(self._free_at.get(chat_id, 0.0), self._all_at)
        if self.limits.group_per_minute and self._is_group(chat_id):
            sent = self._in_group[chat_id]
            while sent and sent[0] <= now - MINUTE:
                sent.popleft()
            if len(sent) >= self.limits.group_per_minute:
                at = max(at, sent[0] + MINUTE)
        return max(at - now, 0.0)

    def note(self, chat_id: str) -> None:
        """A message goes to this chat now."""
        now = self.elapsed()
        if self.limits.seconds_between:
            self._free_at[chat_id] = now + self.limits.seconds_between
        if self.limits.group_per_minute and self._is_group(chat_id):
            self._in_group[chat_id].append(now)
        if self.limits.per_second:
            each = 1 / self.limits.per_second
            # The moment at which a strict spacing would let the next one go, at most BURST messages behind now.
            self._all_at = max(self._all_at, now - BURST * each) + each
        if len(self._free_at) > FORGET:
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}

    def forgo(self, chat_id: str) -> None:
        """What was just noted does not go after all."""
        self._free_at.pop(chat_id, None)
        if sent := self._in_group.get(chat_id):
            sent.pop()
        if self.limits.per_second:
            self._all_at -= 1 / self.limits.per_second

    def shut(self) -> float:
        """Seconds until a message may go to any chat at all."""
        return max(self._all_at - self.elapsed(), 0.0)

    def park(self, chat_id: str, seconds: float) -> None:
        """The service asks this chat to wait; no other waits with it."""
        self._free_at[chat_id] = max(self._free_at.get(chat_id, 0.0), self.elapsed() + seconds)

    def park_all(self, seconds: float) -> None:
        """The channel itself does not answer: nothing is tried for a while."""
        self._all_at = max(self._all_at, self.elapsed() + seconds)

    def _is_group(self, chat_id: str) -> bool:
        return bool(self.limits.group_prefix) and chat_id.startswith(self.limits.group_prefix)
