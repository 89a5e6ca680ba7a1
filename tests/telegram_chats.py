"""What stands on the screens of a pretend Telegram: chats, the messages in them, and what people do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

BOT_ID = 7_000_000_001
BOT_NAME = "dondoc_bot"
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Đôn Đốc", "username": BOT_NAME}
NOBODY = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
"""Who stands in messages that nobody wrote."""
C = TypeVar("C", bound="Chat")


@dataclass
class Shown:
    """A message as it is seen: `text` after its HTML was read, `bold` of it, its buttons (label → data), and what the
    input field says when it asks for an answer. `raw`: Telegram's own object. `picture`: what the bot showed."""

    raw: dict[str, Any]
    text: str
    bold: list[str] = field(default_factory=list)
    rows: list[list[tuple[str, str]]] = field(default_factory=list)
    placeholder: str | None = None
    parse_mode: str | None = None
    picture: bytes | None = None

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def labels(self) -> list[str]:
        """Its buttons, row by row."""
        return [label for row in self.rows for label, _ in row]


@dataclass
class Chat:
    """`messages`: the bot's and the people's, by id, oldest first. `closed`: Telegram's words when the bot may not
    write here. `moved_to`: the supergroup that this group became."""

    server: TelegramServer
    id: int
    about: dict[str, Any]
    messages: dict[int, Shown] = field(default_factory=dict)
    closed: str | None = None
    moved_to: int | None = None
    menu: list[tuple[str, str]] = field(default_factory=list)

    @property
    def group(self) -> bool:
        return self.id < 0

    def of_bot(self) -> list[Shown]:
        """What the bot has said here."""
        return [one for one in self.messages.values() if one.raw["from"]["is_bot"]]

    def sees(self) -> list[str]:
        """The texts of what the bot has said here, oldest first."""
        return [one.text for one in self.of_bot()]

    @property
    def last(self) -> Shown:
        """The bot's last message here."""
        return self.of_bot()[-1]

    def changes(self: C, now: str, was: str, who: dict[str, Any] | None = None) -> C:
        """The bot's own membership: Telegram tells it."""
        member = {"user": BOT, "until_date": 0} if now == "kicked" else {"user": BOT}
        change = {"chat": self.about, "from": who or self.about, "date": self.server.date()}
        change |= {"old_chat_member": {"user": BOT, "status": was}, "new_chat_member": {**member, "status": now}}
        self.server.happens("my_chat_member", change)
        return self


@dataclass
class Group(Chat):
    """A group of people with the bot in it, which hears everything there."""

    def becomes_supergroup(self) -> Group:
        """The same people under another id; who writes to the old one is told so."""
        new = self.server.group(self.about["title"], kind="supergroup")
        self.moved_to = new.id
        self.server.said(self, NOBODY, {"migrate_to_chat_id": new.id})
        self.server.said(new, NOBODY, {"migrate_from_chat_id": self.id})
        return new

    def removes_bot(self) -> None:
        """An administrator takes the bot out."""
        self.closed = "Forbidden: bot was kicked from the group chat"
        self.changes("kicked", "member")

    def adds_bot(self) -> None:
        """Or in again."""
        self.closed = None
        self.changes("member", "left")


@dataclass
class Person(Chat):
    """A person and the private chat with the bot."""

    @property
    def who(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.about["first_name"], "language_code": "vi"}

    def says(self, text: str, *, there: Chat | None = None, **more: Any) -> Shown:
        """Type a message, here or in a group."""
        body = {"text": text, **more}
        if entities := _entities(text):
            body["entities"] = entities
        return self.sends(body, there=there)

    def opens(self, code: str) -> Shown:
        """Follow t.me/<bot>?start=<code> and press Start."""
        self.closed = None
        return self.says(f"/start {code}")

    def sends(self, body: dict[str, Any], *, there: Chat | None = None) -> Shown:
        """Any message by its fields as Telegram names them."""
        return self.server.said(there or self, self.who, body)

    def sends_photo(self, content: bytes, caption: str = "", *, album: str | None = None) -> Shown:
        """A picture, in the two sizes that Telegram makes of it."""
        small = self.server.keep(content[:10], "photos")
        large = self.server.keep(content, "photos")
        sizes = [{**small, "width": 90, "height": 60}, {**large, "width": 1280, "height": 853}]
        return self.sends(_with({"photo": sizes}, caption, album))

    def sends_file(
        self, name: str, content: bytes, caption: str = "", *, size: int | None = None, album: str | None = None
    ) -> Shown:
        """A document; `size` when it is to look larger than it is."""
        made = self.server.keep(content, "documents", size)
        return self.sends(_with({"document": {**made, "file_name": name}}, caption, album))

    def replies(self, to: Shown, text: str) -> Shown:
        """Answer one message."""
        return self.says(text, reply_to_message=to.raw)

    def edits(self, said: Shown, text: str) -> None:
        """Change what was said."""
        said.text = text
        said.raw.update(text=text, edit_date=self.server.date())
        self.server.happens("edited_message", said.raw)

    def taps(self, label: str, under: Shown | None = None, *, there: Chat | None = None) -> str:
        """Press a button, of the last message that has it; the tap's id."""
        chat = there or self
        found = under or next((one for one in reversed(chat.of_bot()) if label in one.labels), None)
        assert found is not None, f"no button {label!r} to be seen"
        data = next(data for row in found.rows for shown, data in row if shown == label)
        return self.server.tapped(self.who, found, data)

    def blocks(self) -> None:
        """Stop the bot."""
        self.closed = "Forbidden: bot was blocked by the user"
        self.changes("kicked", "member", self.who)

    def unblocks(self) -> None:
        """Start it again."""
        self.closed = None
        self.changes("member", "kicked", self.who)


def _with(body: dict[str, Any], caption: str, album: str | None) -> dict[str, Any]:
    more = {"caption": caption, "media_group_id": album}
    return body | {name: value for name, value in more.items() if value}


def _entities(text: str) -> list[dict[str, Any]]:
    """Commands and names, as Telegram marks them."""
    found, at = [], 0
    for word in text.split(" "):
        kind = {"/": "bot_command", "@": "mention"}.get(word[:1])
        if kind:
            found.append({"type": kind, "offset": at, "length": len(word)})
        at += len(word) + 1
    return found
