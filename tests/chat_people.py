"""Those who sit at a chat, each as their channel shows it: they say, press and see."""

from __future__ import annotations

import json
import secrets
from typing import Any, Protocol

import httpx
from sqlmodel import col, select

from bot.channel import Incoming
from bot.inbox import answer, receive
from models.message import Message
from models.report import add_evidence
from tests.emulator import TOKEN, Emulator
from tests.office import Office
from tests.telegram_html import shown


class Person(Protocol):
    """Somebody's side of a channel."""

    def says(self, text: str) -> Any: ...

    def sends_photo(self, content: bytes) -> Any: ...

    def sees(self) -> list[str]: ...


class WebPerson:
    """Somebody at the browser chat: the rows themselves, as the page reads them."""

    def __init__(self, office: Office, who: str) -> None:
        self.office, self.who = office, who

    def says(self, text: str, press: dict[str, Any] | None = None, photo: bytes | None = None) -> None:
        incoming = Incoming(text=text, press=press, attachments=("photo",) if photo else ())
        with self.office.database.write() as session:
            inbox_id = receive(session, channel="web", bot="", message_key=secrets.token_hex(8), chat_id=self.who,
                               incoming=incoming, person_id=self.office.people[self.who])  # fmt: skip
            if photo:
                add_evidence(session, by_id=self.office.people[self.who], name="anh.jpg", media_type="image/jpeg",
                             data=photo, inbox_id=inbox_id)  # fmt: skip
        answer(self.office.database, inbox_id or 0)

    def sends_photo(self, content: bytes) -> None:
        self.says("", photo=content)

    def presses(self, number: int) -> None:
        button = next(one for one in self._last().buttons if one["number"] == number)
        self.says("", press={name: button[name] for name in ("prompt", "number", "task")})

    def label(self, number: int) -> str | None:
        buttons = self._last().buttons if self.sees() else []
        return next((one["label"] for one in buttons if one["number"] == number), None)

    def sees(self) -> list[str]:
        return [message.text or "" for message in self._messages()]

    def _last(self) -> Message:
        return self._messages()[-1]

    def _messages(self) -> list[Message]:
        with self.office.database.read() as session:
            query = select(Message).where(Message.person_id == self.office.people[self.who], Message.state == "sent")
            return list(session.exec(query.order_by(col(Message.sent_at), col(Message.id))))


class TelegramPerson:
    """Somebody on Telegram."""

    def __init__(self, person: Any) -> None:
        self.person = person

    def says(self, text: str) -> None:
        self.person.says(text)

    def sends_photo(self, content: bytes) -> None:
        self.person.sends_photo(content)

    def presses(self, number: int) -> None:
        label = self.label(number)
        assert label is not None
        self.person.taps(label)

    def label(self, number: int) -> str | None:
        rows = self.person.last.rows if self.person.of_bot() else []
        return next((label for row in rows for label, data in row if data.split(":")[1] == str(number)), None)

    def sees(self) -> list[str]:
        return [one.text + _under(one.labels) for one in self.person.of_bot()]


def _under(labels: list[str]) -> str:
    return "\n[" + "] [".join(labels) + "]" if labels else ""


class EmulatorPerson:
    """Hùng at the Bot API server that somebody else wrote."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    async def says(self, text: str) -> None:
        await self.emulator.says(text=text)

    async def sends_file(self, name: str, content: bytes, caption: str, reply_to: int) -> None:
        """A document in answer to a message of the bot's."""
        async with httpx.AsyncClient() as client:
            kept = await client.post(f"{self.emulator.address}/bot{TOKEN}/sendDocument", data={"chat_id": "71"},
                                     files={"document": (name, content)})  # fmt: skip
        document = {"file_id": kept.json()["result"]["document"]["file_id"], "file_unique_id": "u", "file_name": name}
        under = {"message_id": reply_to, "date": 1, "chat": {"id": 71, "type": "private"}}
        await self.emulator.says(document=document, caption=caption, reply_to_message=under)

    async def presses(self, number: int) -> None:
        await self.emulator.taps(self._data(number) or "")

    def label(self, number: int) -> str | None:
        return next((label for label, data in self.buttons() if data.split(":")[1] == str(number)), None)

    def buttons(self, message_id: int | None = None) -> list[tuple[str, str]]:
        """(label, data) under a message, as they are now; of the last one if none is named."""
        wanted = self.last if message_id is None else message_id
        markup = [one.get("reply_markup") for one in self.emulator.sent if one["message_id"] == wanted][-1]
        rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
        return [(one["text"], one["callback_data"]) for row in rows for one in row]

    def sees(self) -> list[str]:
        return [shown(one["text"])[0] for one in self.emulator.sent if one["method"] == "sendMessage"]

    @property
    def last(self) -> int:
        """The id of the bot's last message."""
        return int([one["message_id"] for one in self.emulator.sent if one["method"] == "sendMessage"][-1])

    def _data(self, number: int) -> str | None:
        return next((data for _, data in self.buttons() if data.split(":")[1] == str(number)), None)
