"""The port: what a channel can do, as data; what comes in; what became of one try to send.

An adapter (webchat, telegram, zalo, email) knows its service's wire and nothing of the office; whoever calls it knows
the office and nothing of the wire. What a service answers is classed once, in its adapter, as one of the results here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.attached import Button as Button
from bot.attached import Picture as Picture


@dataclass(frozen=True)
class Capabilities:
    """Limits of a channel. `text_limit`: UTF-16 units in one message. `buttons`: can it show them, and with `edit` take
    them away afterwards? `pushes`: may it be written to first (the browser shows what is there)? `seconds_between`: in
    one chat. `group_prefix`: what the ids of groups begin with, where they tell. `monthly`: messages a calendar month,
    `people`: how many may be linked; None: not limited. `pictures`: does its service fetch them by their address?
    `uploads`: does it take the content of those that have none?"""

    name: str
    text_limit: int
    buttons: bool
    files_in: bool
    reply_to: bool
    edit: bool = False
    pushes: bool = True
    seconds_between: float = 0.0
    per_second: float | None = None
    group_per_minute: int | None = None
    group_prefix: str = ""
    monthly: int | None = None
    people: int | None = None
    pictures: bool = False
    uploads: bool = False


@dataclass(frozen=True)
class Sent:
    """It arrived. `places`: the channel's own ids of its parts, in order, those of earlier tries included; `pictures`:
    of the pictures that followed, "?" for one that may have arrived."""

    places: tuple[str, ...]
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """A limit or a passing fault of this chat: again after so many seconds. `places`: parts that did arrive."""

    seconds: float
    why: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """For good: blocked, deactivated, no such chat. The contact is dead."""

    why: str


@dataclass(frozen=True)
class Moved:
    """The chat has another id from now on (a Telegram group became a supergroup); nothing was sent."""

    chat_id: str


@dataclass(frozen=True)
class Unknown:
    """No answer: it may have arrived. Tried once more, marked so that a repeat is recognisable."""

    why: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Down:
    """Nothing was delivered and it is the channel itself that does not work: no connection, its token refused, its
    server out of order. Again after so many seconds; meanwhile others may carry on."""

    seconds: float
    why: str


@dataclass(frozen=True)
class Spent:
    """The channel's messages of this month are used up: nothing more until the next one."""

    why: str


Result = Sent | Later | Refused | Moved | Unknown | Down | Spent


@dataclass(frozen=True)
class Outgoing:
    """One message on its way: plain NFC text of any length; the adapter escapes, splits and puts buttons on its last
    part. `places`: its parts that arrived at an earlier try. `repeat`: it may have arrived before, and says so.
    `typed`: what is to be typed in answer, for channels that can open the keyboard. `group`: the chat is a group.
    `pictures` follow the last part; one that cannot be sent leaves the message as sent as it is."""

    chat_id: str
    text: str
    buttons: tuple[Button, ...] = ()
    key: str = ""
    repeat: bool = False
    places: tuple[str, ...] = ()
    typed: str = ""
    group: bool = False
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """One update, whatever its channel, as `inbox.payload` keeps it.

    `press`: {"prompt", "number", "task"} of a button. `reply_to`: id of our Message that it answers to.
    `attachments`: kinds in order (photo, file, voice, sticker, location, unsupported); their content lies in Evidence
    rows tied to the inbox row, or is still to be fetched: `files`, what the adapter needs for it, with "kind", "name"
    and, where known, "size". `answers_place`: the channel's id of the message it replies to. `album`: what came
    together has the same one. `service`: not said by anybody: {"blocked": true}, {"moved_to": chat id}, {"left": true}.
    `edited`: an earlier message changed. `start`: what a link to us carried.
    """

    text: str = ""
    press: dict[str, Any] | None = None
    reply_to: int | None = None
    attachments: tuple[str, ...] = ()
    group: bool = False
    files: tuple[dict[str, Any], ...] = ()
    answers_place: str | None = None
    album: str | None = None
    service: dict[str, Any] | None = None
    edited: bool = False
    start: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The payload of the inbox row: what every message has, and of the rest what this one has."""
        kept: dict[str, Any] = {"text": self.text, "press": self.press, "reply_to": self.reply_to,
                                "attachments": list(self.attachments), "group": self.group}  # fmt: skip
        if self.files:
            kept["files"] = list(self.files)
        for name in ("answers_place", "album", "service", "edited", "start"):
            if value := getattr(self, name):
                kept[name] = value
        return kept

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Incoming:
        """From the payload of an inbox row."""
        return cls(text=payload.get("text") or "", press=payload.get("press"), reply_to=payload.get("reply_to"),
                   attachments=tuple(payload.get("attachments") or ()), group=bool(payload.get("group")),
                   files=tuple(payload.get("files") or ()), answers_place=payload.get("answers_place"),
                   album=payload.get("album"), service=payload.get("service"), edited=bool(payload.get("edited")),
                   start=payload.get("start"))  # fmt: skip


@dataclass(frozen=True)
class Update:
    """What an adapter makes of one thing that came over its wire. `key`: unique for the channel's bot; the same update
    again has the same key. `chat_id`: where it was said; `user_id`: who said it (in a private chat the chat's id).
    `raw`: as it came, kept with it; `press_id`: what a tap must be answered by at once."""

    key: str
    chat_id: str
    user_id: str
    incoming: Incoming
    raw: Mapping[str, Any] = field(default_factory=dict)
    press_id: str | None = None


class ChannelError(Exception):
    """A channel could not be asked. `why`: a code for the log, never an address, a token or words."""

    def __init__(self, why: str, seconds: float = 1.0) -> None:
        super().__init__(why)
        self.why, self.seconds = why, seconds


class Unauthorised(ChannelError):
    """The token is refused: only the administrator can help."""


class Conflict(ChannelError):
    """Somebody else polls with this token, or a webhook is set."""


class FileGone(ChannelError):
    """A file cannot be had: too_big, gone, not_allowed, broken."""


class Channel(Protocol):
    """What a channel's adapter offers to those who send."""

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def bot(self) -> str:
        """Which bot it is, where a channel may have several: contacts belong to one. Empty for the browser."""
        ...

    async def send(self, outgoing: Outgoing) -> Result:
        """One try. Never raises for what the channel answers; classes it once, here."""
        ...

    async def close(self) -> None:
        """Give its connections back."""
        ...


class Editing(Channel, Protocol):
    """A channel that can change the buttons of what it has sent."""

    async def show_buttons(self, chat_id: str, place: str, buttons: Sequence[Button]) -> Result:
        """Leave only these under the message at this place; Refused when it can no longer be changed."""
        ...


class Chatting(Channel, Protocol):
    """A channel in which people write to us."""

    async def start(self) -> None:
        """Ask who the bot is: without it no group is heard by name. Polling begins with it; for a webhook the service
        calls it. Asks nothing once it is known. Raises ChannelError."""
        ...

    async def poll(self) -> Sequence[Update]:
        """What has come, after at most half a minute of waiting. The next call acknowledges it, so the caller has kept
        it by then. Raises ChannelError."""
        ...

    def hooked(self, headers: Mapping[str, str], body: bytes) -> Sequence[Update] | None:
        """What a webhook's request brings; None when its secret is wrong (nothing of it was read)."""
        ...

    async def fetch(self, file: Mapping[str, Any]) -> bytes:
        """The content of one of `Incoming.files`. Raises FileGone, or ChannelError for what may be tried again."""
        ...

    async def taken(self, update: Update) -> None:
        """It is kept: a tap is answered now, before any work (a service waits only seconds for it). Never raises."""
        ...
