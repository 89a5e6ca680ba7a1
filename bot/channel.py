"""The port: what a channel can do, as data, and what became of one try to send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Capabilities:
    """Limits of a channel. `text_limit`: UTF-16 units in one message. `buttons`: can it show them?"""

    name: str
    text_limit: int
    buttons: bool
    files_in: bool
    reply_to: bool
    seconds_between: float = 0.0


@dataclass(frozen=True)
class Sent:
    """It arrived; `channel_message_id` is the channel's own id of it."""

    channel_message_id: str


@dataclass(frozen=True)
class Later:
    """A passing fault or a limit: try again after so many seconds."""

    seconds: float
    why: str


@dataclass(frozen=True)
class Refused:
    """For good: blocked, deactivated, no such chat. The contact is dead."""

    why: str


@dataclass(frozen=True)
class Unknown:
    """No answer: it may have arrived. Tried once more, marked so that a repeat is recognisable."""

    why: str


Result = Sent | Later | Refused | Unknown


@dataclass(frozen=True)
class Button:
    """One tap. `number` is the R3 number; `task` names one task, None all of the prompt's."""

    label: str
    number: int
    prompt: int
    task: int | None = None

    def as_json(self) -> dict[str, Any]:
        """How it is kept with its message."""
        return {"label": self.label, "number": self.number, "prompt": self.prompt, "task": self.task}


@dataclass(frozen=True)
class Outgoing:
    """One message on its way: text and buttons, already within the channel's limits."""

    chat_id: str
    text: str
    buttons: tuple[Button, ...] = ()
    key: str = ""
    repeat: bool = False


@dataclass(frozen=True)
class Incoming:
    """One update, whatever its channel, as `inbox.payload` keeps it.

    `press`: {"prompt", "number", "task"} of a button. `reply_to`: id of our Message that it answers to.
    `attachments`: kinds in order (photo, file, voice, sticker, unsupported); their content lies in Evidence rows
    tied to the inbox row.
    """

    text: str = ""
    press: dict[str, Any] | None = None
    reply_to: int | None = None
    attachments: tuple[str, ...] = ()
    group: bool = False

    def as_json(self) -> dict[str, Any]:
        """The payload of the inbox row."""
        return {"text": self.text, "press": self.press, "reply_to": self.reply_to,
                "attachments": list(self.attachments), "group": self.group}  # fmt: skip

    @classmethod
    def of(cls, payload: dict[str, Any]) -> Incoming:
        """From the payload of an inbox row."""
        return cls(text=payload.get("text") or "", press=payload.get("press"), reply_to=payload.get("reply_to"),
                   attachments=tuple(payload.get("attachments") or ()), group=bool(payload.get("group")))  # fmt: skip


class Channel(Protocol):
    """What a channel's adapter offers to `jobs/deliver.py` and to the handler that answers at once."""

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, outgoing: Outgoing) -> Result:
        """One try. Never raises for what the channel answers; classes it once, here."""
        ...
